package postgres

import (
	"slices"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// keptAtOnce bounds the people held in memory during one large change.
const keptAtOnce = 20_000

// alone is a person without the family, as known inside a transaction.
type alone struct {
	name   lifeevents.PersonID
	person *lifeevents.Person
	kin    *lifeevents.Person // as others' views hold the person
	rev    int64
	died   int
	fresh  bool // resolved anew, not written yet
}

// know reads those of the people asked for that are not known yet.
func (k *taking) know(list []int64) error {
	missing := slices.DeleteFunc(slices.Clone(list), func(id int64) bool { return k.alone[id] != nil })
	if len(missing) == 0 {
		return nil
	}
	return k.t.each(`SELECT id, name, rev, died, body FROM people WHERE id = ANY($1)`, []any{missing}, func(scan func(...any) error) error {
		var id int64
		var raw []byte
		a := &alone{person: &lifeevents.Person{}}
		if err := scan(&id, &a.name, &a.rev, &a.died, &raw); err != nil {
			return err
		}
		if len(raw) > 0 {
			p, err := store.DecodePerson(raw)
			if err != nil {
				return err
			}
			a.person = &p
		}
		a.person.ID = a.name // one named by others only has nothing but the pseudonym
		a.kin = store.AsKin(a.person)
		k.alone[id] = a
		return nil
	})
}

// forget makes room; what is not written yet stays.
func (k *taking) forget() {
	if len(k.alone) <= keptAtOnce {
		return
	}
	for id, a := range k.alone {
		if !a.fresh {
			delete(k.alone, id)
		}
	}
}

// resolve works out anew what stands about some people, and notes deaths.
func (k *taking) resolve(list []int64) error {
	if err := k.know(list); err != nil {
		return err
	}
	facts, events := map[int64][]lifeevents.Fact{}, map[int64][]lifeevents.Event{}
	err := k.t.each(`SELECT person, body FROM facts WHERE person = ANY($1) ORDER BY person, id`, []any{list}, gather(facts, store.DecodeFact))
	if err != nil {
		return err
	}
	err = k.t.each(`SELECT e.person, e.body FROM events e WHERE e.person = ANY($1) AND e.retracts = ''
		AND NOT EXISTS (SELECT 1 FROM events r WHERE r.source = e.source AND r.retracts = e.id AND r.retracts <> '') ORDER BY e.person, e.source, e.id`,
		[]any{list}, gather(events, store.DecodeEvent))
	if err != nil {
		return err
	}
	var m moves
	for _, id := range list {
		a := k.alone[id]
		p := lifeevents.NewPerson(a.name, facts[id], events[id])
		if died := store.DayNumber(p.Died); died != a.died {
			k.died[id], a.died = true, died
		}
		m.home(id, store.Places(a.person), store.Places(&p))
		a.person, a.kin, a.fresh = &p, store.AsKin(&p), true
	}
	return m.write(k.t)
}

// gather scans a person's number and a record into lists by person.
func gather[T any](into map[int64][]T, read func([]byte) (T, error)) func(scan func(...any) error) error {
	return func(scan func(...any) error) error {
		var id int64
		var raw []byte
		if err := scan(&id, &raw); err != nil {
			return err
		}
		x, err := read(raw)
		into[id] = append(into[id], x)
		return err
	}
}
