package sqlite

import (
	"context"
	"errors"
	"slices"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// moveHome keeps the index of who may live where.
func (k *taking) moveHome(id int64, before, now []string) error {
	for _, p := range before {
		if slices.Contains(now, p) {
			continue
		}
		if _, err := k.t.exec(`DELETE FROM homes WHERE place = ? AND person = ?`, p, id); err != nil {
			return err
		}
	}
	for _, p := range now {
		if slices.Contains(before, p) {
			continue
		}
		if _, err := k.t.exec(`INSERT OR IGNORE INTO homes (place, person) VALUES (?, ?)`, p, id); err != nil {
			return err
		}
	}
	return nil
}

// Residents lists the living who are in a commune on a day, as their residences say, in the
// order they were first heard of. It reads an index, never everybody.
func (s *People) Residents(ctx context.Context, commune string, on civil.Date) (out []lifeevents.PersonID, err error) {
	if err := s.indexHomes(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.read.QueryContext(ctx, `SELECT p.view FROM homes h JOIN people p ON p.id = h.person WHERE h.place = ? AND p.view IS NOT NULL ORDER BY h.person`, commune)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var raw []byte
		if err := rows.Scan(&raw); err != nil {
			return nil, err
		}
		v, err := store.DecodeView(raw)
		if err != nil {
			return nil, err
		}
		if v.Died.IsZero() && v.Place(on) == commune {
			out = append(out, v.ID)
		}
	}
	return out, rows.Err()
}

// indexHomes fills the index once for a store that is older than it.
func (s *People) indexHomes(ctx context.Context) error {
	var done bool
	err := s.db.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM schedule WHERE name = 'homes')`).Scan(&done)
	if err != nil || done {
		return err
	}
	return s.db.inFullTx(ctx, func(t *tx) error {
		k := newTaking(t)
		var last int64
		for {
			var list []int64
			err := t.each(`SELECT id FROM people WHERE id > ? ORDER BY id LIMIT ?`, []any{last, together}, func(scan func(...any) error) error {
				err := scan(&last)
				list = append(list, last)
				return err
			})
			if err != nil {
				return err
			}
			if len(list) == 0 {
				_, err := t.exec(`INSERT OR IGNORE INTO schedule (name, value) VALUES ('homes', 1)`)
				return err
			}
			clear(k.alone)
			if err := k.know(list); err != nil {
				return err
			}
			for _, id := range list {
				if err := k.moveHome(id, nil, store.Places(k.alone[id].person)); err != nil {
					return err
				}
			}
		}
	})
}
