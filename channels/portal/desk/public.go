package desk

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/measure"
)

// PublicPath is where anybody sees what the service does.
const PublicPath = "/so-lieu"

func (a *Area) publicRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+PublicPath, a.public)
	mux.HandleFunc("GET "+PublicPath+".json", a.publicJSON)
	mux.HandleFunc("GET "+PublicPath+".csv", a.publicCSV)
}

// published is what everybody may see. A count from 1 to 4 is null, and one more beside it
// where it could be worked out from the sum.
type published struct {
	First     civil.Date       `json:"first"`
	Last      civil.Date       `json:"last"`
	Asked     *int             `json:"asked"`
	Answered  *int             `json:"answered"`
	Outcomes  []publishedCount `json:"outcomes"`
	Channels  []publishedCount `json:"channels"`
	Opinions  *int             `json:"opinions"`
	Satisfied *float64         `json:"satisfied"` // share, null where too few said so
	P50       float64          `json:"p50_ms"`
	P95       float64          `json:"p95_ms"`
	Notices   *int             `json:"notices_due"`
	Sent      *int             `json:"notices_sent"`
	Rules     []publishedCount `json:"notices_by_rule"`
	Served    int              `json:"procedures_served_proactively"`
	All       int              `json:"procedures"`
}

// publishedCount is a name and a count; null where too few.
type publishedCount struct {
	Name string `json:"name"`
	N    *int   `json:"n"`
}

// publicPage is what public.html shows.
type publicPage struct {
	Shown    published
	Card     *eval.ScoreCard
	Statuses template.HTML
}

// publicDays is how far back the public page looks.
const publicDays = 90

func (f *figures) published() published {
	p := published{
		First: f.First, Last: f.Last, Asked: measure.PublishAlone(f.Answers.Asked), Answered: measure.PublishAlone(f.Answered),
		Outcomes: publishedShares(f.Answers.ByStatus), Channels: publishedShares(f.Answers.ByChannel), Opinions: measure.PublishAlone(f.Opinions),
		P50: float64(f.P50.Microseconds()) / 1000, P95: float64(f.P95.Microseconds()) / 1000,
		Notices: measure.PublishAlone(f.Notices.Due), Sent: measure.PublishAlone(f.Notices.Sent), Served: f.Served, All: f.All,
	}
	if useful := int(f.Satisfied*float64(f.Opinions) + .5); useful >= measure.Fewest && f.Opinions-useful >= measure.Fewest || useful == f.Opinions && useful >= measure.Fewest {
		p.Satisfied = &f.Satisfied
	}
	var shares []measure.Share
	for _, row := range f.Rules {
		shares = append(shares, measure.Share{Name: row.Name, N: row.Due})
	}
	p.Rules = publishedShares(shares)
	return p
}

func publishedShares(shares []measure.Share) []publishedCount {
	counts := make([]int, len(shares))
	for i, s := range shares {
		counts[i] = s.N
	}
	out := make([]publishedCount, len(shares))
	for i, n := range measure.Publish(counts) {
		out[i] = publishedCount{shares[i].Name, n}
	}
	return out
}

func (a *Area) public(w http.ResponseWriter, r *http.Request) {
	f, err := a.figures(r.Context(), publicDays)
	if err != nil {
		a.Site.Broken(w, r, "desk: public measures", err)
		return
	}
	p := f.published()
	var bars []bar
	for _, o := range p.Outcomes {
		if o.N != nil {
			bars = append(bars, bar{statusName(a.lang(r), o.Name), float64(*o.N), 0})
		}
	}
	data := publicPage{Shown: p, Card: f.Card, Statuses: barChart(say(a.lang(r), "Số câu hỏi theo kết quả", "Questions by outcome"), bars)}
	a.show(w, r, http.StatusOK, "public.html", page.Page{
		VI: "Một Cửa làm việc thế nào", EN: "How Một Cửa is doing", Description: "Số câu hỏi, tỷ lệ trả lời, hài lòng, nhắc việc: số liệu công khai.", Public: true, Data: data,
	})
}

func (a *Area) publicJSON(w http.ResponseWriter, r *http.Request) {
	f, err := a.figures(r.Context(), publicDays)
	if err != nil {
		a.Site.Broken(w, r, "desk: public measures", err)
		return
	}
	body, err := json.MarshalIndent(f.published(), "", "  ")
	if err != nil {
		a.Site.Broken(w, r, "desk: public measures", err)
		return
	}
	page.Send(w, r, http.StatusOK, "application/json; charset=utf-8", append(body, '\n'))
}

func (a *Area) publicCSV(w http.ResponseWriter, r *http.Request) {
	f, err := a.figures(r.Context(), publicDays)
	if err != nil {
		a.Site.Broken(w, r, "desk: public measures", err)
		return
	}
	p := f.published()
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	rows := [][]string{
		{"measure", "name", "n"}, {"asked", "", count(p.Asked)}, {"answered", "", count(p.Answered)}, {"opinions", "", count(p.Opinions)},
		{"notices_due", "", count(p.Notices)}, {"notices_sent", "", count(p.Sent)},
	}
	for _, c := range p.Outcomes {
		rows = append(rows, []string{"outcome", c.Name, count(c.N)})
	}
	for _, c := range p.Channels {
		rows = append(rows, []string{"channel", c.Name, count(c.N)})
	}
	for _, c := range p.Rules {
		rows = append(rows, []string{"notices_by_rule", c.Name, count(c.N)})
	}
	if err := out.WriteAll(rows); err != nil {
		a.Site.Broken(w, r, "desk: public measures", err)
		return
	}
	page.Send(w, r, http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

// count writes a published count; "<5" where it is held back.
func count(n *int) string {
	if n == nil {
		return "<" + strconv.Itoa(measure.Fewest)
	}
	return strconv.Itoa(*n)
}
