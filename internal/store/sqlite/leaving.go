package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/motcua/motcua/internal/store"
)

// Leaving reads a file as it is at one moment, while others may write to it, and changes
// nothing. It implements store.Leaving.
type Leaving struct {
	db   *sql.DB
	conn *sql.Conn
}

// Leave opens it. A file of another age than the program is refused.
func Leave(ctx context.Context, path string) (*Leaving, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("không đọc được kho SQLite %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=cache_size(-16000)")
	if err != nil {
		return nil, err
	}
	l := &Leaving{db: db}
	if l.conn, err = db.Conn(ctx); err == nil {
		_, err = l.conn.ExecContext(ctx, "BEGIN")
	}
	if err == nil {
		err = l.sameAge(ctx, path) // reads, and so fixes the moment
	}
	if err != nil {
		return nil, errors.Join(explain(path, err), l.Close())
	}
	return l, nil
}

func (l *Leaving) sameAge(ctx context.Context, path string) error {
	var version int64
	if err := l.conn.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied = 1`).Scan(&version); err != nil {
		return err
	}
	newest, err := newestMigration()
	switch {
	case err != nil:
		return err
	case version > newest:
		return fmt.Errorf("tệp %s do bản mới hơn ghi (lược đồ %d, bản này đến %d); hãy dùng bản đó", path, version, newest)
	case version < newest:
		return fmt.Errorf("tệp %s do bản cũ hơn ghi (lược đồ %d, bản này %d); hãy chạy motcua doctor một lần với bản này rồi làm lại", path, version, newest)
	}
	return nil
}

// Close ends the reading.
func (l *Leaving) Close() error {
	if l.conn == nil {
		return l.db.Close()
	}
	_, err := l.conn.ExecContext(context.Background(), "ROLLBACK")
	return errors.Join(err, l.conn.Close(), l.db.Close())
}

// ID is the same for a store over its whole life, and its copies, and for no other.
func (l *Leaving) ID(ctx context.Context) (string, error) {
	rows, err := l.conn.QueryContext(ctx, `SELECT id || ' ' || version_id || ' ' || tstamp FROM goose_db_version WHERE version_id <= 2 ORDER BY id`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	h := sha256.New()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return "", err
		}
		fmt.Fprintln(h, line)
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), rows.Err()
}

// Count implements store.Leaving.
func (l *Leaving) Count(ctx context.Context, t store.Table) (n int64, err error) {
	err = l.conn.QueryRowContext(ctx, `SELECT count(*) FROM `+t.Name).Scan(&n)
	return n, err
}

// Counter implements store.Leaving.
func (l *Leaving) Counter(ctx context.Context, t store.Table) (n int64, err error) {
	err = l.conn.QueryRowContext(ctx, `SELECT seq FROM sqlite_sequence WHERE name = ?`, t.Name).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

// Each implements store.Leaving.
func (l *Leaving) Each(ctx context.Context, t store.Table, columns []store.Column, f func(row []any) error) error {
	order := strings.Join(t.Key, ", ")
	if t.Joined {
		order = "id"
	}
	return each(ctx, l.conn, t, columns, ` ORDER BY `+order, nil, f)
}

// asker is a connection, or several.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each reads rows of a table; how says which and in which order.
func each(ctx context.Context, from asker, t store.Table, columns []store.Column, how string, args []any, f func(row []any) error) error {
	names := store.Names(columns)
	if t.Joined {
		names = fmt.Sprintf("id / %d, id %% %d, %s", perUnit, perUnit, store.Names(columns[2:]))
	}
	rows, err := from.QueryContext(ctx, `SELECT `+names+` FROM `+t.Name+how, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	into, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range into {
		places[i] = &into[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		row := slices.Clone(into)
		for i, c := range columns {
			if row[i], err = c.Value(row[i]); err != nil {
				return err
			}
		}
		if err := f(row); err != nil {
			return err
		}
	}
	return rows.Err()
}
