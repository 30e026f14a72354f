package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/motcua/motcua/corpus"
)

// ErrFull is returned, wrapped, when the store has no room left. Everything put before
// stays whole; going on makes no sense.
var ErrFull = errors.New("ingest: the store is full")

// Repository keeps every layer that sources gave, and for each subject the one document
// built from its layers. Each method is one transaction: after a crash at any moment a
// subject, its chunks and the ledger entries of its layers are all old or all new.
type Repository interface {
	// Source tells what is known of a source; ErrNotFound of package corpus for a new one.
	Source(ctx context.Context, name string) (SourceState, error)
	// Sources lists all, by name.
	Sources(ctx context.Context) ([]SourceState, error)
	// Ledger maps each place of a source to what it gave; empty for a new source.
	Ledger(ctx context.Context, source string) (map[string]Entry, error)
	// Layer reads back what a place gave; ErrNotFound of package corpus for a new place.
	Layer(ctx context.Context, source, place string) (Layer, error)
	// Put stores a layer and builds its subject anew from all layers of that subject.
	// A place that used to give another subject leaves that one. An equal digest at the
	// same place changes nothing.
	Put(ctx context.Context, l Layer, build Build) (Change, error)
	// Drop takes a layer away and builds its subject anew, or removes it with its last
	// layer. A place that is not there is no error.
	Drop(ctx context.Context, source, place string, build Build) (Change, error)
	// Finish records that a source was read to its end, or what is known of it so far.
	Finish(ctx context.Context, s SourceState) error
}

// Build makes the document of a subject from its layers, which come in no promised
// order, at least one. Pure: the store may call it inside a transaction, and again.
type Build func(layers []Layer) (Document, []corpus.Chunk)

// Entry is one line of the ledger.
type Entry struct {
	Digest  string
	Subject string
}

// SourceState is what is known of one source.
type SourceState struct {
	Name   string
	SHA256 string // hex digest of the bytes read
	// Recipe names the parser and chunker that read it; another recipe reads it again.
	Recipe string
	// ETag and Modified are what the server said, for a conditional request.
	ETag, Modified string
	// Finished is zero while the source was never read to its end.
	Finished time.Time
	// Tally and Faults repeat the report for a source that has not changed since.
	Tally  Tally
	Faults []Fault
}

// Outcome says what became of a document.
type Outcome string

// The outcomes.
const (
	Added   Outcome = "added"
	Changed Outcome = "changed"
	Kept    Outcome = "kept"
	Removed Outcome = "removed"
)

// Change counts chunks of the subjects touched.
type Change struct {
	Outcome       Outcome
	ChunksAdded   int
	ChunksKept    int
	ChunksRemoved int
	Generation    int64 // of the corpus, after the change
}
