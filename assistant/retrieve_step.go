package assistant

import (
	"context"

	"github.com/motcua/motcua/retrieval"
)

// Retrieve searches for what the question asks, in force on its day: procedures and
// provisions apart, because their scores compare only within their kind.
type Retrieve struct{ Retriever retrieval.Retriever }

// retrieveDepth is how many hits of each kind the later steps see: enough for a group of
// twins and for the law behind a procedure.
const retrieveDepth = 10

// Name of the step in traces.
func (Retrieve) Name() string { return "retrieve" }

// Run fills Hits (procedures) and Laws (provisions).
func (s Retrieve) Run(ctx context.Context, t *Turn) error {
	q := retrieval.Query{Text: t.Text, InForceOn: t.Reading.AsOf, Limit: retrieveDepth}
	var err error
	if t.Route != ToRegulation {
		q.Filter.Only = retrieval.OnlyProcedures
		if t.Hits, err = s.Retriever.Retrieve(ctx, q); err != nil {
			return err
		}
	}
	if t.Question.Chosen != "" {
		return nil
	}
	q.Filter.Only = retrieval.OnlyProvisions
	t.Laws, err = s.Retriever.Retrieve(ctx, q)
	return err
}
