package retrieval

import (
	"context"
	"fmt"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Embedder returns one unit vector (length 1) per text, in order. Index and query share a
// Model: vectors of different models are never compared. An error means none was made.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	Model() string
}

// VectorIndex finds the nearest units by cosine similarity among chunks in force on that
// day (the zero Date asks for no day) that pass the filter. Hits come best first, at most
// limit, each unit once by its nearest chunk, ties by UnitID; Score is the cosine. A vector
// of another length than those stored is an error, an empty index is an empty list.
type VectorIndex interface {
	Nearest(ctx context.Context, vector []float32, inForceOn civil.Date, filter Filter, limit int) ([]Hit, error)
}

// defaultLimit is what Query.Limit 0 means.
const defaultLimit = 10

func (q Query) limit() int {
	if q.Limit <= 0 {
		return defaultLimit
	}
	return q.Limit
}

// Vector searches index with the embedded question.
func Vector(e Embedder, index VectorIndex) Retriever { return vector{embedder: e, index: index} }

// VectorOf embeds what read makes of the question: its marks restored, for models know
// Vietnamese as it is printed.
func VectorOf(e Embedder, index VectorIndex, read func(string) string) Retriever {
	return vector{e, index, read}
}

type vector struct {
	embedder Embedder
	index    VectorIndex
	read     func(string) string // nil: as it is
}

func (v vector) Retrieve(ctx context.Context, q Query) ([]Hit, error) {
	text := q.Text
	if v.read != nil {
		text = v.read(text)
	}
	vectors, err := v.embedder.Embed(ctx, []string{text})
	if err != nil {
		return nil, fmt.Errorf("retrieval: embedding the question: %w", err)
	}
	if len(vectors) != 1 {
		return nil, fmt.Errorf("retrieval: %s gave %d vectors for one text", v.embedder.Model(), len(vectors))
	}
	hits, err := v.index.Nearest(ctx, vectors[0], q.InForceOn, q.Filter, q.limit())
	if err != nil {
		return nil, fmt.Errorf("retrieval: nearest vectors: %w", err)
	}
	for i := range hits {
		hits[i].Why = append(hits[i].Why, Reason{Retriever: "vector", Rank: i + 1, Share: hits[i].Score})
	}
	return hits, nil
}

// Passes reports whether a chunk passes the filter and is in force on the day; the zero
// Date asks for no day. What is not known about a chunk passes only a filter that does not
// ask for it, but a text without a place is national and passes every place.
func (f Filter) Passes(c *corpus.Chunk, on civil.Date) bool {
	if !on.IsZero() && !c.Validity.Holds(on) || c.Restricted && !f.Official {
		return false
	}
	switch f.Only {
	case OnlyProcedures:
		if c.Procedure == "" {
			return false
		}
	case OnlyProvisions:
		if c.Procedure != "" {
			return false
		}
	}
	if len(f.Levels) > 0 && !anyOf(f.Levels, c.Levels...) {
		return false
	}
	if len(f.Instruments) > 0 && !sameNumber(f.Instruments, c.Provision.Instrument) {
		return false
	}
	return wanted(f.Issuers, c.Issuer) && wanted(f.Types, c.Type) && wanted(f.Fields, c.Field) &&
		(c.Place == "" || wanted(f.Places, c.Place))
}

func wanted[T comparable](list []T, value T) bool { return len(list) == 0 || anyOf(list, value) }

func anyOf[T comparable](list []T, values ...T) bool {
	for _, l := range list {
		for _, v := range values {
			if l == v {
				return true
			}
		}
	}
	return false
}

func sameNumber(numbers []string, number string) bool {
	for _, n := range numbers {
		if corpus.NumberKey(n) == corpus.NumberKey(number) {
			return true
		}
	}
	return false
}
