package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

// Setting reads a value kept with SetSetting; corpus.ErrNotFound.
func (db *DB) Setting(ctx context.Context, key string) (value string, err error) {
	err = db.row(ctx, `SELECT value FROM meta WHERE key = $1`, []any{"set:" + plain(key)}, &value)
	if errors.Is(err, sql.ErrNoRows) {
		err = corpus.ErrNotFound
	}
	return value, err
}

// SetSetting keeps a value.
func (db *DB) SetSetting(ctx context.Context, key, value string) error {
	return db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, "set:"+plain(key), plain(value))
		return err
	})
}

// Stats counts in one consistent read.
func (db *DB) Stats(ctx context.Context) (s store.Stats, err error) {
	err = db.row(ctx, `SELECT
		(SELECT count(*) FROM documents WHERE kind = 'instrument'), (SELECT count(*) FROM documents WHERE kind = 'procedure'),
		(SELECT count(*) FROM units), (SELECT count(*) FROM chunks), (SELECT count(*) FROM relations),
		(SELECT count(*) FROM flags), (SELECT count(*) FROM sources), (SELECT value::bigint FROM meta WHERE key = 'generation')`, nil,
		&s.Instruments, &s.Procedures, &s.Units, &s.Chunks, &s.Relations, &s.Flags, &s.Sources, &s.Generation)
	return s, err
}

// Flagged lists flags by subject, at most limit of them from offset on.
func (db *DB) Flagged(ctx context.Context, offset, limit int) (out []store.Flagged, err error) {
	err = db.each(ctx, `SELECT d.subject, d.title, f.field, f.why, f.raw FROM flags f
		JOIN documents d ON d.id = f.document ORDER BY d.subject, f.id LIMIT $1 OFFSET $2`, []any{limit, offset}, func(scan func(...any) error) error {
		var f store.Flagged
		err := scan(&f.Subject, &f.Title, &f.Field, &f.Why, &f.Raw)
		out = append(out, f)
		return err
	})
	return out, err
}

// Check reads what other rows rest on and reports what does not fit; nil when it is sound.
// That pages of the disk are whole is for the server to say (data_checksums).
func (db *DB) Check(ctx context.Context) error {
	var loose, empty int
	err := db.row(ctx, `SELECT (SELECT count(*) FROM chunks c WHERE NOT EXISTS (SELECT FROM units u WHERE u.id = c.unit)),
		(SELECT count(*) FROM units u WHERE NOT EXISTS (SELECT FROM chunks c WHERE c.unit = u.id))`, nil, &loose, &empty)
	if err == nil && loose+empty > 0 {
		err = errors.New("kho có đoạn không thuộc mục nào hoặc mục không có đoạn; khôi phục từ bản sao lưu")
	}
	return err
}
