package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
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
		store.DayNumber(after.On), from, after.Rule, store.DayNumber(day), n)
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
		d.On = store.NumberedDay(on)
		out = append(out, d)
	}
	return out, errors.Join(rows.Err(), ctx.Err())
}

// dueRow is a row of the index but for its person.
type dueRow struct {
	day  int
	rule string
}

// setDue brings the rows of people in step with those given: most stay as they are.
func setDue(x *ids, of []int64, rows []lifeevents.Due) error {
	there := make(map[int64][]dueRow, len(of))
	for part := range slices.Chunk(of, together) {
		err := x.t.each(`SELECT d.person, d.day, d.rule FROM json_each(?) j CROSS JOIN due d INDEXED BY due_person ON d.person = j.value`, []any{asked(part)},
			func(scan func(...any) error) error {
				var id int64
				var r dueRow
				err := scan(&id, &r.day, &r.rule)
				there[id] = append(there[id], r)
				return err
			})
		if err != nil {
			return err
		}
	}
	fresh := make([]any, 0, 3*len(rows))
	for i := range rows {
		id, err := x.of(rows[i].Person)
		if err != nil {
			return err
		}
		r := dueRow{store.DayNumber(rows[i].On), rows[i].Rule}
		if at := slices.Index(there[id], r); at >= 0 {
			there[id] = slices.Delete(there[id], at, at+1)
		} else {
			fresh = append(fresh, r.day, id, r.rule)
		}
	}
	for _, id := range of {
		for _, r := range there[id] {
			if _, err := x.t.exec(`DELETE FROM due WHERE day = ? AND person = ? AND rule = ?`, r.day, id, r.rule); err != nil {
				return err
			}
		}
		delete(there, id) // named twice
	}
	return x.t.insert(`INSERT OR IGNORE INTO due (day, person, rule) VALUES `, 3, fresh)
}

func addDue(x *ids, rows []lifeevents.Due) error {
	values := make([]any, 0, 3*len(rows))
	for _, d := range rows {
		id, err := x.of(d.Person)
		if err != nil {
			return err
		}
		values = append(values, store.DayNumber(d.On), id, d.Rule)
	}
	return x.t.insert(`INSERT OR IGNORE INTO due (day, person, rule) VALUES `, 3, values)
}

// dropDue removes rows that have been worked.
func dropDue(x *ids, rows []lifeevents.Due) error {
	for _, d := range rows {
		id, err := x.of(d.Person)
		if err != nil {
			return err
		}
		if _, err := x.t.exec(`DELETE FROM due WHERE day = ? AND person = ? AND rule = ?`, store.DayNumber(d.On), id, d.Rule); err != nil {
			return err
		}
	}
	return nil
}
