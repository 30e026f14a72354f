package sqlite

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/lifeevents"
)

// person resolves what was said about one person into what stands, and notes a death.
func (k *taking) person(id int64) error {
	var name string
	var died int
	if err := k.t.row(`SELECT name, died FROM people WHERE id = ?`, []any{id}, &name, &died); err != nil {
		return err
	}
	var facts []lifeevents.Fact
	err := k.t.each(`SELECT body FROM facts WHERE person = ?`, []any{id}, func(scan func(...any) error) error {
		return scanInto(scan, &facts, (*decoder).fact)
	})
	if err != nil {
		return err
	}
	var events []lifeevents.Event
	err = k.t.each(`SELECT body FROM events e WHERE person = ? AND retracts = ''
		AND NOT EXISTS (SELECT 1 FROM events r WHERE r.source = e.source AND r.retracts = e.id AND r.retracts <> '')`,
		[]any{id}, func(scan func(...any) error) error { return scanInto(scan, &events, (*decoder).event) })
	if err != nil {
		return err
	}
	p := lifeevents.NewPerson(lifeevents.PersonID(name), facts, events)
	if dayNumber(p.Died) != died {
		k.died[id] = true
	}
	_, err = k.t.exec(`UPDATE people SET body = ?, died = ?, lane = ? WHERE id = ?`,
		seal(func(e *encoder) { e.person(&p) }), dayNumber(p.Died), province(&p), id)
	return err
}

func scanInto[T any](scan func(...any) error, out *[]T, read func(*decoder, *T)) error {
	var raw []byte
	if err := scan(&raw); err != nil {
		return err
	}
	x, err := unseal(raw, read)
	*out = append(*out, x)
	return err
}

// province is where somebody lives, by the latest known residence; "" where not known.
func province(p *lifeevents.Person) string {
	for _, key := range [...]string{"staying", "temporary", "permanent"} {
		if f := p.Fact(lifeevents.Residence, key); f != nil {
			if u, ok := place.Commune(f.Value.Place); ok {
				return u.Province
			}
		}
	}
	return ""
}

// losses keeps who mourns whom in step with deaths and edges.
func (k *taking) losses(touched map[int64]bool) error {
	for _, id := range sortedIDs(touched) {
		var died int
		if err := k.t.row(`SELECT died FROM people WHERE id = ?`, []any{id}, &died); err != nil {
			return err
		}
		if k.died[id] {
			if _, err := k.t.exec(`DELETE FROM losses WHERE dead = ?`, id); err != nil {
				return err
			}
		}
		if died == 0 {
			continue
		}
		ties, err := k.ties(id)
		if err != nil {
			return err
		}
		for _, who := range ties {
			fresh, err := k.t.added(`INSERT OR IGNORE INTO losses (who, dead, day) VALUES (?, ?, ?)`, who, id, died)
			if err != nil {
				return err
			}
			if fresh {
				k.died[id] = true // whoever is told by a mourner waits with them
			}
		}
	}
	return nil
}

// ties are those an edge ties to a person, either way, superseded and withdrawn ones too:
// what such an edge caused must be looked at again.
func (k *taking) ties(id int64) (out []int64, err error) {
	err = k.t.each(`SELECT to_person FROM edges WHERE from_person = ?1 UNION SELECT from_person FROM edges WHERE to_person = ?1`,
		[]any{id}, func(scan func(...any) error) error {
			var other int64
			if err := scan(&other); err != nil {
				return err
			}
			out = append(out, other)
			return nil
		})
	return out, err
}

// spread adds those tied to the people touched; for a death also those tied to the
// mourners, as what they are told on others' behalf waits too.
func (k *taking) spread(touched map[int64]bool) error {
	for _, id := range sortedIDs(touched) {
		ties, err := k.ties(id)
		if err != nil {
			return err
		}
		for _, other := range ties {
			touched[other] = true
			if !k.died[id] {
				continue
			}
			second, err := k.ties(other)
			if err != nil {
				return err
			}
			for _, o := range second {
				touched[o] = true
			}
		}
	}
	return nil
}

// view writes the person with the family around, and raises the revision.
func (k *taking) view(id int64) (lifeevents.PersonID, error) {
	var v lifeevents.View
	var err error
	if v.Person, err = k.body(id); err != nil {
		return "", err
	}
	kin, err := k.edges(id, &v)
	if err != nil {
		return "", err
	}
	v.Kin = map[lifeevents.PersonID]*lifeevents.Person{}
	for _, other := range kin {
		p, err := k.body(other)
		if err != nil {
			return "", err
		}
		p.Events = nil
		p.Facts = slices.DeleteFunc(p.Facts, func(f lifeevents.Fact) bool {
			return f.Kind != lifeevents.Residence && f.Kind != lifeevents.SexOf
		})
		v.Kin[p.ID] = &p
	}
	if err := k.mourning(append(kin, id), &v); err != nil {
		return "", err
	}
	err = k.t.each(`SELECT body FROM answers WHERE about = ? ORDER BY id`, []any{id}, func(scan func(...any) error) error {
		var body string
		if err := scan(&body); err != nil {
			return err
		}
		var a lifeevents.Answer
		err := json.Unmarshal([]byte(body), &a)
		v.Answers = append(v.Answers, a)
		return err
	})
	if err != nil {
		return "", err
	}
	_, err = k.t.exec(`UPDATE people SET view = ?, rev = rev + 1 WHERE id = ?`, encodeView(&v), id)
	return v.ID, err
}

// body is the person alone; one named by others only has nothing but the pseudonym.
func (k *taking) body(id int64) (p lifeevents.Person, err error) {
	var name string
	var raw []byte
	if err := k.t.row(`SELECT name, body FROM people WHERE id = ?`, []any{id}, &name, &raw); err != nil {
		return p, err
	}
	if len(raw) == 0 {
		return lifeevents.Person{ID: lifeevents.PersonID(name)}, nil
	}
	return unseal(raw, (*decoder).person)
}

// edges reads those that stand into the view and returns who is at their other ends.
func (k *taking) edges(id int64, v *lifeevents.View) (kin []int64, err error) {
	err = k.t.each(`SELECT e.from_person, e.to_person, e.body FROM edges e WHERE (e.from_person = ?1 OR e.to_person = ?1) AND e.withdrawn = 0
		AND NOT EXISTS (SELECT 1 FROM edges s WHERE s.supersedes = e.id AND s.supersedes <> '') ORDER BY e.id`,
		[]any{id}, func(scan func(...any) error) error {
			var from, to int64
			var raw []byte
			if err := scan(&from, &to, &raw); err != nil {
				return err
			}
			x, err := unseal(raw, (*decoder).edge)
			if err != nil {
				return err
			}
			v.Edges = append(v.Edges, x)
			for _, other := range [...]int64{from, to} {
				if other != id && !slices.Contains(kin, other) {
					kin = append(kin, other)
				}
			}
			return nil
		})
	return kin, err
}

// mourning reads the deaths that touch any of the people given.
func (k *taking) mourning(who []int64, v *lifeevents.View) error {
	for _, id := range who {
		err := k.t.each(`SELECT d.name, w.name, l.day FROM losses l JOIN people d ON d.id = l.dead JOIN people w ON w.id = l.who WHERE l.who = ?`,
			[]any{id}, func(scan func(...any) error) error {
				var dead, to string
				var day int
				if err := scan(&dead, &to, &day); err != nil {
					return err
				}
				v.Losses = append(v.Losses, lifeevents.Loss{Dead: lifeevents.PersonID(dead), To: lifeevents.PersonID(to), On: numberedDay(day)})
				return nil
			})
		if err != nil {
			return err
		}
	}
	slices.SortFunc(v.Losses, func(a, b lifeevents.Loss) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Dead, b.Dead), cmp.Compare(a.To, b.To))
	})
	return nil
}

// daysBack bounds what counts as said lately.
func daysBack(ran int, days int) int {
	if ran == 0 {
		return 0
	}
	return dayNumber(numberedDay(ran).AddDays(-days))
}
