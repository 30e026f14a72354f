package sqlite

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Queue puts notices into the outbox; see lifeevents.Store.
func (s *People) Queue(ctx context.Context, notices []lifeevents.Notice, looked []*lifeevents.View, worked, next []lifeevents.Due) (fresh int, err error) {
	list := make([]enqueued, len(notices)) // outside the transaction: others may write meanwhile
	for i := range notices {
		list[i] = enqueued{&notices[i], store.EncodeNotice(&notices[i])}
	}
	err = s.db.inFullTx(ctx, func(t *tx) error {
		x := newIDs(t)
		left, err := x.moved(looked)
		if err != nil {
			return err
		}
		if len(left) > 0 {
			gone := func(d lifeevents.Due) bool { return left[d.Person] }
			worked, next = slices.DeleteFunc(slices.Clone(worked), gone), slices.DeleteFunc(slices.Clone(next), gone)
			list = slices.DeleteFunc(list, func(q enqueued) bool { return left[q.About] })
		}
		if fresh, err = x.enqueue(list); err != nil {
			return err
		}
		if err := dropDue(x, worked); err != nil {
			return err
		}
		return addDue(x, next)
	})
	return fresh, err
}

// moved tells whom of those looked at to leave alone: they have changed since.
func (x *ids) moved(looked []*lifeevents.View) (map[lifeevents.PersonID]bool, error) {
	names := make([]string, len(looked))
	for i, v := range looked {
		names[i] = string(v.ID)
	}
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	revs := make(map[lifeevents.PersonID]int64, len(looked))
	err = x.t.each(`SELECT p.id, p.name, p.rev FROM json_each(?) j CROSS JOIN people p ON p.name = j.value`, []any{string(list)}, func(scan func(...any) error) error {
		var id, rev int64
		var name lifeevents.PersonID
		err := scan(&id, &name, &rev)
		x.known[name], revs[name] = id, rev
		return err
	})
	left := map[lifeevents.PersonID]bool{}
	for _, v := range looked {
		if revs[v.ID] != v.Rev {
			left[v.ID] = true
		}
	}
	return left, err
}

// enqueued is a notice on its way into the outbox.
type enqueued struct {
	*lifeevents.Notice
	body []byte
}

// enqueue adds notices, and revives those withdrawn before they were ever sent; it returns
// how many there were of both.
func (x *ids) enqueue(list []enqueued) (fresh int, err error) {
	bodies := make([]any, 0, 3*len(list))
	for _, rows := range [...]int{16, 1} {
		for ; len(list) >= rows; list = list[rows:] {
			if bodies, err = x.enqueueRows(list[:rows], bodies); err != nil {
				return 0, err
			}
		}
	}
	const tail = ` ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, body = excluded.body`
	return len(bodies) / 3, x.t.insertOr(`INSERT INTO outbox_bodies (id, slot, body) VALUES `, 3, bodies, tail)
}

// enqueueRows adds rows with one statement, and to bodies what goes with those new.
func (x *ids) enqueueRows(list []enqueued, bodies []any) ([]any, error) {
	values := make([]any, 0, 7*len(list))
	bySaid := make(map[string]*enqueued, len(list))
	for i := range list {
		n := &list[i]
		person, err := x.of(n.Person)
		if err != nil {
			return nil, err
		}
		about, err := x.of(n.About)
		if err != nil {
			return nil, err
		}
		said := n.SaidKey()
		if bySaid[said] == nil { // of two alike the first counts
			bySaid[said] = n
		}
		values = append(values, said, person, about, n.Rule, store.DayNumber(n.Due), n.Urgent, store.NotBefore(n.Notice))
	}
	err := x.t.each(`INSERT INTO outbox (said, person, about, rule, due, urgent, rev, lane, channel, state, reason, not_before)
		SELECT n.column1, n.column2, n.column3, n.column4, n.column5, n.column6, a.rev, p.lane,
			coalesce((SELECT label FROM contacts c WHERE c.person = p.id AND c.rank > 0 ORDER BY rank LIMIT 1), 'portal'), 'pending', '', n.column7
		FROM (VALUES (?, ?, ?, ?, ?, ?, ?)`+strings.Repeat(`, (?, ?, ?, ?, ?, ?, ?)`, len(list)-1)+`) n
			CROSS JOIN people a ON a.id = n.column3 CROSS JOIN people p ON p.id = n.column2 WHERE true
		ON CONFLICT (said) DO UPDATE SET due = excluded.due, urgent = excluded.urgent, rev = excluded.rev, lane = excluded.lane,
			channel = excluded.channel, state = 'pending', reason = '', not_before = excluded.not_before, settled_at = 0, message = 0, claims = outbox.claims + 1
		WHERE outbox.state = 'withheld' AND outbox.reason IN ('recalled', 'not_true') AND outbox.sends = 0
		RETURNING id, said`, values, func(scan func(...any) error) error {
		var id int64
		var said string
		if err := scan(&id, &said); err != nil {
			return err
		}
		n := bySaid[said]
		bodies = append(bodies, id, n.Slot, n.body)
		return nil
	})
	return bodies, err
}

// replan writes the views of the people touched, asks what is ahead of them, and brings the
// index and the outbox in step; see lifeevents.Store.Take.
func (k *taking) replan(touched []int64, plan lifeevents.Planner) (said []lifeevents.Spoken, err error) {
	if len(touched) == 0 {
		return nil, nil
	}
	var ran int
	if err := k.t.row(`SELECT coalesce((SELECT value FROM schedule WHERE name = 'ran'), 0)`, nil, &ran); err != nil {
		return nil, err
	}
	for part := range slices.Chunk(touched, together) {
		views, err := k.views(part)
		if err != nil {
			return nil, err
		}
		about, err := queuedAbout(k.t, part, store.DaysBack(ran, 400))
		if err != nil {
			return nil, err
		}
		list := make([]lifeevents.Subject, len(views))
		for i, v := range views {
			list[i] = lifeevents.Subject{View: v, Spoken: len(about[part[i]]) > 0}
			k.known[v.ID] = part[i]
		}
		ahead := plan(list, store.NumberedDay(ran))
		if said, err = k.follow(said, list, part, about, ahead); err != nil {
			return nil, err
		}
		k.forget()
	}
	return said, nil
}

// follow writes what a plan says: withdrawals first, as what is withdrawn may be due again.
func (k *taking) follow(said []lifeevents.Spoken, subjects []lifeevents.Subject, ids []int64, about map[int64][]queued, ahead []lifeevents.Outlook) ([]lifeevents.Spoken, error) {
	var rows []lifeevents.Due
	var due []enqueued
	for i, o := range ahead {
		kept := store.KeptBy(o.Keep)
		var wrong []lifeevents.Notice
		for j := range about[ids[i]] {
			n, err := about[ids[i]][j].replan(k.t, kept, o.Why)
			if err != nil {
				return nil, err
			}
			if n != nil {
				wrong = append(wrong, *n)
			}
		}
		if len(wrong) > 0 {
			said = append(said, lifeevents.Spoken{View: subjects[i].View, Notices: wrong})
		}
		rows = append(rows, o.Rows...)
		for j := range o.Notices {
			due = append(due, enqueued{&o.Notices[j], store.EncodeNotice(&o.Notices[j])})
		}
	}
	if _, err := k.enqueue(due); err != nil {
		return nil, err
	}
	return said, setDue(k.ids, ids, rows)
}

// queued is one row as replanning sees it.
type queued struct {
	id     int64
	said   string
	state  delivery.State
	reason string
}

func queuedAbout(t *tx, about []int64, since int) (map[int64][]queued, error) {
	out := map[int64][]queued{}
	err := t.each(`SELECT o.about, o.id, o.said, o.state, o.reason FROM json_each(?) j CROSS JOIN outbox o ON o.about = j.value
		WHERE o.due >= ? AND o.state IN ('pending', 'sent', 'delivered', 'unknown') ORDER BY j.key, o.id`,
		[]any{asked(about), since}, func(scan func(...any) error) error {
			var q queued
			var of int64
			err := scan(&of, &q.id, &q.said, &q.state, &q.reason)
			out[of] = append(out[of], q)
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
		var body []byte
		if err := t.row(`SELECT body FROM outbox_bodies WHERE id = ?`, []any{q.id}, &body); err != nil {
			return nil, err
		}
		n, err := store.DecodeNotice(body)
		return &n, err
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
	_, err := t.exec(`UPDATE outbox SET due = ?, not_before = `+earliest+`, rev = -1, claims = claims + 1 WHERE id = ? AND due <> ?1`, store.DayNumber(now.Due), store.NotBefore(now), q.id)
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
		store.Milli(at), string(state), string(reason), why, id)
	return err
}
