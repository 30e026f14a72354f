package postgres

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
func (s wordings) Wordings(ctx context.Context, number string) (out []assistant.Wording, err error) {
	err = s.db.each(ctx, `SELECT class, edition, body FROM layers WHERE subject = $1 ORDER BY edition DESC, id`, []any{plain(corpus.NumberKey(number))},
		func(scan func(...any) error) error {
			var class ingest.Class
			var edition string
			var body []byte
			if err := scan(&class, &edition, &body); err != nil {
				return err
			}
			w, known, err := store.Wording(class, edition, body)
			if known {
				out = append(out, w)
			}
			return err
		})
	store.SortWordings(out)
	return out, err
}

// NamedLaws lists the laws, codes and ordinances by title, in no decided order.
func (db *DB) NamedLaws(ctx context.Context) (out []assistant.NamedLaw, err error) {
	err = db.each(ctx, `SELECT title, code, valid_from, valid_until FROM documents
		WHERE kind = 'instrument' AND (code LIKE '%/qh%' OR code LIKE '%ubtvqh%' OR title ILIKE 'Hiến pháp%')`, nil, func(scan func(...any) error) error {
		var l assistant.NamedLaw
		var key, from, until string
		if err := scan(&l.Title, &key, &from, &until); err != nil {
			return err
		}
		l.Number = strings.ToUpper(key)
		var err error
		l.Validity, err = store.Days(from, until)
		out = append(out, l)
		return err
	})
	return out, err
}
