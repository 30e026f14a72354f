package postgres

import (
	"context"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

// Catalogue lists the procedures held.
func (db *DB) Catalogue() Catalogue { return Catalogue{db} }

// Catalogue is made by DB.Catalogue.
type Catalogue struct{ *DB }

// IDs lists the ID of every procedure, without reading any text.
func (c Catalogue) IDs(ctx context.Context) (out []string, err error) {
	err = c.each(ctx, `SELECT substr(subject, 6) FROM documents WHERE kind = 'procedure' ORDER BY subject`, nil, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// Procedures yields every procedure, ordered by ID. An error of each ends it.
func (c Catalogue) Procedures(ctx context.Context, each func(corpus.Procedure) error) error {
	return c.inView(ctx, func(t *tx) error {
		for last := ""; ; {
			found, next, err := t.procedures(last)
			if err != nil || len(found) == 0 {
				return err
			}
			for _, p := range found {
				if err := each(p); err != nil {
					return err
				}
			}
			last = next
		}
	})
}

// procedures reads some hundreds after a subject.
func (t *tx) procedures(after string) (out []corpus.Procedure, last string, err error) {
	err = t.each(`SELECT d.subject, COALESCE(d.body, l.body) FROM documents d LEFT JOIN layers l ON l.id = d.layer
		WHERE d.kind = 'procedure' AND d.subject > $1 ORDER BY d.subject LIMIT 500`, []any{after}, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&last, &body); err != nil {
			return err
		}
		d, err := store.Unpack(body)
		if err == nil {
			out = append(out, *d.Procedure)
		}
		return err
	})
	return out, last, err
}
