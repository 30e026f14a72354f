package sqlite

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
	d, err := l.db.document(ctx, `d.subject = ? AND d.kind = 'instrument'`, corpus.NumberKey(number))
	if err != nil {
		return corpus.Instrument{}, err
	}
	return *d.Instrument, nil
}

// Procedure prefers the record with that ID over one that only shares the code.
func (l library) Procedure(ctx context.Context, id string) (corpus.Procedure, error) {
	key := strings.ToLower(id)
	d, err := l.db.document(ctx, `d.subject = ? AND d.kind = 'procedure'`, "tthc:"+key)
	if errors.Is(err, corpus.ErrNotFound) && key != "" {
		d, err = l.db.document(ctx, `d.code = ? AND d.kind = 'procedure' ORDER BY d.subject LIMIT 1`, key)
	}
	if err != nil {
		return corpus.Procedure{}, err
	}
	return *d.Procedure, nil
}

func (db *DB) document(ctx context.Context, where string, arg any) (d ingest.Document, err error) {
	var body []byte
	stmt, err := db.prepared(ctx, `SELECT COALESCE(d.body, l.body) FROM documents d LEFT JOIN layers l ON l.id = d.layer WHERE `+where)
	if err != nil {
		return d, err
	}
	err = stmt.QueryRowContext(ctx, arg).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return d, corpus.ErrNotFound
	}
	if err != nil {
		return d, err
	}
	return store.Unpack(body)
}

const fromChunks = ` FROM chunks c JOIN units u ON u.id = c.id / 65536 `

func (l library) Chunk(ctx context.Context, id corpus.ChunkID) (corpus.Chunk, error) {
	found, err := l.db.collect(ctx, `SELECT `+chunkColumns+fromChunks+`WHERE c.key = ?`, string(id))
	if err == nil && len(found) == 0 {
		err = corpus.ErrNotFound
	}
	if err != nil {
		return corpus.Chunk{}, err
	}
	return found[0], nil
}

func (l library) Unit(ctx context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	found, err := l.db.collect(ctx, `SELECT `+chunkColumns+`
		FROM units u JOIN chunks c ON c.id >= u.id * 65536 AND c.id < (u.id + 1) * 65536 WHERE u.key = ? ORDER BY c.id`, string(id))
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

// relationsWhere reads the relations of one end that concern the place ?2 of instrument
// ?1, one inside it or one above it, ordered by effective day, then by place: a decided
// order. Laws have a thousand relations, an article has a few.
func relationsWhere(instrument, place string) string {
	return `SELECT r.body, COALESCE(NULLIF(r.effective, ''), f.valid_from, '') AS day
		FROM relations r LEFT JOIN documents f ON f.subject = r.from_instrument
		WHERE ` + instrument + ` = ?1 AND (` + place + ` = ?2 OR substr(` + place + `, 1, length(?2) + 1) = ?2 || '#'
			OR substr(?2, 1, length(` + place + `) + 1) = ` + place + ` || '#')
		ORDER BY day, r.from_place, r.to_place, r.kind, r.id`
}

var (
	relationsTo   = relationsWhere("r.to_instrument", "r.to_place")
	relationsFrom = relationsWhere("r.from_instrument", "r.from_place")
)

func (db *DB) relations(ctx context.Context, query string, p corpus.Provision) ([]corpus.Relation, error) {
	stmt, err := db.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, corpus.NumberKey(p.Instrument), p.Key())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []corpus.Relation
	for rows.Next() {
		var body []byte
		var day string
		if err := rows.Scan(&body, &day); err != nil {
			return nil, err
		}
		r, err := store.Relation(body, day)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
