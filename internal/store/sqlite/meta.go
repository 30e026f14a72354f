package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

// Setting reads a value kept beside the data; ErrNotFound of package corpus when unset.
func (db *DB) Setting(ctx context.Context, key string) (string, error) {
	var value string
	err := db.read.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`, "set:"+key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = corpus.ErrNotFound
	}
	return value, err
}

// SetSetting keeps a value.
func (db *DB) SetSetting(ctx context.Context, key, value string) error {
	return db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, "set:"+key, value)
		return err
	})
}

// Stats is store.Stats.
type Stats = store.Stats

// Stats counts in one consistent read.
func (db *DB) Stats(ctx context.Context) (s Stats, err error) {
	err = db.read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM documents WHERE kind = 'instrument'), (SELECT count(*) FROM documents WHERE kind = 'procedure'),
		(SELECT count(*) FROM units), (SELECT count(*) FROM chunks), (SELECT count(*) FROM relations),
		(SELECT count(*) FROM flags), (SELECT count(*) FROM sources), (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation')`).
		Scan(&s.Instruments, &s.Procedures, &s.Units, &s.Chunks, &s.Relations, &s.Flags, &s.Sources, &s.Generation)
	return s, err
}

// Flagged is store.Flagged.
type Flagged = store.Flagged

// Flagged lists flags by subject, at most limit of them from offset on.
func (db *DB) Flagged(ctx context.Context, offset, limit int) ([]Flagged, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT d.subject, d.title, f.field, f.why, f.raw FROM flags f
		JOIN documents d ON d.id = f.document ORDER BY d.subject, f.id LIMIT ? OFFSET ?`, limit, offset)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Flagged
	for rows.Next() {
		var f Flagged
		if err := rows.Scan(&f.Subject, &f.Title, &f.Field, &f.Why, &f.Raw); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}
