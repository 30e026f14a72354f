package chunk

import (
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Instrument returns the chunks of all articles and annexes in reading order.
func Instrument(in corpus.Instrument) []corpus.Chunk {
	c := newCutter(len(in.Articles) * 3)
	for _, a := range in.Articles {
		c.head = articleHead(in, a)
		c.article(a)
	}
	for _, x := range in.Annexes {
		c.head = annexHead(in, x)
		c.emit(c.head.Provision, packLines(splitLong(strings.Split(x.Text, "\n"))))
	}
	return c.out
}

// articleHead is what all chunks of an article share.
func articleHead(in corpus.Instrument, a corpus.Article) corpus.Chunk {
	h := instrumentHead(in)
	h.Provision.Article = a.Number
	h.Unit = corpus.UnitOf(h.Provision)
	h.Title = a.Heading
	if h.Title == "" {
		h.Title = "Điều " + a.Number
	}
	for _, above := range a.Under {
		h.Headings = append(h.Headings, above.String())
	}
	h.Validity = span(in.Validity, a.Validity)
	if a.Source != (corpus.Source{}) {
		h.Source = a.Source
	}
	if a.Confidence != "" {
		h.Conf = a.Confidence
	}
	return h
}

func annexHead(in corpus.Instrument, x corpus.Annex) corpus.Chunk {
	h := instrumentHead(in)
	h.Provision.Annex = x.Number
	if x.Number == "" {
		h.Provision.Annex = "0" // the only annex of an instrument often has no number
	}
	h.Unit = corpus.UnitOf(h.Provision)
	h.Title = strings.TrimSpace("Phụ lục " + x.Number + " " + x.Title)
	if page, ok := strings.CutPrefix(x.Number, corpus.PageAnnex); ok {
		h.Title = x.Title + " (trang " + page + ")"
	}
	h.Validity = in.Validity
	return h
}

func instrumentHead(in corpus.Instrument) corpus.Chunk {
	h := corpus.Chunk{
		Provision: corpus.Provision{Instrument: in.Number}, Source: in.Source, Digest: in.Digest,
		Conf: in.Confidence, Issuer: in.Issuer, Type: in.Type, Restricted: in.Source.Restricted,
	}
	if in.Title != "" {
		h.Headings = []string{in.Title}
	}
	return h
}

// span is the article's own days inside those of its instrument. An article without days
// of its own lives as long as the instrument.
func span(instrument, article corpus.Validity) corpus.Validity {
	if article == (corpus.Validity{}) {
		return instrument
	}
	both, _ := article.Within(instrument)
	return both
}

// article emits the text before the clauses, then clause by clause.
func (c *cutter) article(a corpus.Article) {
	at := c.head.Provision
	if a.Text != "" {
		c.emit(at, packLines(splitLong(strings.Split(a.Text, "\n"))))
	}
	for _, clause := range a.Clauses {
		c.clause(at, clause)
	}
	if a.Text == "" && len(a.Clauses) == 0 {
		// An article without words still has its heading; it must be findable.
		c.emit(at, []string{""})
	}
}

// clause emits one chunk when it fits; else runs of whole points, each named as exactly
// as its content allows: a chunk inside one point carries that point.
func (c *cutter) clause(at corpus.Provision, clause corpus.Clause) {
	at.Clause = clause.Number
	lines := clauseLines(clause)
	whole := joinLines(lines)
	if runes(whole) <= MaxRunes {
		if len(clause.Points) == 1 && clause.Number == "" && clause.Text == "" {
			at.Point = clause.Points[0].Letter
		}
		c.emit(at, []string{whole})
		return
	}
	for _, run := range packPoints(lines) {
		place := at
		place.Point = run.point
		c.emit(place, run.texts)
	}
}

// clauseLines are the clause's lines exactly as Article.FullText prints them, each with
// the point it belongs to ("" before the first).
func clauseLines(clause corpus.Clause) []line {
	var out []line
	add := func(text, point string) {
		if text != "" {
			out = append(out, line{text, point})
		}
	}
	if clause.Number != "" {
		add(strings.TrimSpace(clause.Number+". "+clause.Text), "")
	} else {
		add(clause.Text, "")
	}
	for _, p := range clause.Points {
		add(p.Letter+") "+p.Text, p.Letter)
	}
	return out
}
