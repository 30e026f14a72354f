package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/parse"
)

// EnactedReader reads a collection of laws as enacted: JSON lines, one article each.
type EnactedReader struct{}

// Reads wants a law, an article, and no place in the codified law.
func (EnactedReader) Reads(_ string, head []byte) bool {
	return hasKeys(head, "law_id", "article_id", "law_title", "text") && !hasKeys(head, "pd_id")
}

// Recipe names the parser.
func (EnactedReader) Recipe() string { return "enacted-1" }

type enactedLine struct {
	Law     string `json:"law_id"`
	Title   string `json:"law_title"`
	Article string `json:"article_id"`
	Heading string `json:"title"`
	Text    string `json:"text"`
	File    string `json:"file"`
}

// Layers yields one layer per law, in the order of first appearance, once the file is
// read. A law is told apart by its file, not by its number, for the numbers of such
// collections cannot be trusted: see numberOf.
func (EnactedReader) Layers(_ context.Context, in Input) iter.Seq2[Layer, error] {
	return func(yield func(Layer, error) bool) {
		g := &enactedLaws{in: in, index: map[string]*enactedLaw{}}
		for l, err := range lines(in) {
			if err == nil {
				err = g.add(l)
			}
			if err != nil {
				if !yield(Layer{}, err) || !isFault(err) {
					return
				}
			}
		}
		for _, law := range g.laws {
			l, err := law.layer(in)
			if !yield(l, err) {
				return
			}
		}
	}
}

// enactedLaws gathers articles by law.
type enactedLaws struct {
	in    Input
	laws  []*enactedLaw
	index map[string]*enactedLaw
}

// enactedLaw is one law with the line it starts on.
type enactedLaw struct {
	first enactedLine
	line  int
	out   corpus.Instrument
	seen  map[string]int // article → line
}

func (g *enactedLaws) add(l line) error {
	r, why := readEnacted(l.text)
	if why != "" {
		return &Fault{Line: l.n, Why: why}
	}
	key := r.Law + "\x00" + r.Title + "\x00" + r.File
	law := g.index[key]
	if law == nil {
		law = &enactedLaw{first: r, line: l.n, seen: map[string]int{}}
		law.out = corpus.Instrument{Title: oneLine(r.Title), Source: g.in.Source}
		g.index[key] = law
		g.laws = append(g.laws, law)
	}
	number := strings.ToLower(r.Article)
	if first := law.seen[number]; first > 0 {
		return &Fault{Line: l.n, Why: fmt.Sprintf("Điều %s của %s đã có ở dòng %d, giữ bản ghi trước", r.Article, law.out.Title, first)}
	}
	law.seen[number] = l.n
	a := corpus.Article{Number: r.Article, Heading: oneLine(r.Heading)}
	a.Text, a.Clauses = parse.SplitArticle(norm.NFC.String(r.Text))
	law.out.Articles = append(law.out.Articles, a)
	return nil
}

func readEnacted(text []byte) (r enactedLine, why string) {
	switch {
	case !utf8.Valid(text):
		return r, "dòng không phải chữ Unicode (UTF-8) hợp lệ"
	case text[0] != '{':
		return r, "dòng không phải một đối tượng JSON {…}"
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, "dòng JSON bị hỏng hoặc bị cắt: " + err.Error()
	}
	if r.Article = oneLine(r.Article); r.Article == "" {
		return r, "thiếu số điều"
	}
	return r, ""
}

// layer closes a law. One without a number that can be trusted is left out as a whole:
// words under a wrong number are worse than none.
func (e *enactedLaw) layer(in Input) (Layer, error) {
	number, why := numberOf(e.first)
	if why != "" {
		return Layer{}, &Fault{Line: e.line, Why: fmt.Sprintf("%s; bỏ qua %d điều của “%s”", why, len(e.out.Articles), e.out.Title)}
	}
	e.out.Number = number
	e.out.Type, e.out.Issuer = corpus.TypeOfNumber(number), parse.IssuerOf(number)
	l := Layer{Class: Enacted, Edition: in.Edition, Document: Document{Instrument: &e.out}}
	l.Place = l.Document.Subject()
	return l, nil
}

var (
	titleYear   = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(?:\D|$)`)
	titleNumber = regexp.MustCompile(`(?:19|20)\d\d\s+(\d+\S*/\S+)$`)
	fileNumber  = regexp.MustCompile(`(\d+)-((?:19|20)\d\d)-(QH\d+)`)
)

// numberOf is the law's number. The number given must be of the year that the title ends
// with; else the number in the name of the file or at the end of the title counts, by the
// same rule. (Met: the customs law of 2014 under a number of 2012.)
func numberOf(r enactedLine) (number, why string) {
	title := oneLine(r.Title)
	year := ""
	if all := titleYear.FindAllStringSubmatch(title, -1); len(all) > 0 {
		year = all[len(all)-1][1]
	}
	given := parse.CanonicalNumber(oneLine(r.Law))
	if given != "" && (year == "" || strings.Contains(given, "/"+year+"/")) {
		return given, ""
	}
	if m := fileNumber.FindStringSubmatch(r.File); m != nil && m[2] == year {
		return parse.CanonicalNumber(m[1] + "/" + m[2] + "/" + m[3]), ""
	}
	if m := titleNumber.FindStringSubmatch(title); m != nil && given == "" {
		return oneLine(m[1]), ""
	}
	if given == "" {
		return "", "không có số hiệu văn bản"
	}
	return "", fmt.Sprintf("số hiệu %s không khớp với năm %s trong tên", given, year)
}

func oneLine(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
