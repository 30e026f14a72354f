package chunk

import (
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Procedure returns one chunk per facet that has words, in the order a reader asks for
// them; a facet longer than MaxRunes gives several, cut between its lines.
func Procedure(p corpus.Procedure) []corpus.Chunk {
	c := newCutter(12)
	c.head = corpus.Chunk{
		Unit: corpus.UnitOfProcedure(p.ID), Procedure: p.ID, Title: p.Name,
		Validity: p.Prov.Validity, Source: p.Source, Digest: p.Digest, Conf: p.Prov.Confidence,
		Issuer: p.Ministry, Levels: p.Levels, Field: p.Field, Restricted: p.Source.Restricted,
	}
	if p.Field != "" {
		c.head.Headings = []string{p.Field}
	}
	for _, f := range facets {
		facts := f.facts(p)
		if raw := p.Raw[f.name]; raw != "" {
			facts = append(facts, raw)
		}
		c.facet(f.name, facts)
	}
	return c.out
}

func (c *cutter) facet(name string, facts []string) {
	var pieces []string
	for _, f := range facts {
		pieces = append(pieces, Pieces(f)...)
	}
	for _, text := range packLines(pieces) {
		k := c.head
		k.Facet, k.Text = name, text
		c.add(k, string(k.Unit)+"#"+name)
	}
}

// Pieces is how one fact of a record stands in its chunks: whole, unless it is longer
// than MaxRunes. Who quotes a record asks for these, so that a quote is found.
func Pieces(fact string) []string {
	fact = strings.Trim(fact, "\n")
	if runes(fact) <= MaxRunes {
		return appendText(nil, fact)
	}
	return packLines(splitLong(strings.Split(fact, "\n")))
}

// facets lists what is cut from a record, in reading order. The names are those of
// corpus.Chunk.Facet, and the keys of Procedure.Raw whose words join them. Facts are
// worded by corpus (Fee.Line and the like) and by nobody else.
var facets = []struct {
	name  string
	facts func(corpus.Procedure) []string
}{
	{"name", nameFacts},
	{"dossier", dossierFacts},
	{"fees", func(p corpus.Procedure) []string { return each(p.Fees, corpus.Fee.Line) }},
	{"times", func(p corpus.Procedure) []string { return each(p.Times, corpus.TimeLimit.Line) }},
	{"steps", func(p corpus.Procedure) []string { return p.Steps }},
	{"where", whereFacts},
	{"conditions", func(p corpus.Procedure) []string { return each(p.Conds, corpus.Fact.Line) }},
	{"results", resultFacts},
	{"deadline", deadlineFacts},
	{"basis", basisFacts},
	{"notes", func(p corpus.Procedure) []string { return each(p.Notes, corpus.Fact.Line) }},
	{"asked", askedFacts},
	{"said", func(p corpus.Procedure) []string { return p.Said }},
}

func each[T any](all []T, word func(T) string) []string {
	out := make([]string, 0, len(all))
	for _, x := range all {
		out = append(out, word(x))
	}
	return out
}

func nameFacts(p corpus.Procedure) []string {
	facts := append([]string{p.Name}, p.Aliases...)
	if p.Special != "" {
		facts = append(facts, p.Special)
	}
	return append(facts, p.Who...)
}

func dossierFacts(p corpus.Procedure) []string {
	var out []string
	group := ""
	for _, d := range p.Dossier {
		if d.Case != group && d.Case != "" {
			out = append(out, d.Case+":")
		}
		group = d.Case
		out = append(out, d.Line())
	}
	return out
}

func whereFacts(p corpus.Procedure) []string {
	out := each(p.Body, func(b corpus.Authority) string { return b.Name })
	for _, w := range p.Where {
		out = append(out, w.Line())
		if w.URL != "" && !strings.Contains(w.Text, w.URL) {
			out = append(out, w.URL)
		}
	}
	return out
}

func resultFacts(p corpus.Procedure) []string {
	out := each(p.Results, func(r corpus.Result) string { return r.Name })
	return append(out, each(p.Forms, corpus.Form.Line)...)
}

func deadlineFacts(p corpus.Procedure) []string {
	return append(each(p.Deadline, corpus.Deadline.Line), each(p.Penalty, corpus.Fact.Line)...)
}

func basisFacts(p corpus.Procedure) []string { return each(p.Basis, corpus.Basis.Line) }

func askedFacts(p corpus.Procedure) []string {
	var out []string
	for _, qa := range p.Asked {
		out = append(out, qa.Q, qa.A)
	}
	return out
}
