package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// NotMeasured is how a missing value is printed. In JSON it is null.
const NotMeasured = "not measured"

// Metric is a mean over N questions with its 95 % bootstrap interval; nil means it was not
// measured.
type Metric struct {
	Name  string   `json:"name"`
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	N     int      `json:"n"`
}

// Outcome: Rank of the first right document, from 1; 0 where not found.
type Outcome struct {
	Question string `json:"question"`
	Rank     int    `json:"rank"`
}

// Report is a score card. Its text and its JSON are the same bytes for the same run; what
// varies by machine stands in Speed and is printed by no Report.
type Report struct {
	Suite     string    `json:"suite"`
	System    string    `json:"system"`
	Documents int       `json:"documents"`
	Questions int       `json:"questions"` // judged ones
	Unjudged  int       `json:"unjudged"`
	Missing   int       `json:"missing"` // judgements that name no document of the corpus
	Metrics   []Metric  `json:"metrics"`
	Cases     []Outcome `json:"cases,omitempty"`

	Scores *Scores `json:"-"`
	Run    Run     `json:"-"`
	Speed  Speed   `json:"-"`
}

// NewReport makes the card of a run over a dataset.
func NewReport(d *Dataset, system string, run Run, depth int) *Report {
	s := Score(d, run, depth)
	r := &Report{
		Suite: d.Name, System: system, Documents: len(d.Documents), Questions: len(s.Questions),
		Unjudged: s.Unjudged, Missing: d.Missing(), Scores: s, Run: run,
	}
	means := s.means()
	low, high := s.intervals()
	for m := range metrics {
		one := Metric{Name: metrics[m].name}
		if s.measured(m) {
			one = Metric{Name: metrics[m].name, Value: &means[m], Low: &low[m], High: &high[m], N: len(s.rows)}
		}
		r.Metrics = append(r.Metrics, one)
	}
	for i, q := range s.Questions {
		r.Cases = append(r.Cases, Outcome{Question: q, Rank: s.first[i]})
	}
	return r
}

// Value is the mean of the metric of that name; ok is false where it was not measured.
func (r *Report) Value(name string) (value float64, ok bool) {
	for _, m := range r.Metrics {
		if m.Name == name && m.Value != nil {
			return *m.Value, true
		}
	}
	return 0, false
}

// WriteTo prints the card, without the single cases.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "suite      %s\nsystem     %s\ndocuments  %d\nquestions  %d\n", r.Suite, r.System, r.Documents, r.Questions)
	if r.Unjudged > 0 {
		fmt.Fprintf(&b, "unjudged   %d questions without a relevant document: not measured\n", r.Unjudged)
	}
	if r.Missing > 0 {
		fmt.Fprintf(&b, "missing    %d judgements name no document of the corpus and count as not found\n", r.Missing)
	}
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nmetric\tvalue\t95 % interval")
	for _, m := range r.Metrics {
		if m.Value == nil {
			fmt.Fprintf(t, "%s\t%s\n", m.Name, NotMeasured)
			continue
		}
		fmt.Fprintf(t, "%s\t%.4f\t%.4f to %.4f\n", m.Name, *m.Value, *m.Low, *m.High)
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	return b.WriteTo(w)
}

// String is the printed card.
func (r *Report) String() string {
	var b bytes.Buffer
	_, _ = r.WriteTo(&b) // a buffer takes everything
	return b.String()
}

// JSON is the card with its single cases, indented, ending in a newline.
func (r *Report) JSON() ([]byte, error) {
	out, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("eval: report of %s: %w", r.Suite, err)
	}
	return append(out, '\n'), nil
}
