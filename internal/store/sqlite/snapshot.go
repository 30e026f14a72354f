package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// Snapshot writes a copy of the store as it is at one moment to a new file, while others
// read and write. The copy is checked and on disk before it has its name.
func (db *DB) Snapshot(ctx context.Context, to string) error {
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("sao lưu: %w", err)
	}
	if _, err := os.Stat(to); err == nil {
		return fmt.Errorf("tệp %s đã có, không ghi đè", to)
	}
	// A connection of its own: those for reading refuse to write, also to another file.
	conn, err := sql.Open("sqlite", dsn(db.path, ""))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // it has written what it was opened for
	if _, err := conn.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return errors.Join(fmt.Errorf("sao lưu: %w", full(err)), os.Remove(part))
	}
	if err := putInPlace(ctx, part, to); err != nil {
		_ = os.Remove(part) // the fault is told; the half-made file is worth nothing
		return err
	}
	return nil
}

// Restore puts a snapshot in the place of a store that is not there yet. A damaged file,
// or one of a newer program, changes nothing.
func Restore(ctx context.Context, from, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("kho %s đã có; khôi phục vào thư mục trống", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("khôi phục: %w", err)
	}
	if err := Sound(ctx, from); err != nil {
		return err
	}
	part := path + ".part"
	if err := copyFile(from, part); err != nil {
		_ = os.Remove(part)
		return fmt.Errorf("khôi phục: %w", err)
	}
	if err := putInPlace(ctx, part, path); err != nil {
		_ = os.Remove(part)
		return err
	}
	return nil
}

// putInPlace checks a file, brings it to disk and gives it its name.
func putInPlace(ctx context.Context, part, to string) error {
	if err := Sound(ctx, part); err != nil {
		return err
	}
	f, err := os.OpenFile(part, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(0o600), f.Sync(), f.Close(), os.Rename(part, to)); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	_ = dir.Sync() // not every system syncs folders
	return dir.Close()
}

// Sound reads a whole file and compares its age with the program's; an error says what is wrong.
func Sound(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("không đọc được %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path)+"?mode=ro&immutable=1")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it only reads
	var state string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&state); err != nil || state != "ok" {
		return fmt.Errorf("tệp %s không phải bản sao lưu lành lặn", path)
	}
	var version int64
	if err := db.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied = 1`).Scan(&version); err != nil {
		return fmt.Errorf("tệp %s không phải kho của Một Cửa", path)
	}
	newest, err := newestMigration()
	if err != nil {
		return err
	}
	if version > newest {
		return fmt.Errorf("tệp %s do bản mới hơn ghi (lược đồ %d, bản này đến %d); hãy cập nhật chương trình", path, version, newest)
	}
	return nil
}

func newestMigration() (newest int64, err error) {
	names, err := migrations.ReadDir("migrations")
	if err != nil {
		return 0, err
	}
	for _, n := range names {
		v, err := goose.NumericComponent(n.Name())
		if err != nil {
			return 0, err
		}
		newest = max(newest, v)
	}
	return newest, nil
}
