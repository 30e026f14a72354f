package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Flat is a VectorIndex in memory: all vectors in one slice, every one compared. Exact, and
// fast enough up to some 100,000 chunks; 60,000 vectors of 384 numbers take 90 MB. It is
// safe for concurrent use.
type Flat struct {
	mu      sync.RWMutex
	width   int
	vectors []float32 // one chunk after the other, width numbers each
	chunks  []corpus.Chunk
	at      map[corpus.ChunkID]int
}

// NewFlat makes an empty index of vectors with width numbers.
func NewFlat(width int) *Flat { return &Flat{width: width, at: map[corpus.ChunkID]int{}} }

// Put adds a chunk with its unit vector, or replaces the chunk of the same ID.
func (f *Flat) Put(c corpus.Chunk, vector []float32) error {
	if len(vector) != f.width {
		return fmt.Errorf("retrieval: chunk %s has a vector of %d numbers, the index of %d", c.ID, len(vector), f.width)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if i, ok := f.at[c.ID]; ok {
		f.chunks[i] = c
		copy(f.vectors[i*f.width:], vector)
		return nil
	}
	f.at[c.ID] = len(f.chunks)
	f.chunks = append(f.chunks, c)
	f.vectors = append(f.vectors, vector...)
	return nil
}

// Remove takes a chunk out; one that is not there is no error.
func (f *Flat) Remove(id corpus.ChunkID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, ok := f.at[id]
	if !ok {
		return
	}
	last := len(f.chunks) - 1
	f.chunks[i] = f.chunks[last]
	f.at[f.chunks[i].ID] = i
	copy(f.vectors[i*f.width:(i+1)*f.width], f.vectors[last*f.width:])
	f.chunks, f.vectors = f.chunks[:last], f.vectors[:last*f.width]
	delete(f.at, id)
}

// Len is the number of chunks.
func (f *Flat) Len() int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return len(f.chunks)
}

// Nearest implements VectorIndex.
func (f *Flat) Nearest(ctx context.Context, vector []float32, inForceOn civil.Date, filter Filter, limit int) ([]Hit, error) {
	if len(vector) != f.width {
		return nil, fmt.Errorf("retrieval: asked with a vector of %d numbers, the index has %d", len(vector), f.width)
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	best := map[corpus.UnitID]scoredChunk{}
	for i := range f.chunks {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("retrieval: nearest: %w", ctx.Err())
		}
		c := &f.chunks[i]
		if !filter.Passes(c, inForceOn) {
			continue
		}
		s := scoredChunk{i, float64(Dot(vector, f.vectors[i*f.width:(i+1)*f.width]))}
		if old, ok := best[c.Unit]; !ok || s.score > old.score || s.score == old.score && c.ID < f.chunks[old.at].ID {
			best[c.Unit] = s
		}
	}
	hits := make([]Hit, 0, len(best))
	for unit, s := range best {
		hits = append(hits, Hit{Unit: unit, Chunk: f.chunks[s.at], Score: s.score})
	}
	sortHits(hits)
	return hits[:min(len(hits), max(limit, 0))], nil
}

type scoredChunk struct {
	at    int
	score float64
}

// Dot is the product of two vectors of one length. It multiplies in four lanes, which a processor can do side by side.
func Dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// sortHits orders best first, ties by unit.
func sortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Unit, b.Unit))
	})
}
