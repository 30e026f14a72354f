package sqlite

import (
	"context"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

// Shelf lists the instruments held.
func (db *DB) Shelf() corpus.Shelf { return shelf{db} }

type shelf struct{ *DB }

// Heads reads the table alone: no text is unpacked.
func (s shelf) Heads(ctx context.Context) ([]corpus.Head, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT code, title, issuer, issued, valid_from, valid_until FROM documents
		WHERE kind = 'instrument' ORDER BY issued DESC, subject`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []corpus.Head
	for rows.Next() {
		var number, title, issuer, issued, from, until string
		if err := rows.Scan(&number, &title, &issuer, &issued, &from, &until); err != nil {
			return nil, err
		}
		h, err := store.Head(number, title, issuer, issued, from, until)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// Flags lists places in records a person should look at, after the ID given, at most n.
func (db *DB) Flags(ctx context.Context, after int64, n int) ([]corpus.Flagged, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT f.id, d.subject, d.title, f.field, f.why, f.raw FROM flags f JOIN documents d ON d.id = f.document
		WHERE f.id > ? ORDER BY f.id LIMIT ?`, after, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []corpus.Flagged
	for rows.Next() {
		var f corpus.Flagged
		if err := rows.Scan(&f.ID, &f.Subject, &f.Title, &f.Field, &f.Why, &f.Raw); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}
