package peers

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/motcua/motcua/eval"
)

// Bleve is the Go search library, in memory, with BM25. It has no Vietnamese analyser, so
// words are cut by us and split at spaces there.
type Bleve struct{}

// Name of the engine.
func (Bleve) Name() string { return "bleve" }

// Settings tried.
func (Bleve) Settings() []Setting {
	return []Setting{
		{Words: "BM25, syllables, any word, title ×1", Title: 1},
		{Words: "BM25, syllables, any word, title ×2", Title: 2},
		{Words: "BM25, syllables and pairs, any word, title ×2", Title: 2, Pairs: true},
	}
}

type bleveIndex struct {
	x       bleve.Index
	ids     []string
	setting Setting
}

func bleveMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	if err := m.AddCustomAnalyzer("syllables", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	m.DefaultAnalyzer = "syllables"
	field := bleve.NewTextFieldMapping()
	field.Analyzer, field.Store, field.IncludeInAll, field.IncludeTermVectors, field.DocValues = "syllables", false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("title", field)
	doc.AddFieldMappingsAt("body", field)
	m.DefaultMapping = doc
	return m, nil
}

// batchSize is how many documents go in at once.
const batchSize = 500

// Index builds it.
func (Bleve) Index(ctx context.Context, d *eval.Dataset, s Setting) (_ Indexed, err error) {
	m, err := bleveMapping()
	if err != nil {
		return nil, err
	}
	x, err := bleve.NewMemOnly(m)
	if err != nil {
		return nil, err
	}
	b := &bleveIndex{x: x, setting: s}
	batch := x.NewBatch()
	for i, doc := range d.Documents {
		fields := map[string]string{
			"title": strings.Join(words(doc.Law+" "+doc.Title, s, false), " "), "body": strings.Join(words(doc.Text, s, false), " "),
		}
		if err := batch.Index(strconv.Itoa(i), fields); err != nil {
			return nil, errors.Join(err, x.Close())
		}
		b.ids = append(b.ids, doc.ID)
		if batch.Size() == batchSize || i+1 == len(d.Documents) {
			if err := errors.Join(ctx.Err(), x.Batch(batch)); err != nil {
				return nil, errors.Join(err, x.Close())
			}
			batch = x.NewBatch()
		}
	}
	return b, nil
}

// Ask changes the setting.
func (b *bleveIndex) Ask(s Setting) { b.setting = s }

// Search asks for any of the words in title or body.
func (b *bleveIndex) Search(ctx context.Context, question string, k int) ([]string, error) {
	text := strings.Join(words(question, b.setting, true), " ")
	title, body := bleve.NewMatchQuery(text), bleve.NewMatchQuery(text)
	title.SetField("title")
	title.SetBoost(b.setting.Title)
	body.SetField("body")
	r := bleve.NewSearchRequestOptions(query.NewDisjunctionQuery([]query.Query{title, body}), k, 0, false)
	found, err := b.x.SearchInContext(ctx, r)
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(found.Hits))
	for _, h := range found.Hits {
		i, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, b.ids[i])
	}
	return out, nil
}

// Close drops the index.
func (b *bleveIndex) Close() error { return b.x.Close() }
