package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
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

// Layers yields one layer per law, once its last article is read. Laws are told apart by
// number and file: two files that claim one number are two laws filed under it, and only
// the first is taken.
func (EnactedReader) Layers(_ context.Context, in Input) iter.Seq2[Layer, error] {
	return instrumentLayers(in, Enacted, func(yield func(corpus.Instrument, error) bool) {
		g := &enactedLaws{in: in, file: map[string]string{}}
		for l, err := range lines(in) {
			if err == nil {
				err = g.add(l)
			}
			if err != nil {
				if f, ok := err.(*Fault); ok {
					err = &parse.LineError{Line: f.Line, Reason: f.Why}
				}
				if !yield(corpus.Instrument{}, err) || !isLine(err) {
					return
				}
			}
		}
		for _, law := range g.laws {
			if !yield(*law, nil) {
				return
			}
		}
	})
}

func isLine(err error) bool {
	_, ok := err.(*parse.LineError)
	return ok
}

// enactedLaws gathers articles by law, in the order of first appearance.
type enactedLaws struct {
	in    Input
	laws  []*corpus.Instrument
	last  *corpus.Instrument
	index map[string]*corpus.Instrument
	file  map[string]string // number key → the file it came from
	seen  map[string]int    // number key and article → line
}

func (g *enactedLaws) add(l line) error {
	if !utf8.Valid(l.text) {
		return &Fault{Line: l.n, Why: "dòng không phải chữ Unicode (UTF-8) hợp lệ"}
	}
	if l.text[0] != '{' {
		return &Fault{Line: l.n, Why: "dòng không phải một đối tượng JSON {…}"}
	}
	var r enactedLine
	if err := json.Unmarshal(l.text, &r); err != nil {
		return &Fault{Line: l.n, Why: "dòng JSON bị hỏng hoặc bị cắt: " + err.Error()}
	}
	if r.Law == "" || r.Article == "" {
		return &Fault{Line: l.n, Why: "thiếu số hiệu văn bản hoặc số điều"}
	}
	law, err := g.law(r, l.n)
	if err != nil {
		return err
	}
	key := corpus.NumberKey(law.Number) + "#" + strings.ToLower(r.Article)
	if first := g.seen[key]; first > 0 {
		return &Fault{Line: l.n, Why: fmt.Sprintf("Điều %s của %s đã có ở dòng %d, giữ bản ghi trước", r.Article, law.Number, first)}
	}
	g.seen[key] = l.n
	a := corpus.Article{Number: r.Article, Heading: oneLine(r.Heading)}
	a.Text, a.Clauses = parse.SplitArticle(norm.NFC.String(r.Text))
	law.Articles = append(law.Articles, a)
	return nil
}

func (g *enactedLaws) law(r enactedLine, n int) (*corpus.Instrument, error) {
	if g.index == nil {
		g.index, g.seen = map[string]*corpus.Instrument{}, map[string]int{}
	}
	key := corpus.NumberKey(norm.NFC.String(r.Law))
	if law := g.index[key]; law != nil {
		if g.file[key] != r.File {
			return nil, &Fault{Line: n, Why: fmt.Sprintf("số hiệu %s đã thuộc một văn bản khác trong tệp (%s), bỏ qua điều %s của %s", law.Number, law.Title, r.Article, oneLine(r.Title))}
		}
		return law, nil
	}
	number := parse.CanonicalNumber(norm.NFC.String(r.Law))
	law := &corpus.Instrument{
		Number: number, Type: corpus.TypeOfNumber(number), Issuer: parse.IssuerOf(number),
		Title: oneLine(r.Title), Source: g.in.Source,
	}
	g.index[key], g.file[key] = law, r.File
	g.laws = append(g.laws, law)
	return law, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
