package assistant

import (
	"context"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// Retrieve searches for what the question asks, in force on its day.
type Retrieve struct{ Retriever retrieval.Retriever }

// retrieveDepth is how many hits the later steps see: enough for a group of twins and
// for the law behind a procedure.
const retrieveDepth = 20

// Name of the step in traces.
func (Retrieve) Name() string { return "retrieve" }

// Run fills Hits. A person's choice among options narrows them to that one.
func (s Retrieve) Run(ctx context.Context, t *Turn) error {
	q := retrieval.Query{Text: t.Text, InForceOn: t.Reading.AsOf, Limit: retrieveDepth}
	if t.Route == ToRegulation {
		q.Filter.Only = retrieval.OnlyProvisions
	}
	hits, err := s.Retriever.Retrieve(ctx, q)
	t.Hits = hits
	return err
}

// procedureHits are the hits that are procedures, best first, one per record.
func procedureHits(hits []retrieval.Hit) []retrieval.Hit {
	var out []retrieval.Hit
	seen := map[corpus.UnitID]bool{}
	for _, h := range hits {
		if h.Chunk.Procedure != "" && !seen[h.Unit] {
			seen[h.Unit] = true
			out = append(out, h)
		}
	}
	return out
}
