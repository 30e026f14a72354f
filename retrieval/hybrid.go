package retrieval

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval/rank"
)

// Source is a named retriever and its weight in fusion; 1 is neutral.
type Source struct {
	Name      string
	Retriever Retriever
	Weight    float64
}

// fusionDepth is how many hits of each source take part in fusion, when the question asks
// for fewer.
const fusionDepth = 50

// Hybrid asks all sources at once and fuses their ranks (reciprocal rank fusion, k = 60),
// ties by UnitID. A unit keeps the chunk of the source that ranked it best, the earlier
// source of equals. Why holds each source's share and its own reasons. It fails only when
// all sources fail; the error then holds every one of theirs.
func Hybrid(sources ...Source) Retriever { return hybrid(sources) }

type hybrid []Source

func (h hybrid) Retrieve(ctx context.Context, q Query) ([]Hit, error) {
	deep := q
	deep.Limit = max(q.limit(), fusionDepth)
	found := make([][]Hit, len(h))
	errs := make([]error, len(h))
	var wg sync.WaitGroup
	for i, s := range h {
		wg.Go(func() {
			found[i], errs[i] = s.Retriever.Retrieve(ctx, deep)
			if errs[i] != nil {
				found[i], errs[i] = nil, fmt.Errorf("retrieval: %s: %w", s.Name, errs[i])
			}
		})
	}
	wg.Wait()
	if failed := errors.Join(errs...); failed != nil && allFailed(errs) {
		return nil, failed
	}
	return h.fuse(found, q.limit()), nil
}

func allFailed(errs []error) bool {
	for _, err := range errs {
		if err == nil {
			return false
		}
	}
	return len(errs) > 0
}

// fuse joins the lists.
func (h hybrid) fuse(found [][]Hit, limit int) []Hit {
	lists := make([][]string, len(h))
	weights := make([]float64, len(h))
	for i, hits := range found {
		weights[i] = h[i].Weight
		for _, hit := range hits {
			lists[i] = append(lists[i], string(hit.Unit))
		}
	}
	fused := rank.Fuse(lists, weights, rank.DefaultK)
	out := make([]Hit, 0, min(limit, len(fused)))
	for _, f := range fused[:min(limit, len(fused))] {
		out = append(out, h.join(found, f))
	}
	return out
}

// join makes one hit of what the sources say about a unit.
func (h hybrid) join(found [][]Hit, f rank.Scored) Hit {
	hit := Hit{Unit: corpus.UnitID(f.ID), Score: f.Score}
	best := 0
	for i, hits := range found {
		for r, one := range hits {
			if string(one.Unit) != f.ID {
				continue
			}
			share := h[i].Weight / float64(rank.DefaultK+r+1)
			hit.Why = append(hit.Why, Reason{Retriever: h[i].Name, Rank: r + 1, Share: share})
			hit.Why = append(hit.Why, one.Why...)
			if best == 0 || r+1 < best {
				best, hit.Chunk = r+1, one.Chunk
			}
			if len(hit.Twins) == 0 {
				hit.Twins = one.Twins
			}
			break
		}
	}
	return hit
}
