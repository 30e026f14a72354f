package sqlite

import (
	"context"
	"fmt"
)

// LimitPages lets the file grow by that many pages and no further, as a full disk would;
// a negative number lifts the limit.
func (db *DB) LimitPages(ctx context.Context, more int) error {
	var pages int
	if err := db.writing.conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return err
	}
	if pages += more; more < 0 {
		pages = 1 << 30
	}
	_, err := db.writing.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}
