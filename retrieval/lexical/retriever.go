package lexical

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

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
	turns  chan struct{} // taken by those at work
}

// atOnce is how many questions each processor works on at once. More would only hold memory
// while they wait for a processor: a flood of questions must not need gigabytes.
const atOnce = 4

// firstStage is how many results the first stage hands to the reranker.
const firstStage = 100

// NewRetriever searches live and shows units by their chunks; rerank may be nil.
func NewRetriever(live *Live, chunks Chunks, rerank Reranker) *Retriever {
	return &Retriever{live, chunks, rerank, make(chan struct{}, atOnce*runtime.GOMAXPROCS(0))}
}

// Retrieve implements retrieval.Retriever. A text without words finds nothing. A unit
// that the index knows and the library no longer has is left out.
func (r *Retriever) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("lexical: retrieve: %w", err)
	}
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return nil, fmt.Errorf("lexical: retrieve: %w", ctx.Err())
	}
	limit := q.Limit
	if limit <= 0 {
		limit = 10
	}
	x := r.live.Index()
	asked := x.Analyze(q.Text)
	filter := &Filter{InForceOn: q.InForceOn, Filter: q.Filter}
	found := x.Search(asked, filter, max(limit, cmp.Or(q.Candidates, firstStage)))
	if r.rerank != nil {
		found = r.rerank.Rerank(ctx, x, asked, found)
	}
	var hits []retrieval.Hit
	for _, f := range found {
		if len(hits) == limit || q.Least != 0 && f.Score < q.Least {
			break
		}
		chunks, err := r.chunks.Unit(ctx, corpus.UnitID(f.ID))
		if errors.Is(err, corpus.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("lexical: read %s: %w", f.ID, err)
		}
		if q.Heads {
			if head, ok := firstInForce(chunks, filter); ok {
				hits = append(hits, retrieval.Hit{Unit: corpus.UnitID(f.ID), Chunk: head, Score: f.Score})
			}
			continue
		}
		if best, ok := x.bestChunk(asked, chunks, filter); ok {
			h := retrieval.Hit{Unit: corpus.UnitID(f.ID), Chunk: best, Score: f.Score}
			if !q.Plain {
				h.Why = append(x.Explain(asked, f.Doc), f.reasons()...)
			}
			hits = append(hits, h)
		}
	}
	if !q.Heads && !q.Plain {
		groupTwins(hits)
	}
	return hits, nil
}

// firstInForce is the first chunk in force.
func firstInForce(chunks []corpus.Chunk, f *Filter) (corpus.Chunk, bool) {
	i := slices.IndexFunc(chunks, f.inForce)
	if i < 0 {
		return corpus.Chunk{}, false
	}
	return chunks[i], true
}

// inForce reports whether a chunk holds on the day asked for.
func (f *Filter) inForce(c corpus.Chunk) bool {
	return f.InForceOn.IsZero() || c.Validity.Holds(f.InForceOn)
}

// sharedShare is what a word that stands in the unit's name counts when chunks are
// compared: it tells them apart little.
const sharedShare = 0.2

// bestChunk picks the chunk in force with the rarest words of the question, the earlier
// of equals; ok is false when none is in force. The name of a procedure answers nothing
// by itself and comes last.
func (x *Index) bestChunk(q *Query, chunks []corpus.Chunk, f *Filter) (best corpus.Chunk, ok bool) {
	if one, alone := onlyInForce(chunks, f); alone {
		return one, true
	}
	m := markers.Get().(*marker)
	defer markers.Put(m)
	m.want(x, q.Terms)
	shared := make([]bool, len(m.wanted))
	for _, c := range chunks {
		if c.Facet == "name" {
			m.mark(c.Text, shared)
		}
		if c.Order == 0 {
			m.mark(c.Title, shared)
		}
	}
	most := -1.0
	has := make([]bool, len(m.wanted))
	for _, c := range chunks {
		if !f.inForce(c) {
			continue
		}
		s := 0.0
		if named(c) {
			s = -0.5
		} else {
			clear(has)
			m.mark(c.Text, has)
			for _, t := range q.Terms {
				switch i := m.wanted[termKey{t.kind, t.key}]; {
				case !has[i]:
				case shared[i]:
					s += sharedShare * t.Weight
				default:
					s += t.Weight
				}
			}
		}
		if s > most {
			best, most, ok = c, s, true
		}
	}
	return best, ok
}

// onlyInForce is the chunk in force when there is just one: nothing is to be compared.
func onlyInForce(chunks []corpus.Chunk, f *Filter) (one corpus.Chunk, alone bool) {
	for _, c := range chunks {
		if f.inForce(c) {
			if alone {
				return corpus.Chunk{}, false
			}
			one, alone = c, true
		}
	}
	return one, alone
}

// named reports whether a chunk only names or tells of what a procedure is for.
func named(c corpus.Chunk) bool { return c.Facet == "name" || c.Facet == "said" }

// marker finds the terms of a question in texts.
type marker struct {
	x          *Index
	tok        viet.Tokenizer
	base, refs []viet.Token
	wanted     map[termKey]int // where each term is noted
}

// markers are kept for the words they remember.
var markers = sync.Pool{New: func() any {
	return &marker{tok: viet.Tokenizer{Remember: 1 << 15}, wanted: map[termKey]int{}}
}}

// want sets out what to look for.
func (m *marker) want(x *Index, terms []Term) {
	m.x = x
	clear(m.wanted)
	for _, t := range terms {
		key := termKey{t.kind, t.key}
		if _, known := m.wanted[key]; !known {
			m.wanted[key] = len(m.wanted)
		}
	}
}

// mark notes every term of the question that a text has.
func (m *marker) mark(text string, has []bool) {
	base, refs := m.tok.Cut(text, m.base[:0], m.refs[:0])
	m.base, m.refs = base, refs
	last, lastFold := NoTerm, NoTerm
	for _, t := range base {
		id, fold := m.x.dict.find(t.Text), m.x.dict.findFold(t.Fold)
		m.note(exactWord, uint64(id), has)
		m.note(foldedWord, uint64(fold), has)
		m.note(exactPair, pairKey(last, id), has)
		m.note(foldedPair, pairKey(lastFold, fold), has)
		last, lastFold = id, fold
	}
	for _, t := range refs {
		m.note(exactWord, uint64(m.x.dict.find(t.Text)), has)
	}
}

func (m *marker) note(kind listKind, key uint64, has []bool) {
	if i, wanted := m.wanted[termKey{kind, key}]; wanted {
		has[i] = true
	}
}
