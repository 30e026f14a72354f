package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Zalo keeps what the Zalo channel must remember; it implements zalo.Vault and zalo.Ledger.
type Zalo struct {
	db       *DB
	changing changing
}

// Zalo is the memory of the Zalo channel.
func (db *DB) Zalo() *Zalo { return &Zalo{db: db} }

// Load reads a sealed secret; version 0 where none is kept.
func (z *Zalo) Load(ctx context.Context, name string) (sealed []byte, version int64, err error) {
	err = z.db.pool.QueryRow(ctx, `SELECT sealed, version FROM zalo_vault WHERE name = $1`, name).Scan(&sealed, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, nil
	}
	return sealed, version, err
}

// Swap replaces a sealed secret if it still has the version given, 0 for none; on disk when
// it returns true.
func (z *Zalo) Swap(ctx context.Context, name string, version int64, sealed []byte, now time.Time) (done bool, err error) {
	err = z.db.inFullTx(ctx, func(t *tx) error {
		if version == 0 {
			done, err = t.added(`INSERT INTO zalo_vault (name, version, sealed, at) VALUES ($1, 1, $2, $3) ON CONFLICT DO NOTHING`, name, sealed, now.UnixMilli())
			return err
		}
		done, err = t.added(`UPDATE zalo_vault SET version = version + 1, sealed = $1, at = $2 WHERE name = $3 AND version = $4`,
			sealed, now.UnixMilli(), name, version)
		return err
	})
	return done && err == nil, err
}

// Drop forgets a sealed secret.
func (z *Zalo) Drop(ctx context.Context, name string) error {
	return z.db.inFullTx(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM zalo_vault WHERE name = $1`, name)
		return err
	})
}

// Lease takes, or keeps, the right to do something alone until it runs out; held is false
// while another holds it.
func (z *Zalo) Lease(ctx context.Context, name, holder string, now time.Time, length time.Duration) (held bool, err error) {
	err = z.db.inFullTx(ctx, func(t *tx) error {
		held, err = t.added(`INSERT INTO zalo_leases AS l (name, holder, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE l.holder = $2 OR l.until <= $4`,
			name, holder, now.Add(length).UnixMilli(), now.UnixMilli())
		return err
	})
	return held && err == nil, err
}

// Free gives a lease back; nothing happens where another holds it.
func (z *Zalo) Free(ctx context.Context, name, holder string) error {
	return z.db.inFullTx(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM zalo_leases WHERE name = $1 AND holder = $2`, name, holder)
		return err
	})
}
