package qdrant

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/qdrant/go-client/qdrant"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/rank"
)

// Nearest implements retrieval.VectorIndex.
func (x *Index) Nearest(ctx context.Context, vector []float32, on civil.Date, filter retrieval.Filter, limit int) ([]retrieval.Hit, error) {
	if limit <= 0 {
		return nil, nil
	}
	for ask := uint64(2*limit + 16); ; ask *= 4 {
		found, err := x.query(ctx, &qdrant.QueryPoints{
			Query: qdrant.NewQueryDense(vector), Using: qdrant.PtrOf(dense), Filter: conditions(filter, on), Limit: qdrant.PtrOf(ask),
			Params: &qdrant.SearchParams{Exact: qdrant.PtrOf(true)}, WithVectors: qdrant.NewWithVectorsInclude(dense),
		})
		if err != nil {
			return nil, err
		}
		hits, least, err := nearest(found, vector)
		if err != nil {
			return nil, err
		}
		// Complete when everything was listed, or when all that share the last place were.
		if uint64(len(found)) < ask || len(hits) > limit && hits[limit-1].Score > least+slack {
			return hits[:min(limit, len(hits))], nil
		}
	}
}

// slack covers what the server's own arithmetic may differ from ours.
const slack = 1e-6

// query asks through the alias; no alias is an empty index.
func (x *Index) query(ctx context.Context, q *qdrant.QueryPoints) ([]*qdrant.ScoredPoint, error) {
	name, err := x.behindAlias(ctx)
	if err != nil || name == "" {
		return nil, err
	}
	q.CollectionName, q.WithPayload = name, qdrant.NewWithPayloadInclude("chunk")
	found, err := x.client.Query(ctx, q)
	if err != nil {
		return nil, explain(err)
	}
	return found, nil
}

// nearest makes hits of points: each unit by its nearest chunk. least is the lowest score
// among the points.
func nearest(found []*qdrant.ScoredPoint, vector []float32) (hits []retrieval.Hit, least float64, err error) {
	at := map[corpus.UnitID]int{}
	for n, p := range found {
		row := p.GetVectors().GetVectors().GetVectors()[dense]
		data := row.GetDense().GetData()
		if len(data) == 0 {
			data = row.GetData() //nolint:staticcheck // what servers before 1.13 fill
		}
		if len(data) != len(vector) {
			return nil, 0, fmt.Errorf("qdrant: %d thay vì %d: %w", len(data), len(vector), ErrDimension)
		}
		c, err := chunkOf(p)
		if err != nil {
			return nil, 0, err
		}
		h := retrieval.Hit{Unit: c.Unit, Chunk: c, Score: float64(retrieval.Dot(vector, data))}
		if n == 0 || h.Score < least {
			least = h.Score
		}
		i, known := at[c.Unit]
		switch {
		case !known:
			at[c.Unit] = len(hits)
			hits = append(hits, h)
		case h.Score > hits[i].Score || h.Score == hits[i].Score && c.ID < hits[i].Chunk.ID:
			hits[i] = h
		}
	}
	sortHits(hits)
	return hits, least, nil
}

func chunkOf(p *qdrant.ScoredPoint) (c corpus.Chunk, err error) {
	if err := json.Unmarshal([]byte(p.GetPayload()["chunk"].GetStringValue()), &c); err != nil {
		return c, fmt.Errorf("qdrant: point %s: %w", p.GetId().GetUuid(), err)
	}
	return c, nil
}

func sortHits(hits []retrieval.Hit) {
	slices.SortFunc(hits, func(a, b retrieval.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Unit, b.Unit))
	})
}

// serverK is our constant of reciprocal rank fusion as the server counts: its ranks begin
// at 0, ours at 1.
const serverK = rank.DefaultK + 1

// fusionDepth is how many points of each list take part in fusion, as in retrieval.Hybrid.
const fusionDepth = 50

// Hybrid searches by words and by meaning on the server, which fuses the two lists by rank.
// The filter stands in both lists: what it bars takes nobody's place.
func (x *Index) Hybrid(e retrieval.Embedder) retrieval.Retriever { return hybrid{x, e} }

type hybrid struct {
	index    *Index
	embedder retrieval.Embedder
}

// Retrieve implements retrieval.Retriever.
func (h hybrid) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	rows, err := h.embedder.Embed(ctx, []string{q.Text})
	if err != nil {
		return nil, fmt.Errorf("qdrant: embedding the question: %w", err)
	}
	limit := cmp.Or(max(q.Limit, 0), 10)
	deep := qdrant.PtrOf(uint64(max(limit, fusionDepth)))
	filter := conditions(q.Filter, q.InForceOn)
	indices, values := asked(q.Text)
	found, err := h.index.query(ctx, &qdrant.QueryPoints{
		Prefetch: []*qdrant.PrefetchQuery{
			{Query: qdrant.NewQuerySparse(indices, values), Using: qdrant.PtrOf(sparse), Limit: deep, Filter: filter},
			{Query: qdrant.NewQueryDense(rows[0]), Using: qdrant.PtrOf(dense), Limit: deep, Filter: filter, Params: &qdrant.SearchParams{Exact: qdrant.PtrOf(true)}},
		},
		Query: qdrant.NewQueryRRF(&qdrant.Rrf{K: qdrant.PtrOf(uint32(serverK))}), Limit: qdrant.PtrOf(2 * *deep),
	})
	if err != nil {
		return nil, err
	}
	var hits []retrieval.Hit
	at := map[corpus.UnitID]int{}
	for _, p := range found {
		c, err := chunkOf(p)
		if err != nil {
			return nil, err
		}
		one := retrieval.Hit{Unit: c.Unit, Chunk: c, Score: float64(p.GetScore())}
		if i, known := at[c.Unit]; !known {
			at[c.Unit] = len(hits)
			hits = append(hits, one)
		} else if one.Score > hits[i].Score || one.Score == hits[i].Score && c.ID < hits[i].Chunk.ID {
			hits[i] = one
		}
	}
	sortHits(hits)
	return hits[:min(limit, len(hits))], nil
}
