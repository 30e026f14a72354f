package postgres

import (
	"context"
	"strconv"

	"github.com/motcua/motcua/corpus"
)

// Generation counts the changes of the corpus; it never goes down.
func (db *DB) Generation(ctx context.Context) (n int64, err error) {
	var s string
	if err := db.row(ctx, `SELECT value FROM meta WHERE key = 'generation'`, nil, &s); err != nil {
		return 0, err
	}
	return strconv.ParseInt(s, 10, 64)
}

// Units calls f for every unit with its chunks in reading order, in the order in which
// units were first stored, all from one state of the corpus. An error of f ends it. The
// slice belongs to f.
func (db *DB) Units(ctx context.Context, f func(unit corpus.UnitID, chunks []corpus.Chunk) error) error {
	return db.inView(ctx, func(t *tx) error { return t.units(-1, f) })
}

// Changes tells what to do to an index built at generation since: f for every unit new
// or changed, and the keys of those gone. now is the generation reached by doing so.
func (db *DB) Changes(ctx context.Context, since int64, f func(unit corpus.UnitID, chunks []corpus.Chunk) error) (removed []corpus.UnitID, now int64, err error) {
	err = db.inView(ctx, func(t *tx) error {
		var s string
		if err := t.row(`SELECT value FROM meta WHERE key = 'generation'`, nil, &s); err != nil {
			return err
		}
		var err error
		if now, err = strconv.ParseInt(s, 10, 64); err != nil {
			return err
		}
		if err := t.units(since, f); err != nil {
			return err
		}
		removed = nil
		return t.each(`SELECT key FROM removed_units WHERE generation > $1 ORDER BY key`, []any{since}, func(scan func(...any) error) error {
			var key string
			err := scan(&key)
			removed = append(removed, corpus.UnitID(key))
			return err
		})
	})
	if err != nil {
		return nil, 0, err
	}
	return removed, now, nil
}

// unitsAtOnce is how many units one statement reads: f may be slow, and no statement may
// run for longer than the server allows.
const unitsAtOnce = 1000

// units reads those changed after a generation, a thousand at a time.
func (t *tx) units(since int64, f func(corpus.UnitID, []corpus.Chunk) error) error {
	var ids []int64
	err := t.each(`SELECT id FROM units WHERE generation > $1 ORDER BY id`, []any{since}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		n := min(len(ids), unitsAtOnce)
		if err := t.someUnits(ids[:n], f); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

func (t *tx) someUnits(ids []int64, f func(corpus.UnitID, []corpus.Chunk) error) error {
	var r chunkReader
	var units [][]corpus.Chunk
	err := t.each(`SELECT `+chunkColumns+` FROM units u JOIN chunks c ON c.unit = u.id WHERE u.id = ANY($1) ORDER BY c.unit, c.ord`,
		[]any{ids}, func(scan func(...any) error) error {
			c, err := r.scan(scan)
			if err != nil {
				return err
			}
			if n := len(units); n > 0 && units[n-1][0].Unit == c.Unit {
				units[n-1] = append(units[n-1], c)
			} else {
				units = append(units, []corpus.Chunk{c})
			}
			return nil
		})
	if err != nil {
		return err
	}
	for _, chunks := range units {
		if err := f(chunks[0].Unit, chunks); err != nil {
			return err
		}
	}
	return nil
}

// Chunks fetches many at once, in the order asked for; an unknown ID is left out.
func (db *DB) Chunks(ctx context.Context, ids []corpus.ChunkID) ([]corpus.Chunk, error) {
	found, err := db.collect(ctx, `SELECT `+chunkColumns+fromChunks+`WHERE c.key = ANY($1)`, plains(ids))
	if err != nil {
		return nil, err
	}
	byID := make(map[corpus.ChunkID]corpus.Chunk, len(found))
	for _, c := range found {
		byID[c.ID] = c
	}
	out := make([]corpus.Chunk, 0, len(ids))
	for _, id := range ids {
		if c, ok := byID[id]; ok {
			out = append(out, c)
		}
	}
	return out, nil
}
