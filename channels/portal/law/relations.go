package law

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// relationsPage is what relations.html shows: who acts on the text and on whom it acts.
type relationsPage struct {
	Head      corpus.Head
	Reference string
	Drawing   drawing
	To        []group // done to it
	From      []group // what it does
	// References counts what is left out of the drawing: mere cross-references.
	References int
}

// group is the relations of one kind with one other text.
type group struct {
	Kind   corpus.RelationKind
	Number string
	First  corpus.Relation // the earliest
	N      int
}

// drawing is the graph as boxes and lines, in units of its own width.
type drawing struct {
	Width, Height int
	Boxes         []box
	Lines         []line
	// LeftOut is how many texts did not fit.
	LeftOut int
}

type box struct {
	X, Y, W, H    int
	Number, Title string
	Kind          corpus.RelationKind
	Middle, Right bool
	Address       string
}

type line struct {
	X1, Y1, X2, Y2, MX int
	Kind               corpus.RelationKind
}

func (a *Area) relations(w http.ResponseWriter, r *http.Request) {
	head, ok := a.headOf(w, r)
	if !ok {
		return
	}
	at := corpus.Provision{Instrument: head.Number}
	to, from, err := a.Library.Relations(r.Context(), at)
	if err != nil {
		a.Site.Broken(w, r, "law: relations", err)
		return
	}
	in := corpus.Instrument{Number: head.Number, Title: head.Title, Issuer: head.Issuer, Type: head.Type}
	p := &relationsPage{Head: head, Reference: assistant.FullReference(at, in)}
	var refsTo, refsFrom int
	p.To, refsTo = groupsOf(to, head.Number, func(r corpus.Relation) string { return r.From.Instrument })
	p.From, refsFrom = groupsOf(from, head.Number, func(r corpus.Relation) string { return r.To.Instrument })
	p.References = refsTo + refsFrom
	p.Drawing = a.draw(p)
	a.show(w, r, http.StatusOK, "relations.html", page.Page{VI: "Quan hệ của " + p.Reference, EN: "Relations of " + p.Reference, Wide: true, Data: p})
}

// groupsOf gathers relations by kind and other text, cross-references apart.
func groupsOf(all []corpus.Relation, own string, other func(corpus.Relation) string) (out []group, references int) {
	at := map[string]int{}
	for _, r := range all {
		number := other(r)
		if corpus.NumberKey(number) == corpus.NumberKey(own) {
			continue
		}
		if r.Kind == corpus.Refers {
			references++
			continue
		}
		key := string(r.Kind) + " " + corpus.NumberKey(number)
		i, seen := at[key]
		if !seen {
			i = len(out)
			at[key] = i
			out = append(out, group{Kind: r.Kind, Number: number, First: r})
		}
		out[i].N++
	}
	slices.SortStableFunc(out, func(a, b group) int {
		return cmp.Or(cmp.Compare(weight(a.Kind), weight(b.Kind)), a.First.Effective.Compare(b.First.Effective), cmp.Compare(a.Number, b.Number))
	})
	return out, references
}

// weight puts what ends or changes a text before what only leans on it.
func weight(k corpus.RelationKind) int {
	return slices.Index([]corpus.RelationKind{corpus.Replaces, corpus.Repeals, corpus.Suspends, corpus.Amends, corpus.Guides, corpus.BasedOn, corpus.Refers}, k)
}

// Sizes of the drawing, and how many boxes stand on one side.
const (
	boxWidth, boxHeight = 300, 56
	rowHeight           = 72
	mostBoxes           = 14
	drawWidth           = 1120
)

// draw puts what acts on the text to the left, the text in the middle, and on what it
// acts to the right.
func (a *Area) draw(p *relationsPage) drawing {
	left, right := p.To[:min(len(p.To), mostBoxes)], p.From[:min(len(p.From), mostBoxes)]
	rows := max(len(left), len(right), 1)
	d := drawing{Width: drawWidth, Height: rows*rowHeight + 16, LeftOut: len(p.To) + len(p.From) - len(left) - len(right)}
	middle := box{
		X: (drawWidth - boxWidth) / 2, Y: (d.Height - boxHeight) / 2, W: boxWidth, H: boxHeight,
		Number: p.Head.Number, Title: shorten(p.Head.Title), Middle: true,
		Address: page.LawAddress(corpus.Provision{Instrument: p.Head.Number}, civil.Date{}),
	}
	d.Boxes = append(d.Boxes, middle)
	for side, groups := range [][]group{left, right} {
		top := (d.Height - len(groups)*rowHeight) / 2
		for i, g := range groups {
			b := box{X: 0, Y: top + i*rowHeight + (rowHeight-boxHeight)/2, W: boxWidth, H: boxHeight, Number: g.Number, Kind: g.Kind, Right: side == 1}
			b.Title, b.Address = a.known(g.Number)
			l := line{X1: boxWidth, Y1: b.Y + boxHeight/2, X2: middle.X, Y2: middle.Y + boxHeight/2, Kind: g.Kind}
			if side == 1 {
				b.X = drawWidth - boxWidth
				l.X1, l.Y1, l.X2, l.Y2 = middle.X+boxWidth, middle.Y+boxHeight/2, b.X, b.Y+boxHeight/2
			}
			l.MX = (l.X1 + l.X2) / 2
			d.Boxes, d.Lines = append(d.Boxes, b), append(d.Lines, l)
		}
	}
	return d
}

// known is the title and the page of a text we hold; empty for others.
func (a *Area) known(number string) (title, address string) {
	h, ok := a.list.head(corpus.Slug(number))
	if !ok {
		return "", ""
	}
	return shorten(h.Title), page.LawAddress(corpus.Provision{Instrument: h.Number}, civil.Date{})
}

// shorten cuts a title to what fits into a box.
func shorten(title string) string {
	const most = 38
	if r := []rune(title); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return title
}
