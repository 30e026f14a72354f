package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// perUnit is the room for chunk orders inside a unit's range of row ids.
const perUnit = 1 << 16

// cutUnit is one unit as the chunker gave it.
type cutUnit struct {
	key    corpus.UnitID
	chunks []corpus.Chunk
	head   string
	own    []string // "" where the chunk shares the head
	digest string
}

// group gathers chunks by unit, in the order in which units first appear.
func group(chunks []corpus.Chunk) ([]cutUnit, error) {
	at := map[corpus.UnitID]int{}
	var out []cutUnit
	for _, c := range chunks {
		i, ok := at[c.Unit]
		if !ok {
			i = len(out)
			at[c.Unit] = i
			out = append(out, cutUnit{key: c.Unit})
		}
		out[i].chunks = append(out[i].chunks, c)
	}
	for i := range out {
		if err := out[i].seal(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// seal splits what the chunks share from what each has alone, and takes the digest. The
// instant of reading and the digest of the file around do not count: an article that
// says the same as before is left alone.
func (u *cutUnit) seal() error {
	if len(u.chunks) > perUnit {
		return fmt.Errorf("sqlite: %s has %d chunks", u.key, len(u.chunks))
	}
	slices.SortStableFunc(u.chunks, func(a, b corpus.Chunk) int { return a.Order - b.Order })
	head := headOf(u.chunks[0])
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	u.head = string(text)
	undated := head
	undated.Source = corpus.Source{URL: head.Source.URL, Name: head.Source.Name}
	shared, err := json.Marshal(undated)
	if err != nil {
		return err
	}
	h := sha256.New()
	h.Write(shared)
	for i, c := range u.chunks {
		if i > 0 && c.Order == u.chunks[i-1].Order || c.Order < 0 || c.Order >= perUnit {
			return fmt.Errorf("sqlite: %s: bad order %d", c.ID, c.Order)
		}
		own := ""
		if mine := headOf(c); !reflect.DeepEqual(mine, head) {
			if text, err = json.Marshal(mine); err != nil {
				return err
			}
			own = string(text)
		}
		u.own = append(u.own, own)
		fmt.Fprintf(h, "\x00%s\x00%d\x00%s\x00%s\x00%s\x00%s\x00%s\x00%s\x00", own, c.Order, c.ID,
			c.Provision.Clause, c.Provision.Point, c.Facet, c.Validity.From, c.Validity.Until)
		h.Write([]byte(c.Text))
	}
	u.digest = hex.EncodeToString(h.Sum(nil)[:16])
	return nil
}

// headOf is the chunk without what has a column of its own.
func headOf(c corpus.Chunk) corpus.Chunk {
	c.ID, c.Unit, c.Order, c.Facet, c.Text = "", "", 0, "", ""
	c.Provision.Clause, c.Provision.Point = "", ""
	c.Validity = corpus.Validity{}
	return c
}

// oldUnit is one unit as it is stored.
type oldUnit struct {
	id     int64
	digest string
}

// syncUnits brings the units of a document to what was cut; equal ones are not touched.
func (w *writer) syncUnits(document int64, chunks []corpus.Chunk) error {
	units, err := group(chunks)
	if err != nil {
		return err
	}
	old, err := w.oldUnits(document)
	if err != nil {
		return err
	}
	for _, u := range units {
		was, known := old[string(u.key)]
		delete(old, string(u.key))
		if known && was.digest == u.digest {
			w.done.ChunksKept += len(u.chunks)
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
func (w *writer) putUnit(document int64, was oldUnit, u cutUnit) error {
	w.dirty = true
	before := map[string]bool{}
	id := was.id
	if id != 0 {
		if err := w.takeChunks(id, before); err != nil {
			return err
		}
		if _, err := w.exec(`UPDATE units SET digest = ?, head = ?, generation = ? WHERE id = ?`, u.digest, u.head, w.generation, id); err != nil {
			return err
		}
	} else {
		res, err := w.exec(`INSERT INTO units (key, document, digest, head, generation) VALUES (?, ?, ?, ?, ?)`,
			string(u.key), document, u.digest, u.head, w.generation)
		if err != nil {
			return err
		}
		if id, err = res.LastInsertId(); err != nil {
			return err
		}
		if _, err := w.exec(`DELETE FROM removed_units WHERE key = ?`, string(u.key)); err != nil {
			return err
		}
	}
	for i, c := range u.chunks {
		if before[string(c.ID)] {
			w.done.ChunksKept++
			delete(before, string(c.ID))
		} else {
			w.done.ChunksAdded++
		}
		if err := w.insertChunk(id, c, u.own[i]); err != nil {
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

// chunkReader reads rows of chunkColumns. Heads repeat from row to row, so the last one
// read is kept.
type chunkReader struct {
	last string
	head corpus.Chunk
}

func (r *chunkReader) scan(rows *sql.Rows) (c corpus.Chunk, err error) {
	var unit, head, own sql.RawBytes
	var from, until string
	var clause, point, facet, key, text string
	var order int
	if err = rows.Scan(&unit, &head, &order, &key, &clause, &point, &facet, &from, &until, &own, &text); err != nil {
		return c, err
	}
	if r.last != string(unit) {
		r.head = corpus.Chunk{}
		if err = json.Unmarshal(head, &r.head); err != nil {
			return c, err
		}
		r.last = string(unit)
	}
	c = r.head
	if own != nil {
		c = corpus.Chunk{}
		if err = json.Unmarshal(own, &c); err != nil {
			return c, err
		}
	}
	c.ID, c.Unit, c.Order, c.Facet, c.Text = corpus.ChunkID(key), corpus.UnitID(r.last), order, facet, text
	c.Provision.Clause, c.Provision.Point = clause, point
	c.Validity, err = days(from, until)
	return c, err
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
