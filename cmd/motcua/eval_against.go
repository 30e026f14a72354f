package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/motcua/motcua/eval"
)

// against tests our run against one that was made before, or by another system: the same
// questions, metric by metric. path "" tests nothing.
func against(path string, d *eval.Dataset, ours eval.Run) (out []eval.Comparison, err error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	theirs, err := eval.ReadTREC(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return eval.Compare(eval.Score(d, theirs, eval.Depth), eval.Score(d, ours, eval.Depth))
}

func printComparisons(w io.Writer, path string, all []eval.Comparison) error {
	if len(all) == 0 {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintf(t, "\nmetric\t%s\tmotcua\tdifference\tp\tp, Holm\n", path); err != nil {
		return err
	}
	for _, c := range all {
		if _, err := fmt.Fprintf(t, "%s\t%.4f\t%.4f\t%+.4f\t%.4f\t%.4f\n", c.Metric, c.A, c.B, c.Difference, c.P, c.Holm); err != nil {
			return err
		}
	}
	return t.Flush()
}
