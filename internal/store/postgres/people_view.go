package postgres

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// views writes some people with their families around, raises their revisions, and returns
// the views in the order asked for.
func (k *taking) views(list []int64) ([]*lifeevents.View, error) {
	edges, kin, err := k.edges(list)
	if err != nil {
		return nil, err
	}
	around := slices.Clone(list)
	for _, id := range list {
		around = append(around, kin[id]...)
	}
	slices.Sort(around)
	around = slices.Compact(around)
	if err := k.know(around); err != nil {
		return nil, err
	}
	losses, err := k.mourning(around)
	if err != nil {
		return nil, err
	}
	answers, err := k.answers(list)
	if err != nil {
		return nil, err
	}
	out := make([]*lifeevents.View, len(list))
	for i, id := range list {
		a := k.alone[id]
		v := &lifeevents.View{Person: *a.person, Edges: edges[id], Kin: map[lifeevents.PersonID]*lifeevents.Person{}, Answers: answers[id], Rev: a.rev + 1}
		for _, other := range append(kin[id], id) {
			v.Losses = append(v.Losses, losses[other]...)
			if other != id {
				v.Kin[k.alone[other].name] = k.alone[other].kin
			}
		}
		slices.SortFunc(v.Losses, func(a, b lifeevents.Loss) int {
			return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Dead, b.Dead), cmp.Compare(a.To, b.To))
		})
		out[i] = v
	}
	return out, k.write(list, out)
}

// write stores views, and the people alone where they were worked out anew.
func (k *taking) write(list []int64, views []*lifeevents.View) error {
	var family, whole struct {
		ids, revs, died []int64
		views, bodies   [][]byte
		lanes           []string
	}
	for i, id := range list {
		a := k.alone[id]
		a.rev++
		into := &family
		if a.fresh {
			into, a.fresh = &whole, false
			into.died, into.bodies, into.lanes = append(into.died, int64(a.died)), append(into.bodies, store.EncodePerson(a.person)), append(into.lanes, store.Province(a.person))
		}
		into.ids, into.revs, into.views = append(into.ids, id), append(into.revs, a.rev), append(into.views, store.EncodeView(views[i]))
	}
	if len(family.ids) > 0 {
		if _, err := k.t.exec(`UPDATE people p SET view = u.view, rev = u.rev FROM unnest($1::bigint[], $2::bytea[], $3::bigint[]) u (id, view, rev) WHERE p.id = u.id`,
			family.ids, family.views, family.revs); err != nil {
			return err
		}
	}
	if len(whole.ids) == 0 {
		return nil
	}
	_, err := k.t.exec(`UPDATE people p SET view = u.view, rev = u.rev, body = u.body, died = u.died, lane = u.lane
		FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bytea[], $5::bigint[], $6::text[]) u (id, view, rev, body, died, lane) WHERE p.id = u.id`,
		whole.ids, whole.views, whole.revs, whole.bodies, whole.died, whole.lanes)
	return err
}

// edges reads those that stand about the people asked for, by edge ID, and who is at their
// other ends.
func (k *taking) edges(list []int64) (edges map[int64][]lifeevents.Edge, kin map[int64][]int64, err error) {
	edges, kin = map[int64][]lifeevents.Edge{}, map[int64][]int64{}
	const stands = ` AND NOT e.withdrawn AND NOT EXISTS (SELECT 1 FROM edges s WHERE s.supersedes = e.id AND s.supersedes <> '')`
	err = k.t.each(`SELECT e.from_person, e.to_person, e.body FROM edges e WHERE e.from_person = ANY($1)`+stands+`
		UNION ALL SELECT e.to_person, e.from_person, e.body FROM edges e WHERE e.to_person = ANY($1) AND e.to_person <> e.from_person`+stands,
		[]any{list}, func(scan func(...any) error) error {
			var id, other int64
			var raw []byte
			if err := scan(&id, &other, &raw); err != nil {
				return err
			}
			x, err := store.DecodeEdge(raw)
			if err != nil {
				return err
			}
			edges[id] = append(edges[id], x)
			if other != id && !slices.Contains(kin[id], other) {
				kin[id] = append(kin[id], other)
			}
			return nil
		})
	for _, of := range edges {
		slices.SortFunc(of, func(a, b lifeevents.Edge) int { return cmp.Compare(a.ID, b.ID) })
	}
	return edges, kin, err
}

// mourning reads the deaths that touch any of the people given.
func (k *taking) mourning(who []int64) (map[int64][]lifeevents.Loss, error) {
	out := map[int64][]lifeevents.Loss{}
	err := k.t.each(`SELECT l.who, d.name, w.name, l.day FROM losses l JOIN people d ON d.id = l.dead JOIN people w ON w.id = l.who
		WHERE l.who = ANY($1)`, []any{who}, func(scan func(...any) error) error {
		var id int64
		var l lifeevents.Loss
		var day int
		if err := scan(&id, &l.Dead, &l.To, &day); err != nil {
			return err
		}
		l.On = store.NumberedDay(day)
		out[id] = append(out[id], l)
		return nil
	})
	return out, err
}

// answers reads what was answered about the people asked for, oldest first.
func (k *taking) answers(list []int64) (map[int64][]lifeevents.Answer, error) {
	out := map[int64][]lifeevents.Answer{}
	err := k.t.each(`SELECT about, body FROM answers WHERE about = ANY($1) ORDER BY id`, []any{list}, func(scan func(...any) error) error {
		var id int64
		var body []byte
		if err := scan(&id, &body); err != nil {
			return err
		}
		var a lifeevents.Answer
		err := json.Unmarshal(body, &a)
		out[id] = append(out[id], a)
		return err
	})
	return out, err
}
