package assistant

import (
	"context"
	"strings"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// Retrieve searches for what the question asks, in force on its day: procedures and
// provisions apart, because their scores compare only within their kind.
type Retrieve struct{ Retriever retrieval.Retriever }

// How many hits of each kind the later steps see: procedures enough for every twin, laws
// enough for an answer.
const (
	procedureDepth = 24
	lawDepth       = 6
	candidates     = 48 // of the first stage; with 100 the exam is answered no better
)

// Name of the step in traces.
func (Retrieve) Name() string { return "retrieve" }

// Run fills Hits (procedures) and Laws (provisions).
func (s Retrieve) Run(ctx context.Context, t *Turn) error {
	if t.Address.Instrument != "" {
		return nil // looked up
	}
	q := retrieval.Query{Text: t.Text, InForceOn: t.Reading.AsOf, Limit: procedureDepth, Candidates: candidates, Plain: true}
	if t.Reading.Foreign && !strings.Contains(spaced(t.Text), " nuoc ngoai ") {
		q.Text += " có yếu tố nước ngoài"
	}
	q.Filter.Official = t.Question.Cleared
	var err error
	if t.Route != ToRegulation {
		q.Filter.Only, q.Heads = retrieval.OnlyProcedures, true
		if t.otherDay() {
			// The record meant may not hold on the day; another one must not stand in for it.
			q.InForceOn = civil.Date{}
		}
		if t.Hits, err = s.Retriever.Retrieve(ctx, q); err != nil {
			return err
		}
	}
	if t.Question.Chosen != "" {
		return nil
	}
	q.Filter.Only, q.Limit, q.Heads, q.InForceOn = retrieval.OnlyProvisions, lawDepth, false, t.Reading.AsOf
	t.Laws, err = s.Retriever.Retrieve(ctx, q)
	return err
}

// otherDay reports whether the question is about a day other than the one it is asked on.
func (t *Turn) otherDay() bool { return t.Reading.AsOf != civil.On(t.Question.AskedAt) }
