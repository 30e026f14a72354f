package portal

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
)

// ProceduresPath lists procedures; below it each has its own page.
const ProceduresPath = "/thu-tuc"

// perPage is how many procedures one page of the list shows.
const perPage = 20

// levelNames are the tiers as people know them since 1 July 2025.
var levelNames = []struct {
	Level  corpus.Level
	VI, EN string
}{
	{corpus.Commune, "Xã, phường, đặc khu", "Commune or ward"}, {corpus.Province, "Tỉnh, thành phố", "Province or city"},
	{corpus.Central, "Trung ương", "Central"}, {corpus.Otherlvl, "Cơ quan khác", "Other bodies"},
}

// listPage is what pages/procedures.html shows.
type listPage struct {
	wanted
	Found      []entry
	Total, All int
	Filters    []page.Field
	Form       *page.Form
	Situations []situation
	Chosen     situation
	Prev, Next string
	Pages      int
	LevelName  map[corpus.Level][2]string
}

func (p *Portal) serveProcedures(mux *http.ServeMux) {
	if p.Catalogue == nil {
		return
	}
	mux.HandleFunc("GET "+ProceduresPath, p.procedures)
	mux.HandleFunc("GET "+ProceduresPath+"/{id}", p.procedure)
	mux.HandleFunc("GET "+OpenDataPath, p.openData)
	mux.HandleFunc("GET "+OpenDataPath+"/thu-tuc.json", p.openJSON)
	mux.HandleFunc("GET "+OpenDataPath+"/thu-tuc.csv", p.openCSV)
}

// procedures is the list, by situation, field, ministry, level and words.
func (p *Portal) procedures(w http.ResponseWriter, r *http.Request) {
	form, ok := p.Site.ReadForm(w, r)
	if !ok {
		return
	}
	all, facets, err := p.catalogue.all(r.Context(), p.Catalogue)
	if err != nil {
		p.Site.Broken(w, r, "catalogue", err)
		return
	}
	want := readWanted(form)
	found := want.pick(all)
	data := listPage{wanted: want, Total: len(found), All: len(all), Form: form, Situations: situations, LevelName: levelTitles()}
	data.Chosen, _ = situationNamed(want.Situation)
	data.Pages = max(1, (len(found)+perPage-1)/perPage)
	data.Page = min(max(1, want.Page), data.Pages)
	data.Found = found[(data.Page-1)*perPage : min(len(found), data.Page*perPage)]
	data.Prev, data.Next = neighbour(r, data.Page-1, data.Pages), neighbour(r, data.Page+1, data.Pages)
	data.Filters = filters(facets)
	p.pages.Show(w, r, http.StatusOK, "procedures.html", page.Page{
		VI: "Thủ tục hành chính", EN: "Administrative procedures", Section: ProceduresPath, Public: true, Wide: true, Styles: []string{"ask.css"}, Data: data,
		Description: "Tra cứu thủ tục hành chính theo việc trong đời, lĩnh vực, bộ ngành và cấp thực hiện.",
	})
}

func readWanted(f *page.Form) wanted {
	n, _ := strconv.Atoi(f.Value("trang")) // 0 is the first page
	words := f.Value("q")
	if r := []rune(words); len(r) > 200 {
		words = string(r[:200])
	}
	return wanted{Words: words, Situation: f.Value("viec"), Field: f.Value("linh-vuc"), Ministry: f.Value("bo"), Level: corpus.Level(f.Value("cap")), Page: n}
}

// filters are the fields of the form above the list.
func filters(f faceted) []page.Field {
	some := func(all []string) []page.FieldChoice {
		out := []page.FieldChoice{{VI: "Tất cả", EN: "All"}}
		for _, s := range all {
			out = append(out, page.FieldChoice{Value: s, VI: s})
		}
		return out
	}
	tasks, levels := some(nil), some(nil)
	for _, s := range situations {
		tasks = append(tasks, page.FieldChoice{Value: s.Slug, VI: s.VI, EN: s.EN})
	}
	for _, l := range levelNames {
		levels = append(levels, page.FieldChoice{Value: string(l.Level), VI: l.VI, EN: l.EN})
	}
	return []page.Field{
		{Name: "viec", Kind: "select", VI: "Việc trong đời", EN: "Life event", Required: true, Choices: tasks},
		{Name: "linh-vuc", Kind: "select", VI: "Lĩnh vực", EN: "Field", Required: true, Choices: some(f.fields)},
		{Name: "bo", Kind: "select", VI: "Bộ, ngành", EN: "Ministry", Required: true, Choices: some(f.ministries)},
		{Name: "cap", Kind: "select", VI: "Cấp thực hiện", EN: "Level", Required: true, Choices: levels},
	}
}

func levelTitles() map[corpus.Level][2]string {
	m := map[corpus.Level][2]string{}
	for _, l := range levelNames {
		m[l.Level] = [2]string{l.VI, l.EN}
	}
	return m
}

// neighbour is the address of another page of the same list; "" when there is none.
func neighbour(r *http.Request, n, last int) string {
	if n < 1 || n > last {
		return ""
	}
	q := url.Values{}
	for name, v := range r.URL.Query() {
		if name != "trang" && v[0] != "" {
			q[name] = v[:1]
		}
	}
	if n > 1 {
		q.Set("trang", strconv.Itoa(n))
	}
	if len(q) == 0 {
		return ProceduresPath
	}
	return ProceduresPath + "?" + q.Encode()
}

// procedurePage is what pages/procedure.html shows.
type procedurePage struct {
	P         corpus.Procedure
	V         *answerView
	LD        governmentService
	AsOf      string
	LevelName map[corpus.Level][2]string
	// Ended tells that the record does not apply on the day; By what stands for it.
	Ended bool
	By    string
}

// procedure is the page of one procedure, as of a day.
func (p *Portal) procedure(w http.ResponseWriter, r *http.Request) {
	record, err := p.Library.Procedure(r.Context(), r.PathValue("id"))
	if errors.Is(err, corpus.ErrNotFound) {
		p.Site.NotFound(w, r)
		return
	}
	if err != nil {
		p.Site.Broken(w, r, "procedure", err)
		return
	}
	on, ok := readDay(r.URL.Query().Get("ngay"))
	if !ok || on.IsZero() {
		on = today(p.Now())
	}
	a, err := assistant.Lay(r.Context(), p.Library, record, on)
	if err != nil {
		p.Site.Broken(w, r, "procedure", err)
		return
	}
	data := procedurePage{P: record, AsOf: on.String(), LevelName: levelTitles(), Ended: !record.InForce(on), By: record.Superseded}
	data.V = p.view(r, assistant.Question{Text: record.Name, AskedAt: p.Now()}, a)
	data.V.Share = ProcedureAddress(record.ID)
	data.LD = p.serviceOf(record)
	p.pages.Show(w, r, http.StatusOK, "procedure.html", page.Page{
		VI: record.Name, EN: record.Name, Section: ProceduresPath, Public: true, Wide: true, Styles: []string{"ask.css"}, Scripts: []string{"ask.js"}, Data: data,
		Description: record.Name + ": giấy tờ cần chuẩn bị, lệ phí, thời hạn, nơi nộp, căn cứ pháp lý.",
	})
}
