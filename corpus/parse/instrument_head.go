package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// headForms are the forms as the head prints them in capitals, longest first.
var headForms = []struct {
	caps, name string
	kind       corpus.InstrumentType
}{
	{"THÔNG TƯ LIÊN TỊCH", "Thông tư liên tịch", corpus.JointCirc}, {"NGHỊ QUYẾT LIÊN TỊCH", "Nghị quyết liên tịch", corpus.Resolution},
	{"BỘ LUẬT", "Bộ luật", corpus.Code}, {"HIẾN PHÁP", "Hiến pháp", corpus.Constitution}, {"PHÁP LỆNH", "Pháp lệnh", corpus.Ordinance},
	{"NGHỊ QUYẾT", "Nghị quyết", corpus.Resolution}, {"NGHỊ ĐỊNH", "Nghị định", corpus.Decree}, {"QUYẾT ĐỊNH", "Quyết định", corpus.Decision},
	{"THÔNG TƯ", "Thông tư", corpus.Circular}, {"CHỈ THỊ", "Chỉ thị", corpus.Directive}, {"LỆNH", "Lệnh", corpus.Order}, {"LUẬT", "Luật", corpus.Law},
}

// readHead fills number, day, form, title, issuing body and what the instrument is based
// on from the lines before its first article.
func readHead(in *corpus.Instrument, lines []string) {
	form := ""
	at := -1
	for i, l := range lines {
		if in.Number == "" {
			in.Number = headNumber(l)
		}
		if in.Issued.IsZero() {
			in.Issued = headDay(l)
		}
		if at < 0 {
			for _, f := range headForms {
				if l == f.caps || strings.HasPrefix(l, f.caps+" ") && isUpper(l) || l == f.caps+":" {
					form, in.Type, at = f.name, f.kind, i
					break
				}
			}
		}
	}
	if in.Number != "" {
		in.Number = InstrumentNumber(form, in.Number)
	}
	if in.Type == "" {
		in.Type = corpus.TypeOfNumber(in.Number)
		form = in.Type.Vietnamese()
	}
	preamble := joinWrapped(preambleLines(lines, at))
	in.Preamble = strings.Join(preamble, "\n")
	in.Title = headTitle(lines, at, form, preamble)
	in.Issuer = headIssuer(in.Number, lines, at, preamble)
	in.Relations = append(in.Relations, basedOn(*in, preamble)...)
}

// headNumber reads "Số: 342 /QĐ-TTg", "Luật số: 26/2023/QH15".
func headNumber(l string) string {
	for _, word := range []string{"Số", "số", "SỐ"} {
		i := strings.Index(l, word)
		if i < 0 || i > 60 || !beforeNumber(l[:i], l[i+len(word):]) {
			continue
		}
		rest := strings.TrimLeft(l[i+len(word):], ":. ")
		if w := scanNumber(rest); w > 0 && fullNumber(rest[:w]) {
			return CanonicalNumber(rest[:w])
		}
	}
	return ""
}

// beforeNumber tells the number line of a head from a sentence: it starts with "Số", or a
// form stands before it and a colon behind ("Luật số: 26/2023/QH15").
func beforeNumber(before, after string) bool {
	before = strings.TrimSpace(before)
	if before == "" || isUpper(before) {
		return true
	}
	return strings.HasPrefix(strings.TrimSpace(after), ":") && corpus.TypeNamed(before) != corpus.Other
}

// headDay reads "Hà Nội, ngày 12 tháng 5 năm 2018".
func headDay(l string) civil.Date {
	if strings.HasPrefix(l, "Căn cứ") {
		return civil.Date{}
	}
	i := strings.Index(l, ", ngày ")
	if i < 0 || i > 80 {
		return civil.Date{}
	}
	d, _ := scanDay(l[i+len(", ngày "):])
	return d
}

// preambleStarts begin the lines between title and first article.
var preambleStarts = []string{"Căn cứ ", "Theo đề nghị", "Xét đề nghị", "Xét tờ trình", "Xét Tờ trình", "Để ", "Thực hiện ", "Quốc hội ban hành", "Chính phủ ban hành", "Bộ trưởng ",
	"Ủy ban Thường vụ Quốc hội ban hành", "Ủy ban thường vụ Quốc hội ban hành", "Thống đốc ", "Chánh án ", "Viện trưởng ", "Hội đồng "}

func startsPreamble(l string) bool {
	for _, s := range preambleStarts {
		if strings.HasPrefix(l, s) {
			return true
		}
	}
	return false
}

func preambleLines(lines []string, at int) []string {
	for i := max(at, 0); i < len(lines); i++ {
		if !startsPreamble(lines[i]) {
			continue
		}
		var out []string
		for _, l := range lines[i:] {
			if _, ok := headingLine(l); ok {
				break
			}
			if l != "" {
				out = append(out, l)
			}
		}
		return out
	}
	return nil
}

// headTitle reads the title under the form; what the enacting clause calls the instrument
// gives the proper case of a title in capitals.
func headTitle(lines []string, at int, form string, preamble []string) string {
	if at < 0 {
		return form
	}
	var words []string
	if rest := strings.TrimSpace(strings.TrimPrefix(lines[at], strings.ToUpper(form))); rest != "" && rest != ":" {
		words = append(words, rest)
	}
	for _, l := range lines[at+1:] {
		if startsPreamble(l) || len(words) > 0 && isIssuerLine(l) {
			break
		}
		if _, ok := headingLine(l); ok {
			break
		}
		if l != "" {
			words = append(words, l)
		}
	}
	title := strings.Join(words, " ")
	if isUpper(title) {
		title = properCase(title, preamble)
	}
	if title == "" {
		return form
	}
	return instrumentTitle(form, upperFirst(title))
}

// properCase finds the title's words in the enacting clause, where they have their proper
// case; failing that, small letters.
func properCase(title string, preamble []string) string {
	want := unmark(title)
	for i := len(preamble) - 1; i >= 0; i-- {
		p := preamble[i]
		folded, offsets := foldWithOffsets(p)
		if j := strings.Index(folded, want); j >= 0 {
			return p[offsets[j]:offsets[j+len(want)]]
		}
	}
	return strings.ToLower(title)
}

// foldWithOffsets is unmark with, for every byte of the result and its end, the byte of s
// it came from.
func foldWithOffsets(s string) (string, []int) {
	var b strings.Builder
	var at []int
	for i, r := range s {
		f := unmark(string(r))
		b.WriteString(f)
		for range len(f) {
			at = append(at, i)
		}
	}
	return b.String(), append(at, len(s))
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// basedOn reads the "Căn cứ …" lines.
func basedOn(in corpus.Instrument, preamble []string) []corpus.Relation {
	var out []corpus.Relation
	seen := map[string]bool{}
	for _, p := range preamble {
		if !strings.HasPrefix(p, "Căn cứ ") {
			continue
		}
		for _, m := range basisMentions(p, in) {
			key := m.Key()
			if key == "" || seen[key] || corpus.NumberKey(m.Instrument) == corpus.NumberKey(in.Number) {
				continue
			}
			seen[key] = true
			out = append(out, corpus.Relation{From: corpus.Provision{Instrument: in.Number}, Kind: corpus.BasedOn, To: m, Evidence: strings.TrimRight(p, ";. ")})
		}
	}
	return out
}

// basisMentions takes the instruments a basis line rests on: the first, and those behind
// a semicolon or an "và" with a number of their own; titles quoted inside name others.
func basisMentions(p string, in corpus.Instrument) []corpus.Provision {
	r := Reader{Names: knownNames(), On: in.Issued}
	var out []corpus.Provision
	for part := range strings.SplitSeq(p, ";") {
		for _, m := range r.References(part) {
			if n := m.Provisions[0]; n.Instrument != "" {
				out = append(out, n)
				break
			}
		}
	}
	return out
}
