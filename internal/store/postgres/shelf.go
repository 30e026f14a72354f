package postgres

import (
	"context"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

// Shelf lists the instruments held.
func (db *DB) Shelf() corpus.Shelf { return shelf{db} }

type shelf struct{ *DB }

// Heads reads the table alone: no text is unpacked.
func (s shelf) Heads(ctx context.Context) (out []corpus.Head, err error) {
	err = s.each(ctx, `SELECT code, title, issuer, issued, valid_from, valid_until FROM documents
		WHERE kind = 'instrument' ORDER BY issued DESC, subject`, nil, func(scan func(...any) error) error {
		var number, title, issuer, issued, from, until string
		if err := scan(&number, &title, &issuer, &issued, &from, &until); err != nil {
			return err
		}
		h, err := store.Head(number, title, issuer, issued, from, until)
		out = append(out, h)
		return err
	})
	return out, err
}

// Flags lists places in records a person should look at, after the ID given, at most n.
func (db *DB) Flags(ctx context.Context, after int64, n int) (out []corpus.Flagged, err error) {
	err = db.each(ctx, `SELECT f.id, d.subject, d.title, f.field, f.why, f.raw FROM flags f JOIN documents d ON d.id = f.document
		WHERE f.id > $1 ORDER BY f.id LIMIT $2`, []any{after, n}, func(scan func(...any) error) error {
		var f corpus.Flagged
		err := scan(&f.ID, &f.Subject, &f.Title, &f.Field, &f.Why, &f.Raw)
		out = append(out, f)
		return err
	})
	return out, err
}
