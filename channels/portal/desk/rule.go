package desk

import (
	"net/http"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
)

// DryRun is who a rule would tell in a window of days, and who not and why. Nothing is sent.
type DryRun struct {
	From, To  civil.Date
	People    int
	Told      int
	Notices   int
	NotTold   int
	Reasons   []Counted
	Provinces []Counted
	Samples   []Sample
}

// Counted is a word with how often it came.
type Counted struct {
	Word  string
	Count int
}

// Sample is one notice as it would be said; People are pseudonyms and are not shown.
type Sample struct{ Due, Legal, Title, Why string }

// ruleRow is a rule in the list: the version of today, or the nearest.
type ruleRow struct {
	*lifeevents.Rule

	Paused   bool
	Versions int
}

func (a *Area) rules(w http.ResponseWriter, r *http.Request) {
	off, err := a.Switches.All(r.Context())
	if err != nil {
		a.Site.Broken(w, r, "desk: switches", err)
		return
	}
	var rows []ruleRow
	today := civil.On(a.Now())
	set := a.Rules.Set()
	seen := map[string]bool{}
	for _, rule := range set.Rules() {
		if seen[rule.ID] {
			continue
		}
		seen[rule.ID] = true
		versions := set.Versions(rule.ID)
		shown := versions[len(versions)-1]
		if now, ok := set.InForce(rule.ID, today); ok {
			shown = now
		}
		_, paused := off[switches.Rule(rule.ID)]
		rows = append(rows, ruleRow{shown, paused, len(versions)})
	}
	a.show(w, r, http.StatusOK, "rules.html", page.Page{VI: "Quy tắc nhắc việc", EN: "Rules", Wide: true, Data: rows})
}

// rulePage is what rule.html shows.
type rulePage struct {
	Rule     *lifeevents.Rule
	Versions []*lifeevents.Rule
	Explain  string
	Paused   *switches.Turning
	Form     *page.Form // of the dry run
	Pause    *page.Form
	Run      *DryRun
	MayPause bool
}

// longestRun is how many days a dry run may cover.
const longestRun = 400

func (a *Area) rule(w http.ResponseWriter, r *http.Request) {
	a.showRule(w, r, http.StatusOK, &page.Form{})
}

func (a *Area) showRule(w http.ResponseWriter, r *http.Request, status int, pause *page.Form) {
	versions := a.Rules.Set().Versions(r.PathValue("id"))
	if len(versions) == 0 {
		a.Site.Problem(w, r, http.StatusNotFound, "Không có quy tắc này.", "There is no such rule.")
		return
	}
	v := page.ViewerOf(r.Context())
	p := rulePage{Rule: versions[len(versions)-1], Versions: versions, Form: &page.Form{}, Pause: pause, MayPause: v.Has(page.Editor) || v.Has(page.Administrator)}
	if now, ok := a.Rules.Set().InForce(p.Rule.ID, civil.On(a.Now())); ok {
		p.Rule = now
	}
	p.Explain = a.Rules.Explain(p.Rule)
	if line, off := a.Switches.Off(r.Context(), switches.Rule(p.Rule.ID)); off {
		p.Paused = &line
	}
	if !a.dryRun(w, r, &p) {
		return
	}
	a.show(w, r, status, "rule.html", page.Page{VI: p.Rule.ID + " · " + p.Rule.Name.VI, EN: p.Rule.ID + " · " + p.Rule.Name.EN, Data: p})
}

// dryRun works the rule out for the days asked for; it has answered already when not ok.
func (a *Area) dryRun(w http.ResponseWriter, r *http.Request, p *rulePage) bool {
	today := civil.On(a.Now())
	days := map[string]civil.Date{"tu": today, "den": today.AddDays(30)}
	for name, usual := range days {
		text := r.URL.Query().Get(name)
		if d, err := civil.Parse(text); text != "" && (err != nil || !d.Valid() || d.IsZero()) {
			p.Form.Wrong(name, "Hãy chọn một ngày có thật.", "Please pick a real day.")
		} else if text != "" {
			usual = d
		}
		days[name] = usual
		p.Form.Set(name, usual.String())
	}
	if r.Method != http.MethodGet || !r.URL.Query().Has("tu") || !p.Form.OK() {
		return true
	}
	window := lifeevents.Window{From: days["tu"], To: days["den"]}
	if span := window.From.DaysUntil(window.To); span < 0 || span > longestRun {
		p.Form.Wrong("den", "Ngày cuối phải sau ngày đầu, cách nhau không quá 400 ngày.", "The last day must follow the first, by at most 400 days.")
		return true
	}
	run, err := a.Rules.DryRun(r.Context(), p.Rule.ID, window)
	if err != nil {
		a.Site.Broken(w, r, "desk: dry run", err)
		return false
	}
	p.Run = &run
	return true
}

// pauseRule pauses or resumes a rule, with a reason.
func (a *Area) pauseRule(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	id := r.PathValue("id")
	if len(a.Rules.Set().Versions(id)) == 0 {
		a.Site.NotFound(w, r)
		return
	}
	line := switches.Turning{Target: switches.Rule(id), Off: f.Value("viec") == "dung", Reason: masked(f.Value("ly-do")), By: nameOf(r), At: a.Now()}
	if problem := line.Check(); problem != nil {
		f.Wrong("ly-do", sentence(problem), "Please give a reason of 5 to 500 characters.")
		a.showRule(w, r, http.StatusUnprocessableEntity, f)
		return
	}
	if err := a.Switches.Turn(r.Context(), line); err != nil {
		a.Site.Broken(w, r, "desk: switch", err)
		return
	}
	say := [2]string{"Đã tạm dừng quy tắc; tin đang chờ sẽ chưa gửi.", "The rule is paused; what waits is not sent."}
	if !line.Off {
		say = [2]string{"Quy tắc chạy lại.", "The rule runs again."}
	}
	a.done(w, r, Path+"/quy-tac/"+id, say[0], say[1])
}
