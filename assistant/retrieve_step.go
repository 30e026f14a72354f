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

// Run fills Hits (procedures), and readies the search for Laws (provisions): it is made when
// somebody wants them, for most questions have their procedure.
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
	t.findLaws = func(ctx context.Context, least float64) ([]retrieval.Hit, error) {
		q.Least = least
		return s.Retriever.Retrieve(ctx, q)
	}
	return nil
}

// laws are the provisions found, best first: all of them, or, with bearing, those that bear
// on the question.
func (t *Turn) laws(ctx context.Context) ([]retrieval.Hit, error) {
	if find := t.findLaws; find != nil {
		t.findLaws = nil
		var err error
		if t.Laws, err = find(ctx, 0); err != nil {
			return nil, err
		}
	}
	return t.Laws, nil
}

// keepBearing narrows the provisions, found or still to be found, to those that bear on the
// question.
func (t *Turn) keepBearing() {
	find := t.findLaws
	if find == nil {
		t.Laws = bearing(t, t.Laws)
		return
	}
	t.findLaws = func(ctx context.Context, _ float64) ([]retrieval.Hit, error) {
		found, err := find(ctx, sureProvision)
		return bearing(t, found), err
	}
}

// otherDay reports whether the question is about a day other than the one it is asked on.
func (t *Turn) otherDay() bool { return t.Reading.AsOf != civil.On(t.Question.AskedAt) }
