package eval

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
)

//go:embed html_page.gohtml
var pageSource string

// page is the report: self-contained, no script, nothing fetched.
var page = template.Must(template.New("report").Funcs(template.FuncMap{
	"percent": percent, "named": named, "join": strings.Join, "day": civil.Date.VN, "status": statusWords, "tag": tagWords,
}).Parse(pageSource))

// Page is what the report shows. Cards are earlier score cards, oldest first; On is the day
// of this exam.
type Page struct {
	On     civil.Date
	Report AnswerReport
	Cards  []ScoreCard
}

// WriteHTML writes one page with tables, drawn charts and every failure with its answer and
// its sources.
func WriteHTML(w io.Writer, p Page) error {
	view := pageView{
		Page: p, Targets: targetsOf(p.Report), Slices: sliceChart(p.Report.Slices), Risk: riskChart(riskCurve(p.Report)),
		Latency: latencyChart(p.Report), Trend: trendChart(append(p.Cards[:len(p.Cards):len(p.Cards)], CardOf(p.Report, p.On))),
		Tables: append([]SliceScore{p.Report.Whole}, p.Report.Halves...), Columns: sliceNames(), Kinds: faultKinds(p.Report),
	}
	if len(p.Report.Halves) == 1 {
		view.Tables = view.Tables[:1]
	}
	for _, s := range p.Report.Slices {
		view.Rows = append(view.Rows, sliceRow(s))
	}
	for _, f := range p.Report.Failures() {
		view.Failures = append(view.Failures, failureView{CaseResult: f, Kind: f.firstFault()})
	}
	if err := page.Execute(w, view); err != nil {
		return fmt.Errorf("eval: report page: %w", err)
	}
	return nil
}

type pageView struct {
	Page
	Targets                      []target
	Slices, Risk, Latency, Trend template.HTML
	Tables                       []SliceScore
	Columns                      []string
	Rows                         [][]string
	Kinds                        []faultKind
	Failures                     []failureView
}

type failureView struct {
	CaseResult
	Kind string
}

// Asked are the question or the turns of the conversation.
func (f failureView) Asked() []string { return f.Case.Questions() }

// Lead is the answer's text, cut where it only goes on.
func (f failureView) Lead() string { return clip(f.Answer.Text, 900) }

// CardName names the record shown; "" where none is.
func (f failureView) CardName() string {
	if f.Answer.Card == nil {
		return ""
	}
	return f.Answer.Card.Procedure + " " + f.Answer.Card.Name
}

// Sources are the citations, one line for those of one label.
func (f failureView) Sources() (out []assistant.Citation) {
	seen := map[string]bool{}
	for _, c := range f.Answer.Citations {
		if !seen[c.Label] {
			seen[c.Label] = true
			c.Quote = clip(c.Quote, 240)
			out = append(out, c)
		}
	}
	return out
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return s
}

func percent(v *float64) string {
	if v == nil {
		return "–"
	}
	return strings.Replace(fmt.Sprintf("%.1f %%", *v*100), ".", ",", 1)
}

// faultKind is one measure and how many cases fall short of it.
type faultKind struct {
	Name  string
	Cases int
}

func faultKinds(r AnswerReport) (out []faultKind) {
	for m := mPassed + 1; m < measureCount; m++ {
		k := faultKind{Name: measures[m]}
		for i := range r.Results {
			if res := &r.Results[i]; res.applies[m] && (m == mSucceeded) == (res.values[m] > 0) && (m == mSucceeded || res.values[m] < 1) {
				k.Cases++
			}
		}
		if k.Cases > 0 {
			out = append(out, k)
		}
	}
	return out
}

// firstFault names the first measure the case falls short of.
func (r *CaseResult) firstFault() string {
	for m := mPassed + 1; m < measureCount; m++ {
		if r.applies[m] && r.values[m] < 1 && m != mSucceeded {
			return measures[m]
		}
	}
	return measures[mPassed]
}

func sliceNames() (names []string) {
	for _, m := range sliceColumns {
		names = append(names, measures[m])
	}
	return names
}

func sliceRow(s SliceScore) []string {
	row := []string{tagWords(s.Name), fmt.Sprint(s.Cases)}
	for _, m := range sliceColumns {
		row = append(row, percent(s.Metrics[m].Value))
	}
	return row
}

// milliseconds is a duration as the page prints it.
func milliseconds(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	format := "%.1f ms"
	if ms >= 100 {
		format = "%.0f ms"
	}
	return strings.Replace(fmt.Sprintf(format, ms), ".", ",", 1)
}
