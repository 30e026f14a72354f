package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// TemporalQuestion is one of the labour-law questions that have a day: the version in force
// on Day is Instrument, the answer stands in Article and holds Figure.
type TemporalQuestion struct {
	ID         string     `json:"id"`
	Question   string     `json:"question"`
	Day        civil.Date `json:"query_date"`
	Category   string     `json:"category"`
	Document   string     `json:"gold_document_id"`
	Article    string     `json:"gold_article"`
	Figure     string     `json:"expected_figure"`
	Verified   bool       `json:"verified"`
	Instrument string     `json:"-"`
}

// ReadTemporal reads the benchmark file: {"questions": […]}.
func ReadTemporal(r io.Reader) ([]TemporalQuestion, error) {
	var file struct {
		Questions []TemporalQuestion `json:"questions"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("eval: temporal questions: %w", err)
	}
	for i := range file.Questions {
		q := &file.Questions[i]
		if q.Instrument = officialNumber(q.Document); q.Instrument == "" {
			return nil, fmt.Errorf("eval: temporal question %s: document %q is not understood", q.ID, q.Document)
		}
	}
	return file.Questions, nil
}

// officialNumber turns "ND_90_2019" into "90/2019/NĐ-CP".
func officialNumber(document string) string {
	if document == "BLLD_2019" {
		return "45/2019/QH14"
	}
	suffix := map[string]string{"ND": "NĐ-CP", "TT": "TT-BLĐTBXH"}
	parts := strings.Split(document, "_")
	if len(parts) != 3 || suffix[parts[0]] == "" {
		return ""
	}
	return parts[1] + "/" + parts[2] + "/" + suffix[parts[0]]
}

// TemporalResult is one question answered: whether the right version is cited at all, is the
// first law cited, at the right article, and whether the figure is shown.
type TemporalResult struct {
	Question TemporalQuestion `json:"question"`
	Status   assistant.Status `json:"status"`
	Cited    []string         `json:"cited"` // instruments, in order of their marks
	Version  bool             `json:"right_version"`
	First    bool             `json:"right_version_first"`
	Article  bool             `json:"right_article"`
	Figure   bool             `json:"figure_shown"`
	// OutOfForce counts citations of texts not in force on the day.
	OutOfForce int `json:"out_of_force"`
}

// TemporalReport holds the results in file order.
type TemporalReport struct {
	Results []TemporalResult `json:"results"`
}

// Temporal asks each question as of its day. It needs the full corpus: a law that is not in
// the library cannot be cited.
func Temporal(ctx context.Context, questions []TemporalQuestion, a Answerer, l Library, o AnswerOptions) (TemporalReport, error) {
	if o.AskedAt.IsZero() {
		return TemporalReport{}, errors.New("eval: answers need the instant at which they are asked")
	}
	x := exam{answerer: a, library: l, options: o}
	var r TemporalReport
	for _, q := range questions {
		answer, err := a.Answer(ctx, assistant.Question{Text: q.Question, AskedAt: o.AskedAt, InForceOn: q.Day, Role: assistant.Official, Channel: "eval"})
		if err != nil {
			return r, fmt.Errorf("eval: temporal question %s: %w", q.ID, err)
		}
		res := TemporalResult{Question: q, Status: answer.Status, Cited: []string{}}
		for _, c := range answer.Citations {
			fault, err := x.unsound(ctx, c, q.Day)
			if err != nil {
				return r, err
			}
			res.OutOfForce += int(share(fault != ""))
			res.see(c)
		}
		v := viewOf(answer)
		res.Figure = res.Version && (says(v.all, q.Figure) || says(v.all, strings.TrimLeft(q.Figure, "0")))
		r.Results = append(r.Results, res)
	}
	return r, nil
}

func (r *TemporalResult) see(c assistant.Citation) {
	number := c.Provision.Instrument
	if number == "" {
		return
	}
	right := corpus.NumberKey(number) == corpus.NumberKey(r.Question.Instrument)
	r.First = r.First || right && len(r.Cited) == 0
	r.Version = r.Version || right
	r.Article = r.Article || right && "Điều "+c.Provision.Article == r.Question.Article
	if !slices.Contains(r.Cited, number) {
		r.Cited = append(r.Cited, number)
	}
}

// WriteTo prints the shares, for the verified questions and for all, and what was missed.
func (r TemporalReport) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "questions\tn\tright version\tright version first\tright article\tfigure shown\tcitations out of force")
	for _, verified := range []bool{true, false} {
		n, version, first, article, figure, out := 0, 0, 0, 0, 0, 0
		for _, x := range r.Results {
			if verified && !x.Question.Verified {
				continue
			}
			n++
			version += int(share(x.Version))
			first += int(share(x.First))
			article += int(share(x.Article))
			figure += int(share(x.Figure))
			out += x.OutOfForce
		}
		of := func(k int) float64 { return float64(k) / float64(max(n, 1)) }
		fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%d\n", map[bool]string{true: "verified", false: "all"}[verified], n, of(version), of(first), of(article), of(figure), out)
	}
	if err := t.Flush(); err != nil {
		return 0, err
	}
	for _, x := range r.Results {
		if !x.Version {
			fmt.Fprintf(&b, "%s %s %s: %s instead of %s; %s\n", x.Question.ID, x.Question.Day, x.Status, strings.Join(x.Cited, ", "), x.Question.Instrument, x.Question.Question)
		}
	}
	return b.WriteTo(w)
}
