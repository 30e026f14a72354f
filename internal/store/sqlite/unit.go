package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

const perUnit = store.PerUnit

// oldUnit is one unit as it is stored.
type oldUnit struct {
	id     int64
	digest string
}

// syncUnits brings the units of a document to what was cut; equal ones are not touched.
func (w *writer) syncUnits(document int64, chunks []corpus.Chunk) error {
	units, err := store.Cut(chunks)
	if err != nil {
		return err
	}
	old, err := w.oldUnits(document)
	if err != nil {
		return err
	}
	for _, u := range units {
		was, known := old[string(u.Key)]
		delete(old, string(u.Key))
		if known && was.digest == u.Digest {
			w.done.ChunksKept += len(u.Chunks)
			continue
		}
		if err := w.putUnit(document, was, u); err != nil {
			return err
		}
	}
	for _, key := range sortedKeys(old) {
		if err := w.removeUnit(key, old[key].id); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) oldUnits(document int64) (map[string]oldUnit, error) {
	rows, err := w.query(`SELECT key, id, digest FROM units WHERE document = ?`, document)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]oldUnit{}
	for rows.Next() {
		var key string
		var u oldUnit
		if err := rows.Scan(&key, &u.id, &u.digest); err != nil {
			return nil, err
		}
		out[key] = u
	}
	return out, rows.Err()
}

// putUnit writes a new unit, or all chunks of a changed one anew under its old row.
func (w *writer) putUnit(document int64, was oldUnit, u store.CutUnit) error {
	w.dirty = true
	before := map[string]bool{}
	id := was.id
	if id != 0 {
		if err := w.takeChunks(id, before); err != nil {
			return err
		}
		if _, err := w.exec(`UPDATE units SET digest = ?, head = ?, generation = ? WHERE id = ?`, u.Digest, u.Head, w.generation, id); err != nil {
			return err
		}
	} else {
		res, err := w.exec(`INSERT INTO units (key, document, digest, head, generation) VALUES (?, ?, ?, ?, ?)`,
			string(u.Key), document, u.Digest, u.Head, w.generation)
		if err != nil {
			return err
		}
		if id, err = res.LastInsertId(); err != nil {
			return err
		}
		if _, err := w.exec(`DELETE FROM removed_units WHERE key = ?`, string(u.Key)); err != nil {
			return err
		}
	}
	for i, c := range u.Chunks {
		if before[string(c.ID)] {
			w.done.ChunksKept++
			delete(before, string(c.ID))
		} else {
			w.done.ChunksAdded++
		}
		if err := w.insertChunk(id, c, u.Own[i]); err != nil {
			return err
		}
	}
	w.done.ChunksRemoved += len(before)
	return nil
}

func (w *writer) insertChunk(unit int64, c corpus.Chunk, own string) error {
	from, until := c.Validity.From.String(), c.Validity.Until.String()
	_, err := w.exec(`INSERT INTO chunks (id, key, clause, point, facet, cut_from, cut_until, valid_from, valid_until, own, text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, unit*perUnit+int64(c.Order), string(c.ID), c.Provision.Clause, c.Provision.Point,
		c.Facet, from, until, from, until, sql.NullString{String: own, Valid: own != ""}, c.Text)
	return err
}

// takeChunks deletes the chunks of a unit and notes their keys.
func (w *writer) takeChunks(unit int64, keys map[string]bool) error {
	rows, err := w.query(`SELECT key FROM chunks WHERE id >= ? AND id < ?`, unit*perUnit, (unit+1)*perUnit)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return err
		}
		keys[key] = true
	}
	if err := rows.Err(); err != nil {
		return err
	}
	_, err = w.exec(`DELETE FROM chunks WHERE id >= ? AND id < ?`, unit*perUnit, (unit+1)*perUnit)
	return err
}

func (w *writer) removeUnit(key string, id int64) error {
	w.dirty = true
	keys := map[string]bool{}
	if err := w.takeChunks(id, keys); err != nil {
		return err
	}
	w.done.ChunksRemoved += len(keys)
	if _, err := w.exec(`DELETE FROM units WHERE id = ?`, id); err != nil {
		return err
	}
	_, err := w.exec(`INSERT INTO removed_units (key, generation) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET generation = excluded.generation`, key, w.generation)
	return err
}

func sortedKeys(m map[string]oldUnit) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}

// chunkColumns joins a chunk with its unit; scanChunk reads them.
const chunkColumns = `u.key, u.head, c.id % 65536, c.key, c.clause, c.point, c.facet, c.valid_from, c.valid_until, c.own, c.text`

// chunkReader reads rows of chunkColumns.
type chunkReader struct{ store.ChunkReader }

func (r *chunkReader) scan(rows *sql.Rows) (c corpus.Chunk, err error) {
	var unit, head, own sql.RawBytes
	var k store.ChunkRow
	if err = rows.Scan(&unit, &head, &k.Order, &k.Key, &k.Clause, &k.Point, &k.Facet, &k.From, &k.Until, &own, &k.Text); err != nil {
		return c, err
	}
	k.Unit, k.Head, k.Own = unit, head, own
	return r.Read(&k)
}

// collect reads all rows of a query over chunkColumns.
func (db *DB) collect(ctx context.Context, query string, args ...any) ([]corpus.Chunk, error) {
	stmt, err := db.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []corpus.Chunk
	var r chunkReader
	for rows.Next() {
		c, err := r.scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
