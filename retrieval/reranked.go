package retrieval

import (
	"context"
	"fmt"
	"math"

	"github.com/motcua/motcua/corpus"
)

// Reranker scores each chunk against the question, higher for better; scores[i] belongs to
// chunks[i]. Scores are comparable within one call only.
type Reranker interface {
	Rerank(ctx context.Context, question string, chunks []corpus.Chunk) (scores []float64, err error)
}

// Reranked reorders the first depth hits of inner by r, ties by UnitID; hits behind them
// are not shown. The scores stay those of inner, handed out anew from the top: thresholds
// stand on their scale. When r fails, the order of inner stands and each hit says so: a slower
// answer must not become none.
func Reranked(inner Retriever, r Reranker, depth int) Retriever { return reranked{inner, r, depth} }

type reranked struct {
	inner Retriever
	by    Reranker
	depth int
}

func (r reranked) Retrieve(ctx context.Context, q Query) ([]Hit, error) {
	deep := q
	deep.Limit = max(q.limit(), r.depth)
	hits, err := r.inner.Retrieve(ctx, deep)
	if err != nil {
		return nil, err
	}
	head := hits[:min(len(hits), max(r.depth, 0))]
	scores, err := r.scores(ctx, q.Text, head)
	if err != nil {
		hits = hits[:min(len(hits), q.limit())]
		for i := range hits {
			hits[i].Why = append(hits[i].Why, Reason{Retriever: "rerank: " + err.Error()})
		}
		return hits, nil
	}
	scale := make([]float64, len(head))
	for i := range head {
		head[i].Why = append(head[i].Why, Reason{Retriever: "rerank", Rank: i + 1, Share: scores[i]})
		scale[i], head[i].Score = head[i].Score, scores[i]
	}
	sortHits(head)
	for i := range head {
		head[i].Score = scale[i]
	}
	return head[:min(len(head), q.limit())], nil
}

func (r reranked) scores(ctx context.Context, question string, hits []Hit) ([]float64, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	chunks := make([]corpus.Chunk, len(hits))
	for i := range hits {
		chunks[i] = hits[i].Chunk
	}
	scores, err := r.by.Rerank(ctx, question, chunks)
	if err != nil {
		return nil, fmt.Errorf("retrieval: rerank: %w", err)
	}
	if len(scores) != len(chunks) {
		return nil, fmt.Errorf("retrieval: rerank gave %d scores for %d chunks", len(scores), len(chunks))
	}
	for _, s := range scores {
		if math.IsNaN(s) {
			return nil, fmt.Errorf("retrieval: rerank gave a score that is no number")
		}
	}
	return scores, nil
}
