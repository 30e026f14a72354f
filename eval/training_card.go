package eval

import (
	"bytes"
	"fmt"
	"io"
	"text/tabwriter"
)

// cardMetrics are the columns of a training card.
var cardMetrics = []string{"nDCG@10", "P@1", "MRR@10", "R@10", "R@20", "R@100", "MAP"}

// WriteTo prints the card of one dataset: what the first stage finds, what the reordering
// makes of it on questions it was not trained on, and the shipped weights beside them.
func (c *TrainingCard) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "suite      %s\ndocuments  %d\nquestions  %d\n\n", c.Suite, c.First.Documents, c.First.Questions)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "run")
	for _, m := range cardMetrics {
		fmt.Fprintf(t, "\t%s", m)
	}
	fmt.Fprintln(t)
	for _, r := range []*Report{c.First, c.CrossValidated, c.Shipped, c.FirstBare, c.CrossValidatedBare} {
		fmt.Fprint(t, r.System)
		for _, m := range cardMetrics {
			fmt.Fprintf(t, "\t%s", printed(r.Value(m)))
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	return b.WriteTo(w)
}

// WriteWeights prints the models as the program embeds them, under the figures that
// justify them.
func (t *Training) WriteWeights(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Weights of the second stage, written by the training command with seed %d. Do not edit:\n", t.Seed)
	fmt.Fprintf(&b, "# train anew. nDCG@10 on questions whose law or procedure was left out of training:\n#\n")
	for _, c := range t.Cards {
		fmt.Fprintf(&b, "#   %-16s %s  (first stage %s; without marks %s)\n", c.Suite,
			printed(c.CrossValidated.Value("nDCG@10")), printed(c.First.Value("nDCG@10")), printed(c.CrossValidatedBare.Value("nDCG@10")))
	}
	for _, m := range t.Models {
		b.WriteByte('\n')
		if _, err := m.WriteTo(&b); err != nil {
			return err
		}
	}
	_, err := b.WriteTo(w)
	return err
}
