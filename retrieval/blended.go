package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
)

// Blend is how far meaning may move what words found.
type Blend struct {
	// Weight is what the nearest of the vectors found adds to a score of words; the farthest
	// of them adds nothing.
	Weight float64
	// Depth is how many of each list take part. Default 100.
	Depth int
}

// blendDepth is Blend.Depth by default.
const blendDepth = 100

// Blended adds to the scores of words a share for nearness in meaning, ties by UnitID. The
// scores keep the scale of words, on which thresholds stand. A unit that only one list has
// counts in the other as its last. When meaning fails, words answer alone and each hit says
// so; when words fail, it is an error.
func Blended(words, meaning Retriever, b Blend) Retriever {
	b.Depth = cmp.Or(b.Depth, blendDepth)
	return blended{words, meaning, b}
}

type blended struct {
	words, meaning Retriever
	blend          Blend
}

func (b blended) Retrieve(ctx context.Context, q Query) ([]Hit, error) {
	deep := q
	deep.Limit, deep.Least = max(q.limit(), b.blend.Depth), 0
	var found, near []Hit
	var err, nearErr error
	var both sync.WaitGroup
	both.Go(func() { near, nearErr = b.meaning.Retrieve(ctx, deep) })
	found, err = b.words.Retrieve(ctx, deep)
	both.Wait()
	if err != nil {
		return nil, err
	}
	if nearErr != nil {
		return b.alone(found, q, fmt.Sprintf("vector: %v", nearErr)), nil //nolint:nilerr // words answer alone; the hits tell why
	}
	return enough(b.join(found, near), q), nil
}

// alone is the answer of words without meaning.
func (b blended) alone(found []Hit, q Query, why string) []Hit {
	found = enough(found, q)
	if !q.Plain {
		for i := range found {
			found[i].Why = append(found[i].Why, Reason{Retriever: why})
		}
	}
	return found
}

// join gives each unit of either list its score.
func (b blended) join(found, near []Hit) []Hit {
	if len(near) == 0 || len(found) == 0 {
		return found // what no word speaks for is not found by nearness alone
	}
	last, farthest := found[len(found)-1].Score, near[len(near)-1].Score
	span := max(near[0].Score-farthest, 1e-9)
	at := make(map[string]int, len(found)+len(near))
	out := slices.Clone(found)
	for i := range out {
		at[string(out[i].Unit)] = i
	}
	for _, n := range near {
		i, known := at[string(n.Unit)]
		if !known {
			i = len(out)
			out = append(out, Hit{Unit: n.Unit, Chunk: n.Chunk, Score: last})
		}
		out[i].Score += b.blend.Weight * (n.Score - farthest) / span
		out[i].Why = append(out[i].Why, n.Why...)
	}
	sortHits(out)
	return out
}

// enough cuts a list to what was asked for.
func enough(hits []Hit, q Query) []Hit {
	hits = hits[:min(len(hits), q.limit())]
	if q.Least == 0 {
		return hits
	}
	if i := slices.IndexFunc(hits, func(h Hit) bool { return h.Score < q.Least }); i >= 0 {
		hits = hits[:i]
	}
	return hits
}
