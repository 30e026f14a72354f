package parse

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
)

// officialNumber is a number as instruments of today carry it. The letters behind the
// dash are listed, for the next title is glued to them: "…/NĐ-CPNghị định".
var officialNumber = regexp.MustCompile(`\d+[a-zA-Z]?(?:\.\d+)?(?:\s?/\s?(?:19|20)\d{2})?\s?/\s?(?:` +
	`(?:UBTVQH|QH|NQ)\d{2}|UBTVQH\d{1,2}|QH\d|` +
	`(?:TTLT|NQLT|VBHN|NĐ|ND|TT|QĐ|QD|NQ|CT|PL|L|TB|HD|KH|CV|SL)(?:[-_/ ]{1,2}(?:` + numberBodies + `))+)`)

const numberBodies = `BNN&PTNT|BNNPTNT|BNNMT|BNN|BTNMT|BLĐTBXH|BLĐTB&XH|BGTVT|BGDĐT|BKHCN|BKHĐT|BTTTT|BVHTTDL|BVHTT|BTCCBCP|BTC|BTP|BCA|BXD|BCT|BTM|BYT|BQP|BNV|BNG|` +
	`QH\d{2}|TANDTC|VKSNDTC|KTNN|TTCP|NHNN|UBDT|VPCP|VPQH|VPCTN|HĐTP|HĐND|UBND|UBTVQH\d{2}|ĐCTUBTWMTTQVN|CTN|TTg|TTG|CP|BTCTW|BDTTG|TCHQ|TLĐ|MTTW`

// typeBehind is a form printed inside the number's cell: "Luật 47/2014/QH13".
var typeBehind = regexp.MustCompile(`(Bộ luật|Luật|Nghị định|Thông tư liên tịch|Thông tư|Nghị quyết|Quyết định|Pháp lệnh)(?: số)?:?\s*$`)

// basis reads the glued table of title and number. A number that stands inside a title
// has a space in front and none glued behind; the cell's own number is glued.
func (r *portalReader) basis() {
	raw := r.in.Basis
	if raw == "" {
		r.flag("can_cu_phap_ly", "Cổng không nêu căn cứ pháp lý", "")
		return
	}
	table, ok := strings.CutPrefix(raw, basisHeader)
	if !ok {
		r.flag("can_cu_phap_ly", "Không nhận ra bảng căn cứ pháp lý, giữ nguyên văn", clipRunes(raw, 300))
		r.keep("can_cu_phap_ly", raw)
	}
	start := 0
	for _, m := range officialNumber.FindAllStringIndex(table, -1) {
		if m[0] < start || !isNumberCell(table, m[0], m[1]) {
			continue
		}
		title := table[start:m[0]]
		if t := typeBefore(title); t >= 0 && gluedAt(title, t) {
			title = title[:t]
		}
		r.addBasis(CanonicalPortalNumber(table[m[0]:m[1]]), title)
		start = m[1]
	}
	if rest := strings.Trim(table[start:], " .;,-\n"); rest != "" {
		r.restOfBasis(rest)
	}
}

// restOfBasis handles words behind the last number cell: a cell without a year, a code
// that is no number. What numbers they hold are kept; the words are flagged.
func (r *portalReader) restOfBasis(rest string) {
	for _, n := range officialNumber.FindAllString(rest, -1) {
		r.addBasis(CanonicalPortalNumber(n), "")
	}
	r.flag("can_cu_phap_ly", "Đoạn căn cứ không có số hiệu đọc được", clipRunes(rest, 300))
	r.keep("can_cu_phap_ly", r.in.Basis)
}

func (r *portalReader) addBasis(number, title string) {
	title = strings.Trim(oneLine(title), " .;,:-")
	if i, isNew := r.first("basis", corpus.NumberKey(number), len(r.out.Basis)); !isNew {
		r.out.Basis[i].Title = firstOf(r.out.Basis[i].Title, title)
		return
	}
	r.out.Basis = append(r.out.Basis, corpus.Basis{Provision: corpus.Provision{Instrument: number}, Title: title})
}

func isNumberCell(s string, from, to int) bool {
	behind := s[to:]
	next, _ := utf8.DecodeRuneInString(behind)
	switch {
	case behind == "" || unicode.IsLetter(next) || next == '\n':
		return true
	case unicode.IsDigit(next):
		return false // the title ended with its number; the cell follows
	}
	if t := typeBefore(s[:from]); t >= 0 {
		return gluedAt(s, t)
	}
	return gluedAt(s, from)
}

// typeBefore finds where the name of a form begins that ends s; -1 where none does.
func typeBefore(s string) int {
	end := strings.ToLower(strings.TrimRight(s[max(0, len(s)-12):], " :\t\n"))
	if !strings.HasSuffix(end, "luật") && !strings.HasSuffix(end, "định") && !strings.HasSuffix(end, "tư") && !strings.HasSuffix(end, "tịch") &&
		!strings.HasSuffix(end, "quyết") && !strings.HasSuffix(end, "lệnh") && !strings.HasSuffix(end, "số") {
		return -1
	}
	from := max(0, len(s)-40) // the longest form takes 30 bytes
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	if t := typeBehind.FindStringIndex(s[from:]); t != nil {
		return from + t[0]
	}
	return -1
}

// gluedAt reports whether the word at i is printed without a space behind another one.
func gluedAt(s string, i int) bool {
	if i == 0 {
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(s[:i])
	return !unicode.IsSpace(prev) && prev != '(' && prev != '“'
}

// CanonicalPortalNumber is a number in its usual form: no spaces, capitals, one dash;
// "66.7/2025/NQ-CP" keeps its dot.
func CanonicalPortalNumber(s string) string {
	s = strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "_", "-")
	head, rest, ok := strings.Cut(s, "/")
	if !ok {
		return CanonicalNumber(s)
	}
	if len(head) == 1 {
		head = "0" + head
	}
	year, form, ok := strings.Cut(rest, "/")
	if !ok {
		return strings.ToUpper(head) + "/" + fixedForm(rest)
	}
	return head + "/" + year + "/" + fixedForm(form)
}

// fixedForm mends the usual misprints of the letters: "ND-CP", "QD-TTG".
func fixedForm(s string) string {
	s = strings.ReplaceAll(strings.ToUpper(s), "TTG", "TTg")
	for _, fix := range [][2]string{{"ND-", "NĐ-"}, {"QD-", "QĐ-"}, {"NĐ/", "NĐ-"}, {"TT/", "TT-"}} {
		if rest, ok := strings.CutPrefix(s, fix[0]); ok {
			s = fix[1] + rest
		}
	}
	return s
}
