package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Outbox implements delivery.Outbox.
type Outbox struct {
	db     *DB
	sealer store.Sealer
	turn   atomic.Int64 // which province comes first, so that a small batch does not always favour one
}

// Outbox is the store of what is to be said; sealer opens addresses and may be nil where
// only own channels are used.
func (db *DB) Outbox(sealer store.Sealer) *Outbox { return &Outbox{db: db, sealer: sealer} }

var _ delivery.Outbox = (*Outbox)(nil)

// claimed is a row on its way out of the transaction, not yet decoded.
type claimed struct {
	delivery.Delivery
	person string
	body   []byte
	reach  []byte
	sealed []byte
}

// Claim leases rows; see delivery.Outbox. Any number of workers may claim at once: rows
// that another is about to take are passed over, not waited for. What the rows say is read
// afterwards, for by then they are ours.
func (o *Outbox) Claim(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]delivery.Delivery, error) {
	var ids []int64
	err := o.db.inOutboxTx(ctx, func(t *tx) error {
		ids = nil
		if err := freeLeases(t, now); err != nil {
			return err
		}
		people, err := o.people(t, channel, now, n)
		if err != nil || len(people) == 0 {
			return err
		}
		ids, err = leasePeople(t, people, channel, now, lease)
		return err
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	rows, err := o.leased(ctx, ids, channel, now)
	if err != nil {
		return nil, err // the lease runs out, and the rows are claimed again
	}
	return o.decode(rows, channel)
}

// freeLeases settles what a dead worker left: not begun, or over a channel that drops
// repeats, goes back; the rest nobody can know.
func freeLeases(t *tx, now time.Time) error {
	_, err := t.exec(`WITH late AS (SELECT id, began FROM outbox WHERE state = 'sending' AND lease_until <= $1 ORDER BY lease_until FOR UPDATE SKIP LOCKED),
		ended AS (UPDATE outbox o SET state = CASE late.began WHEN 1 THEN 'unknown' ELSE 'pending' END,
				reason = CASE late.began WHEN 1 THEN $2 ELSE $3 END, settled_at = CASE late.began WHEN 1 THEN $1 ELSE 0 END,
				lease_until = 0, began = 0, message = CASE late.began WHEN 2 THEN o.message ELSE 0 END
			FROM late WHERE o.id = late.id RETURNING o.id, o.claims, o.channel, o.state, o.reason)
		INSERT INTO attempts (outbox, n, at, channel, state, reason, retry_at, detail) SELECT id, claims, $1, channel, state, reason, 0, '' FROM ended`,
		now.UnixMilli(), string(delivery.Crashed), string(delivery.LeaseRan))
	return err
}

// ready is the first due row of each person on a channel, urgent ones before others. Who
// holds that row has all that is due to the person: no other worker asks for another of
// the person's rows, so that what is due to one person is claimed by one worker. (Written so
// that it can only be looked up by the person: on a table just filled the server would
// otherwise compare every row with every other.)
const ready = `SELECT o.person FROM outbox o WHERE o.state = 'pending' AND o.channel = $1 AND o.urgent = $2 AND o.lane = $3 AND o.not_before <= $4
	AND o.id = (SELECT e.id FROM outbox e WHERE e.person = o.person AND e.state = 'pending' AND e.channel || '' = $1 AND e.not_before <= $4
		ORDER BY e.urgent::int DESC, e.id LIMIT 1)
	ORDER BY o.not_before LIMIT $5 FOR NO KEY UPDATE OF o SKIP LOCKED`

// people chooses whom to serve: urgent before the rest, provinces in turn.
func (o *Outbox) people(t *tx, channel string, now time.Time, n int) ([]int64, error) {
	var out []int64
	turn := int(o.turn.Add(1))
	for _, urgent := range [...]bool{true, false} {
		lanes, err := readyLanes(t, channel, urgent, now)
		if err != nil {
			return nil, err
		}
		left := n - len(out)
		for i := range lanes {
			if left <= 0 {
				break
			}
			lane := lanes[(i+turn)%len(lanes)]
			share := (left + len(lanes) - i - 1) / (len(lanes) - i)
			err := t.each(ready, []any{channel, urgent, lane, now.UnixMilli(), share}, func(scan func(...any) error) error {
				var p int64
				err := scan(&p)
				out = append(out, p)
				left--
				return err
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// lanesOf goes from one province to the next in the index, without reading what waits.
const lanesOf = `WITH RECURSIVE lanes (lane) AS (
		(SELECT lane FROM outbox WHERE state = 'pending' AND channel = $1 AND urgent = $2 ORDER BY lane LIMIT 1)
		UNION ALL SELECT (SELECT o.lane FROM outbox o WHERE o.state = 'pending' AND o.channel = $1 AND o.urgent = $2 AND o.lane > lanes.lane ORDER BY o.lane LIMIT 1)
		FROM lanes WHERE lanes.lane IS NOT NULL)
	SELECT lane, (SELECT o.not_before FROM outbox o WHERE o.state = 'pending' AND o.channel = $1 AND o.urgent = $2 AND o.lane = lanes.lane ORDER BY o.not_before LIMIT 1)
	FROM lanes WHERE lane IS NOT NULL ORDER BY lane`

// readyLanes lists the provinces with something due.
func readyLanes(t *tx, channel string, urgent bool, now time.Time) (out []string, err error) {
	err = t.each(lanesOf, []any{channel, urgent}, func(scan func(...any) error) error {
		var lane string
		var first sql.NullInt64
		err := scan(&lane, &first)
		if first.Valid && first.Int64 <= now.UnixMilli() {
			out = append(out, lane)
		}
		return err
	})
	return out, err
}

// leasePeople leases all that is due to the people given on the channel. The rows come in
// the order of the people, and of each person by ID.
func leasePeople(t *tx, people []int64, channel string, now time.Time, lease time.Duration) ([]int64, error) {
	order := make(map[int64]int, len(people))
	for i, p := range people {
		order[p] = i
	}
	type row struct{ id, person int64 }
	rows := make([]row, 0, len(people))
	// Person by person: a list of people compared with every row would cost their product. And
	// by the index of people alone (see ready).
	err := t.each(`UPDATE outbox o SET state = 'sending', lease_until = $1, claims = claims + 1
		FROM unnest($2::bigint[]) u (person) CROSS JOIN LATERAL (SELECT w.id FROM outbox w
			WHERE w.person = u.person AND w.state = 'pending' AND w.channel || '' = $3 AND w.not_before <= $4 FOR NO KEY UPDATE SKIP LOCKED) mine
		WHERE o.id = mine.id RETURNING o.id, o.person`, []any{now.Add(lease).UnixMilli(), people, channel, now.UnixMilli()}, func(scan func(...any) error) error {
		var r row
		err := scan(&r.id, &r.person)
		rows = append(rows, r)
		return err
	})
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(order[a.person], order[b.person]), cmp.Compare(a.id, b.id))
	})
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	return ids, err
}

// toldBefore: a person was told anything. Most of a batch never were, and to look is cheaper
// than to count. (Not EXISTS, for which the server may read the whole table.)
const toldBefore = `(SELECT 1 FROM attention s WHERE s.person = o.person LIMIT 1) IS NOT NULL`

// leased reads rows that are leased to this worker, in the order given.
func (o *Outbox) leased(ctx context.Context, ids []int64, channel string, now time.Time) ([]claimed, error) {
	out := make([]claimed, 0, len(ids))
	err := o.db.inOutboxView(ctx, func(t *tx) error {
		out = out[:0]
		return t.each(`SELECT o.id, p.name, o.claims, o.sends, o.not_before, o.rev <> a.rev, o.message, b.body, p.reach,
			CASE WHEN o.channel <> 'portal' THEN (SELECT sealed FROM contacts c WHERE c.person = o.person AND c.label = o.channel) END,
			CASE WHEN `+toldBefore+` THEN (SELECT count(DISTINCT message) FROM attention s WHERE s.person = o.person AND s.day = $2 AND NOT s.exempt AND s.message <> o.message) ELSE 0 END,
			CASE WHEN `+toldBefore+` THEN (SELECT count(*) FROM attention s WHERE s.person = o.person AND s.slot = b.slot AND s.outbox <> o.id) ELSE 0 END
		FROM unnest($1::bigint[]) WITH ORDINALITY j (id, nth) JOIN outbox o ON o.id = j.id
			JOIN people p ON p.id = o.person JOIN people a ON a.id = o.about JOIN outbox_bodies b ON b.id = o.id ORDER BY j.nth`,
			[]any{ids, store.DayNumber(civil.On(now))}, func(scan func(...any) error) error {
				var c claimed
				var notBefore int64
				err := scan(&c.ID, &c.person, &c.Claim, &c.Sends, &notBefore, &c.Moved, &c.Group, &c.body, &c.reach, &c.sealed, &c.Spent, &c.Said)
				c.NotBefore, c.Channel = store.Instant(notBefore), channel
				out = append(out, c)
				return err
			})
	})
	return out, err
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
	var next int64
	for _, urgent := range [...]bool{true, false} {
		err := o.db.each(ctx, lanesOf, []any{channel, urgent}, func(scan func(...any) error) error {
			var lane string
			var first sql.NullInt64
			err := scan(&lane, &first)
			if first.Valid && (next == 0 || first.Int64 < next) {
				next = first.Int64
			}
			return err
		})
		if err != nil {
			return time.Time{}, err
		}
	}
	return store.Instant(next), nil
}
