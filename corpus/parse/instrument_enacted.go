package parse

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

// enactedLine is one article of a law as it was passed.
type enactedLine struct {
	Law     string `json:"law_id"`
	Name    string `json:"law_title"`
	Article string `json:"article_id"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	File    string `json:"file"`
}

// enactedLaw is one law with the line it starts on and the line of each article.
type enactedLaw struct {
	out   *corpus.Instrument
	first enactedLine
	line  int
	at    map[string]int
}

// Enacted reads laws as enacted from JSON lines (law_id, law_title, article_id, title,
// text, file) and yields them in order of first appearance. The text is that of the day
// the law was passed: later changes are not in it. Days and relations come from the
// closing articles. Laws are told apart by number, title and file together, for the
// numbers of such collections cannot be trusted (see enactedNumber). Bad lines, doublets
// and laws without a number to trust yield a *LineError and the rest goes on.
func Enacted(open Opener, src corpus.Source) iter.Seq2[corpus.Instrument, error] {
	return func(yield func(corpus.Instrument, error) bool) {
		laws := map[string]*enactedLaw{}
		var order []*enactedLaw
		for line, err := range jsonLines(open) {
			if err != nil {
				if !yield(corpus.Instrument{}, err) || !isLineError(err) {
					return
				}
				continue
			}
			var l enactedLine
			reason := decodeLine(line.text, &l)
			if reason == "" && l.Article == "" {
				reason = "không có số điều"
			}
			key := l.Law + "\x00" + l.Name + "\x00" + l.File
			if reason == "" && laws[key] == nil {
				laws[key] = &enactedLaw{first: l, line: line.n, at: map[string]int{}, out: enactedHead(l, src)}
				order = append(order, laws[key])
			}
			if reason == "" {
				reason = laws[key].add(l, line.n)
			}
			if reason != "" && !yield(corpus.Instrument{}, &LineError{Line: line.n, Reason: reason}) {
				return
			}
		}
		for _, law := range order {
			if !yield(law.finish()) {
				return
			}
		}
	}
}

// add takes an article; the first of two with one number stays.
func (e *enactedLaw) add(l enactedLine, n int) (reason string) {
	number := strings.ToLower(l.Article)
	if first := e.at[number]; first > 0 {
		return fmt.Sprintf("Điều %s của %s đã có ở dòng %d, giữ bản ghi trước", l.Article, e.out.Title, first)
	}
	e.at[number] = n
	e.out.Articles = append(e.out.Articles, enactedArticle(l))
	return ""
}

// finish closes a law. One without a number to trust is left out as a whole: words under
// a wrong number are worse than none.
func (e *enactedLaw) finish() (corpus.Instrument, error) {
	number, reason := enactedNumber(e.first)
	if reason != "" {
		return corpus.Instrument{}, &LineError{Line: e.line, Reason: fmt.Sprintf("%s; bỏ qua %d điều của “%s”", reason, len(e.out.Articles), oneLine(e.first.Name))}
	}
	e.out.Number, e.out.Issuer = number, IssuerOf(number)
	if e.out.Type != corpus.Code {
		e.out.Type = corpus.TypeOfNumber(number)
	}
	return finishEnacted(*e.out), nil
}

func enactedHead(l enactedLine, src corpus.Source) *corpus.Instrument {
	number := CanonicalNumber(l.Law)
	name := strings.Join(strings.Fields(norm.NFC.String(l.Name)), " ")
	name = enactedTail.ReplaceAllString(name, "") // "Luật Điện ảnh 2022", "Luật Dầu khí 1993 18-L/CTN"
	t := corpus.TypeOfNumber(number)
	if strings.HasPrefix(name, "Bộ luật") {
		t = corpus.Code
	}
	return &corpus.Instrument{Number: number, Type: t, Issuer: IssuerOf(number), Title: name, Source: src, Confidence: corpus.Medium}
}

func enactedArticle(l enactedLine) corpus.Article {
	a := corpus.Article{Number: l.Article, Heading: strings.TrimSpace(norm.NFC.String(l.Title))}
	a.Text, a.Clauses = SplitArticle(norm.NFC.String(l.Text))
	return a
}

func finishEnacted(in corpus.Instrument) corpus.Instrument {
	slices.SortStableFunc(in.Articles, func(a, b corpus.Article) int { return compareArticles(a.Number, b.Number) })
	in.Articles = slices.CompactFunc(in.Articles, func(a, b corpus.Article) bool { return a.Number == b.Number })
	readDays(&in)
	if span, ok := KnownSpan(in.Number); ok {
		in.Validity.From = span.From
	}
	in.Relations = Relations(in, knownNames())
	return in
}
