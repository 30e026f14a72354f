package sqlite

import (
	"context"
	"encoding/json"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Begin records that rows are handed to a channel; see delivery.Outbox.
func (o *Outbox) Begin(ctx context.Context, starts []delivery.Start, now time.Time, budget int) (may []int64, err error) {
	err = o.db.inFullTx(ctx, func(t *tx) error {
		may = make([]int64, 0, len(starts))
		today := dayNumber(civil.On(now))
		for i := range starts {
			ok, err := begin(t, &starts[i], today, budget)
			if err != nil {
				return err
			}
			if ok {
				may = append(may, starts[i].ID)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return may, nil
}

func begin(t *tx, s *delivery.Start, today, budget int) (bool, error) {
	paid, err := t.added(`INSERT INTO attention (person, day, outbox, message, exempt, slot)
		SELECT o.person, ?2, o.id, ?3, ?4, ?5 FROM outbox o WHERE o.id = ?1 AND o.state = 'sending' AND o.claims = ?6
			AND (?4 OR (SELECT count(DISTINCT message) FROM attention s
				WHERE s.person = o.person AND s.day = ?2 AND s.exempt = 0 AND s.message <> ?3) < ?7)
		ON CONFLICT (person, day, outbox) DO UPDATE SET message = excluded.message`,
		s.ID, today, s.Message, s.Exempt, s.Slot, s.Claim, budget)
	if err != nil || !paid {
		return false, err
	}
	began := 1
	if s.Repeats {
		began = 2
	}
	_, err = t.exec(`UPDATE outbox SET began = ?, message = ? WHERE id = ?`, began, s.Message, s.ID)
	return true, err
}

// Settle ends claims; see delivery.Outbox.
func (o *Outbox) Settle(ctx context.Context, list []delivery.Settlement) error {
	if len(list) == 0 {
		return nil
	}
	return o.db.inFullTx(ctx, func(t *tx) error {
		for i := range list {
			if err := settle(t, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
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
		string(s.State), string(s.Reason), s.Next, milli(s.RetryAt), s.Tried, settledAt, s.ID, s.Claim)
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
		s.ID, n, s.At.UnixMilli(), s.Channel, string(s.State), string(s.Reason), milli(s.RetryAt), s.Detail)
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
	body, err := json.Marshal(s.Instead)
	if err != nil {
		return err
	}
	_, err = enqueue(newIDs(t), s.Instead, body)
	return err
}

// rewrite keeps a notice as it reads now, under the same key of what is said once.
func rewrite(t *tx, id int64, n *lifeevents.Notice) error {
	body, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE outbox SET due = ?, urgent = ? WHERE id = ?`, dayNumber(n.Due), n.Urgent, id); err != nil {
		return err
	}
	_, err = t.exec(`UPDATE outbox_bodies SET slot = ?, body = ? WHERE id = ?`, n.Slot, body, id)
	return err
}
