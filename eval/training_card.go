package eval

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
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
	for _, r := range []*Report{c.First, c.CrossValidated, c.Shipped, c.FirstBare, c.CrossValidatedBare, c.ShippedBare} {
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

// Where Save puts things, from the root of the repository.
const (
	weightsFile = "retrieval/lexical/weights.txt"
	baselineDir = "eval/baseline"
)

// cardFile names the committed card of a dataset.
func cardFile(suite string) string { return filepath.Join(baselineDir, "retrieval-"+suite+".txt") }

// Save writes the weights and the cards into the repository at root: the same files for
// the same training.
func (t *Training) Save(root string) error {
	var b bytes.Buffer
	if err := t.WriteWeights(&b); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, weightsFile), b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("eval: saving the weights: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(root, baselineDir), 0o755); err != nil {
		return fmt.Errorf("eval: saving the cards: %w", err)
	}
	for _, c := range t.Cards {
		b.Reset()
		if _, err := c.WriteTo(&b); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(root, cardFile(c.Suite)), b.Bytes(), 0o644); err != nil {
			return fmt.Errorf("eval: saving the card of %s: %w", c.Suite, err)
		}
	}
	return nil
}

// columns of a card stand two spaces or more apart.
var columns = regexp.MustCompile(`\s{2,}`)

// readCard reads the figures of a printed card: run to metric to value.
func readCard(r io.Reader) (map[string]map[string]float64, error) {
	card := map[string]map[string]float64{}
	var names []string
	for lines := bufio.NewScanner(r); lines.Scan(); {
		cols := columns.Split(lines.Text(), -1)
		switch {
		case cols[0] == "run":
			names = cols[1:]
		case names == nil || len(cols) != len(names)+1:
		default:
			card[cols[0]] = map[string]float64{}
			for i, name := range names {
				v, err := strconv.ParseFloat(cols[i+1], 64)
				if err != nil {
					return nil, fmt.Errorf("eval: card: %s of %s: %w", name, cols[0], err)
				}
				card[cols[0]][name] = v
			}
		}
	}
	if len(card) == 0 {
		return nil, errors.New("eval: the card holds no figures")
	}
	return card, nil
}
