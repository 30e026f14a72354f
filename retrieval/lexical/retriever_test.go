package lexical

import (
	"context"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// shelf is a library in memory.
type shelf map[corpus.UnitID][]corpus.Chunk

func (s shelf) Unit(_ context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	if c, ok := s[id]; ok {
		return c, nil
	}
	return nil, corpus.ErrNotFound
}

func (s shelf) index(t *testing.T) *Live {
	b := NewBuilder(DefaultSettings())
	for _, chunks := range s {
		d, ok := UnitDocument(chunks)
		if !ok {
			t.Fatal("a unit without chunks")
		}
		b.Add(d)
	}
	return NewLive(b.Build())
}

func article(number string, order int, text string, v corpus.Validity) corpus.Chunk {
	p := corpus.Provision{Instrument: "60/2014/QH13", Article: number}
	return corpus.Chunk{
		ID: corpus.ChunkID(p.Key() + "@" + string(rune('a'+order))), Unit: corpus.UnitOf(p), Order: order, Provision: p,
		Title: "Nội dung đăng ký", Headings: []string{"Luật Hộ tịch", "Chương II ĐĂNG KÝ HỘ TỊCH"}, Text: text, Validity: v,
		Type: corpus.Law, Issuer: "Quốc hội",
	}
}

func procedure(id, name string, facets map[string]string) []corpus.Chunk {
	var out []corpus.Chunk
	for _, f := range []string{"name", "dossier", "fees"} {
		if text := facets[f]; text != "" {
			out = append(out, corpus.Chunk{
				ID: corpus.ChunkID(id + f), Unit: corpus.UnitOfProcedure(id), Order: len(out), Procedure: id, Facet: f,
				Title: name, Headings: []string{"Hộ tịch"}, Text: text, Levels: []corpus.Level{corpus.Commune},
			})
		}
	}
	return out
}

func library() shelf {
	old := corpus.Validity{Until: civil.New(2024, 1, 1)}
	now := corpus.Validity{From: civil.New(2024, 1, 1)}
	birth := procedure("1.001193", "Đăng ký khai sinh", map[string]string{
		"name": "Đăng ký khai sinh\nlàm giấy khai sinh", "dossier": "Giấy chứng sinh: 1 bản chính", "fees": "Miễn lệ phí khi đúng hạn"})
	return shelf{
		"60/2014/qh13#15": {article("15", 0, "Trách nhiệm đăng ký khai sinh trong 60 ngày.", now), article("15", 1, "Cán bộ tư pháp kiểm tra, đôn đốc.", now)},
		"60/2014/qh13#16": {article("16", 0, "Thủ tục đăng ký khai sinh theo quy định cũ.", old)},
		"tthc:1.001193":   birth,
	}
}

func TestAUnitIsShownByTheChunkThatAnswers(t *testing.T) {
	lib := library()
	r := NewRetriever(lib.index(t), lib, nil)
	for question, want := range map[string]corpus.ChunkID{
		"lệ phí khai sinh":               "1.001193fees",
		"khai sinh cần giấy chứng sinh?": "1.001193dossier",
		"le phi lam giay khai sinh":      "1.001193fees",
		"thủ tục 1.001193 lệ phí":        "1.001193fees",
		"Điều 15 Luật Hộ tịch đôn đốc":   "60/2014/qh13#15@b",
	} {
		hits, err := r.Retrieve(t.Context(), retrieval.Query{Text: question, InForceOn: civil.New(2025, 1, 1)})
		if err != nil || len(hits) == 0 {
			t.Fatalf("%q: %v, %v", question, hits, err)
		}
		if hits[0].Chunk.ID != want {
			t.Errorf("%q shows %s, want %s", question, hits[0].Chunk.ID, want)
		}
		if len(hits[0].Why) == 0 {
			t.Errorf("%q: the hit does not say why", question)
		}
	}
}

func TestFiltersNarrowInsideTheSearch(t *testing.T) {
	lib := library()
	r := NewRetriever(lib.index(t), lib, nil)
	cases := map[string]struct {
		on   civil.Date
		f    retrieval.Filter
		want []corpus.UnitID
	}{
		"before the change":  {civil.New(2020, 1, 1), retrieval.Filter{}, []corpus.UnitID{"60/2014/qh13#16", "tthc:1.001193"}},
		"after the change":   {civil.New(2024, 1, 1), retrieval.Filter{}, []corpus.UnitID{"60/2014/qh13#15", "tthc:1.001193"}},
		"procedures only":    {civil.Date{}, retrieval.Filter{Only: retrieval.OnlyProcedures}, []corpus.UnitID{"tthc:1.001193"}},
		"by issuer":          {civil.New(2025, 1, 1), retrieval.Filter{Issuers: []string{"Quốc hội"}}, []corpus.UnitID{"60/2014/qh13#15"}},
		"by instrument":      {civil.New(2025, 1, 1), retrieval.Filter{Instruments: []string{"60/2014/QH13"}}, []corpus.UnitID{"60/2014/qh13#15"}},
		"by type and level":  {civil.Date{}, retrieval.Filter{Types: []corpus.InstrumentType{corpus.Law}, Levels: []corpus.Level{corpus.Commune}}, nil},
		"by level":           {civil.Date{}, retrieval.Filter{Levels: []corpus.Level{corpus.Commune}}, []corpus.UnitID{"tthc:1.001193"}},
		"national passes":    {civil.New(2025, 1, 1), retrieval.Filter{Places: []string{"01"}, Only: retrieval.OnlyProvisions}, []corpus.UnitID{"60/2014/qh13#15"}},
		"an unknown issuer":  {civil.Date{}, retrieval.Filter{Issuers: []string{"Không có"}}, nil},
		"unknown instrument": {civil.Date{}, retrieval.Filter{Instruments: []string{"1/1999/QH1"}}, nil},
	}
	for name, c := range cases {
		hits, err := r.Retrieve(t.Context(), retrieval.Query{Text: "đăng ký khai sinh", InForceOn: c.on, Filter: c.f})
		if err != nil {
			t.Fatal(err)
		}
		got := map[corpus.UnitID]bool{}
		for _, h := range hits {
			got[h.Unit] = true
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
		for _, u := range c.want {
			if !got[u] {
				t.Errorf("%s: %s is missing from %v", name, u, got)
			}
		}
	}
}
