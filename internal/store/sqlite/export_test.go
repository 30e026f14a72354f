package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
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

// Migrate applies one migration to the open file, or takes it back.
func (db *DB) Migrate(ctx context.Context, version int64, up bool) error {
	other, err := sql.Open("sqlite", dsn(db.path, ""))
	if err != nil {
		return err
	}
	defer other.Close()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, other, files)
	if err != nil {
		return err
	}
	_, err = p.ApplyVersion(ctx, version, up)
	return err
}
