// Package sqlite keeps everything in one file.
//
// One connection writes, several read; the file is in WAL mode, so readers see the last
// committed state and never wait for the writer. Every change of the corpus is one
// transaction per document and raises the corpus generation, by which a search index
// follows (see Changes). Instants are Unix milliseconds, days of law YYYY-MM-DD.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/motcua/motcua/corpus/ingest"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is open and migrated.
type DB struct {
	write   *sql.DB // one connection, held by writing
	writing writing
	read    *sql.DB
	reading reading
	held    held
	path    string
}

// The writing connection keeps 64 MB of cache and folds the log in every 32 MB: a large
// change writes the same pages many times.

// readers is how many connections may read at once; each keeps up to 16 MB of cache.
const readers = 4

// Open opens the file at path, making it and its folder when absent, and applies pending
// migrations, each in a transaction. Goose runs them: one way for this store and for
// PostgreSQL, where its lock keeps two starters apart.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("không tạo được thư mục dữ liệu: %w", err)
	}
	db := &DB{path: path}
	var err error
	if db.write, err = sql.Open("sqlite", dsn(path, "&_pragma=cache_size(-64000)&_pragma=wal_autocheckpoint(8000)")); err != nil {
		return nil, err
	}
	db.write.SetMaxOpenConns(1)
	if err := migrate(ctx, db.write); err != nil {
		return nil, errors.Join(explain(path, err), db.write.Close())
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return nil, errors.Join(explain(path, err), db.write.Close())
	}
	db.writing = writing{conn: conn, known: map[string]*sql.Stmt{}}
	if db.read, err = sql.Open("sqlite", dsn(path, "&_pragma=query_only(1)")); err != nil {
		return nil, errors.Join(err, db.write.Close())
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	return db, nil
}

// dsn: transactions take the write lock at once (read-then-write otherwise fails as busy
// in spite of the timeout), and wait up to 5 s for another process. What is deleted is
// overwritten where that costs no more writing (see transcript.erasing for the rest).
func dsn(path, more string) string {
	file := (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	return "file:" + file + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
		"&_pragma=foreign_keys(1)&_pragma=secure_delete(FAST)&_pragma=cache_size(-16000)&_txlock=immediate&_time_format=sqlite" + more
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	// Out of order: two lines of work may number theirs at the same time.
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// explain says in words what keeps a store from opening.
func explain(path string, err error) error {
	var e *driver.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
			return fmt.Errorf("tệp %s không phải kho dữ liệu hoặc đã hỏng: %w", path, err)
		case sqlite3.SQLITE_BUSY:
			return fmt.Errorf("kho dữ liệu %s đang được chương trình khác ghi: %w", path, err)
		case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
			return fmt.Errorf("không mở được kho dữ liệu %s để ghi: %w", path, err)
		}
	}
	return fmt.Errorf("mở kho dữ liệu %s: %w", path, full(err))
}

// fullError is ingest.ErrFull in words for people.
type fullError struct{ err error }

func (e fullError) Error() string {
	return "đĩa đã đầy, không ghi thêm được; những gì đã ghi còn nguyên, hãy giải phóng chỗ rồi chạy lại"
}

func (e fullError) Unwrap() []error { return []error{ingest.ErrFull, e.err} }

// full turns SQLite's "disk full" into ingest.ErrFull.
func full(err error) error {
	var known fullError
	if err == nil || errors.As(err, &known) {
		return err
	}
	var e *driver.Error
	if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_FULL || strings.Contains(err.Error(), "no space left on device") {
		return fullError{err}
	}
	return err
}

// Close closes the file; the last close folds the write-ahead log into it.
func (db *DB) Close() error {
	return errors.Join(db.reading.close(), db.read.Close(), db.writing.close(), db.write.Close())
}

// Path is the file.
func (db *DB) Path() string { return db.path }

// Check reads the whole file and reports damage; nil when it is sound.
func (db *DB) Check(ctx context.Context) error {
	rows, err := db.read.QueryContext(ctx, "PRAGMA integrity_check(5)")
	if err != nil {
		return explain(db.path, err)
	}
	defer rows.Close()
	var faults []error
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		if s != "ok" {
			faults = append(faults, errors.New(s))
		}
	}
	return errors.Join(append(faults, rows.Err())...)
}
