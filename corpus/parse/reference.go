package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Mention is one legal reference in a text: Text[Start:End] is Raw. Provisions are the
// places it names, in reading order. A mention that cannot be tied to one instrument has
// no Instrument in its provisions: Name then holds the law's name as written, or Partial
// what is known of its number ("01/2019/TT").
type Mention struct {
	Start, End int // bytes
	Raw        string
	Provisions []corpus.Provision
	Name       string
	Partial    string
}

// Reader reads references. In is the place the text itself stands in, for "Điều này" and
// for articles without an instrument; On chooses among laws of one name (zero: the
// newest). Names may be nil.
type Reader struct {
	In    corpus.Provision
	Names *Names
	On    civil.Date
}

// References finds the references in text (NFC, with or without Vietnamese marks) as read
// at the place in. They do not overlap and come in reading order.
func References(text string, in corpus.Provision) []Mention {
	return Reader{In: in}.References(text)
}

// References is the same with names of laws understood.
func (r Reader) References(text string) []Mention {
	var out []Mention
	for i := 0; i < len(text); {
		if !wordStart(text, i) {
			i++
			continue
		}
		if !opensReference(text[i:]) {
			i += wordWidth(text[i:])
			continue
		}
		c := &cursor{s: text, i: i, reader: r}
		if m, ok := c.mention(); ok && c.i > i {
			m.Start, m.End = i, c.i
			m.Raw = text[i:c.i]
			out = append(out, m)
			i = c.i
			continue
		}
		i += wordWidth(text[i:])
	}
	return out
}

// group is one stretch of levels that belong together: "điểm a, b khoản 1 Điều 3".
type group struct {
	points, clauses, articles, annexes []string
	sameClause, sameArticle            bool // "khoản này", "Điều này"
}

// mention reads groups joined by commas and "và", then the instrument they belong to.
func (c *cursor) mention() (Mention, bool) {
	var groups []group
	for {
		g, ok := c.group()
		if !ok {
			break
		}
		groups = append(groups, g)
		at := c.i
		if !c.separator() {
			break
		}
		if !c.atLevel() {
			c.i = at
			break
		}
	}
	if len(groups) == 0 {
		ins, ok := c.instrument()
		if !ok || ins.same && c.reader.In.Instrument == "" {
			return Mention{}, false
		}
		return Mention{Provisions: []corpus.Provision{{Instrument: ins.number}}, Name: ins.name, Partial: ins.partial}, true
	}
	at := c.i
	ins, named := c.connectedInstrument()
	if !named && len(groups[len(groups)-1].annexes) > 0 {
		c.i = at
		ins, named = c.attachedTo()
	}
	if !named {
		c.i = at
		ins = instrumentRef{number: c.reader.In.Instrument, same: true}
	}
	m := Mention{Name: ins.name, Partial: ins.partial}
	m.Provisions = c.expand(groups, ins)
	return m, len(m.Provisions) > 0
}

// expand gives every group its missing upper levels from the group to its right, then
// from the place the text stands in, and lists the places named.
func (c *cursor) expand(groups []group, ins instrumentRef) []corpus.Provision {
	for i := len(groups) - 2; i >= 0; i-- {
		g, right := &groups[i], groups[i+1]
		if g.upper() {
			continue
		}
		g.articles, g.annexes, g.sameArticle = right.articles, right.annexes, right.sameArticle
		if len(g.points) > 0 && len(g.clauses) == 0 && !g.sameClause && len(right.points) > 0 {
			g.clauses, g.sameClause = right.clauses, right.sameClause
		}
	}
	var out []corpus.Provision
	for _, g := range groups {
		out = append(out, c.places(g, ins)...)
	}
	return out
}

func (g group) upper() bool { return len(g.articles) > 0 || len(g.annexes) > 0 || g.sameArticle }

// maxPlaces bounds what one mention may name, so that "các điều 1 đến 999" stays small.
const maxPlaces = 400

func (c *cursor) places(g group, ins instrumentRef) (out []corpus.Provision) {
	in := c.reader.In
	for _, a := range g.annexes {
		out = append(out, corpus.Provision{Instrument: ins.number, Annex: a})
	}
	if len(g.annexes) > 0 {
		return out
	}
	articles, clauses := g.articles, g.clauses
	if len(articles) == 0 && (ins.same || g.sameArticle) && in.Article != "" {
		articles = []string{in.Article}
		ins.number = in.Instrument
		if g.sameClause || len(clauses) == 0 && len(g.points) > 0 {
			clauses = []string{in.Clause}
		}
	}
	for _, a := range articles {
		for _, k := range orEmpty(clauses) {
			for _, p := range orEmpty(g.points) {
				if len(out) < maxPlaces {
					out = append(out, corpus.Provision{Instrument: ins.number, Article: a, Clause: k, Point: strings.ToLower(p)})
				}
			}
		}
	}
	return out
}

func orEmpty(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}
