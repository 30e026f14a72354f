package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// FieldLabel says what a person read in one record of the national portal. "*" as a
// channel is every channel of Channels.
type FieldLabel struct {
	Code     string           `json:"code"`
	Ministry string           `json:"ministry"`
	Kind     string           `json:"kind"` // pattern of the record, for the draw
	Channels []corpus.Channel `json:"channels"`
	Fees     []FeeLabel       `json:"fees"`
	Times    []TimeLabel      `json:"times"`
	Dossier  []PaperLabel     `json:"dossier"`
	Body     []string         `json:"body"`
	Note     string           `json:"note"`           // why the case is there
	Draw     string           `json:"draw,omitempty"` // which draw of records it belongs to
}

// FeeLabel is one fee: free, a sum in đồng, or words. Case is a part of the case's words
// and Text of the fee's words; Unit, Kind, From and Until count only where set.
type FeeLabel struct {
	Channel corpus.Channel `json:"channel"`
	Free    bool           `json:"free,omitempty"`
	VND     int64          `json:"vnd,omitempty"`
	Text    string         `json:"text,omitempty"`
	Case    string         `json:"case,omitempty"`
	Unit    string         `json:"unit,omitempty"`
	Kind    string         `json:"kind,omitempty"`
	From    string         `json:"from,omitempty"` // first day, ISO
	Until   string         `json:"until,omitempty"`
}

// TimeLabel is one time limit; Count 0 is one given in words only.
type TimeLabel struct {
	Channel corpus.Channel  `json:"channel"`
	Count   float64         `json:"count"`
	Unit    corpus.TimeUnit `json:"unit"`
	Case    string          `json:"case,omitempty"`
}

// PaperLabel is one row of the dossier; Name is the beginning of its name.
type PaperLabel struct {
	Name      string `json:"name"`
	Originals int    `json:"originals"`
	Copies    int    `json:"copies"`
}

// FieldScore counts, by field, the records in which the field is exactly right.
type FieldScore struct {
	Fields []FieldShare
	Misses []FieldMiss // in order of the labels
}

// FieldShare is one line of the table.
type FieldShare struct {
	Name         string
	Exact, Total int
}

// FieldMiss is one field read wrongly, with both readings.
type FieldMiss struct {
	Code, Field, Want, Got string
}

// ReadFieldLabels reads labels, one JSON object a line. An error names the line.
func ReadFieldLabels(r io.Reader) ([]FieldLabel, error) {
	var labels []FieldLabel
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var l FieldLabel
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("eval: label on line %d: %w", n, err)
		}
		if l.Code == "" || len(l.Channels) == 0 {
			return nil, fmt.Errorf("eval: label on line %d lacks its code or channels", n)
		}
		labels = append(labels, l)
	}
	return labels, lines.Err()
}

// Fields scores parsed records against labels. A field is exact when every item of it is
// right and none is missing or too many. A record that is not there misses every field.
func Fields(labels []FieldLabel, parsed []corpus.Procedure) FieldScore {
	byCode := map[string]corpus.Procedure{}
	for _, p := range parsed {
		byCode[p.Code] = p
	}
	s := FieldScore{Fields: []FieldShare{{Name: "phí, lệ phí"}, {Name: "thời hạn"}, {Name: "thành phần hồ sơ"}, {Name: "cơ quan có thẩm quyền"}}}
	for _, l := range labels {
		p := byCode[l.Code]
		checks := []func() (want, got string, ok bool){
			func() (string, string, bool) { return l.fees(p) },
			func() (string, string, bool) { return l.times(p) },
			func() (string, string, bool) { return l.dossier(p) },
			func() (string, string, bool) { return l.body(p) },
		}
		for i, check := range checks {
			s.Fields[i].Total++
			want, got, ok := check()
			if ok = ok && p.Code != ""; ok {
				s.Fields[i].Exact++
				continue
			}
			s.Misses = append(s.Misses, FieldMiss{Code: l.Code, Field: s.Fields[i].Name, Want: want, Got: got})
		}
	}
	return s
}

// Share is the part of all fields that is exact; 0 where nothing was measured.
func (s FieldScore) Share() float64 {
	exact, total := 0, 0
	for _, f := range s.Fields {
		exact, total = exact+f.Exact, total+f.Total
	}
	if total == 0 {
		return 0
	}
	return float64(exact) / float64(total)
}

// WriteTo prints the table, then every miss.
func (s FieldScore) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	exact, total := 0, 0
	for _, f := range s.Fields {
		fmt.Fprintf(&b, "%-24s %4d/%-4d %.3f\n", f.Name, f.Exact, f.Total, float64(f.Exact)/float64(max(f.Total, 1)))
		exact, total = exact+f.Exact, total+f.Total
	}
	fmt.Fprintf(&b, "%-24s %4d/%-4d %.3f\n", "tất cả", exact, total, s.Share())
	for _, m := range s.Misses {
		fmt.Fprintf(&b, "%s %s\n  nhãn: %s\n  đọc:  %s\n", m.Code, m.Field, m.Want, m.Got)
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// String is the printed table.
func (s FieldScore) String() string {
	var b strings.Builder
	_, _ = s.WriteTo(&b) // a builder does not fail
	return b.String()
}

// each calls do for every channel a fact holds for.
func (l FieldLabel) each(c corpus.Channel, do func(corpus.Channel)) {
	if c != "*" && c != "" {
		do(c)
		return
	}
	for _, one := range l.Channels {
		do(one)
	}
}

// plain folds white space and list marks, which carry no meaning in a name.
func plain(s string) string {
	return strings.TrimLeft(strings.Join(strings.Fields(s), " "), "-+*• ")
}

func holds(text, part string) bool {
	return strings.Contains(strings.ToLower(plain(text)), strings.ToLower(plain(part)))
}

func (l FieldLabel) body(p corpus.Procedure) (want, got string, ok bool) {
	var names []string
	for _, b := range p.Body {
		names = append(names, b.Name)
	}
	return strings.Join(l.Body, " | "), strings.Join(names, " | "), slices.Equal(l.Body, names)
}

func (l FieldLabel) dossier(p corpus.Procedure) (want, got string, ok bool) {
	var w, g []string
	ok = len(l.Dossier) == len(p.Dossier)
	for i, d := range l.Dossier {
		w = append(w, fmt.Sprintf("%s %d+%d", d.Name, d.Originals, d.Copies))
		if i < len(p.Dossier) {
			q := p.Dossier[i]
			ok = ok && strings.HasPrefix(plain(q.Name), plain(d.Name)) && q.Originals == d.Originals && q.Copies == d.Copies
		}
	}
	for _, q := range p.Dossier {
		name := []rune(q.Name)
		g = append(g, fmt.Sprintf("%s %d+%d", string(name[:min(len(name), 60)]), q.Originals, q.Copies))
	}
	return strings.Join(w, " | "), strings.Join(g, " | "), ok
}
