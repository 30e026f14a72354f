package mine

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/picture"
)

// funcs are what the area's templates may call.
var funcs = template.FuncMap{
	"day":      civil.Date.VN,
	"rulePage": func(slot string) string { return "/toi/viec?viec=" + url.QueryEscape(slot) },
	"law":      func(p corpus.Provision) string { return p.String() },
	"in":       func(t lifeevents.Text, lang string) string { return t.In(lang) },
	"path":     url.PathEscape,
}

// homePage is what pages/home.html shows.
type homePage struct {
	Picture template.HTML
	Soon    []matterLine
	Later   []memberLines
	Asking  []lifeevents.Text
	Unread  int
	Empty   bool
	Waiting bool // a request to delete is open
}

// memberLines are the matters of one member, later ones.
type memberLines struct {
	Who   string
	Lines []matterLine
}

// matterLine is one matter in a list.
type matterLine struct {
	Slot, Title, Who, Trigger, Late string
	Deadline, Legal, Next           civil.Date
	Days                            int // until the deadline; negative once past
	Overdue, Urgent, HasDeadline    bool
	Doubt                           string
}

func (a *Area) line(m *matter, lang string) matterLine {
	today := a.today()
	words, _ := m.rule.Words(m.Notice, lang, lifeevents.Own)
	l := matterLine{
		Slot: m.Slot, Title: words.Title, Who: m.about.Who(lang), Trigger: m.Why.Trigger.In(lang), Late: m.rule.Texts.Late.In(lang),
		Deadline: m.Deadline, Legal: m.Legal, Next: m.next(today), Doubt: m.Doubt.In(lang), HasDeadline: !m.Deadline.IsZero(),
	}
	if l.HasDeadline {
		l.Days = today.DaysUntil(m.Deadline)
		l.Overdue, l.Urgent = l.Days < 0, l.Days >= 0 && l.Days <= 7
	}
	return l
}

// soon reports whether a matter belongs to the top of the page: said already and open, or
// with a deadline near.
func (m *matter) soon(today civil.Date) bool {
	if !m.Deadline.IsZero() && today.DaysUntil(m.Deadline) <= soonWithin {
		return true
	}
	return !today.Before(m.days[0])
}

func (a *Area) home(w http.ResponseWriter, r *http.Request) {
	h, err := a.household(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "household", err)
		return
	}
	data := homePage{Picture: template.HTML(a.picture(h, lang(r)))} //nolint:gosec // drawn by package picture, which escapes every word
	for i := range h.members {
		m := &h.members[i]
		group := memberLines{Who: m.Who(lang(r))}
		for j := range m.matters {
			l := a.line(&m.matters[j], lang(r))
			if m.matters[j].soon(a.today()) {
				data.Soon = append(data.Soon, l)
			} else {
				group.Lines = append(group.Lines, l)
			}
		}
		if len(group.Lines) > 0 {
			data.Later = append(data.Later, group)
		}
	}
	slices.SortStableFunc(data.Soon, func(x, y matterLine) int { return x.order().Compare(y.order()) })
	for _, t := range h.asking {
		data.Asking = append(data.Asking, t.Name())
	}
	data.Empty = len(data.Soon)+len(data.Later) == 0
	if data.Unread, err = a.unread(r); err != nil {
		a.Site.Broken(w, r, "inbox", err)
		return
	}
	requests, err := a.Book.Requests(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "requests", err)
		return
	}
	data.Waiting = slices.ContainsFunc(requests, func(q lifeevents.DataRequest) bool { return q.State == lifeevents.RequestOpen })
	a.show(w, r, http.StatusOK, "home.html", page.Page{VI: "Việc của tôi", EN: "My events", Wide: true, Data: data})
}

// order is the day a line stands by; those without a deadline come last.
func (l matterLine) order() civil.Date {
	if l.HasDeadline {
		return l.Deadline
	}
	return civil.New(9999, 12, 31)
}

// picture draws the household's year.
func (a *Area) picture(h *household, lang string) string {
	from := a.today().AddDays(-30)
	from.Day = 1 // whole months, so that their names have room
	var list []picture.Member
	for i := range h.members {
		m := &h.members[i]
		p := picture.Member{Who: m.Who(lang), Born: m.view.Born}
		for j := range m.matters {
			n := &m.matters[j]
			words, _ := n.rule.Words(n.Notice, lang, lifeevents.Own)
			p.Matters = append(p.Matters, picture.Matter{
				Title: words.Title, Rule: n.Rule, Topic: n.Topic, Legal: n.Legal, Deadline: n.Deadline, Opens: n.Opens, Rungs: n.days, Doubt: n.Doubt.In(lang),
			})
		}
		if len(p.Matters) > 0 {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return picture.Drawing(list, lifeevents.Window{From: from, To: from.AddDays(lookAhead)}, a.today(), lang)
}
