package parse

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// gathered is an instrument whose articles are still coming in.
type gathered struct {
	in    corpus.Instrument
	at    map[string]int // article number → index
	seen  int
	named string // form as the notes print it
}

type gatherer struct {
	index *codifiedIndex
	src   corpus.Source
	open  map[string]*gathered
}

// add takes one record; done tells that in is complete.
func (g *gatherer) add(r codifiedRecord) (in corpus.Instrument, done bool, err error) {
	p, n, reason := identify(r)
	if reason != "" && adoptable(r) {
		p, reason = g.index.settle(corpus.Provision{}, r.Label, 0), ""
		if p.Instrument == "" {
			reason = "“" + r.Label + "” không có ghi chú nguồn và số hiệu văn bản, bỏ qua"
		}
	} else {
		p = g.index.settle(p, r.Label, n.From.Year)
	}
	if reason != "" {
		return in, false, &LineError{Line: r.Line, Reason: reason}
	}
	key := corpus.NumberKey(p.Instrument)
	e := g.open[key]
	if e == nil {
		e = &gathered{at: map[string]int{}, in: corpus.Instrument{Number: p.Instrument, Source: g.src}}
		g.open[key] = e
	}
	e.seen++
	e.head(n, r)
	if reason := e.article(r, p, n, g.index); reason != "" {
		err = &LineError{Line: r.Line, Reason: reason}
	}
	if e.seen < g.index.articles[key] {
		return in, false, err
	}
	delete(g.open, key)
	return e.finish(), true, err
}

// rest finishes what is still open, by number: only an input that shrank between the two
// readings leaves any.
func (g *gatherer) rest() []corpus.Instrument {
	var out []corpus.Instrument
	for _, key := range slices.Sorted(maps.Keys(g.open)) {
		out = append(out, g.open[key].finish())
	}
	return out
}

// head fills what the note says of the instrument as a whole; the first article's note
// says most.
func (e *gathered) head(n codifiedNote, r codifiedRecord) {
	in := &e.in
	if e.named == "" {
		e.named = n.Type
	}
	if in.Title == "" && n.Title != "" {
		in.Title = instrumentTitle(n.Type, n.Title)
	}
	if in.Issued.IsZero() {
		in.Issued = n.Issued
	}
	if in.Issuer == "" {
		in.Issuer = n.Issuer
	}
	if from := in.Validity.From; from.IsZero() || !n.From.IsZero() && n.From.Before(from) {
		in.Validity.From = n.From
	}
	if in.Source.URL == "" && r.URL != "" {
		in.Source.URL, _, _ = strings.Cut(r.URL, "#")
	}
}

// article appends one article with its relations. reason tells of a doublet whose words
// differ: the first stays.
func (e *gathered) article(r codifiedRecord, p corpus.Provision, n codifiedNote, x *codifiedIndex) (reason string) {
	a := codifiedArticle(r, p, n)
	if i, twice := e.at[a.Number]; twice {
		if other := labelArticle(r.Label); other != "" && other != a.Number && !e.has(other) {
			a.Number, p.Article = other, other // the note misprints the number
		} else {
			old := &e.in.Articles[i]
			if sameWords(*old, a) {
				return ""
			}
			return "Điều " + a.Number + " " + e.in.Number + " xuất hiện hai lần với lời khác nhau, giữ bản đầu"
		}
	}
	e.at[a.Number] = len(e.in.Articles)
	e.in.Articles = append(e.in.Articles, a)
	for _, c := range n.Changes {
		for _, by := range c.By {
			e.in.Relations = append(e.in.Relations, corpus.Relation{From: by, Kind: c.Kind, To: p, Effective: c.Effective, Evidence: c.Evidence})
		}
	}
	for _, id := range r.Related {
		if to, ok := x.places[id]; ok && to != p {
			e.in.Relations = append(e.in.Relations, corpus.Relation{From: p, Kind: corpus.Refers, To: to})
		}
	}
	return ""
}

func (e *gathered) has(article string) bool { _, ok := e.at[article]; return ok }

func sameWords(a, b corpus.Article) bool {
	return strings.Join(strings.Fields(a.FullText()), " ") == strings.Join(strings.Fields(b.FullText()), " ")
}

// finish orders the articles and fills what only the whole tells.
func (e *gathered) finish() corpus.Instrument {
	in := e.in
	slices.SortStableFunc(in.Articles, func(a, b corpus.Article) int { return compareArticles(a.Number, b.Number) })
	in.Type = corpus.TypeNamed(e.named)
	if in.Type == corpus.Other {
		in.Type = corpus.TypeOfNumber(in.Number)
	}
	if in.Title == "" {
		in.Title = strings.TrimSpace(e.named + " số " + in.Number)
	}
	if in.Issuer == "" {
		in.Issuer = IssuerOf(in.Number)
	}
	settleDays(&in)
	in.Relations = append(in.Relations, Relations(in, knownNames())...)
	return in
}

// compareArticles orders "2" before "2a" before "10".
func compareArticles(a, b string) int {
	n, s := splitNumber(a)
	m, t := splitNumber(b)
	return cmp.Or(cmp.Compare(n, m), cmp.Compare(suffixRank(s), suffixRank(t)), cmp.Compare(a, b))
}

func suffixRank(s string) int {
	if w := letterWidth(s); w > 0 {
		return pointRank(s[:w]) + 1
	}
	return 0
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// wordingSpan is the span in which the words given held: since the latest change the
// note names, until the article was repealed as a whole.
func wordingSpan(n codifiedNote) corpus.Validity {
	v := corpus.Validity{From: n.From, Until: n.Until}
	for _, c := range n.Changes {
		switch {
		case c.Effective.IsZero():
		case c.Whole && (c.Kind == corpus.Repeals || c.Kind == corpus.Replaces):
			if v.Until.IsZero() || c.Effective.Before(v.Until) {
				v.Until = c.Effective
			}
		case c.Kind == corpus.Amends && v.From.Before(c.Effective):
			v.From = c.Effective
		}
	}
	if !v.Until.IsZero() && !v.From.Before(v.Until) {
		v.From = civil.Date{}
	}
	return v
}
