package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Sealer is store.Sealer.
type Sealer = store.Sealer

// Outbox implements delivery.Outbox.
type Outbox struct {
	db     *DB
	sealer Sealer
	turn   int // which province comes first, so that a small batch does not always favour one
}

// Outbox is the store of what is to be said; sealer opens addresses and may be nil where
// only own channels are used.
func (db *DB) Outbox(sealer Sealer) *Outbox { return &Outbox{db: db, sealer: sealer} }

var _ delivery.Outbox = (*Outbox)(nil)

// claimed is a row as it was read, not yet decoded.
type claimed struct {
	delivery.Delivery
	who    int64
	person string
	body   []byte
	reach  []byte
	sealed []byte
}

// Claim hands out rows; see delivery.Outbox. It only reads: that a row is taken is noted in
// memory, and written when sending begins. So a claim costs the writer nothing, and what is
// withdrawn before then is not sent.
func (o *Outbox) Claim(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]delivery.Delivery, error) {
	if err := o.free(ctx, now); err != nil {
		return nil, err
	}
	people, err := o.hold(ctx, channel, now, n)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	rows, err := o.waiting(ctx, people, channel, now)
	if err != nil {
		rows = nil
	}
	o.db.held.keep(rows, people, channel, now.Add(lease).UnixMilli())
	if err != nil {
		return nil, err
	}
	return o.decode(rows, channel)
}

// free settles what dead workers left, where there is any.
func (o *Outbox) free(ctx context.Context, now time.Time) error {
	s, err := o.db.prepared(ctx, `SELECT EXISTS (SELECT 1 FROM outbox INDEXED BY outbox_leased WHERE state = 'sending' AND lease_until <= ?)`)
	if err != nil {
		return err
	}
	var some bool
	if err := s.QueryRowContext(ctx, now.UnixMilli()).Scan(&some); err != nil || !some {
		return err
	}
	return o.db.inFullTx(ctx, func(t *tx) error { return freeLeases(t, now) })
}

// freeLeases settles what a dead worker left: not begun, or over a channel that drops
// repeats, goes back; the rest nobody can know.
func freeLeases(t *tx, now time.Time) error {
	type row struct {
		id    int64
		began int
	}
	var late []row
	err := t.each(`SELECT id, began FROM outbox INDEXED BY outbox_leased WHERE state = 'sending' AND lease_until <= ? ORDER BY lease_until`, []any{now.UnixMilli()},
		func(scan func(...any) error) error {
			var r row
			err := scan(&r.id, &r.began)
			late = append(late, r)
			return err
		})
	if err != nil {
		return err
	}
	for _, r := range late {
		state, reason := delivery.Pending, delivery.LeaseRan
		if r.began == 1 {
			state, reason = delivery.Unknown, delivery.Crashed
		}
		_, err := t.exec(`INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail)
			SELECT id, claims, ?, channel, ?, ?, 0, '' FROM outbox WHERE id = ?`, now.UnixMilli(), string(state), string(reason), r.id)
		if err != nil {
			return err
		}
		_, err = t.exec(`UPDATE outbox SET state = ?, reason = ?, settled_at = iif(?1 = 'unknown', ?3, 0), lease_until = 0, began = 0,
			message = iif(began = 2, message, 0) WHERE id = ?4`, string(state), string(reason), now.UnixMilli(), r.id)
		if err != nil {
			return err
		}
	}
	return nil
}

// hold chooses whom to serve, urgent before the rest, provinces in turn, and keeps other
// workers of this process from them.
func (o *Outbox) hold(ctx context.Context, channel string, now time.Time, n int) ([]int64, error) {
	h := &o.db.held
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep(now.UnixMilli())
	var out []int64
	seen := map[int64]bool{}
	o.turn++
	for _, urgent := range [...]int{1, 0} {
		lanes, err := o.readyLanes(ctx, channel, urgent, now)
		if err != nil {
			return nil, err
		}
		left := n - len(out)
		for i := range lanes {
			if left <= 0 {
				break
			}
			lane := lanes[(i+o.turn)%len(lanes)]
			share := (left + len(lanes) - i - 1) / (len(lanes) - i)
			err := o.ready(ctx, []any{channel, urgent, lane, now.UnixMilli()}, func(p int64) (more bool) {
				if h.people[reached{channel, p}] > 0 {
					return true // in other hands
				}
				if !seen[p] {
					seen[p] = true
					out = append(out, p)
				}
				left--
				share--
				return share > 0
			})
			if err != nil {
				return nil, err
			}
		}
	}
	for _, p := range out {
		h.people[reached{channel, p}]++
	}
	return out, nil
}

// ready reads whom the rows of a lane are for, in the order of their instants, while yield
// asks for more.
func (o *Outbox) ready(ctx context.Context, lane []any, yield func(person int64) (more bool)) error {
	s, err := o.db.prepared(ctx, `SELECT person FROM outbox WHERE state = 'pending' AND channel = ? AND urgent = ? AND lane = ? AND not_before <= ? ORDER BY not_before`)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, lane...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p int64
		if err := rows.Scan(&p); err != nil {
			return err
		}
		if !yield(p) {
			break
		}
	}
	return rows.Err()
}

// readyLanes lists the provinces with something due, skipping from one to the next in the index.
func (o *Outbox) readyLanes(ctx context.Context, channel string, urgent int, now time.Time) (out []string, err error) {
	s, err := o.db.prepared(ctx, `WITH RECURSIVE lanes (lane) AS (
			SELECT min(lane) FROM outbox WHERE state = 'pending' AND channel = ?1 AND urgent = ?2
			UNION ALL
			SELECT (SELECT min(o.lane) FROM outbox o WHERE o.state = 'pending' AND o.channel = ?1 AND o.urgent = ?2 AND o.lane > lanes.lane) FROM lanes WHERE lane IS NOT NULL)
		SELECT lane FROM lanes WHERE lane IS NOT NULL
			AND EXISTS (SELECT 1 FROM outbox o WHERE o.state = 'pending' AND o.channel = ?1 AND o.urgent = ?2 AND o.lane = lanes.lane AND o.not_before <= ?3)`)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, channel, urgent, now.UnixMilli())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var lane string
		if err := rows.Scan(&lane); err != nil {
			return nil, err
		}
		out = append(out, lane)
	}
	return out, rows.Err()
}

// waiting reads all that is due to people on a channel: in the order of the people, and of
// each person by ID.
func (o *Outbox) waiting(ctx context.Context, people []int64, channel string, now time.Time) ([]claimed, error) {
	s, err := o.db.prepared(ctx, `SELECT o.id, o.person, p.name, o.claims, o.sends, o.not_before,
			o.rev <> iif(o.about = o.person, p.rev, (SELECT a.rev FROM people a WHERE a.id = o.about)), o.message, b.body, p.reach,
			iif(?3 = 'portal', NULL, (SELECT sealed FROM contacts c WHERE c.person = o.person AND c.label = o.channel)),
			iif(EXISTS (SELECT 1 FROM attention s WHERE s.person = o.person AND s.day = ?2), (SELECT count(DISTINCT message) FROM attention s
				WHERE s.person = o.person AND s.day = ?2 AND s.exempt = 0 AND s.message <> o.message), 0),
			(SELECT count(*) FROM attention s WHERE s.person = o.person AND s.slot = b.slot AND s.outbox <> o.id)
		FROM json_each(?1) j CROSS JOIN outbox o INDEXED BY outbox_waiting ON o.person = j.value
			JOIN people p ON p.id = o.person JOIN outbox_bodies b ON b.id = o.id
		WHERE o.state = 'pending' AND o.channel = ?3 AND o.not_before <= ?4`)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, asked(people), store.DayNumber(civil.On(now)), channel, now.UnixMilli())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make([]claimed, 0, len(people))
	for rows.Next() {
		var c claimed
		var notBefore int64
		if err := rows.Scan(&c.ID, &c.who, &c.person, &c.Claim, &c.Sends, &notBefore, &c.Moved, &c.Group, &c.body, &c.reach, &c.sealed, &c.Spent, &c.Said); err != nil {
			return nil, err
		}
		c.Claim++ // the number it will have
		c.NotBefore, c.Channel = store.Instant(notBefore), channel
		out = append(out, c)
	}
	order := make(map[int64]int, len(people))
	for i, p := range people {
		order[p] = i
	}
	slices.SortFunc(out, func(a, b claimed) int {
		return cmp.Or(cmp.Compare(order[a.who], order[b.who]), cmp.Compare(a.ID, b.ID))
	})
	return out, rows.Err()
}

// decode turns rows into deliveries, outside the transaction.
func (o *Outbox) decode(rows []claimed, channel string) ([]delivery.Delivery, error) {
	reaches := map[string]delivery.Reach{} // most people have the same few
	out := make([]delivery.Delivery, len(rows))
	for i := range rows {
		r := &rows[i]
		var err error
		if r.Notice, err = store.DecodeNotice(r.body); err != nil {
			return nil, fmt.Errorf("tin nhắn số %d: %w", r.ID, err)
		}
		reach, known := reaches[string(r.reach)]
		if !known && len(r.reach) > 0 {
			if err := json.Unmarshal(r.reach, &reach); err != nil {
				return nil, fmt.Errorf("cách liên lạc của %s: %w", r.person, err)
			}
			reaches[string(r.reach)] = reach
		}
		r.Reach = reach
		r.Next = store.NextChannel(reach.Channels, channel)
		r.Address = r.person
		if len(r.sealed) > 0 {
			r.Address = o.address(r, channel)
		}
		out[i] = r.Delivery
	}
	return out, nil
}

// address opens it; one that cannot be opened is empty, and the channel refuses it for
// that person alone.
func (o *Outbox) address(r *claimed, channel string) string {
	if o.sealer == nil {
		return ""
	}
	plain, err := o.sealer.Open(store.ContactRecord(r.person, channel), r.sealed)
	if err != nil {
		return ""
	}
	return string(plain)
}

// Waiting tells when the next pending row of a channel falls due; see delivery.Outbox.
func (o *Outbox) Waiting(ctx context.Context, channel string) (time.Time, error) {
	var next sql.NullInt64
	err := o.db.read.QueryRowContext(ctx, `WITH RECURSIVE lanes (urgent, lane) AS (
			SELECT u.v, (SELECT min(lane) FROM outbox WHERE state = 'pending' AND channel = ?1 AND urgent = u.v) FROM (SELECT 0 AS v UNION ALL SELECT 1) u
			UNION ALL
			SELECT urgent, (SELECT min(o.lane) FROM outbox o WHERE o.state = 'pending' AND o.channel = ?1 AND o.urgent = lanes.urgent AND o.lane > lanes.lane)
			FROM lanes WHERE lane IS NOT NULL)
		SELECT min((SELECT min(not_before) FROM outbox o WHERE o.state = 'pending' AND o.channel = ?1 AND o.urgent = lanes.urgent AND o.lane = lanes.lane))
		FROM lanes WHERE lane IS NOT NULL`, channel).Scan(&next)
	return store.Instant(next.Int64), err
}
