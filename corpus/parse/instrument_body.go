package parse

import (
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// readBody fills the articles from the lines of the body. It returns nil when they count
// up without gaps.
func readBody(in *corpus.Instrument, lines []string) *GapError {
	b := bodyReader{in: in}
	quotes := quoted(lines)
	for i, l := range lines {
		b.line(l, quotes[i])
	}
	b.close()
	if len(b.gap.Missing) == 0 && len(b.gap.Doubled) == 0 {
		return nil
	}
	return &b.gap
}

type bodyReader struct {
	in    *corpus.Instrument
	under []corpus.Heading
	title bool     // the lines now read are the title of the last heading
	open  bool     // an article is open
	now   string   // its number
	lines []string // its lines, the first with "Điều 5."
	gap   GapError
}

func (b *bodyReader) line(l string, quote bool) {
	if quote {
		b.text(l)
		return
	}
	if h, ok := headingLine(l); ok {
		b.close()
		b.under = append(above(b.under, h.Kind), h)
		b.title = true
		return
	}
	if n, rest, ok := articleMark(l); ok && b.follows(n, rest) {
		b.close()
		b.title, b.open, b.now, b.lines = false, true, n, []string{l}
		return
	}
	b.text(l)
}

// text adds a line to the open article or to the title of the last heading.
func (b *bodyReader) text(l string) {
	switch {
	case b.title && l != "":
		h := &b.under[len(b.under)-1]
		h.Title = strings.TrimSpace(h.Title + " " + l)
	case b.title:
	case b.open:
		b.lines = append(b.lines, l)
	case l != "": // a body without articles
		b.open, b.lines = true, []string{l}
	}
}

// follows decides whether article n may start here. A number that was had before is told
// as doubled when a heading follows it; one too far ahead is a sentence that starts with
// "Điều 38.".
func (b *bodyReader) follows(n, rest string) bool {
	num, suffix := splitNumber(n)
	last, lastSuffix := splitNumber(b.last())
	switch {
	case num == last && suffix > lastSuffix:
		return true
	case num == last+1:
		return true
	case num <= last:
		if rest != "" && len(b.in.Articles) > 0 && startsUpper(rest) && !endsSentence(rest) {
			b.gap.Doubled = append(b.gap.Doubled, n)
		}
		return false
	case num <= last+10 && (rest != "" && startsUpper(rest)):
		for k := last + 1; k < num; k++ {
			b.gap.Missing = append(b.gap.Missing, strconv.Itoa(k))
		}
		return true
	}
	return false
}

func startsUpper(s string) bool {
	r := []rune(s)
	return len(r) > 0 && strings.ToUpper(string(r[0])) == string(r[0]) && strings.ToLower(string(r[0])) != string(r[0])
}

func (b *bodyReader) last() string {
	if b.open && b.now != "" {
		return b.now
	}
	if k := len(b.in.Articles); k > 0 {
		return b.in.Articles[k-1].Number
	}
	return "0"
}

// close puts the open article away.
func (b *bodyReader) close() {
	if !b.open {
		return
	}
	a := corpus.Article{Number: b.now, Under: append([]corpus.Heading(nil), b.under...)}
	paragraphs := joinWrapped(b.lines)
	if len(paragraphs) > 0 {
		if _, rest, ok := articleMark(paragraphs[0]); ok {
			paragraphs[0] = rest
			if rest != "" && isHeading(rest) {
				a.Heading, paragraphs = rest, paragraphs[1:]
			}
		}
	}
	a.Text, a.Clauses = SplitArticle(strings.Join(paragraphs, "\n"))
	b.in.Articles = append(b.in.Articles, a)
	b.open, b.now, b.lines = false, "", nil
}

// isHeading tells the heading of an article from a sentence of it.
func isHeading(p string) bool {
	return len(p) < 600 && !endsSentence(p) && !strings.HasSuffix(p, ",")
}

// headingRank orders the levels above articles.
var headingRank = map[string]int{"Phần": 1, "Chương": 2, "Mục": 3, "Tiểu mục": 4}

// above keeps the headings over a new one of that kind.
func above(under []corpus.Heading, kind string) []corpus.Heading {
	for i, h := range under {
		if headingRank[h.Kind] >= headingRank[kind] {
			return append([]corpus.Heading(nil), under[:i]...)
		}
	}
	return append([]corpus.Heading(nil), under...)
}

// headingLine reads a line that is only the head of a phần, chương, mục or tiểu mục:
// "Chương II", "CHƯƠNG II. QUY ĐỊNH", "Mục 1. TÊN", "Phần thứ nhất".
func headingLine(l string) (corpus.Heading, bool) {
	if len(l) > 400 {
		return corpus.Heading{}, false
	}
	h, ok := headingOf(l)
	if !ok || h.Kind == "Đề mục" || !headingNumber(h.Kind, h.Number) {
		return corpus.Heading{}, false
	}
	if !startsUpper(l) || h.Title != "" && !isUpper(h.Title) && !dotted(l, h.Number) {
		return corpus.Heading{}, false
	}
	h.Title = strings.TrimLeft(h.Title, ".:- ")
	return h, true
}

// dotted reports whether the number is set off from the title: "Mục 1. Tên".
func dotted(l, number string) bool {
	i := strings.Index(l, number)
	rest := l[i+len(number):]
	return strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ":")
}

func headingNumber(kind, n string) bool {
	if kind == "Phần" && strings.HasPrefix(strings.ToLower(n), "thứ ") {
		return true
	}
	if strings.Trim(n, "IVXLC") == "" {
		return n != ""
	}
	w := articleWidth(n)
	return w == len(n) && w > 0 && w < 5
}
