package postgres

import (
	"context"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Queue puts notices into the outbox; see lifeevents.Store.
func (s *People) Queue(ctx context.Context, notices []lifeevents.Notice, looked []*lifeevents.View, worked, next []lifeevents.Due) (fresh int, err error) {
	all := make([]enqueued, len(notices)) // outside the transaction: it may run again
	for i := range notices {
		all[i] = enqueued{&notices[i], store.EncodeNotice(&notices[i])}
	}
	err = s.db.inFullTx(ctx, func(t *tx) error {
		x, list, worked, next := newIDs(t), all, worked, next
		left, err := x.moved(looked)
		if err != nil {
			return err
		}
		if len(left) > 0 {
			gone := func(d lifeevents.Due) bool { return left[d.Person] }
			worked, next = slices.DeleteFunc(slices.Clone(worked), gone), slices.DeleteFunc(slices.Clone(next), gone)
			list = slices.DeleteFunc(slices.Clone(list), func(q enqueued) bool { return left[q.About] })
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

// moved tells whom of those looked at to leave alone: they have changed since. The others
// stay as they are until the transaction ends.
func (x *ids) moved(looked []*lifeevents.View) (map[lifeevents.PersonID]bool, error) {
	names := make([]string, len(looked))
	for i, v := range looked {
		names[i] = string(v.ID)
	}
	revs := make(map[lifeevents.PersonID]int64, len(looked))
	err := x.t.each(`SELECT id, name, rev FROM people WHERE name = ANY($1) ORDER BY id FOR NO KEY UPDATE`, []any{names}, func(scan func(...any) error) error {
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
	for part := range slices.Chunk(list, 2*together) {
		n, err := x.enqueueRows(part)
		if err != nil {
			return 0, err
		}
		fresh += n
	}
	return fresh, nil
}

// enqueueRows adds rows with one statement, and what they say with another.
func (x *ids) enqueueRows(list []enqueued) (int, error) {
	names := make([]lifeevents.PersonID, 0, 2*len(list))
	for i := range list {
		names = append(names, list[i].Person, list[i].About)
	}
	if err := x.learn(names); err != nil {
		return 0, err
	}
	bySaid := make(map[string]*enqueued, len(list))
	var said, rules []string
	var people, about, due, from []int64
	var urgent []bool
	for i := range list {
		n := &list[i]
		key := n.SaidKey()
		if bySaid[key] != nil {
			continue // of two alike the first counts
		}
		bySaid[key] = n
		said, rules, urgent = append(said, key), append(rules, n.Rule), append(urgent, n.Urgent)
		people, about = append(people, x.known[n.Person]), append(about, x.known[n.About])
		due, from = append(due, int64(store.DayNumber(n.Due))), append(from, store.NotBefore(n.Notice))
	}
	var fresh []int64
	var slots []string
	var bodies [][]byte
	err := x.t.each(`INSERT INTO outbox (said, person, about, rule, due, urgent, rev, lane, channel, state, reason, not_before)
		SELECT n.said, n.person, n.about, n.rule, n.due, n.urgent, a.rev, p.lane,
			coalesce((SELECT label FROM contacts c WHERE c.person = p.id AND c.rank > 0 ORDER BY rank LIMIT 1), 'portal'), 'pending', '', n.not_before
		FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::boolean[], $7::bigint[]) WITH ORDINALITY
				n (said, person, about, rule, due, urgent, not_before, nth)
			JOIN people a ON a.id = n.about JOIN people p ON p.id = n.person ORDER BY n.nth
		ON CONFLICT (said) DO UPDATE SET due = excluded.due, urgent = excluded.urgent, rev = excluded.rev, lane = excluded.lane,
			channel = excluded.channel, state = 'pending', reason = '', not_before = excluded.not_before, settled_at = 0, message = 0
		WHERE outbox.state = 'withheld' AND outbox.reason IN ('recalled', 'not_true') AND outbox.sends = 0
		RETURNING id, said`, []any{said, people, about, rules, due, urgent, from}, func(scan func(...any) error) error {
		var id int64
		var key string
		if err := scan(&id, &key); err != nil {
			return err
		}
		fresh, slots, bodies = append(fresh, id), append(slots, bySaid[key].Slot), append(bodies, bySaid[key].body)
		return nil
	})
	if err != nil || len(fresh) == 0 {
		return 0, err
	}
	_, err = x.t.exec(`INSERT INTO outbox_bodies (id, slot, body) SELECT u.id, u.slot, u.body FROM unnest($1::bigint[], $2::text[], $3::bytea[]) u (id, slot, body)
		ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, body = excluded.body`, fresh, slots, bodies)
	return len(fresh), err
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
	err := t.each(`SELECT about, id, said, CASE state WHEN 'sending' THEN 'pending' ELSE state END, reason FROM outbox
		WHERE about = ANY($1) AND due >= $2 AND (state IN ('sent', 'delivered', 'unknown') OR `+unsaid+`) ORDER BY about, id`,
		[]any{about, since}, func(scan func(...any) error) error {
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
// revision stays behind, so that a worker plans it anew before sending. A row whose sending
// has begun since it was read is the worker's.
func (q *queued) replan(t *tx, kept map[string]*lifeevents.Notice, why string) (*lifeevents.Notice, error) {
	now, stays := kept[q.said]
	switch {
	case q.state != delivery.Pending:
		if stays {
			return nil, nil
		}
		var body []byte
		if err := t.row(`SELECT body FROM outbox_bodies WHERE id = $1`, []any{q.id}, &body); err != nil {
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
	earliest := `greatest(not_before, $2)`
	if q.reason == "" || q.reason == string(delivery.NotYet) {
		earliest = `$2`
	}
	_, err := t.exec(`UPDATE outbox SET due = $1, not_before = `+earliest+`, rev = -1, `+takenBack+` WHERE id = $3 AND due <> $1 AND `+unsaid,
		store.DayNumber(now.Due), store.NotBefore(now), q.id)
	return nil, err
}

// unsaid is a row that waits, or is claimed while sending has not begun: what changes then
// counts. takenBack is what becomes of a claim with that: it is lost, and the row waits.
const (
	unsaid    = `(state = 'pending' OR state = 'sending' AND began = 0)`
	takenBack = `state = 'pending', lease_until = 0, claims = claims + 1`
)

// withhold ends a row whose sending has not begun.
func withhold(t *tx, id int64, reason delivery.Reason, why string) error {
	moved, err := t.added(`UPDATE outbox SET state = 'withheld', lease_until = 0, claims = claims + 1, reason = $1, settled_at = not_before WHERE id = $2 AND `+unsaid,
		string(reason), id)
	if err != nil || !moved {
		return err
	}
	return logStep(t, id, time.Time{}, delivery.Withheld, reason, why)
}

// logStep logs a step taken without a claim, numbered beyond all claims. The row itself was
// written before, so nobody else numbers its steps at the same time.
func logStep(t *tx, id int64, at time.Time, state delivery.State, reason delivery.Reason, why string) error {
	_, err := t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail)
		SELECT o.id, 1000000 + (SELECT count(*) FROM attempts a WHERE a.outbox = o.id), $1, o.channel, $2, $3, 0, $4 FROM outbox o WHERE o.id = $5`,
		store.Milli(at), string(state), string(reason), why, id)
	return err
}
