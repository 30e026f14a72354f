package law

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// passagesShown is how many passages one search gives.
const passagesShown = 10

// findPage is what find.html shows.
type findPage struct {
	choice

	// InText searches the words of the texts; else names and numbers.
	InText    bool
	Form      *page.Form
	WrongDay  bool
	Direct    *corpus.Provision // the place the query names
	Passages  []found
	Heads     []headRow
	Total     int
	Types     []page.FieldChoice
	Issuers   []page.FieldChoice
	Statuses  []page.FieldChoice
	Older     string // address of the next page; "" on the last
	Newer     string
	Today     civil.Date
	Unlimited bool // nothing is narrowed: the list is of everything
}

// found is a passage with the page it stands on.
type found struct {
	assistant.QuotedPassage

	Address string
}

// headRow is one instrument of the list.
type headRow struct {
	corpus.Head

	Status corpus.Status
}

func (a *Area) find(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	on, wrong := a.day(r, "ngay")
	p := &findPage{choice: choiceOf(v, on), InText: v.Get("tim") != "ten", WrongDay: wrong, Today: civil.On(a.Now())}
	if p.Words != "" && p.InText && !v.Has("hieu-luc") {
		p.Status = "in" // who says nothing asks for the law that applies
	}
	if err := a.list.load(r.Context(), a.Shelf); err != nil {
		a.Site.Broken(w, r, "law: list", err)
		return
	}
	p.fields(v, a.list.bodies())
	if at, err := corpus.ParseAddress(p.Words); err == nil {
		if _, known := a.list.head(corpus.Slug(at.Instrument)); known {
			p.Direct = &at
		}
	}
	err := a.fill(r, p)
	if err != nil {
		a.Site.Broken(w, r, "law: search", err)
		return
	}
	a.show(w, r, http.StatusOK, "find.html", page.Page{
		VI: "Tra cứu văn bản pháp luật", EN: "Search the law", Description: "Tra cứu luật, nghị định, thông tư theo ngày hiệu lực: đúng điều, khoản, điểm.", Data: p,
	})
}

// fill searches where the reader wants it.
func (a *Area) fill(r *http.Request, p *findPage) error {
	if p.Words != "" && p.InText {
		return a.fillPassages(r, p)
	}
	heads, total := a.list.pick(p.choice)
	p.Total = total
	for _, h := range heads {
		status, err := a.status(r, corpus.Provision{Instrument: h.Number}, h.Validity, p.On)
		if err != nil {
			return err
		}
		p.Heads = append(p.Heads, headRow{h, status})
	}
	if p.Page*perPage < total {
		p.Older = turn(r.URL, p.Page+1)
	}
	if p.Page > 1 {
		p.Newer = turn(r.URL, p.Page-1)
	}
	return nil
}

func (a *Area) fillPassages(r *http.Request, p *findPage) error {
	q := assistant.RegulationQuery{Text: p.Words, On: p.On, Limit: passagesShown, Standing: standings[p.Status], Cleared: page.ViewerOf(r.Context()).Works()}
	if p.Issuer != "" {
		q.Issuers = []string{p.Issuer}
	}
	if p.Type != "" {
		q.Types = []corpus.InstrumentType{p.Type}
	}
	passages, err := a.Regulations.Find(r.Context(), q)
	for _, x := range passages {
		p.Passages = append(p.Passages, found{x, page.LawAddress(x.Provision, p.On)})
	}
	return err
}

// standings are the states the form offers, as a search of passages knows them.
var standings = map[string]assistant.Standing{
	"": assistant.Whichever, "in": assistant.Applying, "not_yet": assistant.Coming, "out": assistant.Over,
}

// status is the state of a place on a day, with everything known of it.
func (a *Area) status(r *http.Request, p corpus.Provision, own corpus.Validity, on civil.Date) (corpus.Status, error) {
	to, from, err := a.Library.Relations(r.Context(), p)
	if err != nil {
		return corpus.Status{}, err
	}
	return corpus.StatusOn(p, own, append(to, from...), on), nil
}

// turn is the address of another page of the same list.
func turn(u *url.URL, n int) string {
	v := u.Query()
	v.Set("trang", strconv.Itoa(n))
	return Path + "?" + v.Encode()
}

// fields prepares the form with what was asked.
func (p *findPage) fields(v url.Values, issuers []string) {
	p.Form = &page.Form{}
	for name, value := range map[string]string{
		"q": p.Words, "ngay": p.On.String(), "loai": string(p.Type), "co-quan": p.Issuer, "hieu-luc": p.Status, "tim": "noi-dung",
	} {
		p.Form.Set(name, value)
	}
	if !p.InText {
		p.Form.Set("tim", "ten")
	}
	if p.WrongDay {
		p.Form.Wrong("ngay", "Ngày này không có thật; đang dùng hôm nay.", "No such day; today is used.")
		p.Form.Set("ngay", v.Get("ngay"))
	}
	p.Unlimited = p.Words == "" && p.Type == "" && p.Issuer == "" && p.Status == ""
	p.Types = []page.FieldChoice{{Value: "", VI: "Mọi loại", EN: "All kinds"}}
	for _, t := range []corpus.InstrumentType{corpus.Code, corpus.Law, corpus.Ordinance, corpus.Resolution, corpus.Decree, corpus.Decision, corpus.Circular, corpus.JointCirc, corpus.Directive} {
		p.Types = append(p.Types, page.FieldChoice{Value: string(t), VI: t.Vietnamese()})
	}
	p.Issuers = []page.FieldChoice{{Value: "", VI: "Mọi cơ quan", EN: "All bodies"}}
	for _, name := range issuers {
		p.Issuers = append(p.Issuers, page.FieldChoice{Value: name, VI: name})
	}
	p.Statuses = []page.FieldChoice{
		{Value: "", VI: "Mọi tình trạng", EN: "Any"}, {Value: "in", VI: "Còn hiệu lực", EN: "In force"},
		{Value: "not_yet", VI: "Chưa có hiệu lực", EN: "Not yet in force"}, {Value: "out", VI: "Hết hiệu lực", EN: "Ended"},
	}
}
