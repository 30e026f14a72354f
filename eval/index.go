package eval

import (
	"context"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval/lexical"
)

// scopeWords is how much of a law's first article stands in for its name.
const scopeWords = 40

// Index builds a lexical index of the dataset's documents.
func (d *Dataset) Index(s lexical.Settings) *lexical.Index {
	b := lexical.NewBuilder(s)
	for _, doc := range d.LexicalDocuments() {
		b.Add(doc)
	}
	return b.Build()
}

// LexicalDocuments turns the documents into what an index takes. Where a set gives a law's
// number and not its name, the beginning of its first article stands in: "Nghị định này
// quy định về …" says what a law is about as its name would.
func (d *Dataset) LexicalDocuments() []lexical.Document {
	names := d.lawNames()
	out := make([]lexical.Document, 0, len(d.Documents))
	for i := range d.Documents {
		doc := &d.Documents[i]
		l := lexical.Document{ID: doc.ID, Title: doc.Title, LawName: names[doc.Law]}
		if doc.Law != "" {
			l.Attr.Instrument = doc.Law
			l.Attr.Type = corpus.TypeOfNumber(doc.Law)
		}
		if doc.Field == "" {
			l.Body = doc.Text
		} else {
			doc.asProcedure(&l)
		}
		out = append(out, l)
	}
	return out
}

// lawNames gives each law of the set a name.
func (d *Dataset) lawNames() map[string]string {
	names := map[string]string{}
	for i := range d.Documents {
		doc := &d.Documents[i]
		if _, known := names[doc.Law]; known || doc.Law == "" {
			continue
		}
		if strings.Contains(doc.Law, " ") {
			names[doc.Law] = doc.Law
			continue
		}
		words := strings.Fields(doc.Text)
		names[doc.Law] = strings.Join(words[:min(len(words), scopeWords)], " ")
	}
	return names
}

// sectionOf maps chunk facets to sections of the index.
var sectionOf = map[string]lexical.Section{
	"steps": lexical.Steps, "where": lexical.Where, "office": lexical.Where, "dossier": lexical.Dossier,
	"results": lexical.Results, "basis": lexical.Basis, "conditions": lexical.Conditions, "who": lexical.Conditions,
}

func (doc *Document) asProcedure(l *lexical.Document) {
	l.Attr.Procedure = true
	l.Attr.Field = doc.Field
	l.Facets = append(l.Facets, lexical.Facet{Section: lexical.Domain, Text: doc.Field})
	for _, part := range splitFacets(doc.Text) {
		facet := facetOf[part.name]
		if facet == "office" {
			l.Attr.Levels = levelsIn(part.text)
		}
		section, ok := sectionOf[facet]
		if !ok {
			section = lexical.Body
		}
		l.Facets = append(l.Facets, lexical.Facet{Section: section, Text: part.text})
	}
}

// levelsIn reads the levels of government out of the names of the offices in charge.
func levelsIn(offices string) (out []corpus.Level) {
	low := strings.ToLower(offices)
	for _, l := range []struct {
		level corpus.Level
		words []string
	}{
		{corpus.Commune, []string{"cấp xã", "xã, phường", "công an xã", "uỷ ban nhân dân xã", "ủy ban nhân dân xã", "trạm y tế"}},
		{corpus.District, []string{"cấp huyện", "quận, huyện", "phòng tư pháp"}},
		{corpus.Province, []string{"cấp tỉnh", "tỉnh, thành phố", "sở ", "công an tỉnh"}},
		{corpus.Central, []string{"bộ ", "cục ", "tổng cục", "trung ương"}},
	} {
		for _, w := range l.words {
			if strings.Contains(low, w) {
				out = append(out, l.level)
				break
			}
		}
	}
	return out
}

// Lexical is the in-process index as a System: the first stage, reordered where Rerank is
// set.
type Lexical struct {
	Index  *lexical.Index
	Rerank lexical.Reranker
}

// Search lists the IDs of the k best documents.
func (l Lexical) Search(ctx context.Context, question string, k int) ([]string, error) {
	q := l.Index.Analyze(question)
	found := l.Index.Search(q, nil, max(k, lexical.RerankDepth))
	if l.Rerank != nil {
		found = l.Rerank.Rerank(ctx, l.Index, q, found)
	}
	ids := make([]string, min(k, len(found)))
	for i := range ids {
		ids[i] = found[i].ID
	}
	return ids, nil
}
