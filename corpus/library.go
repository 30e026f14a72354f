package corpus

import (
	"context"
	"errors"
)

// ErrNotFound is returned for a number or ID that names nothing.
var ErrNotFound = errors.New("corpus: not found")

// Library reads the corpus. Every method may return ErrNotFound.
type Library interface {
	Instrument(ctx context.Context, number string) (Instrument, error)
	// Procedure finds by ID or code.
	Procedure(ctx context.Context, id string) (Procedure, error)
	Chunk(ctx context.Context, id ChunkID) (Chunk, error)
	// Unit returns the chunks of one unit in reading order; the slice is shared, only to be read.
	Unit(ctx context.Context, id UnitID) ([]Chunk, error)
	// Relations lists what is done to the provision or any place inside or above it
	// ("to"), and what it does to others ("from"), ordered by effective day.
	Relations(ctx context.Context, p Provision) (to, from []Relation, err error)
}
