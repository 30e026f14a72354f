package eval

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"text/tabwriter"
)

// Robustness holds the report of the questions as asked and of every rewriting of them.
type Robustness struct {
	Original  *Report            `json:"original"`
	Rewritten map[string]*Report `json:"rewritten"` // by Rewriting.Name
}

// Robust measures the questions as asked and in every rewriting.
func Robust(ctx context.Context, d *Dataset, s System, o Options) (*Robustness, error) {
	original, err := Retrieval(ctx, d, s, o)
	if err != nil {
		return nil, err
	}
	out := &Robustness{Original: original, Rewritten: map[string]*Report{}}
	for _, w := range Rewritings {
		if out.Rewritten[w.Name], err = Retrieval(ctx, d.Rewritten(w), s, o); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Loss is how much a metric falls under a rewriting, in points from 0 to 1; ok is false
// where either side was not measured.
func (r *Robustness) Loss(rewriting, metric string) (loss float64, ok bool) {
	worse, found := r.Rewritten[rewriting]
	if !found {
		return 0, false
	}
	before, a := r.Original.Value(metric)
	after, b := worse.Value(metric)
	return before - after, a && b
}

// robustMetrics are the columns of the printed table.
var robustMetrics = []string{"nDCG@10", "MRR@10", "R@10", "R@100"}

// WriteTo prints one line for the questions as asked and one per rewriting.
func (r *Robustness) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "suite      %s\nquestions  %d, reordered by the shipped weights, which have seen them as asked\n\n", r.Original.Suite, r.Original.Questions)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "run")
	for _, m := range robustMetrics {
		fmt.Fprintf(t, "\t%s", m)
	}
	fmt.Fprint(t, "\tloss of nDCG@10\n")
	line := func(name string, report *Report, loss string) {
		fmt.Fprint(t, name)
		for _, m := range robustMetrics {
			fmt.Fprintf(t, "\t%s", printed(report.Value(m)))
		}
		fmt.Fprintf(t, "\t%s\n", loss)
	}
	line("as asked", r.Original, printed(0, true))
	for _, w := range Rewritings {
		if report := r.Rewritten[w.Name]; report != nil {
			line(w.Name, report, printed(r.Loss(w.Name, "nDCG@10")))
		}
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	return b.WriteTo(w)
}

// printed is a value with four decimals, or the words that it was not measured.
func printed(v float64, ok bool) string {
	if !ok {
		return NotMeasured
	}
	return fmt.Sprintf("%.4f", v)
}
