package postgres

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

// oldUnit is one unit as it is stored.
type oldUnit struct {
	id     int64
	digest string
}

// syncUnits brings the units of a document to what was cut; equal ones are not touched.
// What is new goes in by COPY, what goes, in one statement each: a law has hundreds of
// units, and each statement is a journey to the server.
func (w *writer) syncUnits(document int64, known bool, chunks []corpus.Chunk) error {
	units, err := store.Cut(chunks)
	if err != nil {
		return err
	}
	old := map[string]oldUnit{}
	if known {
		if old, err = w.oldUnits(document); err != nil {
			return err
		}
	}
	var changed, fresh []store.CutUnit
	var ids []int64 // of the changed ones, then of those that are gone
	for _, u := range units {
		was, known := old[plain(string(u.Key))]
		delete(old, plain(string(u.Key)))
		switch {
		case known && was.digest == u.Digest:
			w.done.ChunksKept += len(u.Chunks)
		case known:
			changed, ids = append(changed, u), append(ids, was.id)
		default:
			fresh = append(fresh, u)
		}
	}
	gone := slices.Sorted(maps.Keys(old))
	for _, key := range gone {
		ids = append(ids, old[key].id)
	}
	if len(ids)+len(fresh) == 0 {
		return nil
	}
	w.dirty = true
	before, err := w.takeChunks(ids)
	if err != nil {
		return err
	}
	if err := w.changeUnits(ids[:len(changed)], changed); err != nil {
		return err
	}
	if err := w.removeUnits(ids[len(changed):], gone); err != nil {
		return err
	}
	made, err := w.makeUnits(document, fresh)
	if err != nil {
		return err
	}
	return w.putChunks(append(ids[:len(changed):len(changed)], made...), append(changed, fresh...), before)
}

func (w *writer) oldUnits(document int64) (map[string]oldUnit, error) {
	out := map[string]oldUnit{}
	err := w.each(`SELECT key, id, digest FROM units WHERE document = $1`, []any{document}, func(scan func(...any) error) error {
		var key string
		var u oldUnit
		err := scan(&key, &u.id, &u.digest)
		out[key] = u
		return err
	})
	return out, err
}

// takeChunks deletes the chunks of units and tells their keys.
func (w *writer) takeChunks(units []int64) (map[string]bool, error) {
	keys := map[string]bool{}
	if len(units) == 0 {
		return keys, nil
	}
	err := w.each(`DELETE FROM chunks WHERE unit = ANY($1) RETURNING key`, []any{units}, func(scan func(...any) error) error {
		var key string
		err := scan(&key)
		keys[key] = true
		return err
	})
	return keys, err
}

func (w *writer) changeUnits(ids []int64, units []store.CutUnit) error {
	if len(ids) == 0 {
		return nil
	}
	digests, heads := make([]string, len(units)), make([]string, len(units))
	for i, u := range units {
		digests[i], heads[i] = u.Digest, u.Head
	}
	_, err := w.exec(`UPDATE units u SET digest = n.digest, head = n.head, generation = $4
		FROM unnest($1::bigint[], $2::text[], $3::text[]) n (id, digest, head) WHERE u.id = n.id`, ids, digests, heads, w.generation)
	return err
}

func (w *writer) removeUnits(ids []int64, keys []string) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := w.exec(`DELETE FROM units WHERE id = ANY($1)`, ids); err != nil {
		return err
	}
	_, err := w.exec(`INSERT INTO removed_units (key, generation) SELECT key, $2 FROM unnest($1::text[]) n (key)
		ON CONFLICT (key) DO UPDATE SET generation = excluded.generation`, keys, w.generation)
	return err
}

// makeUnits gives new units their rows, in the order they come in.
func (w *writer) makeUnits(document int64, units []store.CutUnit) (ids []int64, err error) {
	if len(units) == 0 {
		return nil, nil
	}
	keys := make([]string, len(units))
	for i, u := range units {
		keys[i] = plain(string(u.Key))
	}
	if _, err := w.exec(`DELETE FROM removed_units WHERE key = ANY($1)`, keys); err != nil {
		return nil, err
	}
	err = w.each(`SELECT nextval(pg_get_serial_sequence('units', 'id')) FROM generate_series(1, $1)`, []any{len(units)}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return ids, w.copy("units", []string{"id", "key", "document", "digest", "head", "generation"}, len(units), func(i int) []any {
		return []any{ids[i], keys[i], document, units[i].Digest, units[i].Head, w.generation}
	})
}

// putChunks writes the chunks of units and counts them against those that were there.
func (w *writer) putChunks(ids []int64, units []store.CutUnit, before map[string]bool) error {
	type place struct{ unit, chunk int }
	var all []place
	for i, u := range units {
		for j, c := range u.Chunks {
			all = append(all, place{i, j})
			if key := plain(string(c.ID)); before[key] {
				w.done.ChunksKept++
				delete(before, key)
			} else {
				w.done.ChunksAdded++
			}
		}
	}
	w.done.ChunksRemoved += len(before)
	columns := []string{"unit", "ord", "key", "clause", "point", "facet", "cut_from", "cut_until", "valid_from", "valid_until", "own", "text"}
	return w.copy("chunks", columns, len(all), func(n int) []any {
		u := units[all[n].unit]
		c, own := u.Chunks[all[n].chunk], any(nil)
		if s := u.Own[all[n].chunk]; s != "" {
			own = s
		}
		from, until := c.Validity.From.String(), c.Validity.Until.String()
		return []any{ids[all[n].unit], int32(c.Order), plain(string(c.ID)), plain(c.Provision.Clause), plain(c.Provision.Point), plain(c.Facet), from, until, from, until, own, plain(c.Text)}
	})
}

// copy adds n rows by the server's fastest way.
func (t *tx) copy(table string, columns []string, n int, row func(int) []any) error {
	if n == 0 {
		return nil
	}
	if err := t.check("COPY " + table); err != nil {
		return err
	}
	_, err := t.tx.CopyFrom(t.ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil }))
	return err
}

// chunkColumns joins a chunk with its unit; a chunkReader reads them.
const chunkColumns = `u.key, u.head, c.ord, c.key, c.clause, c.point, c.facet, c.valid_from, c.valid_until, c.own, c.text`

// chunkReader reads rows of chunkColumns.
type chunkReader struct {
	store.ChunkReader
	row store.ChunkRow
}

func (r *chunkReader) scan(scan func(...any) error) (corpus.Chunk, error) {
	k := &r.row
	k.Own = nil
	if err := scan(&k.Unit, &k.Head, &k.Order, &k.Key, &k.Clause, &k.Point, &k.Facet, &k.From, &k.Until, &k.Own, &k.Text); err != nil {
		return corpus.Chunk{}, err
	}
	return r.Read(k)
}

// collect reads all rows of a query over chunkColumns.
func (db *DB) collect(ctx context.Context, query string, args ...any) (out []corpus.Chunk, err error) {
	var r chunkReader
	err = db.each(ctx, query, args, func(scan func(...any) error) error {
		c, err := r.scan(scan)
		out = append(out, c)
		return err
	})
	return out, err
}
