package law

import (
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
)

// competencePage is what competence.html shows.
type competencePage struct {
	Form    *page.Form
	Task    string
	On      civil.Date
	Entries []assistant.Competent
	// All is the whole table by field, shown when nothing is asked.
	All []competenceField
}

type competenceField struct {
	Name    string
	Entries []assistant.Competent
}

func (a *Area) competence(w http.ResponseWriter, r *http.Request) {
	on, wrong := a.day(r, "ngay")
	p := &competencePage{Task: clip(r.URL.Query().Get("viec")), On: on, Form: &page.Form{}}
	p.Form.Set("viec", p.Task)
	p.Form.Set("ngay", on.String())
	if wrong {
		p.Form.Wrong("ngay", "Ngày này không có thật; đang dùng hôm nay.", "No such day; today is used.")
	}
	if p.Task != "" {
		p.Entries = assistant.Competence(p.Task, on)
	} else {
		p.All = everyTask(on)
	}
	a.show(w, r, http.StatusOK, "competence.html", page.Page{
		VI: "Cấp nào làm việc gì", EN: "Who is competent", Description: "Việc của cấp huyện cũ nay do xã hay tỉnh làm, theo ngày, kèm căn cứ.", Data: p,
	})
}

// everyTask lists the table in its own order, what holds on the day.
func everyTask(on civil.Date) (out []competenceField) {
	at := map[string]int{}
	for _, e := range place.Competence() {
		c, ok := assistant.CompetentOn(e, on)
		if !ok {
			continue
		}
		i, seen := at[c.Field]
		if !seen {
			i = len(out)
			at[c.Field] = i
			out = append(out, competenceField{Name: c.Field})
		}
		out[i].Entries = append(out[i].Entries, c)
	}
	return out
}
