package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// together is how many people one statement is about: a call for each costs more than its
// answer.
const together = 500

// Take appends a change and plans anew whom it touches; see lifeevents.Store. plan may be
// asked again where the change met another one.
func (s *People) Take(ctx context.Context, c lifeevents.Change, _ time.Time, plan lifeevents.Planner) (said []lifeevents.Spoken, err error) {
	err = s.db.inFullTx(ctx, func(t *tx) error {
		said = nil
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

// take appends what is new and returns whose plans may move, by number. Everybody whose
// row will be read or written is locked before anything is read: the families of those
// named at first, and whom a death reaches once that is known.
func (k *taking) take(c lifeevents.Change) ([]int64, error) {
	if err := k.append(c); err != nil {
		return nil, err
	}
	named := maps.Clone(k.said)
	maps.Copy(named, k.tied)
	if len(named) == 0 {
		return nil, nil
	}
	families := maps.Clone(named)
	if err := k.eachTie(sortedIDs(named), func(_, other int64) { families[other] = true }); err != nil {
		return nil, err
	}
	if err := k.t.lock(sortedIDs(families)); err != nil {
		return nil, err
	}
	for part := range slices.Chunk(sortedIDs(k.said), together) {
		if err := k.resolve(part); err != nil {
			return nil, err
		}
	}
	touched := named
	if err := k.losses(touched); err != nil {
		return nil, err
	}
	if err := k.spread(touched); err != nil {
		return nil, err
	}
	return sortedIDs(touched), k.t.lock(sortedIDs(touched))
}

func sortedIDs(set map[int64]bool) []int64 { return slices.Sorted(maps.Keys(set)) }

// append adds what is new, each kind with one statement.
func (k *taking) append(c lifeevents.Change) error {
	var names []lifeevents.PersonID
	for i := range c.Facts {
		names = append(names, c.Facts[i].Person)
	}
	for i := range c.Edges {
		names = append(names, c.Edges[i].From, c.Edges[i].To)
	}
	for i := range c.Events {
		if p := c.Events[i].Person; p != "" {
			names = append(names, p)
		}
	}
	if err := k.learn(names); err != nil {
		return err
	}
	if err := k.facts(c.Facts); err != nil {
		return err
	}
	if err := k.addEdges(c.Edges); err != nil {
		return err
	}
	if err := k.events(c.Events); err != nil {
		return err
	}
	for i := range c.Answers {
		if err := k.answer(&c.Answers[i]); err != nil {
			return err
		}
	}
	return nil
}

// added runs a statement and tells whether it wrote a row.
func (t *tx) added(query string, args ...any) (bool, error) {
	tag, err := t.exec(query, args...)
	return tag.RowsAffected() > 0, err
}

func (k *taking) facts(list []lifeevents.Fact) error {
	if len(list) == 0 {
		return nil
	}
	people, names, bodies := make([]int64, len(list)), make([]string, len(list)), make([][]byte, len(list))
	for i := range list {
		f := &list[i]
		people[i], names[i], bodies[i] = k.known[f.Person], f.ID, store.EncodeFact(f)
	}
	return k.t.each(`INSERT INTO facts (person, id, body) SELECT u.person, u.id, u.body FROM unnest($1::bigint[], $2::text[], $3::bytea[]) u (person, id, body) ON CONFLICT DO NOTHING RETURNING person`,
		[]any{people, names, bodies}, numbers(k.said))
}

// numbers scans one number of each row into a set.
func numbers(into map[int64]bool) func(scan func(...any) error) error {
	return func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		into[id] = true
		return err
	}
}

// ends scans the two people of an edge into a set.
func ends(into map[int64]bool) func(scan func(...any) error) error {
	return func(scan func(...any) error) error {
		var from, to int64
		err := scan(&from, &to)
		into[from], into[to] = true, true
		return err
	}
}

func (k *taking) addEdges(list []lifeevents.Edge) error {
	if len(list) == 0 {
		return nil
	}
	n := len(list)
	names, from, to, older, withdrawn, bodies := make([]string, n), make([]int64, n), make([]int64, n), make([]string, n), make([]bool, n), make([][]byte, n)
	for i := range list {
		x := &list[i]
		names[i], from[i], to[i], older[i], withdrawn[i], bodies[i] = x.ID, k.known[x.From], k.known[x.To], x.Supersedes, x.Withdrawn, store.EncodeEdge(x)
	}
	var replaced []string
	err := k.t.each(`INSERT INTO edges (id, from_person, to_person, supersedes, withdrawn, body)
		SELECT u.id, u.f, u.t, u.s, u.w, u.body FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::boolean[], $6::bytea[]) u (id, f, t, s, w, body)
		ON CONFLICT DO NOTHING RETURNING from_person, to_person, supersedes`, []any{names, from, to, older, withdrawn, bodies}, func(scan func(...any) error) error {
		var from, to int64
		var older string
		err := scan(&from, &to, &older)
		k.tied[from], k.tied[to] = true, true
		if older != "" {
			replaced = append(replaced, older)
		}
		return err
	})
	if err != nil || len(replaced) == 0 {
		return err
	}
	// One replaced that has not come yet will count as superseded when it does.
	return k.t.each(`SELECT from_person, to_person FROM edges WHERE id = ANY($1)`, []any{replaced}, ends(k.tied))
}

func (k *taking) events(list []lifeevents.Event) error {
	if len(list) == 0 {
		return nil
	}
	n := len(list)
	sources, names, people, retracts, bodies := make([]string, n), make([]string, n), make([]*int64, n), make([]string, n), make([][]byte, n)
	for i := range list {
		x := &list[i]
		sources[i], names[i], retracts[i], bodies[i] = string(x.Source), x.ID, x.Retracts, store.EncodeEvent(x)
		if x.Person != "" {
			id := k.known[x.Person]
			people[i] = &id
		}
	}
	var from, retracted []string
	err := k.t.each(`INSERT INTO events (source, id, person, retracts, body)
		SELECT u.source, u.id, u.person, u.retracts, u.body FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bytea[]) u (source, id, person, retracts, body)
		ON CONFLICT DO NOTHING RETURNING source, coalesce(person, 0), retracts`, []any{sources, names, people, retracts, bodies}, func(scan func(...any) error) error {
		var source, older string
		var person int64
		err := scan(&source, &person, &older)
		if person != 0 {
			k.said[person] = true
		}
		if older != "" {
			from, retracted = append(from, source), append(retracted, older)
		}
		return err
	})
	if err != nil || len(retracted) == 0 {
		return err
	}
	// An event that has not come yet will be void when it does.
	return k.t.each(`SELECT e.person FROM unnest($1::text[], $2::text[]) u (source, id) JOIN events e ON e.source = u.source AND e.id = u.id
		WHERE e.person IS NOT NULL`, []any{from, retracted}, numbers(k.said))
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
	fresh, err := k.t.added(`INSERT INTO answers (about, digest, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, digest[:], string(body))
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
