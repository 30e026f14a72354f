package mine

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// subject is one thing a person may declare, as data: its fields and what they come to.
type subject struct {
	slug, icon     string
	VI, EN         string
	HintVI, HintEN string
	// topic is what a person may ask to be reminded of along with it.
	topic  lifeevents.Topic
	fields []page.Field
	// others: it may be declared of somebody else of the household.
	others bool
	// of fills the statement; what is wrong it notes in the form.
	of func(f *reading, s *Statement)
}

// reading is a form with the day it is read on.
type reading struct {
	*page.Form
	today civil.Date
}

// day reads a day; what the person cannot mean is noted.
func (f *reading) day(name string, past, future bool) civil.Date {
	text := f.Value(name)
	d, err := civil.Parse(text)
	if err != nil || text == "" {
		d, err = civil.ParseVN(text)
	}
	switch {
	case text == "" || err != nil || !d.Valid():
		f.Wrong(name, "Hãy ghi ngày đầy đủ, ví dụ 15/03/2026.", "Please give a full date, for example 15/03/2026.")
	case !past && d.Before(f.today):
		f.Wrong(name, "Ngày này đã qua.", "This day has passed.")
	case !future && f.today.Before(d):
		f.Wrong(name, "Ngày này chưa tới.", "This day has not come yet.")
	case d.Before(civil.New(1900, 1, 1)) || civil.New(2100, 1, 1).Before(d):
		f.Wrong(name, "Năm này không hợp lý.", "That year cannot be right.")
	default:
		return d
	}
	return civil.Date{}
}

// pick reads one of a field's choices.
func (f *reading) pick(field *page.Field) string {
	v := f.Value(field.Name)
	if !slices.ContainsFunc(field.Choices, func(c page.FieldChoice) bool { return c.Value == v }) {
		f.Wrong(field.Name, "Hãy chọn một mục.", "Please choose one.")
		return ""
	}
	return v
}

// commune reads a commune of today from what people write.
func (f *reading) commune(name string) string {
	matches := place.Find(f.Value(name))
	var found []place.Unit
	for _, m := range matches {
		for _, u := range today(m.Unit) {
			if !slices.Contains(found, u) {
				found = append(found, u)
			}
		}
	}
	if len(found) == 0 {
		f.Wrong(name, "Chưa nhận ra xã, phường này. Hãy ghi cả tên tỉnh, ví dụ “phường Hải Châu, Đà Nẵng”.", "That commune is not known. Please add the province, for example “phường Hải Châu, Đà Nẵng”.")
		return ""
	}
	if len(found) > 1 && len(matches) > 1 && matches[0].Score-matches[1].Score < 0.1 {
		var names []string
		for _, u := range found[:min(4, len(found))] {
			names = append(names, place.Path(u))
		}
		f.Wrong(name, "Có nhiều nơi trùng tên: "+strings.Join(names, "; ")+". Hãy ghi rõ hơn.", "Several places have that name: "+strings.Join(names, "; ")+". Please be more exact.")
		return ""
	}
	return found[0].Code
}

// today are the communes that a unit is now; none for a province.
func today(u place.Unit) (out []place.Unit) {
	if u.Level != place.CommuneLevel {
		return nil
	}
	if !u.Old {
		return []place.Unit{u}
	}
	for _, s := range place.Today(u) {
		out = append(out, s.Unit)
	}
	return out
}

// declareMenuPage is what pages/declare-menu.html shows.
type declareMenuPage struct{ Subjects []menuTile }

type menuTile struct{ Path, Icon, Name, Hint string }

func (a *Area) declareMenu(w http.ResponseWriter, r *http.Request) {
	data := declareMenuPage{}
	for i := range subjects {
		s := &subjects[i]
		t := menuTile{"/toi/khai/" + s.slug, s.icon, s.VI, s.HintVI}
		if lang(r) == "en" {
			t.Name, t.Hint = s.EN, s.HintEN
		}
		data.Subjects = append(data.Subjects, t)
	}
	marriage := menuTile{"/toi/gia-dinh", "heart", "Vợ hoặc chồng", "Hai người cùng xác nhận"}
	if lang(r) == "en" {
		marriage.Name, marriage.Hint = "Spouse", "Both of you confirm"
	}
	data.Subjects = slices.Insert(data.Subjects, 1, marriage)
	a.show(w, r, http.StatusOK, "declare-menu.html", page.Page{VI: "Khai về mình và gia đình", EN: "Declare facts", Wide: true, Data: data})
}

// declarePage is what pages/declare.html shows.
type declarePage struct {
	Form   *page.Form
	Slug   string
	Lead   string
	Fields []page.Field
	Topic  lifeevents.Topic
	// Ask: the person has not agreed to be reminded of the topic and may do so here.
	Ask     bool
	AskName string
}

// subjectOf finds what an address names; it has answered when nil.
func (a *Area) subjectOf(w http.ResponseWriter, r *http.Request) *subject {
	i := slices.IndexFunc(subjects, func(s subject) bool { return s.slug == r.PathValue("what") })
	if i < 0 {
		a.Site.NotFound(w, r)
		return nil
	}
	return &subjects[i]
}

func (a *Area) declareForm(w http.ResponseWriter, r *http.Request) {
	if s := a.subjectOf(w, r); s != nil {
		f := &page.Form{}
		f.Set("ma", rand.Text())
		a.showDeclare(w, r, http.StatusOK, s, f)
	}
}

func (a *Area) showDeclare(w http.ResponseWriter, r *http.Request, status int, s *subject, f *page.Form) {
	data := declarePage{Form: f, Slug: s.slug, Lead: s.HintVI, Fields: s.fields, Topic: s.topic, AskName: s.topic.Name().In(lang(r))}
	if lang(r) == "en" {
		data.Lead = s.HintEN
	}
	if s.others {
		field, err := a.whomField(r)
		if err != nil {
			a.Site.Broken(w, r, "household", err)
			return
		}
		data.Fields = append([]page.Field{field}, data.Fields...)
	}
	reach, err := a.People.Reach(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "reach", err)
		return
	}
	_, asked := reach.Said(s.topic, delivery.PortalName)
	data.Ask = !asked && slices.ContainsFunc(a.topicRules(s.topic), func(r *lifeevents.Rule) bool {
		return r.Ground == lifeevents.ByConsent || r.Sensitivity >= lifeevents.N3
	})
	a.show(w, r, status, "declare.html", page.Page{VI: s.VI, EN: s.EN, Data: data})
}

// whomField lets the person choose among the household.
func (a *Area) whomField(r *http.Request) (page.Field, error) {
	h, err := a.household(r.Context(), me(r))
	if err != nil {
		return page.Field{}, err
	}
	f := page.Field{Name: "ve-ai", Kind: "select", VI: "Về ai", EN: "About whom", Required: true}
	for i := range h.members {
		m := &h.members[i]
		f.Choices = append(f.Choices, page.FieldChoice{Value: string(m.view.ID), VI: m.Who("vi"), EN: m.Who("en")})
	}
	return f, nil
}

// declare takes a declaration in. The form names itself, so a second press of the button
// is the same declaration.
func (a *Area) declare(w http.ResponseWriter, r *http.Request) {
	s := a.subjectOf(w, r)
	if s == nil {
		return
	}
	form, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	f := &reading{form, a.today()}
	st := Statement{ID: form.Value("ma"), By: me(r), About: me(r)}
	if st.ID == "" || len(st.ID) > 64 || strings.Contains(st.ID, "/") {
		st.ID = rand.Text()
	}
	if s.others {
		h, err := a.household(r.Context(), me(r))
		if err != nil {
			a.Site.Broken(w, r, "household", err)
			return
		}
		if st.About = lifeevents.PersonID(form.Value("ve-ai")); h.member(st.About) == nil {
			a.Site.Deny(w, r, "declaration for another person")
			return
		}
	}
	if s.of(f, &st); !form.OK() {
		a.showDeclare(w, r, http.StatusUnprocessableEntity, s, form)
		return
	}
	out, err := a.Declarer.Declare(r.Context(), st, a.Now())
	if err == nil && out.OK {
		err = a.afterDeclare(r, s, form, &st)
	}
	switch {
	case err != nil:
		a.Site.Broken(w, r, "declare", err)
	case !out.OK:
		form.Wrong("", out.Says, out.Says)
		a.showDeclare(w, r, http.StatusUnprocessableEntity, s, form)
	default:
		a.Site.Tell(w, r, "done", "Đã ghi nhận lời khai. Lịch nhắc bên dưới đã tính lại.", "Saved. The plan below has been worked out anew.")
		http.Redirect(w, r, Section, http.StatusSeeOther)
	}
}

// afterDeclare keeps a child's name, and the consent that was ticked beside the form.
func (a *Area) afterDeclare(r *http.Request, s *subject, f *page.Form, st *Statement) error {
	if name := f.Value("ten-goi"); name != "" && len(st.Children) > 0 {
		if err := a.People.SetName(r.Context(), st.Children[0].Child, name); err != nil {
			return err
		}
	}
	if f.Value("nhac") != "yes" {
		return nil
	}
	t := a.terms(s.topic, a.doorsOf()[0], lang(r))
	return a.give(r, s.topic, delivery.PortalName, t.version())
}
