package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// codifiedNote is what the bracketed note under a codified article says: where the
// article comes from, since when it holds, and what has changed it.
type codifiedNote struct {
	Article  string // "12a"; empty where the source has no articles ("Mục IV …")
	Type     string // as printed: "Luật", "Thông tư liên tịch"
	Number   string // canonical; empty for "Không số"
	Title    string // only in the first article of an instrument
	Issued   civil.Date
	Issuer   string
	From     civil.Date
	Until    civil.Date // "có hiệu lực thi hành đến hết ngày": the day after
	Changes  []noteChange
	Verbatim string
}

// noteChange is one "có nội dung được sửa đổi bởi Điều … Luật số …".
type noteChange struct {
	Kind      corpus.RelationKind
	Whole     bool // the whole article was added, repealed or suspended
	By        []corpus.Provision
	Effective civil.Date
	Evidence  string
}

// noteTypes are the forms a note names, longest first where one starts another.
var noteTypes = []string{
	"Nghị quyết liên tịch", "Thông tư liên tịch", "Thông tư Liên tịch", "Hiến pháp", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Nghị định",
	"Quyết định", "Thông tư", "Chỉ thị", "Công văn", "Sắc lệnh", "Lệnh", "Luật",
}

const inForce = "có hiệu lực"

// parseNote reads a note. ok is false where no source instrument can be read from it.
func parseNote(note string) (codifiedNote, bool) {
	s := strings.Join(strings.Fields(note), " ")
	n := codifiedNote{Verbatim: s}
	for strings.HasPrefix(s, "(") {
		s = strings.TrimSpace(s[1:])
	}
	cut := strings.Index(s, inForce)
	if cut < 0 {
		cut = len(s)
	}
	head := strings.TrimRight(s[:cut], " ,;)")
	if !n.readHead(head) {
		return n, false
	}
	n.readSpan(s[cut:])
	n.readChanges(s[cut:])
	return n, true
}

// readHead reads "Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 của Quốc hội".
func (n *codifiedNote) readHead(head string) bool {
	at, word := findType(head)
	if at < 0 {
		return false
	}
	n.Type = typeWord(word)
	n.Article = articleIn(head[:at])
	rest := strings.TrimSpace(head[at+len(word):])
	if strings.HasPrefix(rest, "này") { // a closing article pasted in place of a note
		return false
	}
	rest = n.readNumber(rest)
	n.readIssue(rest)
	return n.Number != "" || n.Title != ""
}

// readNumber takes "số 57/2020/QH14" off the front and returns what follows. Misprints
// seen and read through: "số Thông tư 01/2025/TT-BYT", "số liên tịch 191/2005/TTLT/…".
func (n *codifiedNote) readNumber(s string) string {
	after, numbered := strings.CutPrefix(s, "số ")
	if !numbered {
		if d := strings.IndexFunc(s, isDigit); d != 0 || scanNumber(s) == 0 {
			return s
		}
		after = s
	}
	for _, none := range []string{"Không số", "không số"} {
		if rest, ok := strings.CutPrefix(after, none); ok {
			return strings.TrimSpace(rest)
		}
	}
	d := strings.IndexFunc(after, isDigit)
	if d < 0 || d > 24 {
		return s
	}
	word := after[:d]
	w := scanNumber(after[d:])
	if w == 0 { // "60 TC/TCT": digits, then letters after a bare space
		w = scanLoose(after[d:])
	}
	if w == 0 {
		return s
	}
	if strings.Contains(strings.ToLower(word), "tịch") {
		n.Type = "Thông tư liên tịch"
	}
	n.Number = CanonicalNumber(after[d : d+w])
	rest := strings.TrimSpace(after[d+w:])
	if strings.HasPrefix(rest, "(") { // "84-CP (1)"
		if end := strings.IndexByte(rest, ')'); end > 0 && end < 8 {
			rest = strings.TrimSpace(rest[end+1:])
		}
	}
	return rest
}

// scanLoose reads "60 TC/TCT": digits, one space, capitals with a slash in between.
func scanLoose(s string) int {
	sp := strings.IndexByte(s, ' ')
	if sp <= 0 || sp > 4 {
		return 0
	}
	end := sp + 1
	if w := numberWord(s[end:], false); w > 0 {
		if j, ok := numberJoint(s, end+w); ok {
			if x := numberWord(s[j:], false); x > 0 {
				return j + x
			}
		}
	}
	return 0
}

// readIssue reads "<title> ngày 16/06/2020 của Quốc hội"; the last date counts, since
// titles quote other instruments with their dates.
func (n *codifiedNote) readIssue(s string) {
	i := strings.LastIndex(s, " của ")
	for i > 0 {
		day := strings.LastIndex(s[:i], "ngày ")
		if day >= 0 {
			if d, err := civil.ParseVN(strings.TrimSpace(s[day+len("ngày ") : i])); err == nil {
				n.Title = strings.TrimSpace(s[:day])
				n.Issued = d
				n.Issuer = strings.TrimSpace(s[i+len(" của "):])
				return
			}
		}
		i = strings.LastIndex(s[:i], " của ")
	}
	n.Title = strings.TrimSpace(s)
}

// readSpan reads the first day in force and, where stated, the last.
func (n *codifiedNote) readSpan(s string) {
	own := s
	if i := changeStart(s); i >= 0 {
		own = s[:i]
	}
	n.From, _ = dayAfter(own, "từ ngày ")
	for _, word := range []string{"đến hết ngày ", "đến ngày "} {
		if d, ok := dayAfter(own, word); ok {
			n.Until = d.AddDays(1)
			return
		}
	}
}

// dayAfter reads the date that follows word in s: "01/07/2024" or "01 tháng 7 năm 2024".
func dayAfter(s, word string) (civil.Date, bool) {
	i := strings.Index(s, word)
	if i < 0 {
		return civil.Date{}, false
	}
	d, _ := scanDay(s[i+len(word):])
	return d, !d.IsZero()
}

// findType finds the first form of instrument named in head.
func findType(head string) (at int, word string) {
	at = -1
	for _, t := range noteTypes {
		if i := strings.Index(head, t); i >= 0 && (at < 0 || i < at) {
			at, word = i, t
		}
	}
	return at, word
}

func typeWord(word string) string {
	if strings.EqualFold(word, "Thông tư liên tịch") {
		return "Thông tư liên tịch"
	}
	return word
}

// articleIn reads "12a" from "Điều 12a"; empty where no article is named.
func articleIn(s string) string {
	i := strings.LastIndex(s, "Điều ")
	if i < 0 {
		return ""
	}
	return s[i+len("Điều "):][:articleWidth(s[i+len("Điều "):])]
}

// articleWidth measures an article or clause number: digits, one letter, one digit.
func articleWidth(s string) int {
	i := 0
	for i < len(s) && isDigit(rune(s[i])) {
		i++
	}
	if i == 0 {
		return 0
	}
	if w := letterWidth(s[i:]); w > 0 && !startsWord(s[i+w:]) {
		i += w
	}
	return i
}
