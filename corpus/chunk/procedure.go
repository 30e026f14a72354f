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
		Issuer: p.Ministry, Levels: p.Levels, Field: p.Field,
	}
	if p.Field != "" {
		c.head.Headings = []string{p.Field}
	}
	for _, f := range facets {
		lines := f.lines(p)
		if raw := p.Raw[f.name]; raw != "" {
			lines = append(lines, strings.Split(raw, "\n")...)
		}
		c.facet(f.name, lines)
	}
	return c.out
}

func (c *cutter) facet(name string, lines []string) {
	for _, text := range packLines(splitLong(lines)) {
		k := c.head
		k.Facet, k.Text = name, text
		c.add(k, string(k.Unit)+"#"+name)
	}
}

// facets lists what is cut from a record, in reading order. The names are those of
// corpus.Chunk.Facet, and the keys of Procedure.Raw whose words join them.
var facets = []struct {
	name  string
	lines func(corpus.Procedure) []string
}{
	{"name", nameLines},
	{"dossier", dossierLines},
	{"fees", feeLines},
	{"times", timeLines},
	{"steps", func(p corpus.Procedure) []string { return splitAll(p.Steps) }},
	{"where", whereLines},
	{"conditions", conditionLines},
	{"results", resultLines},
	{"deadline", deadlineLines},
	{"basis", basisLines},
	{"asked", askedLines},
}

func nameLines(p corpus.Procedure) []string {
	lines := []string{p.Name}
	lines = append(lines, p.Aliases...)
	if p.Special != "" {
		lines = append(lines, p.Special)
	}
	if len(p.Who) > 0 {
		lines = append(lines, "Đối tượng: "+strings.Join(p.Who, ", "))
	}
	return lines
}

func dossierLines(p corpus.Procedure) []string {
	var out []string
	group := ""
	for _, d := range p.Dossier {
		if d.Case != group {
			group = d.Case
			if group != "" {
				out = append(out, group+":")
			}
		}
		out = append(out, splitAll([]string{"- " + d.Name + paperCount(d)})...)
	}
	return out
}

func whereLines(p corpus.Procedure) []string {
	var out []string
	for _, b := range p.Body {
		out = append(out, "Cơ quan thực hiện: "+b.Name)
	}
	for _, w := range p.Where {
		out = append(out, splitAll([]string{labelled(channelName(w.Channel), w.Text)})...)
		if w.URL != "" && !strings.Contains(w.Text, w.URL) {
			out = append(out, w.URL)
		}
	}
	return out
}

func conditionLines(p corpus.Procedure) []string {
	var out []string
	for _, f := range append(append([]corpus.Fact{}, p.Conds...), p.Notes...) {
		out = append(out, splitAll([]string{labelled(f.Case, f.Text)})...)
	}
	return out
}

func resultLines(p corpus.Procedure) []string {
	var out []string
	for _, r := range p.Results {
		out = append(out, splitAll([]string{r.Name})...)
	}
	for _, f := range p.Forms {
		out = append(out, "Mẫu: "+strings.TrimSpace(f.Name+" "+f.Code))
	}
	return out
}

func deadlineLines(p corpus.Procedure) []string {
	var out []string
	for _, d := range p.Deadline {
		out = append(out, d.Text)
		if d.Late != "" {
			out = append(out, d.Late)
		}
	}
	for _, f := range p.Penalty {
		out = append(out, labelled(f.Case, f.Text))
	}
	return out
}

func basisLines(p corpus.Procedure) []string {
	var out []string
	for _, b := range p.Basis {
		text := b.Provision.String()
		if b.Provision.Instrument == "" {
			text = ""
		}
		out = append(out, strings.TrimSpace(labelled(text, b.Title)))
	}
	return out
}

func askedLines(p corpus.Procedure) []string {
	var out []string
	for _, qa := range p.Asked {
		out = append(out, qa.Q, qa.A)
	}
	return out
}

// labelled is "label: text", or the one that is there.
func labelled(label, text string) string {
	switch {
	case label == "":
		return text
	case text == "":
		return label
	}
	return label + ": " + text
}

func splitAll(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, strings.Split(t, "\n")...)
	}
	return out
}
