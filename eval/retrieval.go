package eval

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/motcua/motcua/retrieval"
)

// System lists document IDs for a question, best first, at most k. It is what our
// retrievers and the engines we compare ourselves with have in common. No match is an
// empty list.
type System interface {
	Search(ctx context.Context, question string, k int) ([]string, error)
}

// Depth is how far down a list is asked for unless Options says otherwise.
const Depth = 100

// Options of one measurement. Depth 0 means the constant Depth. Now, where set, times each
// question; without it speed is not measured.
type Options struct {
	System string // name in the report
	Depth  int
	Now    func() time.Time
}

// Speed is how long one question took; N is 0 where it was not measured.
type Speed struct {
	N                        int
	P50, P95, P99, Mean, Max time.Duration
}

// Retrieval asks the system every question of the dataset, in order, and scores what it
// lists. An error of the system ends the measurement: a question lost is not a question
// answered badly.
func Retrieval(ctx context.Context, d *Dataset, s System, o Options) (*Report, error) {
	depth := o.Depth
	if depth == 0 {
		depth = Depth
	}
	run := make(Run, len(d.Questions))
	took := make([]time.Duration, 0, len(d.Questions))
	for _, q := range d.Questions {
		var began time.Time
		if o.Now != nil {
			began = o.Now()
		}
		ids, err := s.Search(ctx, q.Text, depth)
		if err != nil {
			return nil, fmt.Errorf("eval: %s, question %s: %w", d.Name, q.ID, err)
		}
		if o.Now != nil {
			took = append(took, o.Now().Sub(began))
		}
		run[q.ID] = Ranked(ids)
	}
	r := NewReport(d, o.System, run, depth)
	r.Speed = speedOf(took)
	return r, nil
}

// speedOf summarises; a percentile is the value at that share of the sorted list.
func speedOf(took []time.Duration) Speed {
	n := len(took)
	if n == 0 {
		return Speed{}
	}
	slices.Sort(took)
	at := func(percent int) time.Duration { return took[min(n-1, n*percent/100)] }
	var sum time.Duration
	for _, t := range took {
		sum += t
	}
	return Speed{N: n, P50: at(50), P95: at(95), P99: at(99), Mean: sum / time.Duration(n), Max: took[n-1]}
}

// Of makes a System of a Retriever: each unit found once, named by its unit.
func Of(r retrieval.Retriever) System { return retrieverSystem{r} }

type retrieverSystem struct{ inner retrieval.Retriever }

func (s retrieverSystem) Search(ctx context.Context, question string, k int) ([]string, error) {
	hits, err := s.inner.Retrieve(ctx, retrieval.Query{Text: question, Limit: k})
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(hits))
	seen := make(map[string]bool, len(hits))
	for _, h := range hits {
		if id := string(h.Unit); !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids, nil
}
