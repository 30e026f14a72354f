package desk

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// spans are how many days back a page of measures may look.
var spans = []int{7, 30, 90, 365}

// figures is everything measured over a span of days.
type figures struct {
	First, Last civil.Date
	Days        int
	Spans       []int
	Answers     measure.Answers
	Answered    int
	Satisfied   float64
	Opinions    int
	P50, P95    time.Duration
	Rules       []noticeRow
	Provinces   []noticeRow
	Weeks       []noticeRow
	Notices     noticeRow // all together
	Served, All int
	Sources     []measure.Source
	Gaps        assistant.GapReport
	Card        *eval.ScoreCard
	Daily       template.HTML
	Statuses    template.HTML
	Times       template.HTML
	ByRule      template.HTML
	ByWeek      template.HTML
}

// noticeRow is what became of some notices.
type noticeRow struct {
	Name                                          string
	Due, Waiting, Sent, Read, Acted, Held, Failed int
}

func (a *Area) measures(w http.ResponseWriter, r *http.Request) {
	f, err := a.figures(r.Context(), spanOf(r))
	if err == nil {
		var p gapsPage
		p, err = a.gathered(r)
		f.Gaps = p.GapReport
	}
	if err != nil {
		a.Site.Broken(w, r, "desk: measures", err)
		return
	}
	v := a.lang(r)
	f.draw(v)
	a.show(w, r, http.StatusOK, "measures.html", page.Page{VI: "Số liệu", EN: "Measures", Wide: true, Data: f})
}

func (a *Area) lang(r *http.Request) string { return page.ChoicesOf(r).Lang }

// spanOf is how many days the reader asked for; 30 where none of the spans.
func spanOf(r *http.Request) int {
	text := r.URL.Query().Get("ngay")
	for _, n := range spans {
		if text == itoa(n) {
			return n
		}
	}
	return 30
}

// figures gathers what was measured in the last days, today included.
func (a *Area) figures(ctx context.Context, days int) (*figures, error) {
	f := &figures{Last: civil.On(a.Now()), Days: days, Spans: spans}
	f.First = f.Last.AddDays(1 - days)
	tallies, err := a.Measures.Tallies(ctx, f.First, f.Last)
	if err != nil {
		return nil, err
	}
	f.Answers = measure.SumAnswers(tallies, f.First, f.Last, answered)
	for _, d := range f.Answers.ByDay {
		f.Answered += d.Answered
	}
	f.P50, f.P95 = f.Answers.Quantile(.5), f.Answers.Quantile(.95)
	opinions, err := a.Measures.Opinions(ctx, f.First, f.Last)
	if err != nil {
		return nil, err
	}
	f.Satisfied, f.Opinions = measure.Satisfied(opinions)
	notices, err := a.Measures.Notices(ctx, f.First, f.Last)
	if err != nil {
		return nil, err
	}
	f.Rules = rowsOf(notices, func(n measure.Notice) string { return n.Rule })
	f.Provinces = rowsOf(notices, func(n measure.Notice) string { return a.Province(n.Province) })
	f.Weeks = rowsOf(notices, func(n measure.Notice) string { return n.Week.String() })
	for _, row := range rowsOf(notices, func(measure.Notice) string { return "" }) {
		f.Notices = row
	}
	if f.Sources, err = a.Measures.Sources(ctx); err != nil {
		return nil, err
	}
	f.Served, f.All, err = a.Served(ctx)
	if card, ok := a.Card(); ok {
		f.Card = &card
	}
	return f, err
}

// answered reports whether an outcome is an answer; asking back and small talk are none.
func answered(status string) bool {
	return status == string(assistant.Answered) || status == string(assistant.Partial)
}

func rowsOf(notices []measure.Notice, by func(measure.Notice) string) (out []noticeRow) {
	for _, s := range measure.SumNotices(notices, by) {
		n := func(states ...delivery.State) (n int) {
			for _, state := range states {
				n += s.State[string(state)]
			}
			return n
		}
		out = append(out, noticeRow{
			Name: s.Name, Due: s.Due, Waiting: n(delivery.Pending, delivery.Sending), Sent: n(delivery.Sent, delivery.Delivered),
			Read: n(delivery.Delivered), Acted: s.State[measure.Acted], Held: n(delivery.Withheld), Failed: n(delivery.Failed, delivery.Unknown),
		})
	}
	return out
}

// most returns the rows with the most notices, at most n, most first.
func most(rows []noticeRow, n int) []noticeRow {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b noticeRow) int { return b.Due - a.Due })
	return rows[:min(n, len(rows))]
}
