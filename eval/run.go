package eval

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
)

// Result is one document in a run.
type Result struct {
	Document string
	Score    float64
}

// Run is what a system answered: question ID to its results, best first.
type Run map[string][]Result

// Ranked makes a run entry of IDs listed best first; the scores only keep the order.
func Ranked(ids []string) []Result {
	out := make([]Result, len(ids))
	for i, id := range ids {
		out[i] = Result{Document: id, Score: float64(len(ids) - i)}
	}
	return out
}

// ReadTREC reads a run file: "question Q0 document rank score tag", columns at tabs or at
// spaces. As in trec_eval the written rank is ignored: results are ordered by score, equal
// scores by document ID from high to low. A document listed twice for one question keeps
// its first line in that order.
func ReadTREC(r io.Reader) (Run, error) {
	run := Run{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) == 1 {
			cols = strings.Fields(line)
		}
		if len(cols) != 6 {
			return nil, fmt.Errorf("eval: run line %d has %d columns, not 6", n, len(cols))
		}
		score, err := strconv.ParseFloat(cols[4], 64)
		if err != nil || score != score {
			return nil, fmt.Errorf("eval: run line %d: score %q is not a number", n, cols[4])
		}
		run[cols[0]] = append(run[cols[0]], Result{Document: cols[2], Score: score})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("eval: reading the run: %w", err)
	}
	for q, results := range run {
		run[q] = inTRECOrder(results)
	}
	return run, nil
}

// inTRECOrder sorts and drops repeats. Scores compare as 32-bit floats, which is what
// trec_eval holds them in.
func inTRECOrder(results []Result) []Result {
	sort.SliceStable(results, func(i, j int) bool {
		a, b := float32(results[i].Score), float32(results[j].Score)
		if a != b {
			return a > b
		}
		return results[i].Document > results[j].Document
	})
	return withoutRepeats(results)
}

// withoutRepeats keeps the first of each document, in place.
func withoutRepeats(results []Result) []Result {
	seen := make(map[string]bool, len(results))
	kept := results[:0]
	for _, r := range results {
		if !seen[r.Document] {
			seen[r.Document] = true
			kept = append(kept, r)
		}
	}
	return kept
}

// WriteTREC writes the run with questions in byte order. Columns stand apart by tabs where
// an ID holds a space. Written scores fall strictly, so that trec_eval keeps our order.
func (run Run) WriteTREC(w io.Writer, tag string) error {
	if strings.ContainsAny(tag, " \t\n") || tag == "" {
		return errors.New("eval: a run tag is one word")
	}
	questions := make([]string, 0, len(run))
	for q := range run {
		questions = append(questions, q)
	}
	sort.Strings(questions)
	sep := " "
	if run.hasSpaces() {
		sep = "\t"
	}
	out := bufio.NewWriter(w)
	for _, q := range questions {
		for i, r := range run[q] {
			cols := []string{q, "Q0", r.Document, strconv.Itoa(i + 1), strconv.Itoa(len(run[q]) - i), tag}
			if _, err := out.WriteString(strings.Join(cols, sep) + "\n"); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func (run Run) hasSpaces() bool {
	for q, results := range run {
		if strings.Contains(q, " ") {
			return true
		}
		for _, r := range results {
			if strings.Contains(r.Document, " ") {
				return true
			}
		}
	}
	return false
}
