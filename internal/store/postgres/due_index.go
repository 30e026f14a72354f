package postgres

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
func (s *People) DueBy(ctx context.Context, day civil.Date, after lifeevents.Due, n int) (out []lifeevents.Due, err error) {
	var from int64
	if after.Person != "" {
		err := s.db.row(ctx, `SELECT id FROM people WHERE name = $1`, []any{string(after.Person)}, &from)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	// The range is read on its own: joined in one step, the server may choose to sort everybody.
	err = s.db.each(ctx, `SELECT d.day, p.name, d.rule FROM (SELECT day, person, rule FROM due
			WHERE (day, person, rule) > ($1, $2, $3) AND day <= $4 ORDER BY day, person, rule LIMIT $5) d
		JOIN people p ON p.id = d.person ORDER BY d.day, d.person, d.rule`,
		[]any{store.DayNumber(after.On), from, after.Rule, store.DayNumber(day), n}, func(scan func(...any) error) error {
			var on int
			var d lifeevents.Due
			err := scan(&on, &d.Person, &d.Rule)
			d.On = store.NumberedDay(on)
			out = append(out, d)
			return err
		})
	return out, err
}

// dueRow is a row of the index but for its person.
type dueRow struct {
	day  int64
	rule string
}

// dueRows are rows of the index as statements take them.
type dueRows struct {
	days, people []int64
	rules        []string
}

func (r *dueRows) add(day, person int64, rule string) {
	r.days, r.people, r.rules = append(r.days, day), append(r.people, person), append(r.rules, rule)
}

func (r *dueRows) insert(t *tx) error {
	if len(r.days) == 0 {
		return nil
	}
	_, err := t.exec(`INSERT INTO due (day, person, rule) SELECT u.day, u.person, u.rule FROM unnest($1::bigint[], $2::bigint[], $3::text[]) u (day, person, rule) ON CONFLICT DO NOTHING`, r.days, r.people, r.rules)
	return err
}

func (r *dueRows) drop(t *tx) error {
	if len(r.days) == 0 {
		return nil
	}
	_, err := t.exec(`DELETE FROM due d USING unnest($1::bigint[], $2::bigint[], $3::text[]) u (day, person, rule)
		WHERE d.day = u.day AND d.person = u.person AND d.rule = u.rule`, r.days, r.people, r.rules)
	return err
}

// setDue brings the rows of people in step with those given: most stay as they are.
func setDue(x *ids, of []int64, rows []lifeevents.Due) error {
	there := make(map[int64][]dueRow, len(of))
	err := x.t.each(`SELECT person, day, rule FROM due WHERE person = ANY($1)`, []any{of}, func(scan func(...any) error) error {
		var id int64
		var r dueRow
		err := scan(&id, &r.day, &r.rule)
		there[id] = append(there[id], r)
		return err
	})
	if err != nil {
		return err
	}
	if err := x.learn(peopleOf(rows)); err != nil {
		return err
	}
	var fresh, gone dueRows
	for i := range rows {
		id := x.known[rows[i].Person]
		r := dueRow{int64(store.DayNumber(rows[i].On)), rows[i].Rule}
		if at := slices.Index(there[id], r); at >= 0 {
			there[id] = slices.Delete(there[id], at, at+1)
		} else {
			fresh.add(r.day, id, r.rule)
		}
	}
	for _, id := range of {
		for _, r := range there[id] {
			gone.add(r.day, id, r.rule)
		}
		delete(there, id) // named twice
	}
	if err := gone.drop(x.t); err != nil {
		return err
	}
	return fresh.insert(x.t)
}

func peopleOf(rows []lifeevents.Due) []lifeevents.PersonID {
	out := make([]lifeevents.PersonID, len(rows))
	for i := range rows {
		out[i] = rows[i].Person
	}
	return out
}

// numbered is rows as statements take them.
func numbered(x *ids, rows []lifeevents.Due) (out dueRows, err error) {
	if err := x.learn(peopleOf(rows)); err != nil {
		return out, err
	}
	for _, d := range rows {
		out.add(int64(store.DayNumber(d.On)), x.known[d.Person], d.Rule)
	}
	return out, nil
}

func addDue(x *ids, rows []lifeevents.Due) error {
	r, err := numbered(x, rows)
	if err != nil {
		return err
	}
	return r.insert(x.t)
}

// dropDue removes rows that have been worked.
func dropDue(x *ids, rows []lifeevents.Due) error {
	r, err := numbered(x, rows)
	if err != nil {
		return err
	}
	return r.drop(x.t)
}
