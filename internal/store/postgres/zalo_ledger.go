package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Window reads what is kept about a person, by the name of their chat (Inbox.KeyOf); empty
// where nothing is.
func (z *Zalo) Window(ctx context.Context, person []byte) (s window.State, err error) {
	var raw string
	err = z.db.pool.QueryRow(ctx, `SELECT state FROM zalo_windows WHERE person = $1`, person).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(raw), &s)
}

// Change lets change look at what is kept about a person and alter it, in one transaction,
// on disk when Change returns. Nothing is written where change returns false.
func (z *Zalo) Change(ctx context.Context, person []byte, now time.Time, change func(s *window.State) bool) error {
	c := &windowChange{person, now, change, make(chan error, 1)}
	z.changing.mu.Lock()
	z.changing.waiting = append(z.changing.waiting, c)
	if !z.changing.busy {
		z.changing.busy = true
		go z.changeAll(context.WithoutCancel(ctx))
	}
	z.changing.mu.Unlock()
	return <-c.done // change writes into its caller's variables: it is not left behind
}

// changing gathers what many senders want written while a transaction runs into the next
// one: a disk forced once for each message would take a few hundred a second.
type changing struct {
	mu      sync.Mutex
	waiting []*windowChange
	busy    bool
}

type windowChange struct {
	person []byte
	now    time.Time
	change func(s *window.State) bool
	done   chan error
}

// changeAll writes down what waits until nothing does.
func (z *Zalo) changeAll(ctx context.Context) {
	for {
		z.changing.mu.Lock()
		list := z.changing.waiting
		z.changing.waiting = nil
		if len(list) == 0 {
			z.changing.busy = false
			z.changing.mu.Unlock()
			return
		}
		z.changing.mu.Unlock()
		err := z.db.inFullTx(ctx, func(t *tx) error {
			for _, c := range list {
				if err := changeWindow(t, c.person, c.now, c.change); err != nil {
					return err
				}
			}
			return nil
		})
		for _, c := range list {
			c.done <- err
		}
	}
}

// Quota is what Zalo last said remains; zero where it never said anything.
func (z *Zalo) Quota(ctx context.Context) (q window.Quota, err error) {
	var at int64
	err = z.db.pool.QueryRow(ctx, `SELECT daily, remaining, at FROM zalo_quota`).Scan(&q.Daily, &q.Remaining, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return q, nil
	}
	q.At = store.Instant(at)
	return q, err
}

// SetQuota keeps what Zalo just said; an older word does not replace a newer one.
func (z *Zalo) SetQuota(ctx context.Context, q window.Quota) error {
	return z.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO zalo_quota AS q (one, daily, remaining, at) VALUES (1, $1, $2, $3)
			ON CONFLICT (one) DO UPDATE SET daily = excluded.daily, remaining = excluded.remaining, at = excluded.at WHERE excluded.at >= q.at`,
			q.Daily, q.Remaining, q.At.UnixMilli())
		return err
	})
}

// Took keeps the number Zalo gave a message, for the receipts that name it.
func (z *Zalo) Took(ctx context.Context, id, key string, now time.Time) error {
	return z.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO zalo_sent (id, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, key, now.UnixMilli())
		return err
	})
}

// Key is the key of the message Zalo gave a number; empty for an unknown one and for those
// of the conversation.
func (z *Zalo) Key(ctx context.Context, id string) (key string, err error) {
	err = z.db.pool.QueryRow(ctx, `SELECT key FROM zalo_sent WHERE id = $1`, id).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return key, err
}

// Arrived moves the notices of a message on: Zalo says that it arrived, or that the person
// has seen it. A receipt that comes twice, late or for an unknown message changes nothing;
// one that comes before the sender has settled the message settles it.
func (z *Zalo) Arrived(ctx context.Context, key string, at time.Time, seen bool) error {
	number, ok := strings.CutPrefix(key, "mc-")
	group, _ := strconv.ParseInt(number, 10, 64) // 0 names no message
	if !ok || group <= 0 {
		return nil
	}
	reason := delivery.Accepted
	if seen {
		reason = delivery.Opened
	}
	return z.db.inFullTx(ctx, func(t *tx) error {
		var ids []int64
		err := t.each(`SELECT o.id FROM outbox o WHERE o.person = (SELECT person FROM outbox WHERE id = $1) AND o.message = $1 AND o.channel = 'zalo'
			AND (o.state IN ('sending', 'sent', 'unknown') OR o.state = 'delivered' AND o.reason = 'accepted' AND $2)`, []any{group, seen}, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := keepAccepted(t, id); err != nil {
				return err
			}
			if _, err := t.exec(`UPDATE outbox SET state = 'delivered', reason = $1, settled_at = $2, sends = sends + CASE state WHEN 'sending' THEN 1 ELSE 0 END, lease_until = 0, began = 0 WHERE id = $3`,
				string(reason), at.UnixMilli(), id); err != nil {
				return err
			}
			if err := logStep(t, id, at, delivery.Delivered, reason, ""); err != nil {
				return fmt.Errorf("biên nhận của tin %d: %w", id, err)
			}
		}
		return nil
	})
}

// Alarm counts an error that somebody must look at.
func (z *Zalo) Alarm(ctx context.Context, api string, code int, now time.Time) error {
	return z.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO zalo_alarms AS a (api, code, count, last) VALUES ($1, $2, 1, $3)
			ON CONFLICT (api, code) DO UPDATE SET count = a.count + 1, last = excluded.last`, api, code, now.UnixMilli())
		return err
	})
}

// Alarms lists them, newest first.
func (z *Zalo) Alarms(ctx context.Context) (out []window.Alarm, err error) {
	rows, err := z.db.pool.Query(ctx, `SELECT api, code, count, last FROM zalo_alarms ORDER BY last DESC, api, code`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a window.Alarm
		var last int64
		if err := rows.Scan(&a.API, &a.Code, &a.Count, &last); err != nil {
			return nil, err
		}
		a.Last = store.Instant(last)
		out = append(out, a)
	}
	return out, rows.Err()
}

// Sweep forgets what serves nothing any longer: windows long closed, receipts
// and alarms long past.
func (z *Zalo) Sweep(ctx context.Context, before time.Time) error {
	return z.db.inTx(ctx, func(t *tx) error {
		for _, drop := range []string{`DELETE FROM zalo_windows WHERE at < $1`, `DELETE FROM zalo_sent WHERE at < $1`, `DELETE FROM zalo_alarms WHERE last < $1`} {
			if _, err := t.exec(drop, before.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}
