package postgres

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store"
)

// Library reads the corpus.
func (db *DB) Library() corpus.Library { return library{db} }

type library struct{ db *DB }

func (l library) Instrument(ctx context.Context, number string) (corpus.Instrument, error) {
	d, err := l.db.document(ctx, `d.subject = $1 AND d.kind = 'instrument'`, corpus.NumberKey(number))
	if err != nil {
		return corpus.Instrument{}, err
	}
	return *d.Instrument, nil
}

// Procedure prefers the record with that ID over one that only shares the code.
func (l library) Procedure(ctx context.Context, id string) (corpus.Procedure, error) {
	key := strings.ToLower(id)
	d, err := l.db.document(ctx, `d.subject = $1 AND d.kind = 'procedure'`, "tthc:"+key)
	if errors.Is(err, corpus.ErrNotFound) && key != "" {
		d, err = l.db.document(ctx, `d.code = $1 AND d.kind = 'procedure' ORDER BY d.subject LIMIT 1`, key)
	}
	if err != nil {
		return corpus.Procedure{}, err
	}
	return *d.Procedure, nil
}

func (db *DB) document(ctx context.Context, where, key string) (d ingest.Document, err error) {
	var body []byte
	err = db.row(ctx, `SELECT COALESCE(d.body, l.body) FROM documents d LEFT JOIN layers l ON l.id = d.layer WHERE `+where, []any{plain(key)}, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return d, corpus.ErrNotFound
	}
	if err != nil {
		return d, err
	}
	return store.Unpack(body)
}

const fromChunks = ` FROM chunks c JOIN units u ON u.id = c.unit `

func (l library) Chunk(ctx context.Context, id corpus.ChunkID) (corpus.Chunk, error) {
	found, err := l.db.collect(ctx, `SELECT `+chunkColumns+fromChunks+`WHERE c.key = $1`, plain(string(id)))
	if err == nil && len(found) == 0 {
		err = corpus.ErrNotFound
	}
	if err != nil {
		return corpus.Chunk{}, err
	}
	return found[0], nil
}

func (l library) Unit(ctx context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	found, err := l.db.collect(ctx, `SELECT `+chunkColumns+fromChunks+`WHERE u.key = $1 ORDER BY c.ord`, plain(string(id)))
	if err == nil && len(found) == 0 {
		err = corpus.ErrNotFound
	}
	return found, err
}

// Relations answers also for a provision whose own instrument is not stored; both lists
// are empty when nothing is known of it.
func (l library) Relations(ctx context.Context, p corpus.Provision) (to, from []corpus.Relation, err error) {
	if to, err = l.db.relations(ctx, relationsTo, p); err != nil {
		return nil, nil, err
	}
	if from, err = l.db.relations(ctx, relationsFrom, p); err != nil {
		return nil, nil, err
	}
	to, from = store.Near(p, to, from)
	return to, from, nil
}

// relationsWhere reads the relations of one end that concern the place $2 of instrument
// $1, one inside it or one above it, ordered by effective day, then by place: a decided
// order. Laws have a thousand relations, an article has a few.
func relationsWhere(instrument, place string) string {
	return `SELECT r.body, COALESCE(NULLIF(r.effective, ''), f.valid_from, '') AS day
		FROM relations r LEFT JOIN documents f ON f.subject = r.from_instrument
		WHERE ` + instrument + ` = $1 AND (` + place + ` = $2 OR starts_with(` + place + `, $2 || '#') OR starts_with($2, ` + place + ` || '#'))
		ORDER BY day, r.from_place, r.to_place, r.kind, r.id`
}

var (
	relationsTo   = relationsWhere("r.to_instrument", "r.to_place")
	relationsFrom = relationsWhere("r.from_instrument", "r.from_place")
)

func (db *DB) relations(ctx context.Context, query string, p corpus.Provision) (out []corpus.Relation, err error) {
	err = db.each(ctx, query, []any{plain(corpus.NumberKey(p.Instrument)), plain(p.Key())}, func(scan func(...any) error) error {
		var body []byte
		var day string
		if err := scan(&body, &day); err != nil {
			return err
		}
		r, err := store.Relation(body, day)
		out = append(out, r)
		return err
	})
	return out, err
}
