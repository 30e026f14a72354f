package mine

import (
	"crypto/rand"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// checklistPage is what pages/checklist.html shows: a page to take along, on A4.
type checklistPage struct {
	lifeevents.Checklist
	Who   string
	About lifeevents.PersonID
	// Fields are the boxes of the form that data on file fill: level 2.
	Fields []lifeevents.FormField
	Filer  []lifeevents.FormField // about who files for somebody else
	// Code and QR let the counter open the same list; empty until asked for.
	Code, Until string
	QR          template.HTML
	Where, Form []string
	Level       lifeevents.Level
	Counter     bool // shown at the counter
}

func itoa(n int) string { return strconv.Itoa(n) }

// dossier finds procedure and member of an address; it has answered when the member is nil.
func (a *Area) dossier(w http.ResponseWriter, r *http.Request, about string) (p corpus.Procedure, h *household, m *member) {
	p, err := a.Library.Procedure(r.Context(), r.PathValue("procedure"))
	if errors.Is(err, corpus.ErrNotFound) {
		a.Site.NotFound(w, r)
		return p, nil, nil
	}
	if err == nil {
		h, err = a.household(r.Context(), me(r))
	}
	if err != nil {
		a.Site.Broken(w, r, "checklist", err)
		return p, nil, nil
	}
	if about == "" {
		about = string(me(r))
	}
	if m = h.member(lifeevents.PersonID(about)); m == nil {
		a.Site.Deny(w, r, "checklist of another person")
	}
	return p, h, m
}

func (a *Area) checklist(w http.ResponseWriter, r *http.Request) {
	if p, h, m := a.dossier(w, r, r.URL.Query().Get("ve")); m != nil {
		a.showChecklist(w, r, p, h, m, "", "")
	}
}

// slip makes a code for the counter; it is shown once, with its QR code.
func (a *Area) slip(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	p, h, m := a.dossier(w, r, f.Value("ve"))
	if m == nil {
		return
	}
	code := rand.Text()[:10]
	now := a.Now()
	s := lifeevents.Slip{Person: me(r), About: m.view.ID, Procedure: p.ID, Made: now, Expires: now.Add(lifeevents.SlipLife)}
	if err := a.Book.KeepSlip(r.Context(), code, s); err != nil {
		a.Site.Broken(w, r, "slip", err)
		return
	}
	a.showChecklist(w, r, p, h, m, code, clock(s.Expires))
}

func (a *Area) showChecklist(w http.ResponseWriter, r *http.Request, p corpus.Procedure, h *household, m *member, code, until string) {
	data := a.checklistOf(p, m, lang(r))
	if m.view.ID != h.me.ID {
		data.Filer = lifeevents.FormFields(h.me, a.today())
	}
	if code != "" {
		data.Code, data.Until = code[:5]+"-"+code[5:], until
		data.QR = drawQR(a.Base+"/quay/"+code, data.Code)
	}
	a.show(w, r, http.StatusOK, "checklist.html", page.Page{VI: "Giấy tờ cần mang: " + p.Name, EN: "What to bring: " + p.Name, Data: data})
}

func (a *Area) checklistOf(p corpus.Procedure, m *member, lang string) checklistPage {
	data := checklistPage{Checklist: lifeevents.MakeChecklist(p, m.view, a.today()), Who: m.Who(lang), About: m.view.ID, Fields: lifeevents.FormFields(m.view, a.today())}
	for i := range m.matters {
		if slices.Contains(m.matters[i].Procedures, p.ID) {
			data.Level = max(data.Level, m.matters[i].Level)
		}
	}
	for _, f := range p.Forms {
		data.Form = append(data.Form, f.Name)
	}
	return data
}

// counter shows an official the list behind the code of a slip: which papers to ask for,
// and where the rest can be looked up. It holds no value of any datum.
func (a *Area) counter(w http.ResponseWriter, r *http.Request) {
	s, err := a.Book.Slip(r.Context(), codeOf(r.PathValue("code")), a.Now())
	if errors.Is(err, corpus.ErrNotFound) {
		a.Site.Problem(w, r, http.StatusNotFound, "Mã này không đúng hoặc đã quá 30 ngày.", "The code is wrong or older than 30 days.")
		return
	}
	if err != nil {
		a.Site.Broken(w, r, "slip", err)
		return
	}
	p, err := a.Library.Procedure(r.Context(), s.Procedure)
	if err == nil {
		err = a.Site.Record(r.Context(), "slip.open", s.Procedure, "done", "")
	}
	var views []*lifeevents.View
	if err == nil {
		views, err = a.People.Views(r.Context(), []lifeevents.PersonID{s.About})
	}
	if err != nil {
		a.Site.Broken(w, r, "slip", err)
		return
	}
	m := &member{view: views[0], who: lifeevents.Text{VI: "Người làm thủ tục", EN: "Applicant"}}
	data := a.checklistOf(p, m, lang(r))
	data.Fields, data.Counter, data.Who = nil, true, m.who.In(lang(r))
	a.tpl.Show(w, r, http.StatusOK, "checklist.html", page.Page{VI: "Phiếu tại quầy: " + p.Name, EN: "Counter slip: " + p.Name, Styles: []string{"mine.css"}, Data: data})
}
