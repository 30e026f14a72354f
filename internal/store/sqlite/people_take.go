package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// Take appends a change and plans anew whom it touches; see lifeevents.Store.
func (s *People) Take(ctx context.Context, c lifeevents.Change, _ time.Time, plan lifeevents.Planner) (said []lifeevents.Spoken, err error) {
	err = s.db.inFullTx(ctx, func(t *tx) error {
		k := newTaking(t)
		touched, err := k.take(c)
		if err == nil {
			said, err = k.replan(touched, plan)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return said, nil
}

// taking is one change on its way in.
type taking struct {
	*ids
	said  map[int64]bool // whose facts, events or answers are new
	tied  map[int64]bool // whose edges are new
	died  map[int64]bool // whose death is new, corrected or withdrawn
	alone map[int64]*alone
}

func newTaking(t *tx) *taking {
	return &taking{newIDs(t), map[int64]bool{}, map[int64]bool{}, map[int64]bool{}, map[int64]*alone{}}
}

// take appends what is new and returns whose plans may move, by number.
func (k *taking) take(c lifeevents.Change) ([]int64, error) {
	if err := k.append(c); err != nil {
		return nil, err
	}
	for part := range slices.Chunk(sortedIDs(k.said), together) {
		if err := k.resolve(part); err != nil {
			return nil, err
		}
	}
	touched := map[int64]bool{}
	for id := range k.said {
		touched[id] = true
	}
	for id := range k.tied {
		touched[id] = true
	}
	if err := k.losses(touched); err != nil {
		return nil, err
	}
	if err := k.spread(touched); err != nil {
		return nil, err
	}
	return sortedIDs(touched), nil
}

func sortedIDs(set map[int64]bool) []int64 {
	out := make([]int64, 0, len(set))
	for id := range set {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// append adds what is new.
func (k *taking) append(c lifeevents.Change) error {
	for i := range c.Facts {
		if err := k.fact(&c.Facts[i]); err != nil {
			return err
		}
	}
	for i := range c.Edges {
		if err := k.edge(&c.Edges[i]); err != nil {
			return err
		}
	}
	for i := range c.Events {
		if err := k.event(&c.Events[i]); err != nil {
			return err
		}
	}
	for i := range c.Answers {
		if err := k.answer(&c.Answers[i]); err != nil {
			return err
		}
	}
	return nil
}

// added runs an INSERT OR IGNORE and tells whether it added a row.
func (t *tx) added(query string, args ...any) (bool, error) {
	n, err := t.touched(query, args...)
	return n > 0, err
}

// touched tells how many rows a statement has written.
func (t *tx) touched(query string, args ...any) (int, error) {
	res, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func (k *taking) fact(f *lifeevents.Fact) error {
	id, err := k.of(f.Person)
	if err != nil {
		return err
	}
	fresh, err := k.t.added(`INSERT OR IGNORE INTO facts (person, id, body) VALUES (?, ?, ?)`,
		id, f.ID, store.EncodeFact(f))
	if fresh {
		k.said[id] = true
	}
	return err
}

func (k *taking) edge(x *lifeevents.Edge) error {
	from, err := k.of(x.From)
	if err != nil {
		return err
	}
	to, err := k.of(x.To)
	if err != nil {
		return err
	}
	fresh, err := k.t.added(`INSERT OR IGNORE INTO edges (id, from_person, to_person, supersedes, withdrawn, body) VALUES (?, ?, ?, ?, ?, ?)`,
		x.ID, from, to, x.Supersedes, x.Withdrawn, store.EncodeEdge(x))
	if err != nil || !fresh {
		return err
	}
	k.tied[from], k.tied[to] = true, true
	if x.Supersedes == "" {
		return nil
	}
	err = k.t.row(`SELECT from_person, to_person FROM edges WHERE id = ?`, []any{x.Supersedes}, &from, &to)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // the one replaced has not come yet: it will count as superseded when it does
	}
	k.tied[from], k.tied[to] = true, true
	return err
}

func (k *taking) event(x *lifeevents.Event) error {
	var person any
	if x.Person != "" {
		id, err := k.of(x.Person)
		if err != nil {
			return err
		}
		person = id
	}
	fresh, err := k.t.added(`INSERT OR IGNORE INTO events (source, id, person, retracts, body) VALUES (?, ?, ?, ?, ?)`,
		string(x.Source), x.ID, person, x.Retracts, store.EncodeEvent(x))
	if err != nil || !fresh {
		return err
	}
	if id, ok := person.(int64); ok {
		k.said[id] = true
	}
	if x.Retracts == "" {
		return nil
	}
	var about sql.NullInt64
	err = k.t.row(`SELECT person FROM events WHERE source = ? AND id = ?`, []any{string(x.Source), x.Retracts}, &about)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // the event itself has not come yet: it will be void when it does
	}
	if about.Valid {
		k.said[about.Int64] = true
	}
	return err
}

func (k *taking) answer(a *lifeevents.Answer) error {
	about := a.About
	if about == "" {
		about = a.Person
	}
	id, err := k.of(about)
	if err != nil {
		return err
	}
	body, err := json.Marshal(a)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(body)
	fresh, err := k.t.added(`INSERT OR IGNORE INTO answers (about, digest, body) VALUES (?, ?, ?)`, id, digest[:], string(body))
	if err != nil || !fresh {
		return err
	}
	k.said[id] = true
	if a.Kind != lifeevents.Never || a.Topic == "" {
		return nil
	}
	// "Never this topic" is a withdrawal over every channel.
	return k.consent(lifeevents.Consent{
		ID: "answer-" + hex.EncodeToString(digest[:12]), Person: a.Person, Topic: a.Topic, Channel: "*",
		Withdrawn: a.At, Proof: "người dân trả lời: đừng nhắc việc này nữa",
	})
}
