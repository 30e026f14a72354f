package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
)

// shelf is the library with what was read lately at hand: an answer reads some fifty
// units, and people ask about the same ones. What it holds is let go when the corpus
// changes: at once for changes of this process, within checkedEvery for those of another.
type shelf struct {
	library    corpus.Library
	generation func(context.Context) (int64, error)
	named      func(context.Context) ([]assistant.NamedLaw, error)
	now        func() time.Time

	checked atomic.Int64 // when the generation was last asked, in Unix nanoseconds
	mu      sync.Mutex   // guards at and the replacement of kept
	at      int64
	kept    atomic.Pointer[shelves]
}

// checkedEvery is how long a change made by another process may go unseen.
const checkedEvery = 100 * time.Millisecond

// How many of each are kept, twice over (see recent). Units are some 4 KB, documents 10;
// chunks lie in their units.
const (
	unitsKept       = 6000
	chunksKept      = 24000
	relationsKept   = 6000
	documentsKept   = 1500
	instrumentsKept = 300
)

// shelves is what was read of one state of the corpus.
type shelves struct {
	units       recent[corpus.UnitID, []corpus.Chunk]
	chunks      recent[corpus.ChunkID, *corpus.Chunk]
	procedures  recent[string, corpus.Procedure]
	instruments recent[string, corpus.Instrument]
	relations   recent[corpus.Provision, [2][]corpus.Relation]
	laws        recent[string, *assistant.LawBook]
}

func newShelves() *shelves {
	return &shelves{
		units: recent[corpus.UnitID, []corpus.Chunk]{most: unitsKept}, chunks: recent[corpus.ChunkID, *corpus.Chunk]{most: chunksKept},
		procedures: recent[string, corpus.Procedure]{most: documentsKept}, instruments: recent[string, corpus.Instrument]{most: instrumentsKept},
		relations: recent[corpus.Provision, [2][]corpus.Relation]{most: relationsKept}, laws: recent[string, *assistant.LawBook]{most: 1},
	}
}

func newShelf(library corpus.Library, generation func(context.Context) (int64, error), now func() time.Time) *shelf {
	s := &shelf{library: library, generation: generation, now: now}
	s.kept.Store(newShelves())
	return s
}

// clear lets go of everything.
func (s *shelf) clear() { s.checked.Store(0) }

// open is what may be used now. Where the generation cannot be read, nothing old is used.
func (s *shelf) open(ctx context.Context) *shelves {
	now := s.now().UnixNano()
	last := s.checked.Load()
	if age := now - last; age >= 0 && age < int64(checkedEvery) && last != 0 || !s.checked.CompareAndSwap(last, now) {
		return s.kept.Load()
	}
	at, err := s.generation(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil || at != s.at {
		s.at = at
		s.kept.Store(newShelves())
	}
	return s.kept.Load()
}

// Unit implements corpus.Library. What it returns is shared and only to be read.
func (s *shelf) Unit(ctx context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	kept := s.open(ctx)
	return take(&kept.units, id, func() ([]corpus.Chunk, error) {
		chunks, err := s.library.Unit(ctx, id)
		for i := range chunks { // what is shown of a unit is soon to be proved
			kept.chunks.put(chunks[i].ID, found[*corpus.Chunk]{value: &chunks[i]})
		}
		return chunks, err
	})
}

// Chunk implements corpus.Library.
func (s *shelf) Chunk(ctx context.Context, id corpus.ChunkID) (corpus.Chunk, error) {
	c, err := take(&s.open(ctx).chunks, id, func() (*corpus.Chunk, error) {
		c, err := s.library.Chunk(ctx, id)
		return &c, err
	})
	if err != nil {
		return corpus.Chunk{}, err
	}
	return *c, nil
}

// Procedure implements corpus.Library.
func (s *shelf) Procedure(ctx context.Context, id string) (corpus.Procedure, error) {
	return take(&s.open(ctx).procedures, id, func() (corpus.Procedure, error) { return s.library.Procedure(ctx, id) })
}

// Instrument implements corpus.Library.
func (s *shelf) Instrument(ctx context.Context, number string) (corpus.Instrument, error) {
	return take(&s.open(ctx).instruments, number, func() (corpus.Instrument, error) { return s.library.Instrument(ctx, number) })
}

// Relations implements corpus.Library.
func (s *shelf) Relations(ctx context.Context, p corpus.Provision) (to, from []corpus.Relation, err error) {
	both, err := take(&s.open(ctx).relations, p, func() ([2][]corpus.Relation, error) {
		to, from, err := s.library.Relations(ctx, p)
		return [2][]corpus.Relation{to, from}, err
	})
	return slices.Clone(both[0]), slices.Clone(both[1]), err
}

// lawBook finds laws by their names.
func (s *shelf) lawBook(ctx context.Context) (*assistant.LawBook, error) {
	return take(&s.open(ctx).laws, "", func() (*assistant.LawBook, error) {
		laws, err := s.named(ctx)
		if err != nil {
			return nil, err
		}
		return assistant.NewLawBook(laws), nil
	})
}

// recent keeps the values used lately, and that there is none: when the young ones are as
// many as most, they become the old ones, and the old ones that nobody asked for go.
type recent[K comparable, V any] struct {
	most int

	mu         sync.Mutex
	young, old map[K]found[V]
}

// found is a value, or that the library has none.
type found[V any] struct {
	value   V
	missing bool
}

// take gives what is kept under key, or reads it.
func take[K comparable, V any](r *recent[K, V], key K, read func() (V, error)) (V, error) {
	if f, ok := r.get(key); ok {
		if f.missing {
			return f.value, corpus.ErrNotFound
		}
		return f.value, nil
	}
	v, err := read()
	switch {
	case err == nil:
		r.put(key, found[V]{value: v})
	case errors.Is(err, corpus.ErrNotFound):
		r.put(key, found[V]{missing: true})
	}
	return v, err
}

func (r *recent[K, V]) get(key K) (found[V], bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f, ok := r.young[key]; ok {
		return f, true
	}
	f, ok := r.old[key]
	if ok {
		r.keep(key, f)
	}
	return f, ok
}

func (r *recent[K, V]) put(key K, f found[V]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(key, f)
}

func (r *recent[K, V]) keep(key K, f found[V]) {
	if len(r.young) >= r.most || r.young == nil {
		r.young, r.old = make(map[K]found[V]), r.young
	}
	r.young[key] = f
}
