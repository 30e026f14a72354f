package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// People keeps pseudonyms, their facts, family and events, and the index of due days. It
// implements lifeevents.Store.
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

// of is the number of a person, who is added when never heard of.
func (x *ids) of(p lifeevents.PersonID) (int64, error) {
	if p == "" {
		return 0, errors.New("thiếu mã người")
	}
	if id, ok := x.known[p]; ok {
		return id, nil
	}
	id, err := x.find(p)
	if errors.Is(err, sql.ErrNoRows) {
		var res sql.Result
		if res, err = x.t.exec(`INSERT INTO people (name) VALUES (?)`, string(p)); err == nil {
			id, err = res.LastInsertId()
		}
	}
	if err == nil {
		x.known[p] = id
	}
	return id, err
}

func (x *ids) find(p lifeevents.PersonID) (id int64, err error) {
	err = x.t.row(`SELECT id FROM people WHERE name = ?`, []any{string(p)}, &id)
	return id, err
}

// Views returns the people named, in that order; see lifeevents.Store.
func (s *People) Views(ctx context.Context, names []lifeevents.PersonID) ([]*lifeevents.View, error) {
	asked, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	out := make([]*lifeevents.View, len(names))
	rows, err := s.db.read.QueryContext(context.WithoutCancel(ctx), `SELECT j.key, p.view, p.rev FROM json_each(?) j CROSS JOIN people p ON p.name = j.value`, string(asked))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var at int
		var rev int64
		var raw sql.RawBytes
		if err := rows.Scan(&at, &raw, &rev); err != nil {
			return nil, err
		}
		if len(raw) == 0 {
			continue
		}
		if out[at], err = store.DecodeView(raw); err != nil {
			return nil, fmt.Errorf("người %s: %w", names[at], err)
		}
		out[at].Rev = rev
	}
	for i, v := range out {
		if v == nil {
			out[i] = &lifeevents.View{Person: lifeevents.Person{ID: names[i]}}
		}
	}
	return out, errors.Join(rows.Err(), ctx.Err())
}

// People lists everyone after the ID given; see lifeevents.Store.
func (s *People) People(ctx context.Context, after lifeevents.PersonID, n int) ([]lifeevents.PersonID, error) {
	rows, err := s.db.read.QueryContext(ctx, `SELECT name FROM people WHERE name > ? ORDER BY name LIMIT ?`, string(after), n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []lifeevents.PersonID
	for rows.Next() {
		var p string
		if err := rows.Scan(&p); err != nil {
			return nil, err
		}
		out = append(out, lifeevents.PersonID(p))
	}
	return out, rows.Err()
}

// Ran is the last day fully worked through.
func (s *People) Ran(ctx context.Context) (civil.Date, error) {
	var n int
	err := s.db.read.QueryRowContext(ctx, `SELECT value FROM schedule WHERE name = 'ran'`).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return civil.Date{}, nil
	}
	return store.NumberedDay(n), err
}

// SetRan keeps it; an earlier day changes nothing.
func (s *People) SetRan(ctx context.Context, day civil.Date) error {
	return s.db.inFullTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO schedule (name, value) VALUES ('ran', ?)
			ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`, store.DayNumber(day))
		return err
	})
}
