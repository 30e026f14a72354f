package law

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// articlePage is what article.html shows: an article or annex as it was on a day.
type articlePage struct {
	Head     corpus.Instrument // without its texts
	At       corpus.Provision
	On       civil.Date
	WrongDay bool
	Form     *page.Form

	Heading   string
	Reference string
	Version   assistant.Version
	Blocks    []block
	Digest    bool
	// Changes is what was done to the article, latest first; Days are those on which it
	// changed, for comparing.
	Changes  []corpus.Relation
	Refers   []corpus.Relation
	Previous *corpus.Provision
	Next     *corpus.Provision
	Quote    string
}

// block is a clause, or text before the first, with the points inside.
type block struct {
	Clause string
	Lines  []string
}

func (a *Area) article(w http.ResponseWriter, r *http.Request) {
	head, ok := a.headOf(w, r)
	if !ok {
		return
	}
	on, wrong := a.day(r, "ngay")
	at := corpus.Provision{Instrument: head.Number, Article: r.PathValue("article"), Annex: r.PathValue("annex")}
	p := &articlePage{At: at, On: on, WrongDay: wrong, Form: &page.Form{}}
	p.Form.Set("ngay", on.String())
	if wrong {
		p.Form.Wrong("ngay", "Ngày này không có thật; đang dùng hôm nay.", "No such day; today is used.")
	}
	err := a.fillArticle(r.Context(), p)
	if errors.Is(err, corpus.ErrNotFound) {
		a.Site.Problem(w, r, http.StatusNotFound, "Văn bản này không có "+at.String()+" trong kho.", "This text has no such article in our store.")
		return
	}
	if err != nil {
		a.Site.Broken(w, r, "law: article", err)
		return
	}
	a.show(w, r, http.StatusOK, "article.html", page.Page{VI: p.Reference, Description: p.Heading, Data: p})
}

// headOf finds the instrument an address names; it has answered already when ok is false.
func (a *Area) headOf(w http.ResponseWriter, r *http.Request) (h corpus.Head, ok bool) {
	if err := a.list.load(r.Context(), a.Shelf); err != nil {
		a.Site.Broken(w, r, "law: list", err)
		return h, false
	}
	h, ok = a.list.head(r.PathValue("slug"))
	if !ok {
		a.Site.Problem(w, r, http.StatusNotFound, "Kho chưa có văn bản này.", "We do not hold this text.")
	}
	return h, ok
}

func (a *Area) fillArticle(ctx context.Context, p *articlePage) error {
	in, err := a.Library.Instrument(ctx, p.At.Instrument)
	if err != nil {
		return err
	}
	p.At.Instrument, p.Digest = in.Number, in.Digest
	p.neighbours(in)
	c, err := a.Comparer.Compare(ctx, p.At, p.On, p.On)
	if err != nil {
		return err
	}
	p.Heading, p.Reference, p.Version = c.Heading, c.Reference, c.First
	p.Digest = c.First.Kind == assistant.OurDigest
	p.Blocks = blocksOf(c.First.Text, p.At.Article != "")
	to, from, err := a.Library.Relations(ctx, p.At)
	if err != nil {
		return err
	}
	for _, rel := range slices.Backward(to) {
		switch {
		case rel.Kind == corpus.Refers || rel.Kind == corpus.BasedOn:
		case rel.Kind == corpus.Amends && rel.To.Article == "" && rel.To.Annex == "": // says nothing of this article
		default:
			p.Changes = append(p.Changes, rel)
		}
	}
	for _, rel := range from {
		if rel.From.Article == p.At.Article && rel.From.Annex == p.At.Annex && rel.To.Key() != p.At.Key() {
			p.Refers = append(p.Refers, rel)
		}
	}
	p.Refers = distinct(p.Refers)
	in.Articles, in.Annexes, in.Relations = nil, nil, nil
	p.Head = in
	p.Quote = p.Reference + ":\n“" + c.First.Text + "”"
	return nil
}

// distinct keeps the first relation to each place.
func distinct(all []corpus.Relation) []corpus.Relation {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(r corpus.Relation) bool {
		key := string(r.Kind) + r.To.Key()
		old := seen[key]
		seen[key] = true
		return old
	})
}

// neighbours finds what stands before and after.
func (p *articlePage) neighbours(in corpus.Instrument) {
	var all []corpus.Provision
	for _, x := range in.Articles {
		all = append(all, corpus.Provision{Instrument: in.Number, Article: x.Number})
	}
	for _, x := range in.Annexes {
		all = append(all, corpus.Provision{Instrument: in.Number, Annex: x.Number})
	}
	for i, x := range all {
		if x.Key() != p.At.Key() {
			continue
		}
		p.At = x // as the text writes it
		if i > 0 {
			p.Previous = &all[i-1]
		}
		if i+1 < len(all) {
			p.Next = &all[i+1]
		}
		return
	}
}

// blocksOf cuts a text into clauses, so that each can be linked to.
func blocksOf(text string, clauses bool) (out []block) {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		number := ""
		if clauses {
			number = clauseOf(line)
		}
		if number != "" || len(out) == 0 {
			out = append(out, block{Clause: number})
		}
		last := &out[len(out)-1]
		last.Lines = append(last.Lines, line)
	}
	return out
}

// clauseOf is the number a line of a clause begins with: "1. …", "2a. …"; else "".
func clauseOf(line string) string {
	number, rest, ok := strings.Cut(line, ". ")
	if !ok || rest == "" || len(number) == 0 || len(number) > 4 || number[0] < '0' || number[0] > '9' {
		return ""
	}
	return number
}
