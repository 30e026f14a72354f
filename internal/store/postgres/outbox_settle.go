package postgres

import (
	"context"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Settle ends claims; see delivery.Outbox.
func (o *Outbox) Settle(ctx context.Context, list []delivery.Settlement) error {
	if len(list) == 0 {
		return nil
	}
	return o.db.inOutboxTx(ctx, func(t *tx) error {
		var plain accepted
		for i := range list {
			if s := &list[i]; isPlain(s) {
				plain.add(s)
			} else if err := settle(t, s); err != nil {
				return err
			}
		}
		return plain.settle(t)
	})
}

// accepted are rows their channel took, with nothing more to say about them: nearly all are.
type accepted struct {
	ids, claims, at []int64
	channels        []string
}

func (a *accepted) add(s *delivery.Settlement) {
	a.ids, a.claims, a.at, a.channels = append(a.ids, s.ID), append(a.claims, int64(s.Claim)), append(a.at, s.At.UnixMilli()), append(a.channels, s.Channel)
}

// settle settles them all with one statement. A lost claim is left alone: whoever holds it
// now settles it.
func (a *accepted) settle(t *tx) error {
	if len(a.ids) == 0 {
		return nil
	}
	_, err := t.exec(`WITH moved AS (UPDATE outbox o SET state = 'sent', reason = 'accepted', lease_until = 0, began = 0, sends = sends + 1, settled_at = u.at
			FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) u (id, claim, at, channel)
			WHERE o.id = u.id AND o.claims = u.claim AND o.state || '' IN ('sending', 'unknown') RETURNING o.id, u.claim, u.at, u.channel)
		INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail)
		SELECT id, claim, at, channel, 'sent', 'accepted', 0, '' FROM moved ON CONFLICT (outbox, n) DO NOTHING`, a.ids, a.claims, a.at, a.channels)
	return err
}

// acceptedLine is the attempt of row $1 that its channel took, where no line says so: rows
// moved here from a SQLite file have none.
const acceptedLine = `SELECT o.id AS outbox, o.claims AS n, o.settled_at AS at, o.channel, o.state, o.reason, 0::bigint AS retry_at, '' AS detail FROM outbox o
	WHERE o.id = $1 AND o.state = 'sent' AND o.reason = 'accepted' AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.outbox = o.id AND a.n = o.claims)`

// keepAccepted writes that line, before the row says something else.
func keepAccepted(t *tx, id int64) error {
	_, err := t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail) `+acceptedLine+` ON CONFLICT DO NOTHING`, id)
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
	moved, err := t.added(`UPDATE outbox SET state = $1, reason = $2, channel = coalesce(nullif($3, ''), channel), not_before = greatest(not_before, $4),
			lease_until = 0, began = 0, sends = sends + CASE WHEN $5 THEN 1 ELSE 0 END, settled_at = $6, message = `+message+`
		WHERE id = $7 AND claims = $8 AND (state = 'sending' OR state = 'unknown' AND $5)`,
		string(s.State), string(s.Reason), s.Next, store.Milli(s.RetryAt), s.Tried, settledAt, s.ID, s.Claim)
	if err != nil || !moved {
		return err // a lost claim: whoever holds it now settles it
	}
	if message == `0` {
		// It reached nobody: what it cost is given back.
		if _, err := t.exec(`DELETE FROM attention WHERE outbox = $1 AND person = (SELECT person FROM outbox WHERE id = $1)`, s.ID); err != nil {
			return err
		}
	}
	_, err = t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (outbox, n) DO NOTHING`,
		s.ID, s.Claim, s.At.UnixMilli(), s.Channel, string(s.State), string(s.Reason), store.Milli(s.RetryAt), s.Detail)
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
	if _, err := t.exec(`UPDATE outbox SET due = $1, urgent = $2 WHERE id = $3`, store.DayNumber(n.Due), n.Urgent, id); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE outbox_bodies SET slot = $1, body = $2 WHERE id = $3`, n.Slot, store.EncodeNotice(n), id)
	return err
}

func isPlain(s *delivery.Settlement) bool {
	return s.State == delivery.Sent && s.Reason == delivery.Accepted && s.Tried && s.Renewed == nil && s.Instead == nil && s.Detail == ""
}
