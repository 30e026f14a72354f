package sqlite

import "slices"

// losses keeps who mourns whom in step with deaths and edges.
func (k *taking) losses(touched map[int64]bool) error {
	for _, id := range sortedIDs(touched) {
		var died int
		if a := k.alone[id]; a != nil {
			died = a.died
		} else if err := k.t.row(`SELECT died FROM people WHERE id = ?`, []any{id}, &died); err != nil {
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
	err = k.eachTie([]int64{id}, func(_, other int64) { out = append(out, other) })
	return out, err
}

func (k *taking) eachTie(list []int64, f func(id, other int64)) error {
	return k.t.each(`SELECT j.value, e.to_person FROM json_each(?1) j CROSS JOIN edges e ON e.from_person = j.value
		UNION SELECT j.value, e.from_person FROM json_each(?1) j CROSS JOIN edges e ON e.to_person = j.value`,
		[]any{asked(list)}, func(scan func(...any) error) error {
			var id, other int64
			if err := scan(&id, &other); err != nil {
				return err
			}
			f(id, other)
			return nil
		})
}

// spread adds those tied to the people touched; for a death also those tied to the
// mourners, as what they are told on others' behalf waits too.
func (k *taking) spread(touched map[int64]bool) error {
	mourners := map[int64]bool{}
	for part := range slices.Chunk(sortedIDs(touched), together) {
		err := k.eachTie(part, func(id, other int64) {
			touched[other] = true
			if k.died[id] {
				mourners[other] = true
			}
		})
		if err != nil {
			return err
		}
	}
	for part := range slices.Chunk(sortedIDs(mourners), together) {
		if err := k.eachTie(part, func(_, other int64) { touched[other] = true }); err != nil {
			return err
		}
	}
	return nil
}
