package sqlite

import (
	"context"
	"encoding/json"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// start is a delivery.Start as the statements read it.
type start struct {
	ID      int64 `json:"i"`
	Message int64 `json:"m"`
	Claim   int   `json:"c"`
	Exempt  int   `json:"e"`
	Began   int   `json:"b"`
}

// Begin records that rows are handed to a channel; see delivery.Outbox. Messages of one
// person are counted one after the other, so what is begun together goes in rounds with at
// most one message a person in each.
func (o *Outbox) Begin(ctx context.Context, starts []delivery.Start, now time.Time, budget int) (may []int64, err error) {
	rounds := [][]start{nil}
	at := map[lifeevents.PersonID]int{}
	last := map[lifeevents.PersonID]int64{}
	for _, s := range starts {
		if m, known := last[s.Person]; known && m != s.Message {
			at[s.Person]++
		}
		last[s.Person] = s.Message
		if at[s.Person] == len(rounds) {
			rounds = append(rounds, nil)
		}
		one := start{ID: s.ID, Message: s.Message, Claim: s.Claim, Began: 1}
		if s.Exempt {
			one.Exempt = 1
		}
		if s.Repeats {
			one.Began = 2
		}
		rounds[at[s.Person]] = append(rounds[at[s.Person]], one)
	}
	err = o.db.inFullTx(ctx, func(t *tx) error {
		may = make([]int64, 0, len(starts))
		for _, round := range rounds {
			if may, err = begin(t, round, dayNumber(civil.On(now)), budget, may); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return may, nil
}

// startRows reads the list a statement is given.
const startRows = `(SELECT value ->> 'i' AS id, value ->> 'm' AS message, value ->> 'c' AS claim, value ->> 'e' AS exempt, value ->> 'b' AS began FROM json_each(?1))`

func begin(t *tx, round []start, today, budget int, may []int64) ([]int64, error) {
	asked, err := json.Marshal(round)
	if err != nil {
		return nil, err
	}
	_, err = t.exec(`INSERT INTO attention (person, day, outbox, message, exempt, slot)
		SELECT o.person, ?2, o.id, j.message, j.exempt, b.slot FROM `+startRows+` j CROSS JOIN outbox o ON o.id = j.id JOIN outbox_bodies b ON b.id = o.id
		WHERE o.state = 'sending' AND o.claims = j.claim AND (j.exempt OR (SELECT count(DISTINCT message) FROM attention s
			WHERE s.person = o.person AND s.day = ?2 AND s.exempt = 0 AND s.message <> j.message) < ?3)
		ON CONFLICT (person, day, outbox) DO UPDATE SET message = excluded.message`, string(asked), today, budget)
	if err != nil {
		return nil, err
	}
	err = t.each(`UPDATE outbox SET began = j.began, message = j.message FROM `+startRows+` j WHERE outbox.id = j.id AND outbox.state = 'sending'
			AND outbox.claims = j.claim AND EXISTS (SELECT 1 FROM attention s WHERE s.person = outbox.person AND s.day = ?2 AND s.outbox = outbox.id)
		RETURNING id`, []any{string(asked), today}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		may = append(may, id)
		return err
	})
	return may, err
}

// Settle ends claims; see delivery.Outbox.
func (o *Outbox) Settle(ctx context.Context, list []delivery.Settlement) error {
	if len(list) == 0 {
		return nil
	}
	var plain []accepted
	for i := range list {
		if s := &list[i]; isPlain(s) {
			plain = append(plain, accepted{s.ID, s.Claim, s.At.UnixMilli()})
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
	ID    int64 `json:"i"`
	Claim int   `json:"c"`
	At    int64 `json:"a"`
}

// settleAccepted settles many in two statements.
func settleAccepted(t *tx, list []accepted) error {
	if len(list) == 0 {
		return nil
	}
	asked, err := json.Marshal(list)
	if err != nil {
		return err
	}
	const rows = `(SELECT value ->> 'i' AS id, value ->> 'c' AS claim, value ->> 'a' AS at FROM json_each(?1)) j`
	_, err = t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail)
		SELECT o.id, o.claims, j.at, o.channel, 'sent', 'accepted', 0, '' FROM `+rows+` CROSS JOIN outbox o ON o.id = j.id
		WHERE o.claims = j.claim AND o.state IN ('sending', 'unknown') ON CONFLICT (outbox, n) DO NOTHING`, string(asked))
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE outbox SET state = 'sent', reason = 'accepted', lease_until = 0, began = 0, sends = sends + 1, settled_at = j.at
		FROM `+rows+` WHERE outbox.id = j.id AND outbox.claims = j.claim AND outbox.state IN ('sending', 'unknown')`, string(asked))
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
	_, err = newIDs(t).enqueue([]enqueued{{s.Instead, encodeNotice(s.Instead)}})
	return err
}

// rewrite keeps a notice as it reads now, under the same key of what is said once.
func rewrite(t *tx, id int64, n *lifeevents.Notice) error {
	if _, err := t.exec(`UPDATE outbox SET due = ?, urgent = ? WHERE id = ?`, dayNumber(n.Due), n.Urgent, id); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE outbox_bodies SET slot = ?, body = ? WHERE id = ?`, n.Slot, encodeNotice(n), id)
	return err
}

func isPlain(s *delivery.Settlement) bool {
	return s.State == delivery.Sent && s.Reason == delivery.Accepted && s.Tried && s.Renewed == nil && s.Instead == nil && s.Detail == ""
}
