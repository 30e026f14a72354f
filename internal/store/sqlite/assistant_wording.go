package sqlite

import (
	"context"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store"
)

// Wordings gives an instrument as each source gives it.
func (db *DB) Wordings() assistant.Wordings { return wordings{db} }

type wordings struct{ db *DB }

// Wordings are ordered by kind, then the newer edition, then the order they came in.
func (s wordings) Wordings(ctx context.Context, number string) ([]assistant.Wording, error) {
	rows, err := s.db.read.QueryContext(ctx, `SELECT class, edition, body FROM layers WHERE subject = ? ORDER BY edition DESC, id`, corpus.NumberKey(number))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []assistant.Wording
	for rows.Next() {
		var class ingest.Class
		var edition string
		var body []byte
		if err := rows.Scan(&class, &edition, &body); err != nil {
			return nil, err
		}
		w, known, err := store.Wording(class, edition, body)
		if err != nil {
			return nil, err
		}
		if !known {
			continue
		}
		out = append(out, w)
	}
	store.SortWordings(out)
	return out, rows.Err()
}

// NamedLaws lists the laws, codes and ordinances by title, in no decided order.
func (db *DB) NamedLaws(ctx context.Context) ([]assistant.NamedLaw, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT title, code, valid_from, valid_until FROM documents
		WHERE kind = 'instrument' AND (code LIKE '%/qh%' OR code LIKE '%ubtvqh%' OR title LIKE 'Hiến pháp%')`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []assistant.NamedLaw
	for rows.Next() {
		var l assistant.NamedLaw
		var key, from, until string
		if err := rows.Scan(&l.Title, &key, &from, &until); err != nil {
			return nil, err
		}
		l.Number = strings.ToUpper(key)
		if l.Validity, err = store.Days(from, until); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}
