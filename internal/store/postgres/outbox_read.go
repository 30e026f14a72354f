package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// saidColumns reads when a row was sent also where it was opened later: the line that opening keeps.
const saidColumns = `SELECT o.id, b.body, o.state, o.reason, o.channel, coalesce(CASE o.state WHEN 'delivered' THEN
	(SELECT max(a.at) FROM attempts a WHERE a.outbox = o.id AND a.state = 'sent') END, o.settled_at), o.sends FROM outbox o JOIN outbox_bodies b ON b.id = o.id `

func (o *Outbox) list(ctx context.Context, where string, args ...any) ([]store.Said, error) {
	rows, err := o.db.pool.Query(ctx, saidColumns+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.Said
	for rows.Next() {
		var s store.Said
		var body []byte
		var at int64
		if err := rows.Scan(&s.ID, &body, &s.State, &s.Reason, &s.Channel, &at, &s.Sends); err != nil {
			return nil, err
		}
		if s.Notice, err = store.DecodeNotice(body); err != nil {
			return nil, err
		}
		s.At = store.Instant(at)
		out = append(out, s)
	}
	return out, rows.Err()
}

// Inbox lists what a person has been told over any channel, newest first: the portal's
// "Nhắc việc của tôi".
func (o *Outbox) Inbox(ctx context.Context, p lifeevents.PersonID, offset, limit int) ([]store.Said, error) {
	return o.list(ctx, `JOIN people p ON p.id = o.person WHERE p.name = $1 AND o.state IN ('sent', 'delivered', 'unknown')
		ORDER BY o.due DESC, o.id DESC LIMIT $2 OFFSET $3`, string(p), limit, offset)
}

// Planned lists what waits for a person, nearest first.
func (o *Outbox) Planned(ctx context.Context, p lifeevents.PersonID) ([]store.Said, error) {
	return o.list(ctx, `JOIN people p ON p.id = o.person WHERE p.name = $1 AND o.state IN ('pending', 'sending') ORDER BY o.due, o.id`, string(p))
}

// Unknown lists what staff must look at, oldest first.
func (o *Outbox) Unknown(ctx context.Context, limit int) ([]store.Said, error) {
	return o.list(ctx, `WHERE o.state = 'unknown' ORDER BY o.id LIMIT $1`, limit)
}

// Get reads one row; corpus.ErrNotFound for an unknown one.
func (o *Outbox) Get(ctx context.Context, id int64) (store.Said, error) {
	list, err := o.list(ctx, `WHERE o.id = $1`, id)
	if err == nil && len(list) == 0 {
		err = corpus.ErrNotFound
	}
	if err != nil {
		return store.Said{}, err
	}
	return list[0], nil
}

// Coded reads the row a code stands for, as delivery.Codes numbers it: the newest one that
// was said; corpus.ErrNotFound where none was.
func (o *Outbox) Coded(ctx context.Context, number int64) (store.Said, error) {
	const numbers = 1 << 26
	var last sql.NullInt64
	if err := o.db.pool.QueryRow(ctx, `SELECT max(id) FROM outbox`).Scan(&last); err != nil {
		return store.Said{}, err
	}
	for id := last.Int64 - (last.Int64-number%numbers)%numbers; id > 0 && id <= last.Int64; id -= numbers {
		s, err := o.Get(ctx, id)
		if err == nil && (s.State == delivery.Sent || s.State == delivery.Delivered || s.State == delivery.Unknown) {
			return s, nil
		}
		if err != nil && !errors.Is(err, corpus.ErrNotFound) {
			return store.Said{}, err
		}
	}
	return store.Said{}, corpus.ErrNotFound
}

// Opened records that a person has read it on the portal, or that a channel says it was
// delivered.
func (o *Outbox) Opened(ctx context.Context, id int64, at time.Time) error {
	return o.step(ctx, id, at, delivery.Delivered, delivery.Opened, "", `state IN ('sent', 'unknown')`)
}

// Resolve is what staff decide about a row that is unknown: Sent, Failed, Withheld, or
// Pending to send it again knowing that it may come twice.
func (o *Outbox) Resolve(ctx context.Context, id int64, at time.Time, state delivery.State, who string) error {
	return o.step(ctx, id, at, state, delivery.ByStaff, who, `state = 'unknown'`)
}

func (o *Outbox) step(ctx context.Context, id int64, at time.Time, state delivery.State, reason delivery.Reason, why, from string) error {
	return o.db.inFullTx(ctx, func(t *tx) error {
		if err := keepAccepted(t, id); err != nil {
			return err
		}
		moved, err := t.added(`UPDATE outbox SET state = $1, reason = $2, settled_at = $3, message = 0 WHERE id = $4 AND `+from,
			string(state), string(reason), at.UnixMilli(), id)
		if err != nil || !moved {
			return err
		}
		return logStep(t, id, at, state, reason, why)
	})
}

// Attempts lists how a row got where it is, oldest first.
func (o *Outbox) Attempts(ctx context.Context, id int64) ([]delivery.Attempt, error) {
	rows, err := o.db.pool.Query(ctx, `SELECT at, channel, state, reason, retry_at, detail FROM
		(SELECT outbox, n, at, channel, state, reason, retry_at, detail FROM attempts WHERE outbox = $1 UNION ALL `+acceptedLine+`) steps ORDER BY n`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []delivery.Attempt
	for rows.Next() {
		var a delivery.Attempt
		var at, retry int64
		if err := rows.Scan(&at, &a.Channel, &a.State, &a.Reason, &retry, &a.Detail); err != nil {
			return nil, err
		}
		a.At, a.RetryAt = store.Instant(at), store.Instant(retry)
		out = append(out, a)
	}
	return out, rows.Err()
}

// Counts counts rows by state and reason.
func (o *Outbox) Counts(ctx context.Context) (map[delivery.State]map[delivery.Reason]int, error) {
	rows, err := o.db.pool.Query(ctx, `SELECT state, reason, count(*) FROM outbox GROUP BY state, reason`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[delivery.State]map[delivery.Reason]int{}
	for rows.Next() {
		var s delivery.State
		var r delivery.Reason
		var n int
		if err := rows.Scan(&s, &r, &n); err != nil {
			return nil, err
		}
		if out[s] == nil {
			out[s] = map[delivery.Reason]int{}
		}
		out[s][r] = n
	}
	return out, rows.Err()
}

// All lists rows over one channel after the ID given, by ID, at most n: for reports over
// everything ever said or planned.
func (o *Outbox) All(ctx context.Context, channel string, after int64, n int) ([]store.Said, error) {
	return o.list(ctx, `WHERE o.channel = $1 AND o.id > $2 ORDER BY o.id LIMIT $3`, channel, after, n)
}
