package sqlite

import (
	"context"
	"encoding/binary"
	"strings"

	"github.com/motcua/motcua/internal/store"
)

// numbered writes the marks of a shared statement as SQLite has them.
func numbered(statement string) string { return strings.ReplaceAll(statement, "$", "?") }

// SealedNext reads up to n rows of a field behind a key whose values are not under the key
// numbered so.
func (db *DB) SealedNext(ctx context.Context, f store.SealedField, after []any, number uint32, n int) ([]store.SealedRow, error) {
	args := append(append([]any{}, after...), binary.BigEndian.AppendUint32(nil, number), n)
	rows, err := db.read.QueryContext(ctx, numbered(f.Next()), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.SealedRow
	for rows.Next() {
		values := make([]any, len(f.Key)+3)
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, f.Row(values))
	}
	return out, rows.Err()
}

// SealedAgain puts what is fresh in the place of values that nobody has changed since they
// were read; it returns how many those were.
func (db *DB) SealedAgain(ctx context.Context, f store.SealedField, rows []store.SealedRow) (done int, err error) {
	err = db.inFullTx(ctx, func(t *tx) error {
		done = 0
		for _, r := range rows {
			result, err := t.exec(numbered(f.Again()), append([]any{r.Fresh, r.Sealed}, r.Key...)...)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			done += int(n)
		}
		return nil
	})
	return done, err
}

// SealedUnder counts the values of a field by the number of their key.
func (db *DB) SealedUnder(ctx context.Context, f store.SealedField) (map[uint32]int, error) {
	rows, err := db.read.QueryContext(ctx, f.Count())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uint32]int{}
	for rows.Next() {
		var number []byte
		var n int
		if err := rows.Scan(&number, &n); err != nil {
			return nil, err
		}
		if len(number) == 4 {
			out[binary.BigEndian.Uint32(number)] += n
		}
	}
	return out, rows.Err()
}

// SettingOnce keeps a value unless there is one, and returns the one that is there now.
func (db *DB) SettingOnce(ctx context.Context, key, value string) (kept string, err error) {
	err = db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, "set:"+key, value); err != nil {
			return err
		}
		return t.row(`SELECT value FROM meta WHERE key = ?`, []any{"set:" + key}, &kept)
	})
	return kept, err
}

// Settings are the values whose keys begin so, by what follows.
func (db *DB) Settings(ctx context.Context, prefix string) (map[string]string, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT substr(key, ?2), value FROM meta WHERE substr(key, 1, ?2 - 1) = ?1`, "set:"+prefix, len("set:"+prefix)+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return nil, err
		}
		out[key] = value
	}
	return out, rows.Err()
}
