package eval

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/lexical"
)

// Semantic is what is needed to find by meaning. Reranker may be nil.
type Semantic struct {
	Passages, Questions retrieval.Embedder
	Reranker            retrieval.Reranker
	// Heads embeds only the first passage of each document: a procedure by its name.
	Heads    bool
	Progress func(done, of int)
}

// Ways are the ways of searching one data set that are compared.
type Ways struct {
	Words, Vectors retrieval.Retriever
	EmbedIn        time.Duration // to embed what was not kept
	Passages       int
	reranker       retrieval.Reranker
}

// embedAtOnce is how many passages are handed over in one go.
const embedAtOnce = 256

// rerankedDepth is how many hits a reranking model reads.
const rerankedDepth = 20

// Ways indexes the data set both ways.
func (d *Dataset) Ways(ctx context.Context, l Lexical, s Semantic, now func() time.Time) (*Ways, error) {
	chunks := d.Chunks()
	if s.Heads {
		chunks = slices.DeleteFunc(chunks, func(c corpus.Chunk) bool { return c.Order > 0 })
	}
	texts := make([]string, len(chunks))
	for i := range chunks {
		texts[i] = retrieval.Passage(&chunks[i])
	}
	words := lexicalRetriever{Lexical: l, shown: map[string]corpus.Chunk{}}
	var flat *retrieval.Flat
	began := now()
	for first := 0; first < len(texts); first += embedAtOnce {
		part := texts[first:min(first+embedAtOnce, len(texts))]
		rows, err := s.Passages.Embed(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("eval: %s: embedding: %w", d.Name, err)
		}
		for i, row := range rows {
			if flat == nil {
				flat = retrieval.NewFlat(len(row))
			}
			if err := flat.Put(chunks[first+i], row); err != nil {
				return nil, err
			}
		}
		if s.Progress != nil {
			s.Progress(first+len(part), len(texts))
		}
	}
	took := now().Sub(began)
	for _, c := range chunks {
		if _, known := words.shown[string(c.Unit)]; !known {
			words.shown[string(c.Unit)] = c
		}
	}
	if flat == nil {
		return nil, fmt.Errorf("eval: %s has no documents", d.Name)
	}
	return &Ways{
		Words: words, Vectors: retrieval.VectorOf(s.Questions, flat, l.Index.Restored),
		EmbedIn: took, Passages: len(texts), reranker: s.Reranker,
	}, nil
}

// Way is one way of searching with its name.
type Way struct {
	Name      string
	Retriever retrieval.Retriever
}

// List names the ways in the order they are reported; reranking only where there is a
// model for it.
func (w *Ways) List(b retrieval.Blend) []Way {
	fused := retrieval.Blended(w.Words, w.Vectors, b)
	out := []Way{
		{"lexical", w.Words}, {"vectors", w.Vectors},
		{"fused by rank", retrieval.Hybrid(retrieval.Source{Name: "lexical", Retriever: w.Words, Weight: 1}, retrieval.Source{Name: "vector", Retriever: w.Vectors, Weight: 1})},
		{"fused", fused},
	}
	if w.reranker != nil {
		out = append(out, Way{"fused, reranked", retrieval.Reranked(fused, w.reranker, rerankedDepth)})
	}
	return out
}

// lexicalRetriever shows the benchmark's lexical system as a retriever.
type lexicalRetriever struct {
	Lexical
	shown map[string]corpus.Chunk
}

// Retrieve implements retrieval.Retriever.
func (r lexicalRetriever) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	asked := r.Index.Analyze(q.Text)
	found := r.Index.Search(asked, nil, max(q.Limit, lexical.RerankDepth))
	if r.Rerank != nil {
		found = r.Rerank.Rerank(ctx, r.Index, asked, found)
	}
	hits := make([]retrieval.Hit, 0, min(q.Limit, len(found)))
	for _, f := range found[:min(q.Limit, len(found))] {
		hits = append(hits, retrieval.Hit{Unit: corpus.UnitID(f.ID), Chunk: r.shown[f.ID], Score: f.Score})
	}
	return hits, nil
}
