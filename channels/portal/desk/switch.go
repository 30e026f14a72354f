package desk

import (
	"net/http"
	"strings"
	"unicode"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/switches"
)

// boardPage is what switches.html shows.
type boardPage struct {
	Rows  []switchRow
	Rules []switches.Turning // paused rules
	Log   []switches.Turning
	Form  *page.Form
}

// switchRow is one switch; Line is who turned it off, nil while it is on.
type switchRow struct {
	Target switches.Target
	VI, EN string
	Line   *switches.Turning
}

// logged is how many lines of the log are shown.
const logged = 50

func (a *Area) board(w http.ResponseWriter, r *http.Request) {
	a.showBoard(w, r, http.StatusOK, &page.Form{})
}

func (a *Area) showBoard(w http.ResponseWriter, r *http.Request, status int, f *page.Form) {
	off, err := a.Switches.All(r.Context())
	if err != nil {
		a.Site.Broken(w, r, "desk: switches", err)
		return
	}
	p := boardPage{Form: f, Rows: a.targets()}
	for i := range p.Rows {
		if line, is := off[p.Rows[i].Target]; is {
			p.Rows[i].Line = &line
		}
	}
	for _, rule := range a.Rules.Set().Rules() {
		if line, is := off[switches.Rule(rule.ID)]; is {
			p.Rules = append(p.Rules, line)
			delete(off, line.Target) // once for all versions
		}
	}
	if p.Log, err = a.Switches.Log(r.Context(), logged); err != nil {
		a.Site.Broken(w, r, "desk: switches", err)
		return
	}
	a.show(w, r, status, "switches.html", page.Page{VI: "Công tắc", EN: "Kill switches", Data: p})
}

// targets are the switches beside those of rules.
func (a *Area) targets() []switchRow {
	rows := []switchRow{
		{Target: switches.Assistant, VI: "Toàn bộ trợ lý", EN: "The whole assistant"},
		{Target: switches.Model, VI: "Mô hình ngôn ngữ", EN: "The language model"},
	}
	for _, c := range a.Channels {
		name, ok := channelNames[c]
		if !ok {
			name = [2]string{c, c}
		}
		rows = append(rows, switchRow{Target: switches.Channel(c), VI: "Kênh " + name[0], EN: "Channel " + name[1]})
	}
	return rows
}

func (a *Area) turn(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	line := switches.Turning{Target: switches.Target(f.Value("cong-tac")), Off: f.Value("viec") == "tat", Reason: masked(f.Value("ly-do")), By: nameOf(r), At: a.Now()}
	known := false
	for _, row := range a.targets() {
		known = known || row.Target == line.Target
	}
	if !known {
		a.Site.NotFound(w, r)
		return
	}
	if problem := line.Check(); problem != nil {
		f.Wrong("ly-do", sentence(problem), "Please give a reason of 5 to 500 characters.")
		a.showBoard(w, r, http.StatusUnprocessableEntity, f)
		return
	}
	if err := a.Switches.Turn(r.Context(), line); err != nil {
		a.Site.Broken(w, r, "desk: switch", err)
		return
	}
	if line.Off {
		a.done(w, r, Path+"/cong-tac", "Đã tắt.", "Switched off.")
		return
	}
	a.done(w, r, Path+"/cong-tac", "Đã bật lại.", "Switched on again.")
}

// sentence writes an error for people: a capital first, a full stop last.
func sentence(err error) string {
	text := []rune(strings.TrimRight(err.Error(), "."))
	if len(text) > 0 {
		text[0] = unicode.ToUpper(text[0])
	}
	return string(text) + "."
}
