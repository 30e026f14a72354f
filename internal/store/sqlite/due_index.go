package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// DueBy reads the index; within a day people come in the order they were first heard of.
// See lifeevents.Store.
func (s *People) DueBy(ctx context.Context, day civil.Date, after lifeevents.Due, n int) ([]lifeevents.Due, error) {
	var from int64
	if after.Person != "" {
		err := s.db.read.QueryRowContext(ctx, `SELECT id FROM people WHERE name = ?`, string(after.Person)).Scan(&from)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	rows, err := s.db.read.QueryContext(context.WithoutCancel(ctx), `SELECT d.day, p.name, d.rule FROM due d JOIN people p ON p.id = d.person
		WHERE (d.day, d.person, d.rule) > (?, ?, ?) AND d.day <= ? ORDER BY d.day, d.person, d.rule LIMIT ?`,
		dayNumber(after.On), from, after.Rule, dayNumber(day), n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []lifeevents.Due
	for rows.Next() {
		var on int
		var d lifeevents.Due
		if err := rows.Scan(&on, &d.Person, &d.Rule); err != nil {
			return nil, err
		}
		d.On = numberedDay(on)
		out = append(out, d)
	}
	return out, errors.Join(rows.Err(), ctx.Err())
}

// setDue replaces the rows of people.
func setDue(x *ids, of []lifeevents.PersonID, rows []lifeevents.Due) error {
	for _, p := range of {
		id, err := x.of(p)
		if err != nil {
			return err
		}
		if _, err := x.t.exec(`DELETE FROM due WHERE person = ?`, id); err != nil {
			return err
		}
	}
	return addDue(x, rows)
}

func addDue(x *ids, rows []lifeevents.Due) error {
	for _, d := range rows {
		id, err := x.of(d.Person)
		if err != nil {
			return err
		}
		if _, err := x.t.exec(`INSERT OR IGNORE INTO due (day, person, rule) VALUES (?, ?, ?)`, dayNumber(d.On), id, d.Rule); err != nil {
			return err
		}
	}
	return nil
}
