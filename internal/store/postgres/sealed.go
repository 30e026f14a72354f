package postgres

import (
	"context"
	"encoding/binary"
	"strings"

	"github.com/motcua/motcua/internal/store"
)

// SealedNext reads up to n rows of a field behind a key whose values are not under the key
// numbered so.
func (db *DB) SealedNext(ctx context.Context, f store.SealedField, after []any, number uint32, n int) (out []store.SealedRow, err error) {
	args := append(append([]any{}, after...), binary.BigEndian.AppendUint32(nil, number), n)
	err = db.each(ctx, f.Next(), args, func(scan func(...any) error) error {
		values := make([]any, len(f.Key)+3)
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		err := scan(into...)
		if err == nil {
			out = append(out, f.Row(values))
		}
		return err
	})
	return out, err
}

// SealedAgain puts what is fresh in the place of values that nobody has changed since they
// were read; it returns how many those were.
func (db *DB) SealedAgain(ctx context.Context, f store.SealedField, rows []store.SealedRow) (done int, err error) {
	err = db.inFullTx(ctx, func(t *tx) error {
		done = 0
		for _, r := range rows {
			changed, err := t.added(f.Again(), append([]any{r.Fresh, r.Sealed}, r.Key...)...)
			if err != nil {
				return err
			}
			if changed {
				done++
			}
		}
		return nil
	})
	return done, err
}

// SealedUnder counts the values of a field by the number of their key.
func (db *DB) SealedUnder(ctx context.Context, f store.SealedField) (map[uint32]int, error) {
	out := map[uint32]int{}
	err := db.each(ctx, f.Count(), nil, func(scan func(...any) error) error {
		var number []byte
		var n int
		err := scan(&number, &n)
		if err == nil && len(number) == 4 {
			out[binary.BigEndian.Uint32(number)] += n
		}
		return err
	})
	return out, err
}

// SettingOnce keeps a value unless there is one, and returns the one that is there now.
func (db *DB) SettingOnce(ctx context.Context, key, value string) (kept string, err error) {
	err = db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, "set:"+plain(key), plain(value)); err != nil {
			return err
		}
		return t.row(`SELECT value FROM meta WHERE key = $1`, []any{"set:" + plain(key)}, &kept)
	})
	return kept, err
}

// Settings are the values whose keys begin so, by what follows.
func (db *DB) Settings(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	err := db.each(ctx, `SELECT key, value FROM meta WHERE starts_with(key, $1)`, []any{"set:" + plain(prefix)},
		func(scan func(...any) error) error {
			var key, value string
			err := scan(&key, &value)
			out[strings.TrimPrefix(key, "set:"+prefix)] = value
			return err
		})
	return out, err
}
