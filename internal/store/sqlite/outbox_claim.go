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

// claimed is a row on its way out of the transaction, not yet decoded.
type claimed struct {
	delivery.Delivery
	person string
	body   []byte
	reach  []byte
	sealed []byte
}

// Claim leases rows; see delivery.Outbox. Only choosing and leasing hold the lock of the
// writer: what the rows say is read afterwards beside it, for by then they are ours.
func (o *Outbox) Claim(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]delivery.Delivery, error) {
	var ids []int64
	err := o.db.inFullTx(ctx, func(t *tx) error {
		ids = ids[:0]
		if err := freeLeases(t, now); err != nil {
			return err
		}
		people, err := o.people(t, channel, now, n)
		if err != nil {
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

// people chooses whom to serve: urgent before the rest, provinces in turn.
func (o *Outbox) people(t *tx, channel string, now time.Time, n int) ([]int64, error) {
	var out []int64
	seen := map[int64]bool{}
	o.turn++
	for _, urgent := range [...]int{1, 0} {
		lanes, err := readyLanes(t, channel, urgent, now)
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
			got := 0
			err := t.each(`SELECT person FROM outbox WHERE state = 'pending' AND channel = ? AND urgent = ? AND lane = ? AND not_before <= ?
				ORDER BY not_before LIMIT ?`, []any{channel, urgent, lane, now.UnixMilli(), share}, func(scan func(...any) error) error {
				var p int64
				if err := scan(&p); err != nil {
					return err
				}
				got++
				if !seen[p] {
					seen[p] = true
					out = append(out, p)
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
			left -= got
		}
	}
	return out, nil
}

// readyLanes lists the provinces with something due, skipping from one to the next in the index.
func readyLanes(t *tx, channel string, urgent int, now time.Time) ([]string, error) {
	var out []string
	lane, where := "", "lane >= ?"
	for {
		var next sql.NullString
		err := t.row(`SELECT min(lane) FROM outbox WHERE state = 'pending' AND channel = ? AND urgent = ? AND `+where,
			[]any{channel, urgent, lane}, &next)
		if err != nil || !next.Valid {
			return out, err
		}
		lane, where = next.String, "lane > ?"
		var due bool
		err = t.row(`SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'pending' AND channel = ? AND urgent = ? AND lane = ? AND not_before <= ?)`,
			[]any{channel, urgent, lane, now.UnixMilli()}, &due)
		if err != nil {
			return nil, err
		}
		if due {
			out = append(out, lane)
		}
	}
}

// leasePeople leases all that is due to the people given on the channel, in one statement
// for the whole batch: a call for each row costs more than the row. The rows come in the
// order of the people, and of each person by ID.
func leasePeople(t *tx, people []int64, channel string, now time.Time, lease time.Duration) ([]int64, error) {
	if len(people) == 0 {
		return nil, nil
	}
	asked, err := json.Marshal(people)
	if err != nil {
		return nil, err
	}
	order := make(map[int64]int, len(people))
	for i, p := range people {
		order[p] = i
	}
	type row struct{ id, person int64 }
	rows := make([]row, 0, len(people))
	err = t.each(`UPDATE outbox SET state = 'sending', lease_until = ?1, claims = claims + 1 WHERE id IN (
			SELECT o.id FROM json_each(?2) j CROSS JOIN outbox o INDEXED BY outbox_waiting ON o.person = j.value
			WHERE o.state = 'pending' AND o.channel = ?3 AND o.not_before <= ?4)
		RETURNING id, person`, []any{now.Add(lease).UnixMilli(), string(asked), channel, now.UnixMilli()}, func(scan func(...any) error) error {
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

// leased reads rows that are leased to this worker, in the order given.
func (o *Outbox) leased(ctx context.Context, ids []int64, channel string, now time.Time) ([]claimed, error) {
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := o.db.read.QueryContext(ctx, `SELECT o.id, p.name, o.claims, o.sends, o.not_before, o.rev <> a.rev, o.message, b.body, p.reach,
			(SELECT sealed FROM contacts c WHERE c.person = o.person AND c.label = o.channel),
			iif(EXISTS (SELECT 1 FROM attention s WHERE s.person = o.person AND s.day = ?2), (SELECT count(DISTINCT message) FROM attention s
				WHERE s.person = o.person AND s.day = ?2 AND s.exempt = 0 AND s.message <> o.message), 0),
			(SELECT count(*) FROM attention s WHERE s.person = o.person AND s.slot = b.slot AND s.outbox <> o.id)
		FROM json_each(?1) j CROSS JOIN outbox o ON o.id = j.value
			JOIN people p ON p.id = o.person JOIN people a ON a.id = o.about JOIN outbox_bodies b ON b.id = o.id ORDER BY j.key`,
		string(asked), store.DayNumber(civil.On(now)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make([]claimed, 0, len(ids))
	for rows.Next() {
		var c claimed
		var notBefore int64
		if err := rows.Scan(&c.ID, &c.person, &c.Claim, &c.Sends, &notBefore, &c.Moved, &c.Group, &c.body, &c.reach, &c.sealed, &c.Spent, &c.Said); err != nil {
			return nil, err
		}
		c.NotBefore, c.Channel = store.Instant(notBefore), channel
		out = append(out, c)
	}
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
