package postgres

import (
	"context"
	"time"

	"github.com/motcua/motcua/internal/switches"
)

// Switches keeps the log of the kill switches.
func (db *DB) Switches() switches.Store { return switchLog{db} }

type switchLog struct{ db *DB }

// Turn adds a line; it is on disk when Turn returns, for a switch is turned in need.
func (s switchLog) Turn(ctx context.Context, t switches.Turning) error {
	return s.db.inFullTx(ctx, func(x *tx) error {
		_, err := x.exec(`INSERT INTO switches (target, off, reason, who, at) VALUES ($1, $2, $3, $4, $5)`,
			string(t.Target), t.Off, t.Reason, t.By, t.At.UnixMilli())
		return err
	})
}

const switchColumns = `target, off, reason, who, at`

func (s switchLog) Off(ctx context.Context) ([]switches.Turning, error) {
	return s.list(ctx, `SELECT `+switchColumns+` FROM switches WHERE off
		AND id IN (SELECT max(id) FROM switches GROUP BY target) ORDER BY target`)
}

func (s switchLog) Log(ctx context.Context, n int) ([]switches.Turning, error) {
	return s.list(ctx, `SELECT `+switchColumns+` FROM switches ORDER BY id DESC LIMIT $1`, n)
}

func (s switchLog) list(ctx context.Context, query string, args ...any) ([]switches.Turning, error) {
	rows, err := s.db.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []switches.Turning
	for rows.Next() {
		var t switches.Turning
		var at int64
		if err := rows.Scan(&t.Target, &t.Off, &t.Reason, &t.By, &at); err != nil {
			return nil, err
		}
		t.At = time.UnixMilli(at).UTC()
		out = append(out, t)
	}
	return out, rows.Err()
}
