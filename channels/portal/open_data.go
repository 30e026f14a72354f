package portal

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
)

// OpenDataPath is where the data may be had whole.
const OpenDataPath = "/du-lieu"

// openPage is what pages/open-data.html shows.
type openPage struct {
	Count  int
	Schema []column
}

// column says what one column of the open data holds.
type column struct{ Name, VI, EN string }

var columns = []column{
	{"id", "mã ổn định của bản ghi", "stable identifier"}, {"code", "mã thủ tục trên Cổng Dịch vụ công quốc gia", "code on the national portal"},
	{"name", "tên thủ tục", "name"}, {"field", "lĩnh vực", "field"}, {"ministry", "bộ, ngành", "ministry"}, {"levels", "cấp thực hiện", "levels that carry it out"},
	{"decision", "quyết định công bố", "decision that published it"}, {"online", "nộp trực tuyến được", "can be filed online"}, {"free", "miễn phí mọi trường hợp", "free in every case"},
	{"events", "việc trong đời", "life events"}, {"verified_on", "ngày kiểm tra gần nhất", "last verified"}, {"digest", "bản ghi tóm lược bằng lời của dự án", "record in our own words"},
	{"superseded_by", "đã được thay bằng", "superseded by"}, {"url", "trang của thủ tục", "page of the procedure"}, {"source", "nguồn", "source"},
}

func (p *Portal) openData(w http.ResponseWriter, r *http.Request) {
	all, _, err := p.catalogue.all(r.Context(), p.Catalogue)
	if err != nil {
		p.Site.Broken(w, r, "catalogue", err)
		return
	}
	p.pages.Show(w, r, http.StatusOK, "open-data.html", page.Page{VI: "Dữ liệu mở", EN: "Open data", Public: true, Styles: []string{"ask.css"}, Data: openPage{len(all), columns},
		Description: "Danh mục thủ tục hành chính dạng JSON và CSV."})
}

// openRecord is one line of the open data.
type openRecord struct {
	ID         string         `json:"id"`
	Code       string         `json:"code,omitempty"`
	Name       string         `json:"name"`
	Field      string         `json:"field,omitempty"`
	Ministry   string         `json:"ministry,omitempty"`
	Levels     []corpus.Level `json:"levels"`
	Decision   string         `json:"decision,omitempty"`
	Online     bool           `json:"online"`
	Free       bool           `json:"free"`
	Events     []string       `json:"events"`
	VerifiedOn string         `json:"verified_on,omitempty"`
	Digest     bool           `json:"digest"`
	Superseded string         `json:"superseded_by,omitempty"`
	URL        string         `json:"url"`
	Source     string         `json:"source,omitempty"`
}

func (p *Portal) openRecords(r *http.Request) ([]openRecord, error) {
	all, _, err := p.catalogue.all(r.Context(), p.Catalogue)
	if err != nil {
		return nil, err
	}
	out := make([]openRecord, 0, len(all))
	for _, e := range all {
		out = append(out, openRecord{
			e.ID, e.Code, e.Name, e.Field, e.Ministry, append([]corpus.Level{}, e.Levels...), e.Decision, e.Online, e.Free, append([]string{}, e.Events...),
			e.Verified, e.Digest, e.Superseded, p.Base + ProcedureAddress(e.ID), e.URL,
		})
	}
	return out, nil
}

func (p *Portal) openJSON(w http.ResponseWriter, r *http.Request) {
	records, err := p.openRecords(r)
	if err != nil {
		p.broken(w, r, "open data", err)
		return
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(struct {
		License    string       `json:"license"`
		Count      int          `json:"count"`
		Procedures []openRecord `json:"procedures"`
	}{"CC-BY-4.0", len(records), records}); err != nil {
		p.broken(w, r, "open data", err)
		return
	}
	page.Send(w, r, http.StatusOK, "application/json; charset=utf-8", b.Bytes())
}

func (p *Portal) openCSV(w http.ResponseWriter, r *http.Request) {
	records, err := p.openRecords(r)
	if err != nil {
		p.broken(w, r, "open data", err)
		return
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // spreadsheets then read it as UTF-8
	out := csv.NewWriter(&b)
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.Name
	}
	_ = out.Write(head) // into memory
	for _, x := range records {
		levels := make([]string, len(x.Levels))
		for i, l := range x.Levels {
			levels[i] = string(l)
		}
		row := []string{x.ID, x.Code, x.Name, x.Field, x.Ministry, strings.Join(levels, " "), x.Decision, strconv.FormatBool(x.Online), strconv.FormatBool(x.Free),
			strings.Join(x.Events, " "), x.VerifiedOn, strconv.FormatBool(x.Digest), x.Superseded, x.URL, x.Source}
		for i := range row {
			row[i] = harmless(row[i])
		}
		_ = out.Write(row)
	}
	out.Flush()
	w.Header().Set("Content-Disposition", `attachment; filename="thu-tuc.csv"`)
	page.Send(w, r, http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
