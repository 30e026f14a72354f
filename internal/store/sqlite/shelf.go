package sqlite

import (
	"context"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
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
		var h corpus.Head
		var days [3]string
		if err := rows.Scan(&h.Number, &h.Title, &h.Issuer, &days[0], &days[1], &days[2]); err != nil {
			return nil, err
		}
		for i, into := range []*civil.Date{&h.Issued, &h.Validity.From, &h.Validity.Until} {
			if *into, err = civil.Parse(days[i]); err != nil {
				return nil, err
			}
		}
		h.Number = strings.ToUpper(h.Number) // the table holds the key
		h.Type = corpus.TypeOfNumber(h.Number)
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
