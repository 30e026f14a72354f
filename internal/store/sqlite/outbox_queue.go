package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Queue puts notices into the outbox; see lifeevents.Store.
func (s *People) Queue(ctx context.Context, notices []lifeevents.Notice, of []lifeevents.PersonID, rows []lifeevents.Due) (fresh int, err error) {
	bodies := make([][]byte, len(notices)) // outside the transaction: others may write meanwhile
	for i := range notices {
		if bodies[i], err = json.Marshal(&notices[i]); err != nil {
			return 0, err
		}
	}
	err = s.db.inFullTx(ctx, func(t *tx) error {
		fresh = 0
		x := newIDs(t)
		for i := range notices {
			added, err := enqueue(x, &notices[i], bodies[i])
			if err != nil {
				return err
			}
			if added {
				fresh++
			}
		}
		return setDue(x, of, rows)
	})
	return fresh, err
}

// enqueue adds one notice, or revives one that was withdrawn before it was ever sent.
func enqueue(x *ids, n *lifeevents.Notice, body []byte) (added bool, err error) {
	person, err := x.of(n.Person)
	if err != nil {
		return false, err
	}
	about, err := x.of(n.About)
	if err != nil {
		return false, err
	}
	var id int64
	err = x.t.row(`INSERT INTO outbox (said, person, about, rule, due, urgent, rev, lane, channel, state, reason, not_before)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, a.rev, p.lane, coalesce((SELECT label FROM contacts c WHERE c.person = p.id AND c.rank > 0 ORDER BY rank LIMIT 1), 'portal'),
			'pending', '', ?7 FROM people a, people p WHERE a.id = ?3 AND p.id = ?2
		ON CONFLICT (said) DO UPDATE SET due = excluded.due, urgent = excluded.urgent, rev = excluded.rev, lane = excluded.lane,
			channel = excluded.channel, state = 'pending', reason = '', not_before = excluded.not_before, settled_at = 0, message = 0
		WHERE outbox.state = 'withheld' AND outbox.reason IN ('recalled', 'not_true') AND outbox.sends = 0
		RETURNING id`,
		[]any{n.SaidKey(), person, about, n.Rule, dayNumber(n.Due), n.Urgent, notBefore(n)}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = x.t.exec(`INSERT INTO outbox_bodies (id, slot, body) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, body = excluded.body`, id, n.Slot, body)
	return true, err
}

// notBefore is the first decent instant of the day it is due: earlier a gate would only
// send it back.
func notBefore(n *lifeevents.Notice) int64 {
	return delivery.DefaultLimits().Opens(n.Due).UnixMilli()
}

// Replan replaces due rows, and brings what is queued in step with what is planned; see
// lifeevents.Store.
func (s *People) Replan(ctx context.Context, of []lifeevents.PersonID, rows []lifeevents.Due, keep []lifeevents.Notice, why string) (said []lifeevents.Notice, err error) {
	kept := make(map[string]*lifeevents.Notice, len(keep))
	for i := range keep {
		n := &keep[i]
		kept[n.SaidKey()] = n
		for _, other := range n.Or { // one that may be told instead, and perhaps is
			stand := *n
			stand.Person = other
			if _, ok := kept[stand.SaidKey()]; !ok {
				kept[stand.SaidKey()] = nil
			}
		}
	}
	err = s.db.inFullTx(ctx, func(t *tx) error {
		said = nil
		x := newIDs(t)
		if err := setDue(x, of, rows); err != nil {
			return err
		}
		var ran int
		if err := t.row(`SELECT coalesce((SELECT value FROM schedule WHERE name = 'ran'), 0)`, nil, &ran); err != nil {
			return err
		}
		for _, p := range of {
			id, err := x.of(p)
			if err != nil {
				return err
			}
			list, err := queuedAbout(t, id, daysBack(ran, 400))
			if err != nil {
				return err
			}
			for i := range list {
				wrong, err := list[i].replan(t, kept, why)
				if err != nil {
					return err
				}
				if wrong != nil {
					said = append(said, *wrong)
				}
			}
		}
		return nil
	})
	return said, err
}

// queued is one row as replanning sees it.
type queued struct {
	id     int64
	said   string
	state  delivery.State
	reason string
	sends  int
	body   []byte
}

func queuedAbout(t *tx, about int64, since int) (out []queued, err error) {
	err = t.each(`SELECT o.id, o.said, o.state, o.reason, o.sends, b.body FROM outbox o JOIN outbox_bodies b ON b.id = o.id
		WHERE o.about = ? AND o.due >= ? AND o.state IN ('pending', 'sent', 'delivered', 'unknown') ORDER BY o.id`,
		[]any{about, since}, func(scan func(...any) error) error {
			var q queued
			err := scan(&q.id, &q.said, &q.state, &q.reason, &q.sends, &q.body)
			out = append(out, q)
			return err
		})
	return out, err
}

// replan withdraws a row no longer planned, moves one planned for another day, and returns
// one already said that is no longer planned. What a row says is not renewed here: its
// revision stays behind, so that a worker plans it anew before sending.
func (q *queued) replan(t *tx, kept map[string]*lifeevents.Notice, why string) (*lifeevents.Notice, error) {
	now, stays := kept[q.said]
	switch {
	case q.state != delivery.Pending:
		if stays {
			return nil, nil
		}
		var n lifeevents.Notice
		return &n, json.Unmarshal(q.body, &n)
	case !stays:
		return nil, withhold(t, q.id, delivery.Recalled, why)
	case now == nil: // for a stand-in: nothing to move it by
		return nil, nil
	}
	// What waits for a channel or for tomorrow's budget goes on waiting.
	earliest := `max(not_before, ?)`
	if q.reason == "" || q.reason == string(delivery.NotYet) {
		earliest = `?`
	}
	_, err := t.exec(`UPDATE outbox SET due = ?, not_before = `+earliest+`, rev = -1 WHERE id = ? AND due <> ?1`, dayNumber(now.Due), notBefore(now), q.id)
	return nil, err
}

// withhold ends a row that nobody has claimed.
func withhold(t *tx, id int64, reason delivery.Reason, why string) error {
	if _, err := t.exec(`UPDATE outbox SET state = 'withheld', reason = ?, settled_at = not_before WHERE id = ?`, string(reason), id); err != nil {
		return err
	}
	return logStep(t, id, time.Time{}, delivery.Withheld, reason, why)
}

// logStep logs a step taken without a claim, numbered beyond all claims.
func logStep(t *tx, id int64, at time.Time, state delivery.State, reason delivery.Reason, why string) error {
	_, err := t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail)
		SELECT o.id, 1000000 + (SELECT count(*) FROM attempts a WHERE a.outbox = o.id), ?, o.channel, ?, ?, 0, ? FROM outbox o WHERE o.id = ?`,
		milli(at), string(state), string(reason), why, id)
	return err
}

// milli is Unix milliseconds; 0 for the zero time.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
