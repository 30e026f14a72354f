package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// People keeps pseudonyms, their facts, family and events, and the index of due days. It
// implements lifeevents.Store.
//
// Several processes write at once, so whoever works out a person anew first locks the row
// of people, in the order of numbers: two who meet wait for one another instead of writing
// over what the other has just read.
type People struct{ db *DB }

// People is the store of life events.
func (db *DB) People() *People { return &People{db} }

var _ lifeevents.Store = (*People)(nil)

// ids finds and makes the numbers of people inside one transaction.
type ids struct {
	t     *tx
	known map[lifeevents.PersonID]int64
}

func newIDs(t *tx) *ids { return &ids{t, map[lifeevents.PersonID]int64{}} }

var errNoPerson = errors.New("thiếu mã người")

// of is the number of a person, who is added when never heard of.
func (x *ids) of(p lifeevents.PersonID) (int64, error) {
	if err := x.learn([]lifeevents.PersonID{p}); err != nil {
		return 0, err
	}
	return x.known[p], nil
}

// learn finds the numbers of people; those never heard of are added in the order given.
func (x *ids) learn(names []lifeevents.PersonID) error {
	missing := x.missing(names)
	if len(missing) == 0 {
		return nil
	}
	if missing[0] == "" {
		return errNoPerson
	}
	const find = `SELECT id, name FROM people WHERE name = ANY($1)`
	if err := x.read(find, missing); err != nil {
		return err
	}
	if missing = x.missing(names); len(missing) == 0 {
		return nil
	}
	if err := x.read(`INSERT INTO people (name) SELECT u.name FROM unnest($1::text[]) WITH ORDINALITY u (name, n) ORDER BY u.n
		ON CONFLICT (name) DO NOTHING RETURNING id, name`, missing); err != nil {
		return err
	}
	if missing = x.missing(names); len(missing) == 0 {
		return nil
	}
	// Somebody else added them at the same time, and has committed by now.
	return x.read(find, missing)
}

// missing lists whose numbers are not known, each once, an empty name first.
func (x *ids) missing(names []lifeevents.PersonID) (out []string) {
	seen := map[lifeevents.PersonID]bool{}
	for _, p := range names {
		if _, ok := x.known[p]; ok || seen[p] {
			continue
		}
		seen[p] = true
		if p == "" {
			return []string{""}
		}
		out = append(out, string(p))
	}
	return out
}

func (x *ids) read(query string, names []string) error {
	return x.t.each(query, []any{names}, func(scan func(...any) error) error {
		var id int64
		var name lifeevents.PersonID
		err := scan(&id, &name)
		x.known[name] = id
		return err
	})
}

// lock keeps everybody else from changing people until the transaction ends. What is read
// afterwards is what the last one to change them wrote.
func (t *tx) lock(people []int64) error {
	if len(people) == 0 {
		return nil
	}
	people = slices.Clone(people)
	slices.Sort(people)
	_, err := t.exec(`SELECT id FROM people WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`, slices.Compact(people))
	return err
}

// Views returns the people named, in that order; see lifeevents.Store.
func (s *People) Views(ctx context.Context, names []lifeevents.PersonID) ([]*lifeevents.View, error) {
	asked := make([]string, len(names))
	for i, p := range names {
		asked[i] = string(p)
	}
	out := make([]*lifeevents.View, len(names))
	err := s.db.each(ctx, `SELECT u.n, p.view, p.rev FROM unnest($1::text[]) WITH ORDINALITY u (name, n) JOIN people p ON p.name = u.name`, []any{asked},
		func(scan func(...any) error) error {
			var at int
			var rev int64
			var raw []byte
			err := scan(&at, &raw, &rev)
			if err != nil || len(raw) == 0 {
				return err
			}
			at-- // PostgreSQL counts from 1
			if out[at], err = store.DecodeView(raw); err != nil {
				return fmt.Errorf("người %s: %w", names[at], err)
			}
			out[at].Rev = rev
			return nil
		})
	if err != nil {
		return nil, err
	}
	for i, v := range out {
		if v == nil {
			out[i] = &lifeevents.View{Person: lifeevents.Person{ID: names[i]}}
		}
	}
	return out, nil
}

// People lists everyone after the ID given; see lifeevents.Store.
func (s *People) People(ctx context.Context, after lifeevents.PersonID, n int) (out []lifeevents.PersonID, err error) {
	err = s.db.each(ctx, `SELECT name FROM people WHERE name > $1 ORDER BY name LIMIT $2`, []any{string(after), n}, func(scan func(...any) error) error {
		var p lifeevents.PersonID
		err := scan(&p)
		out = append(out, p)
		return err
	})
	return out, err
}

// Ran is the last day fully worked through.
func (s *People) Ran(ctx context.Context) (civil.Date, error) {
	var n int
	err := s.db.row(ctx, `SELECT value FROM schedule WHERE name = 'ran'`, nil, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return civil.Date{}, nil
	}
	return store.NumberedDay(n), err
}

// SetRan keeps it; an earlier day changes nothing.
func (s *People) SetRan(ctx context.Context, day civil.Date) error {
	return s.db.inFullTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO schedule (name, value) VALUES ('ran', $1)
			ON CONFLICT (name) DO UPDATE SET value = greatest(schedule.value, excluded.value)`, store.DayNumber(day))
		return err
	})
}
