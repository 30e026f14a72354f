package parse

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

// codifiedIndex is what the first reading learns: how many articles each instrument has
// in the input, which provision a pd_id names, which instrument a label belongs to, and
// which numbers without a year stand for several instruments.
type codifiedIndex struct {
	seen     []seenRecord
	articles map[string]int              // by number key
	places   map[string]corpus.Provision // by pd_id
	labels   map[string]string           // "13.1.TT.178" → number
	years    map[string]map[int]bool     // number key → years of effect, for numbers without a year
}

// seenRecord is what the first reading keeps of a record.
type seenRecord struct {
	id, label string
	place     corpus.Provision
	from      int // year of effect
}

func newCodifiedIndex() *codifiedIndex {
	return &codifiedIndex{articles: map[string]int{}, places: map[string]corpus.Provision{}, labels: map[string]string{}, years: map[string]map[int]bool{}}
}

func (x *codifiedIndex) note(r codifiedRecord) {
	p, n, reason := identify(r)
	if reason != "" && !adoptable(r) {
		return
	}
	if reason != "" {
		p = corpus.Provision{}
	}
	x.seen = append(x.seen, seenRecord{r.ID, r.Label, p, n.From.Year})
	if p.Instrument == "" {
		return
	}
	if group, _ := labelParts(r.Label); group != "" && x.labels[group] == "" {
		x.labels[group] = p.Instrument
	}
	if key := corpus.NumberKey(p.Instrument); corpus.YearOf(key) == 0 {
		if x.years[key] == nil {
			x.years[key] = map[int]bool{}
		}
		x.years[key][n.From.Year] = true
	}
}

// seal ends the first reading.
func (x *codifiedIndex) seal() {
	for _, s := range x.seen {
		p := x.settle(s.place, s.label, s.from)
		if p.Instrument == "" {
			continue
		}
		x.articles[corpus.NumberKey(p.Instrument)]++
		if s.id != "" {
			x.places[s.id] = p
		}
	}
	x.seen = nil
}

// settle gives a record without a note the instrument its label belongs to, and tells
// apart instruments that share a number without a year: "73-CP (1993)".
func (x *codifiedIndex) settle(p corpus.Provision, label string, from int) corpus.Provision {
	if p.Instrument == "" {
		group, article := labelParts(label)
		return corpus.Provision{Instrument: x.labels[group], Article: article}
	}
	if len(x.years[corpus.NumberKey(p.Instrument)]) > 1 {
		p.Instrument += " (" + strconv.Itoa(from) + ")"
	}
	return p
}

// adoptable reports whether a record without any note can be told by its label.
func adoptable(r codifiedRecord) bool {
	group, article := labelParts(r.Label)
	return strings.TrimSpace(r.Note) == "" && group != "" && article != ""
}

// labelParts cuts "Điều 13.1.TT.178.25. Tên" into "13.1.TT.178" and "25".
func labelParts(label string) (group, article string) {
	article = labelArticle(label)
	code, _ := strings.CutPrefix(label, "Điều ")
	code, _, _ = strings.Cut(code, ". ")
	code = strings.TrimRight(code, ". ")
	i := strings.LastIndexByte(code, '.')
	if i < 0 || article == "" || strings.Count(code[:i], ".") < 2 {
		return "", article
	}
	return code[:i], article
}

// identify says which provision a record is, by its note; by the keys beside it where
// the note names no number. reason is why the record cannot be used, in Vietnamese.
func identify(r codifiedRecord) (p corpus.Provision, n codifiedNote, reason string) {
	n, ok := parseNote(norm.NFC.String(r.Note))
	number := n.Number
	switch {
	case number == "" && n.Title != "" && n.From.Year > 0:
		number = unnumbered(n)
	case number == "" && ok:
		number = CanonicalNumber(r.Law)
	}
	article := cmp.Or(n.Article, r.Article)
	switch {
	case number == "" && r.Note == "":
		return p, n, "“" + r.Label + "” không có ghi chú nguồn và số hiệu văn bản, bỏ qua"
	case number == "" || !ok:
		return p, n, "“" + r.Label + "”: không đọc được văn bản nguồn từ ghi chú “" + clip(r.Note, 80) + "”"
	case article == "":
		article = labelArticle(r.Label)
	}
	if article == "" {
		return p, n, "“" + r.Label + "”: không rõ số điều trong văn bản nguồn"
	}
	if n.Number == "" && n.Title != "" {
		return corpus.Provision{Instrument: number, Article: article}, n, ""
	}
	return corpus.Provision{Instrument: InstrumentNumber(n.Type, number), Article: article}, n, ""
}

// unnumbered names an instrument published without a number by its form and first day in
// force: "Pháp lệnh (31/05/1995)".
func unnumbered(n codifiedNote) string {
	return n.Type + " không số " + n.From.VN()
}

// labelArticle reads the source's article number off the end of a codified label:
// "Điều 15.3.LQ.12a. Tên" is "12a".
func labelArticle(label string) string {
	code, ok := strings.CutPrefix(label, "Điều ")
	if !ok {
		return ""
	}
	code, _, _ = strings.Cut(code, ". ")
	code = strings.TrimRight(code, ". ")
	last := code[strings.LastIndexByte(code, '.')+1:]
	return last[:articleWidth(last)]
}
