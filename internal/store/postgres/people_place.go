package postgres

import (
	"context"
	"slices"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// moves are changes of the index of who may live where.
type moves struct {
	out, in             []int64
	outPlaces, inPlaces []string
}

// home notes what changes for one person.
func (m *moves) home(id int64, before, now []string) {
	for _, p := range before {
		if !slices.Contains(now, p) {
			m.out, m.outPlaces = append(m.out, id), append(m.outPlaces, p)
		}
	}
	for _, p := range now {
		if !slices.Contains(before, p) {
			m.in, m.inPlaces = append(m.in, id), append(m.inPlaces, p)
		}
	}
}

func (m *moves) write(t *tx) error {
	if len(m.out) > 0 {
		if _, err := t.exec(`DELETE FROM homes h USING unnest($1::text[], $2::bigint[]) u (place, person) WHERE h.place = u.place AND h.person = u.person`,
			m.outPlaces, m.out); err != nil {
			return err
		}
	}
	if len(m.in) == 0 {
		return nil
	}
	_, err := t.exec(`INSERT INTO homes (place, person) SELECT u.place, u.person FROM unnest($1::text[], $2::bigint[]) u (place, person) ON CONFLICT DO NOTHING`, m.inPlaces, m.in)
	return err
}

// Residents lists the living who are in a commune on a day, as their residences say, in the
// order they were first heard of. It reads an index, never everybody.
func (s *People) Residents(ctx context.Context, commune string, on civil.Date) (out []lifeevents.PersonID, err error) {
	if err := s.indexHomes(ctx); err != nil {
		return nil, err
	}
	err = s.db.each(ctx, `SELECT p.view FROM homes h JOIN people p ON p.id = h.person WHERE h.place = $1 AND p.view IS NOT NULL ORDER BY h.person`,
		[]any{commune}, func(scan func(...any) error) error {
			var raw []byte
			if err := scan(&raw); err != nil {
				return err
			}
			v, err := store.DecodeView(raw)
			if err == nil && v.Died.IsZero() && v.Place(on) == commune {
				out = append(out, v.ID)
			}
			return err
		})
	return out, err
}

// indexHomes fills the index once for people moved here from a store older than it.
func (s *People) indexHomes(ctx context.Context) error {
	var done bool
	err := s.db.row(ctx, `SELECT EXISTS (SELECT 1 FROM schedule WHERE name = 'homes')`, nil, &done)
	if err != nil || done {
		return err
	}
	return s.db.inFullTx(ctx, func(t *tx) error {
		k := newTaking(t)
		var last int64
		for {
			var list []int64
			err := t.each(`SELECT id FROM people WHERE id > $1 ORDER BY id LIMIT $2`, []any{last, together}, func(scan func(...any) error) error {
				err := scan(&last)
				list = append(list, last)
				return err
			})
			if err != nil {
				return err
			}
			if len(list) == 0 {
				_, err := t.exec(`INSERT INTO schedule (name, value) VALUES ('homes', 1) ON CONFLICT DO NOTHING`)
				return err
			}
			if err := k.t.lock(list); err != nil {
				return err
			}
			clear(k.alone)
			if err := k.know(list); err != nil {
				return err
			}
			var m moves
			for _, id := range list {
				m.home(id, nil, store.Places(k.alone[id].person))
			}
			if err := m.write(t); err != nil {
				return err
			}
		}
	})
}
