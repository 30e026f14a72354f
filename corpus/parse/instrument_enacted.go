package parse

import (
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
}

// Enacted reads laws as enacted from JSON lines (law_id, law_title, article_id, title,
// text) and yields them in order of first appearance. The text is that of the day the law
// was passed: later changes are not in it. Days and relations come from the closing
// articles. Bad lines yield a *LineError and the rest goes on.
func Enacted(open Opener, src corpus.Source) iter.Seq2[corpus.Instrument, error] {
	return func(yield func(corpus.Instrument, error) bool) {
		laws := map[string]*corpus.Instrument{}
		var order []string
		for line, err := range jsonLines(open) {
			if err != nil {
				if !yield(corpus.Instrument{}, err) || !isLineError(err) {
					return
				}
				continue
			}
			var l enactedLine
			reason := decodeLine(line.text, &l)
			if reason == "" && (CanonicalNumber(l.Law) == "" || l.Article == "") {
				reason = "không có số hiệu luật hoặc số điều"
			}
			if reason != "" {
				if !yield(corpus.Instrument{}, &LineError{Line: line.n, Reason: reason}) {
					return
				}
				continue
			}
			key := corpus.NumberKey(l.Law)
			if laws[key] == nil {
				laws[key] = enactedHead(l, src)
				order = append(order, key)
			}
			laws[key].Articles = append(laws[key].Articles, enactedArticle(l))
		}
		for _, key := range order {
			if !yield(finishEnacted(*laws[key]), nil) {
				return
			}
		}
	}
}

func enactedHead(l enactedLine, src corpus.Source) *corpus.Instrument {
	number := CanonicalNumber(l.Law)
	name := strings.Join(strings.Fields(norm.NFC.String(l.Name)), " ")
	if i := strings.LastIndexByte(name, ' '); i > 0 && len(name)-i == 5 && isDigit(rune(name[i+1])) { // "Luật Điện ảnh 2022"
		name = name[:i]
	}
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
