package eval

import (
	"sort"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Document is one thing to be found, as a benchmark ships it.
type Document struct {
	ID    string
	Law   string // law number or name, where the set names one
	Title string
	Field string // lĩnh vực, for procedures
	Text  string
}

// Question is one query with its ID.
type Question struct {
	ID   string
	Text string
}

// Dataset is what a benchmark ships. Relevant maps question to document to grade; a grade
// of 0 or less is judged and not relevant.
type Dataset struct {
	Name      string
	Documents []Document
	Questions []Question
	Relevant  map[string]map[string]int
}

// Gold lists the relevant documents of a question, sorted.
func (d *Dataset) Gold(question string) []string {
	var ids []string
	for id, grade := range d.Relevant[question] {
		if grade > 0 {
			ids = append(ids, id)
		}
	}
	sort.Strings(ids)
	return ids
}

// Missing counts judgements that name a relevant document absent from the corpus. They
// stay in the denominators, as in trec_eval.
func (d *Dataset) Missing() int {
	known := make(map[string]bool, len(d.Documents))
	for i := range d.Documents {
		known[d.Documents[i].ID] = true
	}
	n := 0
	for _, grades := range d.Relevant {
		for id, grade := range grades {
			if grade > 0 && !known[id] {
				n++
			}
		}
	}
	return n
}

// facetOf maps the field names of the national portal's records to chunk facets.
var facetOf = map[string]string{
	"trinh_tu_thuc_hien": "steps", "cach_thuc_thuc_hien": "where", "thanh_phan_ho_so": "dossier",
	"doi_tuong_thuc_hien": "who", "co_quan_thuc_hien": "office", "ket_qua_xu_ly": "results",
	"can_cu_phap_ly": "basis", "yeu_cau_dieu_kien": "conditions",
}

// Chunks cuts the documents into chunks an index takes: one unit per document, with the
// document's own ID as unit. A procedure is cut at its field names.
func (d *Dataset) Chunks() []corpus.Chunk {
	var chunks []corpus.Chunk
	for i := range d.Documents {
		chunks = append(chunks, d.Documents[i].chunks()...)
	}
	return chunks
}

func (d *Document) chunks() []corpus.Chunk {
	base := corpus.Chunk{ID: corpus.ChunkID(d.ID), Unit: corpus.UnitID(d.ID), Title: d.Title, Text: d.Text, Field: d.Field}
	if d.Law != "" {
		base.Provision = corpus.Provision{Instrument: d.Law}
		base.Headings = []string{d.Law}
		base.Type = corpus.TypeOfNumber(d.Law)
	}
	if d.Field == "" {
		return []corpus.Chunk{base}
	}
	base.Procedure = d.ID
	base.Facet = "name"
	base.Text = d.Title
	chunks := []corpus.Chunk{base}
	for _, part := range splitFacets(d.Text) {
		c := base
		c.Order = len(chunks)
		c.ID = corpus.ChunkID(d.ID + "#" + part.name)
		c.Facet, c.Text = facetOf[part.name], part.text
		chunks = append(chunks, c)
	}
	return chunks
}

type facetText struct{ name, text string }

// splitFacets cuts "field_name: text" blocks apart; text before the first known name
// becomes a block without one.
func splitFacets(text string) []facetText {
	var parts []facetText
	for _, line := range strings.Split(text, "\n") {
		name, rest, ok := strings.Cut(line, ":")
		if ok && isFacetName(name) {
			parts = append(parts, facetText{name: name, text: strings.TrimSpace(rest)})
			continue
		}
		if len(parts) == 0 {
			parts = append(parts, facetText{})
		}
		last := &parts[len(parts)-1]
		last.text += "\n" + line
	}
	return parts
}

// isFacetName holds for lower-case ASCII words joined by underscores.
func isFacetName(s string) bool {
	if !strings.Contains(s, "_") {
		return false
	}
	for _, r := range s {
		if r != '_' && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}
