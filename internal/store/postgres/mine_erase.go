package postgres

import (
	"context"
	"errors"

	"github.com/motcua/motcua/lifeevents"
)

// erasures take out what is kept of one person, in an order that leaves no row pointing at
// nothing. The ledger of consents stays: it is the person's own proof, and holds topics,
// channels and times alone; receipts stay, so that an old file taken in again brings
// nothing back.
var erasures = []string{
	`DELETE FROM outbox_bodies WHERE id IN (SELECT id FROM outbox WHERE person = $1 OR about = $1)`,
	`DELETE FROM attempts WHERE outbox IN (SELECT id FROM outbox WHERE person = $1 OR about = $1)`,
	`DELETE FROM outbox WHERE person = $1 OR about = $1`,
	`DELETE FROM attention WHERE person = $1`, `DELETE FROM contacts WHERE person = $1`, `DELETE FROM answers WHERE about = $1`,
	`DELETE FROM due WHERE person = $1`, `DELETE FROM losses WHERE who = $1 OR dead = $1`, `DELETE FROM homes WHERE person = $1`,
	`DELETE FROM events WHERE person = $1`, `DELETE FROM facts WHERE person = $1`, `DELETE FROM edges WHERE from_person = $1 OR to_person = $1`,
	`DELETE FROM chat_out WHERE state <> 'sending' AND chat IN (SELECT id FROM chats WHERE person = $1)`,
	`DELETE FROM ticket_words WHERE ticket IN (SELECT k.id FROM tickets k JOIN chats c ON c.id = k.chat WHERE c.person = $1)`,
	`DELETE FROM link_codes WHERE person = $1`, `UPDATE chats SET person = NULL, linked = 0, state = NULL WHERE person = $1`,
}

// Erase deletes everything kept about a person, and about children nobody but this person
// ever spoke of; relatives no longer see them. It may be run again. It returns how many people were erased. The server frees the room of deleted
// rows with its next vacuum; what stands in its log and in backups goes when those do.
func (s *People) Erase(ctx context.Context, p lifeevents.PersonID) (n int, err error) {
	err = s.db.inFullTx(ctx, func(t *tx) error {
		k := newTaking(t)
		id, err := k.of(p)
		if err != nil {
			return err
		}
		if err := t.lock([]int64{id}); err != nil {
			return err
		}
		gone, err := k.alsoGone(id)
		if err != nil {
			return err
		}
		if err := t.lock(gone); err != nil {
			return err
		}
		n = len(gone)
		for _, who := range gone {
			if err := k.erase(who); err != nil {
				return err
			}
		}
		touched, err := k.take(lifeevents.Change{})
		if err != nil {
			return err
		}
		_, err = k.views(touched) // what waits about relatives is planned anew before it is sent
		return err
	})
	return n, err
}

// alsoGone are the person and the children known only by this person's own word.
func (k *taking) alsoGone(id int64) ([]int64, error) {
	gone := []int64{id}
	err := k.t.each(`SELECT DISTINCT e.to_person FROM edges e JOIN people c ON c.id = e.to_person
		WHERE e.from_person = $1 AND e.to_person <> $1 AND e.id LIKE 'declaration:%'
		AND NOT EXISTS (SELECT 1 FROM edges o WHERE (o.to_person = c.id OR o.from_person = c.id) AND o.id NOT LIKE 'declaration:%')
		AND NOT EXISTS (SELECT 1 FROM edges o WHERE o.to_person = c.id AND o.from_person <> $1)
		AND NOT EXISTS (SELECT 1 FROM edges o WHERE o.from_person = c.id)
		AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.person = c.id AND f.id NOT LIKE 'declaration:%')`, []any{id}, func(scan func(...any) error) error {
		var child int64
		err := scan(&child)
		gone = append(gone, child)
		return err
	})
	return gone, err
}

// erase empties one person and marks whose families look different now.
func (k *taking) erase(id int64) error {
	err := k.t.each(`SELECT from_person, to_person FROM edges WHERE from_person = $1 OR to_person = $1`, []any{id}, func(scan func(...any) error) error {
		var from, to int64
		err := scan(&from, &to)
		k.tied[from], k.tied[to] = true, true
		return err
	})
	for _, statement := range erasures {
		if err == nil {
			_, err = k.t.exec(statement, id)
		}
	}
	if err != nil {
		return err
	}
	k.said[id] = true
	reach, err := k.t.exec(`UPDATE people SET reach = NULL WHERE id = $1`, id)
	if err != nil {
		return err
	}
	if reach.RowsAffected() != 1 {
		return errors.New("postgres: người cần xóa không còn dòng nào")
	}
	return k.reach(id) // what was agreed and withdrawn still holds
}
