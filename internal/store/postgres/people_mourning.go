package postgres

import "slices"

// losses keeps who mourns whom in step with deaths and edges.
func (k *taking) losses(touched map[int64]bool) error {
	dead, err := k.dead(sortedIDs(touched))
	if err != nil {
		return err
	}
	if len(k.died) > 0 {
		if _, err := k.t.exec(`DELETE FROM losses WHERE dead = ANY($1)`, sortedIDs(k.died)); err != nil {
			return err
		}
	}
	if len(dead) == 0 {
		return nil
	}
	var who, of, day []int64
	list := make(map[int64]bool, len(dead))
	for id := range dead {
		list[id] = true
	}
	if err := k.eachTie(sortedIDs(list), func(id, other int64) {
		who, of, day = append(who, other), append(of, id), append(day, int64(dead[id]))
	}); err != nil {
		return err
	}
	// Whoever is told by a new mourner waits with them.
	return k.t.each(`INSERT INTO losses (who, dead, day) SELECT u.who, u.dead, u.day FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) u (who, dead, day) ON CONFLICT DO NOTHING RETURNING dead`,
		[]any{who, of, day}, numbers(k.died))
}

// dead tells which of some people have died, and when.
func (k *taking) dead(list []int64) (map[int64]int, error) {
	out := map[int64]int{}
	var unread []int64
	for _, id := range list {
		if a := k.alone[id]; a == nil {
			unread = append(unread, id)
		} else if a.died != 0 {
			out[id] = a.died
		}
	}
	if len(unread) == 0 {
		return out, nil
	}
	err := k.t.each(`SELECT id, died FROM people WHERE id = ANY($1) AND died <> 0`, []any{unread}, func(scan func(...any) error) error {
		var id int64
		var died int
		err := scan(&id, &died)
		out[id] = died
		return err
	})
	return out, err
}

// eachTie names those an edge ties to some people, either way, superseded and withdrawn
// ones too: what such an edge caused must be looked at again.
func (k *taking) eachTie(list []int64, f func(id, other int64)) error {
	for part := range slices.Chunk(list, together) {
		err := k.t.each(`SELECT from_person, to_person FROM edges WHERE from_person = ANY($1)
			UNION SELECT to_person, from_person FROM edges WHERE to_person = ANY($1) ORDER BY 1, 2`, []any{part}, func(scan func(...any) error) error {
			var id, other int64
			if err := scan(&id, &other); err != nil {
				return err
			}
			f(id, other)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// spread adds those tied to the people touched; for a death also those tied to the
// mourners, as what they are told on others' behalf waits too.
func (k *taking) spread(touched map[int64]bool) error {
	mourners := map[int64]bool{}
	if err := k.eachTie(sortedIDs(touched), func(id, other int64) {
		touched[other] = true
		if k.died[id] {
			mourners[other] = true
		}
	}); err != nil {
		return err
	}
	return k.eachTie(sortedIDs(mourners), func(_, other int64) { touched[other] = true })
}
