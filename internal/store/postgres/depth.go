package postgres

import (
	"context"
	"time"

	"github.com/motcua/motcua/internal/store"
)

// Depths reads how much waits as of an instant; each count runs along an index that holds
// only what waits.
func (db *DB) Depths(ctx context.Context, now time.Time) (d store.Depths, err error) {
	s := db.pool.Stat()
	d.Pools = []store.Pool{{
		Name: "all", Limit: int(s.MaxConns()), Used: int(s.AcquiredConns()), Idle: int(s.IdleConns()), Waited: s.EmptyAcquireWaitTime(),
	}}
	at := now.UnixMilli()
	if d.Outbox, err = db.depths(ctx, `SELECT channel, state, count(*), min(CASE WHEN not_before <= $1 THEN not_before END) FROM outbox WHERE state = 'pending' GROUP BY channel, state
		UNION ALL SELECT channel, state, count(*), NULL FROM outbox WHERE state = 'sending' GROUP BY channel, state
		UNION ALL SELECT channel, state, count(*), NULL FROM outbox WHERE state = 'unknown' GROUP BY channel, state ORDER BY 1, 2`, at); err != nil {
		return d, err
	}
	d.Inbox, err = db.depths(ctx, `SELECT channel, state, count(*), min(CASE WHEN not_before <= $1 THEN at END) FROM chat_in
		WHERE state <> 'handled' GROUP BY channel, state ORDER BY 1, 2`, at)
	return d, err
}

func (db *DB) depths(ctx context.Context, query string, at int64) (list []store.Depth, err error) {
	err = db.each(ctx, query, []any{at}, func(scan func(...any) error) error {
		var d store.Depth
		var since *int64
		if err := scan(&d.Channel, &d.State, &d.N, &since); err != nil {
			return err
		}
		if since != nil {
			d.Since = time.UnixMilli(*since)
		}
		list = append(list, d)
		return nil
	})
	return list, err
}
