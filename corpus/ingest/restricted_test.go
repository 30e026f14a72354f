package ingest_test

import (
	"slices"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/lexical"
)

// searched indexes the store and lists the units found, sorted.
func (b *bundle) searched(text string, f retrieval.Filter) (units []corpus.UnitID) {
	b.Helper()
	builder := lexical.NewBuilder(lexical.DefaultSettings())
	if err := b.db.Units(b.Context(), func(_ corpus.UnitID, chunks []corpus.Chunk) error {
		if d, ok := lexical.UnitDocument(chunks); ok {
			builder.Add(d)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	r := lexical.NewRetriever(lexical.NewLive(builder.Build()), b.db.Library(), lexical.Shipped())
	hits, err := r.Retrieve(b.Context(), retrieval.Query{Text: text, Filter: f, Limit: 10})
	if err != nil {
		b.Fatal(err)
	}
	for _, h := range hits {
		units = append(units, h.Unit)
	}
	slices.Sort(units)
	return units
}

func TestWhatIsForOfficialsIsFoundByThemAlone(t *testing.T) {
	b := setup(t)
	b.write("cong.jsonl", codified("60/2014/QH13", 1, "Cấp giấy phép xây dựng."))
	b.run(b.dir + "/cong.jsonl")
	b.opt.Restricted = true
	b.write("noibo.jsonl", codified("60/2014/QH13", 2, "Cấp giấy phép nội bộ."), codified("52/2014/QH13", 1, "Cấp giấy phép nội bộ."))
	b.run(b.dir + "/noibo.jsonl")

	public, inside := []corpus.UnitID{"60/2014/qh13#1"}, []corpus.UnitID{"52/2014/qh13#1", "60/2014/qh13#1"}
	if got := b.searched("cấp giấy phép", retrieval.Filter{}); !slices.Equal(got, public) {
		t.Errorf("a citizen finds %v; want %v", got, public)
	}
	if got := b.searched("cấp giấy phép", retrieval.Filter{Official: true}); !slices.Equal(got, inside) {
		t.Errorf("an official finds %v; want %v", got, inside)
	}
}
