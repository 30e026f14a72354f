package sqlite

import (
	"context"
	"maps"
	"slices"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Settle ends claims; see delivery.Outbox.
func (o *Outbox) Settle(ctx context.Context, list []delivery.Settlement) error {
	if len(list) == 0 {
		return nil
	}
	var plain []accepted
	for i := range list {
		if s := &list[i]; isPlain(s) {
			plain = append(plain, accepted{s.ID, int64(s.Claim), s.At.UnixMilli(), s.Channel})
		}
	}
	return o.db.inFullTx(ctx, func(t *tx) error {
		for i := range list {
			if isPlain(&list[i]) {
				continue
			}
			if err := settle(t, &list[i]); err != nil {
				return err
			}
		}
		return settleAccepted(t, plain)
	})
}

// accepted is a row its channel took, with nothing more to say about it: nearly all are.
type accepted struct {
	id, claim, at int64
	channel       string
}

// settleAccepted settles many with a few statements, those of one instant together.
func settleAccepted(t *tx, list []accepted) error {
	if len(list) == 0 {
		return nil
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].id
	}
	claims := make(map[int64]int64, len(list))
	err := t.each(`SELECT o.id, o.claims FROM json_each(?) j CROSS JOIN outbox o ON o.id = j.value WHERE o.state IN ('sending', 'unknown')`,
		[]any{asked(ids)}, func(scan func(...any) error) error {
			var id, n int64
			err := scan(&id, &n)
			claims[id] = n
			return err
		})
	if err != nil {
		return err
	}
	log := make([]any, 0, 4*len(list))
	at := map[int64][]int64{}
	for _, a := range list {
		if claims[a.id] != a.claim {
			continue // a lost claim: whoever holds it now settles it
		}
		log = append(log, a.id, a.claim, a.at, a.channel)
		at[a.at] = append(at[a.at], a.id)
	}
	for _, when := range slices.Sorted(maps.Keys(at)) {
		_, err := t.exec(`UPDATE outbox SET state = 'sent', reason = 'accepted', lease_until = 0, began = 0, sends = sends + 1, settled_at = ?
			WHERE id IN (SELECT value FROM json_each(?))`, when, asked(at[when]))
		if err != nil {
			return err
		}
	}
	return t.insertRows(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail) VALUES `,
		`(?, ?, ?, ?, 'sent', 'accepted', 0, '')`, 4, log, ` ON CONFLICT (outbox, n) DO NOTHING`)
}

func settle(t *tx, s *delivery.Settlement) error {
	settledAt := int64(0)
	if s.State.Final() {
		settledAt = s.At.UnixMilli()
	}
	message := `0`
	if s.Doubtful || s.State == delivery.Sent || s.State == delivery.Delivered || s.State == delivery.Unknown {
		message = `message`
	}
	moved, err := t.added(`UPDATE outbox SET state = ?, reason = ?, channel = iif(? <> '', ?3, channel), not_before = max(not_before, ?4),
			lease_until = 0, began = 0, sends = sends + ?5, settled_at = ?6, message = `+message+`
		WHERE id = ?7 AND claims = ?8 AND (state = 'sending' OR state = 'unknown' AND ?5)`,
		string(s.State), string(s.Reason), s.Next, store.Milli(s.RetryAt), s.Tried, settledAt, s.ID, s.Claim)
	if err != nil || !moved {
		return err // a lost claim: whoever holds it now settles it
	}
	if message == `0` {
		// It reached nobody: what it cost is given back.
		if _, err := t.exec(`DELETE FROM attention WHERE outbox = ?1 AND person = (SELECT person FROM outbox WHERE id = ?1)`, s.ID); err != nil {
			return err
		}
	}
	n := s.Claim
	_, err = t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (outbox, n) DO NOTHING`,
		s.ID, n, s.At.UnixMilli(), s.Channel, string(s.State), string(s.Reason), store.Milli(s.RetryAt), s.Detail)
	if err != nil {
		return err
	}
	if s.Renewed != nil {
		if err := rewrite(t, s.ID, s.Renewed); err != nil {
			return err
		}
	}
	if s.Instead == nil {
		return nil
	}
	_, err = newIDs(t).enqueue([]enqueued{{s.Instead, store.EncodeNotice(s.Instead)}})
	return err
}

// rewrite keeps a notice as it reads now, under the same key of what is said once.
func rewrite(t *tx, id int64, n *lifeevents.Notice) error {
	if _, err := t.exec(`UPDATE outbox SET due = ?, urgent = ? WHERE id = ?`, store.DayNumber(n.Due), n.Urgent, id); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE outbox_bodies SET slot = ?, body = ? WHERE id = ?`, n.Slot, store.EncodeNotice(n), id)
	return err
}

func isPlain(s *delivery.Settlement) bool {
	return s.State == delivery.Sent && s.Reason == delivery.Accepted && s.Tried && s.Renewed == nil && s.Instead == nil && s.Detail == ""
}
