package eval

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/svg"
)

// ScoreCard is the short form of an exam kept under eval/baseline, one file a day and suite:
// "exam-2026-11-21-dev.json".
type ScoreCard struct {
	On             civil.Date         `json:"on"`
	Suite          string             `json:"suite"`
	Cases          int                `json:"cases"`
	FalseCitations int                `json:"false_citations"`
	Values         map[string]float64 `json:"values"` // by measure; one not measured is absent
}

// CardOf is the card of a report.
func CardOf(r AnswerReport, on civil.Date) ScoreCard {
	c := ScoreCard{On: on, Suite: r.Suite, Cases: r.Cases, FalseCitations: r.FalseCitations, Values: map[string]float64{}}
	for _, m := range r.Whole.Metrics {
		if m.Value != nil {
			c.Values[m.Name] = *m.Value
		}
	}
	return c
}

// WriteTo writes the card as indented JSON.
func (c ScoreCard) WriteTo(w io.Writer) (int64, error) {
	b, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return 0, fmt.Errorf("eval: score card: %w", err)
	}
	n, err := w.Write(append(b, '\n'))
	return int64(n), err
}

// ReadCards reads the exam cards of one suite in a folder, oldest first.
func ReadCards(dir fs.FS, suite string) ([]ScoreCard, error) {
	names, err := fs.Glob(dir, "exam-*.json")
	if err != nil {
		return nil, err
	}
	var cards []ScoreCard
	for _, name := range names {
		b, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		var c ScoreCard
		if err := json.Unmarshal(b, &c); err != nil {
			return nil, fmt.Errorf("eval: %s: %w", path.Base(name), err)
		}
		if c.Suite == suite {
			cards = append(cards, c)
		}
	}
	slices.SortStableFunc(cards, func(a, b ScoreCard) int { return a.On.Compare(b.On) })
	return cards, nil
}

// trendMeasures are the lines of the trend.
var trendMeasures = []string{"right procedure first", "slot facts exact", "refusal right", "attack refused"}

// trendChart draws the measures over the cards, oldest left.
func trendChart(cards []ScoreCard) template.HTML {
	const left, right, top, bottom = 50, 220, 14, 210
	s := svg.New(760, 260)
	x := func(i int) float64 { // the latest stands at the right, also when it is the only one
		return s.Width - right - float64(len(cards)-1-i)/float64(max(len(cards)-1, 1))*(s.Width-left-right)
	}
	y := func(v float64) float64 { return bottom - v*(bottom-top) }
	for _, v := range []float64{0, 0.25, 0.5, 0.75, 1} {
		s.Line("grid", left, y(v), s.Width-right, y(v))
		s.Text("axis", "end", left-8, y(v)+4, fmt.Sprintf("%.0f %%", v*100))
	}
	for i, c := range cards {
		if i == 0 || i == len(cards)-1 || len(cards) <= 6 {
			s.Text("axis", "middle", x(i), bottom+20, c.On.VN())
		}
	}
	var ends []trendEnd
	for k, name := range trendMeasures {
		class := fmt.Sprintf("s%d", k+1)
		var points [][2]float64
		last := 0.0
		for i, c := range cards {
			if v, ok := c.Values[name]; ok {
				points, last = append(points, [2]float64{x(i), y(v)}), v
				s.Dot("dot "+class, x(i), y(v), fmt.Sprintf("%s %s: %.1f %%", c.On.VN(), named(name), v*100))
			}
		}
		if len(points) > 0 {
			s.Path("line "+class, points)
			ends = append(ends, trendEnd{class, named(name) + " " + percent(&last), points[len(points)-1][1]})
		}
	}
	for _, e := range apart(ends) {
		s.Bar("key "+e.class, s.Width-right+14, e.y-5, 10, 10, e.words)
		s.Text("label", "start", s.Width-right+30, e.y+4, e.words)
	}
	return s.Done("Diễn biến qua các kỳ thi")
}

type trendEnd struct {
	class, words string
	y            float64
}

// apart moves labels so that none lies on another.
func apart(ends []trendEnd) []trendEnd {
	slices.SortStableFunc(ends, func(a, b trendEnd) int { return cmp.Compare(a.y, b.y) })
	for i := 1; i < len(ends); i++ {
		ends[i].y = max(ends[i].y, ends[i-1].y+18)
	}
	return ends
}

// RiskPoint is how much is wrong when only the surest share of the questions is answered.
type RiskPoint struct {
	Coverage float64 `json:"coverage"`
	Risk     float64 `json:"risk"`
}

// sureness orders answers by what they say of themselves: complete before partial, sure
// records before doubtful ones, nothing corrected or missing before something.
func sureness(a assistant.Answer) int {
	score := 100
	if a.Status == assistant.Partial {
		score -= 40
	}
	if a.Card != nil {
		score -= map[corpus.Confidence]int{corpus.High: 0, corpus.Medium: 10, corpus.Low: 25}[a.Card.Confidence]
		score -= 3 * len(a.Card.Incomplete)
	}
	if strings.TrimSpace(a.Caution) != "" {
		score -= 5
	}
	return score - 5*len(a.Missing) - 2*len(a.Corrections)
}

// riskCurve walks from the surest answers to the least sure; answers alike enter together.
func riskCurve(r AnswerReport) (curve []RiskPoint) {
	type one struct {
		sure  int
		wrong bool
	}
	var all []one
	n := 0
	for i := range r.Results {
		res := &r.Results[i]
		if res.Case.Kind != Answerable {
			continue
		}
		n++
		if answered(res.Answer.Status) {
			all = append(all, one{sureness(res.Answer), !res.Passed()})
		}
	}
	slices.SortStableFunc(all, func(a, b one) int { return cmp.Compare(b.sure, a.sure) })
	wrong := 0
	for i, a := range all {
		wrong += int(share(a.wrong))
		if i+1 == len(all) || all[i+1].sure != a.sure {
			curve = append(curve, RiskPoint{Coverage: float64(i+1) / float64(n), Risk: float64(wrong) / float64(i+1)})
		}
	}
	return curve
}
