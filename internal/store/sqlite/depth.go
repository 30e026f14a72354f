package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/motcua/motcua/internal/store"
)

// Depths reads how much waits as of an instant; each count runs along an index that holds
// only what waits.
func (db *DB) Depths(ctx context.Context, now time.Time) (d store.Depths, err error) {
	d.Pools = []store.Pool{pool("read", db.read.Stats()), pool("write", db.write.Stats())}
	at := now.UnixMilli()
	if d.Outbox, err = db.depths(ctx, `SELECT channel, state, count(*), min(CASE WHEN not_before <= ?1 THEN not_before END) FROM outbox WHERE state = 'pending' GROUP BY channel, state
		UNION ALL SELECT channel, state, count(*), NULL FROM outbox WHERE state = 'sending' GROUP BY channel, state
		UNION ALL SELECT channel, state, count(*), NULL FROM outbox WHERE state = 'unknown' GROUP BY channel, state ORDER BY 1, 2`, at); err != nil {
		return d, err
	}
	d.Inbox, err = db.depths(ctx, `SELECT channel, state, count(*), min(CASE WHEN not_before <= ?1 THEN at END) FROM chat_in
		WHERE state <> 'handled' GROUP BY channel, state ORDER BY 1, 2`, at)
	return d, err
}

func (db *DB) depths(ctx context.Context, query string, at int64) (list []store.Depth, err error) {
	rows, err := db.read.QueryContext(ctx, query, at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d store.Depth
		var since sql.NullInt64
		if err := rows.Scan(&d.Channel, &d.State, &d.N, &since); err != nil {
			return nil, err
		}
		if since.Valid {
			d.Since = time.UnixMilli(since.Int64)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

func pool(name string, s sql.DBStats) store.Pool {
	return store.Pool{Name: name, Limit: s.MaxOpenConnections, Used: s.InUse, Idle: s.Idle, Waited: s.WaitDuration}
}
