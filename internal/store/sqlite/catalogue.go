package sqlite

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
func (c Catalogue) IDs(ctx context.Context) ([]string, error) {
	rows, err := c.read.QueryContext(ctx, `SELECT substr(subject, 6) FROM documents WHERE kind = 'procedure' ORDER BY subject`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// Procedures yields every procedure, ordered by ID. An error of each ends it.
func (c Catalogue) Procedures(ctx context.Context, each func(corpus.Procedure) error) error {
	rows, err := c.read.QueryContext(ctx, `SELECT COALESCE(d.body, l.body) FROM documents d LEFT JOIN layers l ON l.id = d.layer
		WHERE d.kind = 'procedure' ORDER BY d.subject`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return err
		}
		d, err := store.Unpack(body)
		if err != nil {
			return err
		}
		if err := each(*d.Procedure); err != nil {
			return err
		}
	}
	return rows.Err()
}
