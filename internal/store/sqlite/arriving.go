package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/motcua/motcua/internal/store"
)

// Arriving is a new file that is filled with what another database holds. It implements
// store.Arriving.
type Arriving struct {
	db     *DB
	guards []string // the triggers, which would not let rows in as they are
}

// Arrive makes the file, which must not be there.
func Arrive(ctx context.Context, path string) (*Arriving, error) {
	if _, err := os.Stat(path); err == nil {
		return nil, fmt.Errorf("tệp %s đã có, không ghi đè", path)
	}
	db, err := Open(ctx, path)
	if err != nil {
		return nil, err
	}
	a := &Arriving{db: db}
	if err := a.unguard(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

func (a *Arriving) unguard(ctx context.Context) error {
	return a.db.inTx(ctx, func(t *tx) error {
		var names []string
		rows, err := t.query(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name, text string
			if err := rows.Scan(&name, &text); err != nil {
				return err
			}
			names, a.guards = append(names, name), append(a.guards, text)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for _, n := range names {
			if _, err := t.exec(`DROP TRIGGER ` + n); err != nil {
				return err
			}
		}
		return nil
	})
}

// Finish makes what the file alone has, puts the guards back, checks the file, and gives it its name.
func (a *Arriving) Finish(ctx context.Context, to string) error {
	err := a.db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`UPDATE chat_in SET head = 1 WHERE id IN (SELECT min(id) FROM chat_in WHERE state <> 'handled' GROUP BY chat)`); err != nil {
			return err
		}
		for _, g := range a.guards {
			if _, err := t.exec(g); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, a.db.Close()); err != nil {
		return err
	}
	return putInPlace(ctx, a.db.path, to)
}

// Close gives up a file that was not finished; it is worth nothing then.
func (a *Arriving) Close() error {
	return errors.Join(a.db.Close(), os.Remove(a.db.path))
}

// Columns implements store.Arriving.
func (a *Arriving) Columns(ctx context.Context, t store.Table) (out []store.Column, err error) {
	rows, err := a.db.read.QueryContext(ctx, `SELECT name, type FROM pragma_table_info(?)`, t.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return nil, err
		}
		c := store.Column{Name: name, Kind: map[string]store.Kind{"INTEGER": store.Number, "TEXT": store.Words, "BLOB": store.Bytes}[kind]}
		if slices.Contains(t.Own, name) {
			continue
		}
		if t.Joined && name == "id" {
			out = append(out, store.Column{Name: t.Key[0]}, store.Column{Name: t.Key[1]})
			continue
		}
		out = append(out, c)
	}
	place := func(c store.Column) int {
		if i := slices.Index(t.Key, c.Name); i >= 0 {
			return i
		}
		return len(t.Key)
	}
	slices.SortStableFunc(out, func(a, b store.Column) int { return place(a) - place(b) })
	return out, rows.Err()
}

// Page implements store.Arriving.
func (a *Arriving) Page(ctx context.Context, t store.Table, columns []store.Column, after []any, n int) (out [][]any, err error) {
	where, args := "", []any(nil)
	key := strings.Join(t.Key, ", ")
	if after != nil {
		args = after[:len(t.Key)]
		where = ` WHERE (` + key + `) > (` + marks(len(t.Key)) + `)`
	}
	if t.Joined {
		if key = "id"; after != nil {
			where, args = ` WHERE id > ?`, []any{joinedKey(after)}
		}
	}
	err = each(ctx, a.db.read, t, columns, fmt.Sprintf(`%s ORDER BY %s LIMIT %d`, where, key, n), args, func(row []any) error {
		out = append(out, row)
		return nil
	})
	return out, err
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func joinedKey(row []any) int64 { return row[0].(int64)*perUnit + row[1].(int64) }

// Put implements store.Arriving.
func (a *Arriving) Put(ctx context.Context, t store.Table, columns []store.Column, rows [][]any, _ bool) error {
	return a.db.inTx(ctx, func(x *tx) error {
		names, width := store.Names(columns), len(columns)
		if t.Joined {
			names, width = "id, "+store.Names(columns[2:]), width-1
		}
		for _, r := range rows {
			if t.Joined {
				r = append([]any{joinedKey(r)}, r[2:]...)
			}
			if _, err := x.exec(`INSERT OR REPLACE INTO `+t.Name+` (`+names+`) VALUES (`+marks(width)+`)`, r...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Drop implements store.Arriving.
func (a *Arriving) Drop(ctx context.Context, t store.Table, _ []store.Column, keys [][]any) error {
	return a.db.inTx(ctx, func(x *tx) error {
		where := `(` + strings.Join(t.Key, ", ") + `) = (` + marks(len(t.Key)) + `)`
		for _, k := range keys {
			if t.Joined {
				where, k = `id = ?`, []any{joinedKey(k)}
			}
			if _, err := x.exec(`DELETE FROM `+t.Name+` WHERE `+where, k...); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetCounter implements store.Arriving.
func (a *Arriving) SetCounter(ctx context.Context, t store.Table, at int64) error {
	if at == 0 {
		return nil
	}
	return a.db.inTx(ctx, func(x *tx) error {
		var counted bool
		if err := x.row(`SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE type = 'table' AND name = ?`, []any{t.Name}, &counted); err != nil || !counted {
			return err
		}
		if _, err := x.exec(`DELETE FROM sqlite_sequence WHERE name = ?`, t.Name); err != nil {
			return err
		}
		_, err := x.exec(`INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)`, t.Name, at)
		return err
	})
}
