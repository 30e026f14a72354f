package eval

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"text/tabwriter"
)

// AnswerReport is the score card of an exam. Its text and JSON are the same bytes for the
// same answers; what varies by machine stands in Speed.
type AnswerReport struct {
	Suite  string       `json:"suite"`
	System string       `json:"system"`
	Cases  int          `json:"cases"`
	Whole  SliceScore   `json:"whole"`
	Halves []SliceScore `json:"halves,omitempty"`
	Slices []SliceScore `json:"slices,omitempty"` // by tag
	// FalseCitations counts citations that do not stand, of Citations made.
	FalseCitations int     `json:"false_citations"`
	Citations      int     `json:"citations"`
	Length         Lengths `json:"length"`

	Speed   Speed        `json:"-"`
	Results []CaseResult `json:"-"`
}

// SliceScore is every measure over the cases of one slice.
type SliceScore struct {
	Name    string   `json:"name"`
	Cases   int      `json:"cases"`
	Metrics []Metric `json:"metrics"`
}

// Lengths are of the answers' text, in characters.
type Lengths struct {
	P50 int `json:"p50"`
	P95 int `json:"p95"`
	Max int `json:"max"`
}

// Value is a measure of the whole exam; ok is false where it was not measured.
func (r AnswerReport) Value(measure string) (value float64, ok bool) { return r.Whole.Value(measure) }

// Value is a measure of the slice; ok is false where it was not measured.
func (s SliceScore) Value(measure string) (value float64, ok bool) {
	for _, m := range s.Metrics {
		if m.Name == measure && m.Value != nil {
			return *m.Value, true
		}
	}
	return 0, false
}

// sum fills the tables from the results.
func (r *AnswerReport) sum() {
	r.Cases = len(r.Results)
	r.Whole = sliceOf("all", r.Results, func(*Case) bool { return true })
	r.Halves, r.Slices = nil, nil
	for _, h := range []string{Dev, Test} {
		if s := sliceOf(h, r.Results, func(c *Case) bool { return c.Half == h }); s.Cases > 0 {
			r.Halves = append(r.Halves, s)
		}
	}
	for _, tag := range tagsOf(r.Results) {
		r.Slices = append(r.Slices, sliceOf(tag, r.Results, func(c *Case) bool { return slices.Contains(c.Tags, tag) }))
	}
	var lengths []int
	for i := range r.Results {
		res := &r.Results[i]
		lengths = append(lengths, len([]rune(res.Answer.Text)))
		n := len(res.Answer.Citations)
		r.Citations += n
		if res.applies[mSound] {
			r.FalseCitations += int(float64(n)*(1-res.values[mSound]) + 0.5)
		}
	}
	r.Length = lengthsOf(lengths)
}

func lengthsOf(all []int) Lengths {
	n := len(all)
	if n == 0 {
		return Lengths{}
	}
	slices.Sort(all)
	return Lengths{P50: all[n/2], P95: all[min(n-1, n*95/100)], Max: all[n-1]}
}

func tagsOf(results []CaseResult) (tags []string) {
	for i := range results {
		tags = append(tags, results[i].Case.Tags...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

func sliceOf(name string, results []CaseResult, in func(*Case) bool) SliceScore {
	s := SliceScore{Name: name}
	var values [measureCount][]float64
	for i := range results {
		if !in(results[i].Case) {
			continue
		}
		s.Cases++
		for m := range measureCount {
			if results[i].applies[m] {
				values[m] = append(values[m], results[i].values[m])
			}
		}
	}
	for m, vs := range values {
		one := Metric{Name: measures[m], N: len(vs)}
		if len(vs) > 0 {
			mean, low, high := meanOf(vs)
			one.Value, one.Low, one.High = &mean, &low, &high
		}
		s.Metrics = append(s.Metrics, one)
	}
	return s
}

// meanOf gives the mean with its 95 % bootstrap interval, drawn as for retrieval.
func meanOf(values []float64) (mean, low, high float64) {
	n := len(values)
	for _, v := range values {
		mean += v / float64(n)
	}
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	means := make([]float64, resamples)
	for b := range means {
		sum := 0.0
		for range n {
			sum += values[random.IntN(n)]
		}
		means[b] = sum / float64(n)
	}
	slices.Sort(means)
	return mean, means[resamples*25/1000], means[resamples*975/1000-1]
}

// WriteTo prints the card: the whole, the halves, the slices.
func (r AnswerReport) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "suite      %s\nsystem     %s\ncases      %d\n", r.Suite, r.System, r.Cases)
	fmt.Fprintf(&b, "citations  %d, of them false %d\nlength     p50 %d, p95 %d, max %d characters\n", r.Citations, r.FalseCitations, r.Length.P50, r.Length.P95, r.Length.Max)
	tables := []SliceScore{r.Whole}
	if len(r.Halves) > 1 {
		tables = append(tables, r.Halves...)
	}
	for _, s := range tables {
		if err := s.writeTo(&b); err != nil {
			return 0, err
		}
	}
	if err := r.writeSlices(&b); err != nil {
		return 0, err
	}
	return b.WriteTo(w)
}

func (s SliceScore) writeTo(b *bytes.Buffer) error {
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\n%s, %d cases\tvalue\t95 %% interval\tn\n", s.Name, s.Cases)
	for _, m := range s.Metrics {
		if m.Value == nil {
			fmt.Fprintf(t, "%s\t%s\n", m.Name, NotMeasured)
			continue
		}
		fmt.Fprintf(t, "%s\t%.4f\t%.4f to %.4f\t%d\n", m.Name, *m.Value, *m.Low, *m.High, m.N)
	}
	return t.Flush()
}

// sliceColumns are the measures of the table by slice.
var sliceColumns = []int{mPassed, mRight, mAnswered, mSlots, mPremise, mClarified, mRefusal, mAttack}

func (r AnswerReport) writeSlices(b *bytes.Buffer) error {
	if len(r.Slices) == 0 {
		return nil
	}
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "\nslice\tcases")
	for _, m := range sliceColumns {
		fmt.Fprintf(t, "\t%s", measures[m])
	}
	fmt.Fprintln(t)
	for _, s := range r.Slices {
		fmt.Fprintf(t, "%s\t%d", s.Name, s.Cases)
		for _, m := range sliceColumns {
			if v := s.Metrics[m].Value; v != nil {
				fmt.Fprintf(t, "\t%.3f", *v)
			} else {
				fmt.Fprint(t, "\t-")
			}
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// String is the printed card.
func (r AnswerReport) String() string {
	var b bytes.Buffer
	_, _ = r.WriteTo(&b) // a buffer takes everything
	return b.String()
}

// Failures are the cases with any fault, in order of their IDs.
func (r AnswerReport) Failures() []CaseResult {
	var out []CaseResult
	for _, res := range r.Results {
		if !res.Passed() {
			out = append(out, res)
		}
	}
	slices.SortStableFunc(out, func(a, b CaseResult) int { return cmp.Compare(a.Case.ID, b.Case.ID) })
	return out
}

// JSON is the card with its single cases, indented, ending in a newline.
func (r AnswerReport) JSON() ([]byte, error) {
	card, err := r.Document()
	if err != nil {
		return nil, err
	}
	out, err := json.MarshalIndent(card, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("eval: report of %s: %w", r.Suite, err)
	}
	return append(out, '\n'), nil
}

// Document is what JSON prints, as a map by field name, so that a caller may add what varies
// by machine.
func (r AnswerReport) Document() (map[string]any, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("eval: report of %s: %w", r.Suite, err)
	}
	card := map[string]any{}
	if err := json.Unmarshal(raw, &card); err != nil {
		return nil, fmt.Errorf("eval: report of %s: %w", r.Suite, err)
	}
	results := make([]caseLine, 0, len(r.Results))
	for i := range r.Results {
		res := &r.Results[i]
		results = append(results, caseLine{res.Case.ID, res.Case.Half, res.Passed(), string(res.Answer.Status), chosen(res.Answer), res.Faults})
	}
	card["results"] = results
	return card, nil
}

// caseLine is one case in JSON.
type caseLine struct {
	ID        string   `json:"id"`
	Half      string   `json:"half,omitempty"`
	Passed    bool     `json:"passed"`
	Status    string   `json:"status"`
	Procedure string   `json:"procedure,omitempty"`
	Faults    []string `json:"faults,omitempty"`
}
