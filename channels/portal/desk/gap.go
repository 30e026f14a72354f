package desk

import (
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/civil"
)

// gapWeeks is how far back topics are gathered.
const gapWeeks = 8

// gapsPage is what gaps.html shows.
type gapsPage struct {
	Since civil.Date
	assistant.GapReport
}

func (a *Area) gaps(w http.ResponseWriter, r *http.Request) {
	p, err := a.gathered(r)
	if err != nil {
		a.Site.Broken(w, r, "desk: gaps", err)
		return
	}
	a.show(w, r, http.StatusOK, "gaps.html", page.Page{VI: "Chưa trả lời được", EN: "Unanswered", Data: p})
}

func (a *Area) gathered(r *http.Request) (p gapsPage, err error) {
	p.Since = assistant.MondayOf(a.Now()).AddDays(-7 * (gapWeeks - 1))
	rows, err := a.Gaps.Noted(r.Context(), p.Since)
	p.GapReport = assistant.GatherGaps(rows)
	return p, err
}
