package sqlite

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/motcua/motcua/corpus"
)

// Generation counts the changes of the corpus; it never goes down.
func (db *DB) Generation(ctx context.Context) (int64, error) {
	var s string
	stmt, err := db.prepared(ctx, `SELECT value FROM meta WHERE key = 'generation'`)
	if err != nil {
		return 0, err
	}
	if err := stmt.QueryRowContext(ctx).Scan(&s); err != nil {
		return 0, err
	}
	return strconv.ParseInt(s, 10, 64)
}

// Units calls f for every unit with its chunks in reading order, in the order in which
// units were first stored, all from one state of the corpus. An error of f ends it. The
// slice belongs to f.
func (db *DB) Units(ctx context.Context, f func(unit corpus.UnitID, chunks []corpus.Chunk) error) error {
	return db.units(ctx, `1`, f)
}

// Changes tells what to do to an index built at generation since: f for every unit new
// or changed, and the keys of those gone. now is the generation reached by doing so.
func (db *DB) Changes(ctx context.Context, since int64, f func(unit corpus.UnitID, chunks []corpus.Chunk) error) (removed []corpus.UnitID, now int64, err error) {
	// Read the number first: what changes meanwhile is told again next time.
	if now, err = db.Generation(ctx); err != nil {
		return nil, 0, err
	}
	if err = db.units(ctx, `u.generation > ?`, f, since); err != nil {
		return nil, 0, err
	}
	rows, err := db.read.QueryContext(ctx, `SELECT key FROM removed_units WHERE generation > ? ORDER BY key`, since)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, 0, err
		}
		removed = append(removed, corpus.UnitID(key))
	}
	return removed, now, rows.Err()
}

func (db *DB) units(ctx context.Context, where string, f func(corpus.UnitID, []corpus.Chunk) error, args ...any) error {
	// CROSS JOIN keeps units outside: both tables are then read in the order they lie.
	rows, err := db.read.QueryContext(ctx, `SELECT `+chunkColumns+` FROM units u CROSS JOIN chunks c
		ON c.id >= u.id * 65536 AND c.id < (u.id + 1) * 65536 WHERE `+where+` ORDER BY u.id, c.id`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var r chunkReader
	var unit []corpus.Chunk
	for rows.Next() {
		c, err := r.scan(rows)
		if err != nil {
			return err
		}
		if len(unit) > 0 && unit[0].Unit != c.Unit {
			if err := f(unit[0].Unit, unit); err != nil {
				return err
			}
			unit = nil
		}
		unit = append(unit, c)
	}
	if err := rows.Err(); err != nil || len(unit) == 0 {
		return err
	}
	return f(unit[0].Unit, unit)
}

// Chunks fetches many at once, in the order asked for; an unknown ID is left out.
func (db *DB) Chunks(ctx context.Context, ids []corpus.ChunkID) ([]corpus.Chunk, error) {
	keys, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found, err := db.collect(ctx, `SELECT `+chunkColumns+fromChunks+`WHERE c.key IN (SELECT value FROM json_each(?))`, string(keys))
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
