package lexical

import (
	"strings"

	"github.com/motcua/motcua/corpus"
)

var facetSections = map[string]Section{
	"dossier": Dossier, "fees": Fees, "times": Times, "steps": Steps, "where": Where, "conditions": Conditions,
	"results": Results, "basis": Basis, "deadline": Deadline, "asked": Alias, "name": Alias, "notes": Body, "said": Body,
}

// UnitDocument makes the document of one unit from its chunks in reading order; ok is
// false where there are none. It spans the days on which any chunk is in force: who
// shows a chunk checks the chunk's own days.
func UnitDocument(chunks []corpus.Chunk) (d Document, ok bool) {
	if len(chunks) == 0 {
		return Document{}, false
	}
	c := chunks[0]
	d = Document{ID: string(c.Unit), Title: c.Title, Attr: Attributes{
		Validity: spanOf(chunks), Issuer: c.Issuer, Type: c.Type, Levels: c.Levels, Field: c.Field, Place: c.Place,
		Instrument: c.Provision.Instrument, Procedure: c.Procedure != "", Restricted: c.Restricted,
	}}
	if d.Attr.Procedure {
		d.procedure(chunks)
	} else {
		d.provision(chunks)
	}
	return d, true
}

func (d *Document) provision(chunks []corpus.Chunk) {
	c := chunks[0]
	if a := c.Provision.Article; a != "" && !strings.HasPrefix(c.Title, "Điều "+a) {
		d.Title = "Điều " + a + ". " + c.Title
	}
	if len(c.Headings) > 0 {
		d.LawName, d.Path = c.Headings[0], strings.Join(c.Headings[1:], "\n")
	}
	if n := c.Provision.Instrument; !strings.Contains(corpus.NumberKey(d.LawName), corpus.NumberKey(n)) {
		d.LawName = strings.TrimSpace(d.LawName + "\n" + c.Type.Vietnamese() + " " + n)
	}
	texts := make([]string, len(chunks))
	for i, c := range chunks {
		texts[i] = c.Text
	}
	d.Body = strings.Join(texts, "\n")
}

func (d *Document) procedure(chunks []corpus.Chunk) {
	c := chunks[0]
	d.Facets = append(d.Facets, Facet{Alias, c.Procedure}, Facet{Domain, strings.Join(c.Headings, "\n")})
	for _, c := range chunks {
		section, known := facetSections[c.Facet]
		if !known {
			section = Body
		}
		text := c.Text
		if c.Facet == "name" {
			d.Attr.Audiences = append(d.Attr.Audiences, audiencesIn(c.Text)...)
			text = strings.TrimPrefix(text, c.Title)
		}
		d.Facets = append(d.Facets, Facet{section, text})
	}
}

// audienceWords are how "who may ask" names each audience, in lower case.
var audienceWords = []struct {
	audience corpus.Audience
	words    []string
}{
	{corpus.ForCitizens, []string{"công dân", "cá nhân", "người dân", "cha", "mẹ", "người từ", "người đủ", "hộ gia đình", "người lao động", "thân nhân"}},
	{corpus.ForBusinesses, []string{"doanh nghiệp", "hợp tác xã", "hộ kinh doanh", "thương nhân", "công ty"}},
	{corpus.ForOrganisations, []string{"tổ chức", "cơ quan"}},
	{corpus.ForForeigners, []string{"người nước ngoài", "định cư ở nước ngoài"}},
}

// audiencesIn reads the audiences out of a record's names and who may ask; none means
// the record does not say.
func audiencesIn(text string) (out []corpus.Audience) {
	low := strings.ToLower(text)
	for _, a := range audienceWords {
		for _, w := range a.words {
			if strings.Contains(low, w) {
				out = append(out, a.audience)
				break
			}
		}
	}
	return out
}

// spanOf is the shortest span that covers those of all chunks.
func spanOf(chunks []corpus.Chunk) corpus.Validity {
	v := chunks[0].Validity
	for _, c := range chunks[1:] {
		if c.Validity.From.Before(v.From) {
			v.From = c.Validity.From
		}
		if c.Validity.Until.IsZero() || !v.Until.IsZero() && v.Until.Before(c.Validity.Until) {
			v.Until = c.Validity.Until
		}
	}
	return v
}
