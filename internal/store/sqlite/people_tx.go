package sqlite

import (
	"context"
	"strings"
)

// inFullTx is inTx for what citizens are told and what they agreed to: when it returns,
// the change is on the disk itself, whatever happens to the power (synchronous FULL).
// Once begun it is not cancelled half-way.
func (db *DB) inFullTx(ctx context.Context, f func(t *tx) error) error {
	return db.fullTx(ctx, false, f)
}

// inUrgentTx is inFullTx for what a platform waits for: it goes before what waits its turn.
func (db *DB) inUrgentTx(ctx context.Context, f func(t *tx) error) error {
	return db.fullTx(ctx, true, f)
}

func (db *DB) fullTx(ctx context.Context, hurry bool, f func(t *tx) error) (err error) {
	db.writing.lock(hurry)
	defer db.writing.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	keep := context.WithoutCancel(ctx)
	conn := db.writing.conn
	if _, err := conn.ExecContext(keep, "PRAGMA synchronous = FULL"); err != nil {
		return full(err)
	}
	t := &tx{keep, &db.writing}
	committed := false
	defer func() {
		if !committed {
			// SQLite may have rolled back already (disk full); then this error tells nothing.
			_, _ = conn.ExecContext(keep, "ROLLBACK")
		}
		_, _ = conn.ExecContext(keep, "PRAGMA synchronous = NORMAL") // a setting of the connection, cannot fail
	}()
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return full(err)
	}
	if err := f(t); err != nil {
		return full(err)
	}
	if _, err := t.exec("COMMIT"); err != nil {
		return full(err)
	}
	committed = true
	if db.writing.fault != nil {
		return db.writing.fault("committed")
	}
	return nil
}

// each runs a query inside the transaction and scans every row before it returns, so that
// the caller may write next.
func (t *tx) each(query string, args []any, scan func(scan func(...any) error) error) error {
	rows, err := t.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// insert adds many rows of some width, a few dozen with one statement.
func (t *tx) insert(head string, width int, values []any) error {
	return t.insertOr(head, width, values, "")
}

// insertOr is insert with what to do about rows already there.
func (t *tx) insertOr(head string, width int, values []any, tail string) error {
	return t.insertRows(head, "(?"+strings.Repeat(", ?", width-1)+")", width, values, tail)
}

// insertRows is insertOr with a row of one's own, which takes so many values.
func (t *tx) insertRows(head, row string, width int, values []any, tail string) error {
	for _, rows := range [...]int{48, 8, 1} {
		if len(values) < rows*width {
			continue
		}
		query := head + row + strings.Repeat(", "+row, rows-1) + tail
		for len(values) >= rows*width {
			if _, err := t.exec(query, values[:rows*width]...); err != nil {
				return err
			}
			values = values[rows*width:]
		}
	}
	return nil
}
