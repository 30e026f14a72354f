package sqlite

import (
	"cmp"
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
	ids := make([]int64, 0, len(list))
	plain := map[accepted][]int64{}
	var rest []*delivery.Settlement
	for i := range list {
		s := &list[i]
		ids = append(ids, s.ID)
		if isPlain(s) {
			k := accepted{s.At.UnixMilli(), s.Claim}
			plain[k] = append(plain[k], s.ID)
		} else if _, mine := o.db.held.find(s.ID, s.Claim); mine || s.Tried {
			rest = append(rest, s)
		}
	}
	err := o.db.inFullTx(ctx, func(t *tx) error {
		for _, s := range rest {
			if err := settle(t, s); err != nil {
				return err
			}
		}
		return settleAccepted(t, plain)
	})
	if err == nil {
		o.db.held.release(ids)
	}
	return err
}

// accepted is what rows have in common that their channel took, with nothing more to say
// about them: nearly all are such.
type accepted struct {
	at    int64
	claim int
}

// settleAccepted settles them with one statement for each instant. The line of the attempt
// is not written: the row says it all (see keepAccepted). A lost claim is left to whoever
// holds it now.
func settleAccepted(t *tx, rows map[accepted][]int64) error {
	for _, k := range slices.SortedFunc(maps.Keys(rows), func(a, b accepted) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.claim, b.claim))
	}) {
		_, err := t.exec(`UPDATE outbox SET state = 'sent', reason = 'accepted', lease_until = 0, began = 0, sends = sends + 1, settled_at = ?
			WHERE id IN (SELECT value FROM json_each(?)) AND claims = ? AND state IN ('sending', 'unknown')`, k.at, asked(rows[k]), k.claim)
		if err != nil {
			return err
		}
	}
	return nil
}

// acceptedLine is the attempt of a row that its channel took, where no line says so.
const acceptedLine = `SELECT o.id AS outbox, o.claims AS n, o.settled_at AS at, o.channel, o.state, o.reason, 0 AS retry_at, '' AS detail FROM outbox o
	WHERE o.id = ? AND o.state = 'sent' AND o.reason = 'accepted' AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.outbox = o.id AND a.n = o.claims)`

// keepAccepted writes that line, before the row says something else.
func keepAccepted(t *tx, id int64) error {
	_, err := t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail) `+acceptedLine, id)
	return err
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
	// What a gate held back was never begun: the row is still as it was read.
	claim := `claims = claims + 1 WHERE id = ?7 AND claims = ?8 - 1 AND state = 'pending'`
	if s.Tried {
		claim = `claims = claims WHERE id = ?7 AND claims = ?8 AND state IN ('sending', 'unknown')`
	}
	moved, err := t.added(`UPDATE outbox SET state = ?, reason = ?, channel = iif(? <> '', ?3, channel), not_before = max(not_before, ?4),
			lease_until = 0, began = 0, sends = sends + ?5, settled_at = ?6, message = `+message+`, `+claim,
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
