package lexical

import (
	"context"
	"errors"
	"fmt"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/viet"
)

// Chunks gives the chunks of a unit in reading order, or corpus.ErrNotFound. The corpus
// library is one.
type Chunks interface {
	Unit(ctx context.Context, id corpus.UnitID) ([]corpus.Chunk, error)
}

// Reranker reorders what the first stage found in x, best first, ties by ID. It may change
// scores and shorten the list, and may use the slice given.
type Reranker interface {
	Rerank(ctx context.Context, x *Index, q *Query, found []Result) []Result
}

// Retriever finds units by their words. It implements retrieval.Retriever.
type Retriever struct {
	live   *Live
	chunks Chunks
	rerank Reranker
}

// firstStage is how many results the first stage hands to the reranker.
const firstStage = 100

// NewRetriever searches live and shows units by their chunks; rerank may be nil.
func NewRetriever(live *Live, chunks Chunks, rerank Reranker) *Retriever {
	return &Retriever{live, chunks, rerank}
}

// Retrieve implements retrieval.Retriever. A text without words finds nothing. A unit
// that the index knows and the library no longer has is left out.
func (r *Retriever) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("lexical: retrieve: %w", err)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = 10
	}
	x := r.live.Index()
	asked := x.Analyze(q.Text)
	filter := &Filter{InForceOn: q.InForceOn, Filter: q.Filter}
	found := x.Search(asked, filter, max(limit, firstStage))
	if r.rerank != nil {
		found = r.rerank.Rerank(ctx, x, asked, found)
	}
	var hits []retrieval.Hit
	for _, f := range found {
		if len(hits) == limit {
			break
		}
		chunks, err := r.chunks.Unit(ctx, corpus.UnitID(f.ID))
		if errors.Is(err, corpus.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("lexical: read %s: %w", f.ID, err)
		}
		if best, ok := x.bestChunk(asked, chunks, filter); ok {
			hits = append(hits, retrieval.Hit{
				Unit: corpus.UnitID(f.ID), Chunk: best, Score: f.Score, Why: append(x.Explain(asked, f.Doc), f.reasons()...),
			})
		}
	}
	groupTwins(hits)
	return hits, nil
}

// sharedShare is what a word that stands in the unit's name counts when chunks are
// compared: it tells them apart little.
const sharedShare = 0.2

// bestChunk picks the chunk in force with the rarest words of the question, the earlier
// of equals; ok is false when none is in force. The name of a procedure answers nothing
// by itself and comes last.
func (x *Index) bestChunk(q *Query, chunks []corpus.Chunk, f *Filter) (best corpus.Chunk, ok bool) {
	var tok viet.Tokenizer
	shared := map[termKey]bool{}
	for _, c := range chunks {
		if c.Facet == "name" {
			x.mark(&tok, c.Text, shared)
		}
		if c.Order == 0 {
			x.mark(&tok, c.Title, shared)
		}
	}
	most := -1.0
	has := map[termKey]bool{}
	for _, c := range chunks {
		if !f.InForceOn.IsZero() && !c.Validity.Holds(f.InForceOn) {
			continue
		}
		clear(has)
		x.mark(&tok, c.Text, has)
		s := 0.0
		if named(c) {
			s = -0.5
		}
		for _, t := range q.Terms {
			key := termKey{t.kind, t.key}
			switch {
			case !has[key] || named(c):
			case shared[key]:
				s += sharedShare * t.Weight
			default:
				s += t.Weight
			}
		}
		if s > most {
			best, most, ok = c, s, true
		}
	}
	return best, ok
}

// named reports whether a chunk only names or tells of what a procedure is for.
func named(c corpus.Chunk) bool { return c.Facet == "name" || c.Facet == "said" }

// mark notes every term that a text has.
func (x *Index) mark(tok *viet.Tokenizer, text string, has map[termKey]bool) {
	base, refs := tok.Cut(text, nil, nil)
	last, lastFold := NoTerm, NoTerm
	for _, t := range base {
		id, fold := x.dict.find(t.Text), x.dict.findFold(t.Fold)
		has[termKey{exactWord, uint64(id)}] = true
		has[termKey{foldedWord, uint64(fold)}] = true
		has[termKey{exactPair, pairKey(last, id)}] = true
		has[termKey{foldedPair, pairKey(lastFold, fold)}] = true
		last, lastFold = id, fold
	}
	for _, t := range refs {
		has[termKey{exactWord, uint64(x.dict.find(t.Text))}] = true
	}
}
