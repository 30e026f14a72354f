package retrieval_test

import (
	"context"
	"errors"
	"hash/fnv"
	"math"
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// hashed embeds a text by hashing its words: alike where words are shared, the same on
// every run, and good for nothing else.
type hashed struct{ width int }

func (h hashed) Model() string { return "hashed words" }

func (h hashed) Embed(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		v := make([]float32, h.width)
		for _, w := range strings.Fields(strings.ToLower(text)) {
			f := fnv.New32a()
			f.Write([]byte(w))
			v[f.Sum32()%uint32(h.width)]++
		}
		norm := 0.0
		for _, x := range v {
			norm += float64(x) * float64(x)
		}
		for k := range v {
			v[k] /= float32(math.Sqrt(math.Max(norm, 1)))
		}
		out[i] = v
	}
	return out, nil
}

func chunk(unit, text string) corpus.Chunk {
	return corpus.Chunk{ID: corpus.ChunkID(unit + "/0"), Unit: corpus.UnitID(unit), Text: text}
}

// flat indexes the chunks with hashed vectors.
func flat(t *testing.T, chunks ...corpus.Chunk) *retrieval.Flat {
	t.Helper()
	e := hashed{256}
	f := retrieval.NewFlat(e.width)
	for _, c := range chunks {
		v, err := e.Embed(t.Context(), []string{c.Text})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Put(c, v[0]); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func units(hits []retrieval.Hit) string {
	var out []string
	for _, h := range hits {
		out = append(out, string(h.Unit))
	}
	return strings.Join(out, " ")
}

func TestVectorSearch(t *testing.T) {
	birth, marriage := chunk("birth", "đăng ký khai sinh"), chunk("marriage", "đăng ký kết hôn")
	search := func(t *testing.T, f *retrieval.Flat, q retrieval.Query) []retrieval.Hit {
		t.Helper()
		hits, err := retrieval.Vector(hashed{256}, f).Retrieve(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return hits
	}
	t.Run("NearestFirstWithItsReason", func(t *testing.T) {
		hits := search(t, flat(t, marriage, birth), retrieval.Query{Text: "khai sinh ở đâu"})
		if units(hits) != "birth marriage" {
			t.Fatalf("order %q", units(hits))
		}
		if len(hits[0].Why) != 1 || hits[0].Why[0].Retriever != "vector" || hits[0].Why[0].Rank != 1 {
			t.Errorf("reasons %+v", hits[0].Why)
		}
	})
	t.Run("TiesGoByUnit", func(t *testing.T) {
		hits := search(t, flat(t, chunk("b", "x"), chunk("c", "x"), chunk("a", "x")), retrieval.Query{Text: "x"})
		if units(hits) != "a b c" {
			t.Errorf("order %q", units(hits))
		}
	})
	t.Run("AUnitCountsOnceByItsNearestChunk", func(t *testing.T) {
		far := birth
		far.ID, far.Text = "birth/1", "lệ phí"
		hits := search(t, flat(t, far, birth), retrieval.Query{Text: "đăng ký khai sinh"})
		if len(hits) != 1 || hits[0].Chunk.ID != birth.ID {
			t.Errorf("hits %+v", hits)
		}
	})
	t.Run("OnlyWhatIsInForceOnTheDay", func(t *testing.T) {
		old, now := birth, birth
		old.Unit, old.ID = "old", "old/0"
		old.Validity = corpus.Validity{From: civil.Date{Year: 2010, Month: 1, Day: 1}, Until: civil.Date{Year: 2016, Month: 1, Day: 1}}
		now.Validity = corpus.Validity{From: civil.Date{Year: 2016, Month: 1, Day: 1}}
		q := retrieval.Query{Text: "khai sinh", InForceOn: civil.Date{Year: 2020, Month: 5, Day: 1}}
		if got := units(search(t, flat(t, old, now), q)); got != "birth" {
			t.Errorf("found %q", got)
		}
	})
	t.Run("AnEmptyIndexFindsNothing", func(t *testing.T) {
		if hits := search(t, flat(t), retrieval.Query{Text: "x"}); len(hits) != 0 {
			t.Errorf("found %v", hits)
		}
	})
	t.Run("RemovedIsGoneAndReplacedIsNew", func(t *testing.T) {
		f := flat(t, birth, marriage, chunk("death", "khai tử"))
		f.Remove(birth.ID)
		f.Remove("unknown")
		if got := units(search(t, f, retrieval.Query{Text: "khai"})); got != "death marriage" || f.Len() != 2 {
			t.Errorf("found %q, %d chunks", got, f.Len())
		}
	})
	t.Run("AVectorOfAnotherLengthIsRefused", func(t *testing.T) {
		if err := retrieval.NewFlat(3).Put(birth, []float32{1}); err == nil {
			t.Error("put")
		}
		if _, err := retrieval.Vector(hashed{16}, flat(t, birth)).Retrieve(t.Context(), retrieval.Query{Text: "x"}); err == nil {
			t.Error("searched")
		}
	})
}

func TestFilterPasses(t *testing.T) {
	c := chunk("u", "x")
	c.Issuer, c.Type, c.Field, c.Place = "Chính phủ", corpus.Decree, "Hộ tịch", ""
	c.Levels, c.Provision.Instrument = []corpus.Level{corpus.Commune}, "123/2015/NĐ-CP"
	for name, one := range map[string]struct {
		filter retrieval.Filter
		want   bool
	}{
		"NoFilter":            {retrieval.Filter{}, true},
		"Issuer":              {retrieval.Filter{Issuers: []string{"Quốc hội", "Chính phủ"}}, true},
		"OtherIssuer":         {retrieval.Filter{Issuers: []string{"Quốc hội"}}, false},
		"NumberInAnyCase":     {retrieval.Filter{Instruments: []string{"123/2015/nđ-cp"}}, true},
		"NationalPassesPlace": {retrieval.Filter{Places: []string{"01"}}, true},
		"Level":               {retrieval.Filter{Levels: []corpus.Level{corpus.Province}}, false},
		"OnlyProcedures":      {retrieval.Filter{Only: retrieval.OnlyProcedures}, false},
		"FieldsJoinedByAnd":   {retrieval.Filter{Fields: []string{"Hộ tịch"}, Types: []corpus.InstrumentType{corpus.Law}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := one.filter.Passes(&c, civil.Date{}); got != one.want {
				t.Errorf("passes: %v", got)
			}
		})
	}
}

// listed is a retriever with a fixed answer.
type listed struct {
	ids string
	err error
}

func (l listed) Retrieve(_ context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	var hits []retrieval.Hit
	for i, id := range strings.Fields(l.ids) {
		hits = append(hits, retrieval.Hit{Unit: corpus.UnitID(id), Chunk: chunk(id, l.ids), Score: -float64(i)})
	}
	if q.Limit > 0 && q.Limit < len(hits) {
		hits = hits[:q.Limit]
	}
	return hits, l.err
}

func TestHybrid(t *testing.T) {
	ask := func(t *testing.T, limit int, sources ...retrieval.Source) []retrieval.Hit {
		t.Helper()
		hits, err := retrieval.Hybrid(sources...).Retrieve(t.Context(), retrieval.Query{Text: "x", Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		return hits
	}
	t.Run("FoundByBothBeatsFoundByOne", func(t *testing.T) {
		hits := ask(t, 0, retrieval.Source{"a", listed{ids: "x both"}, 1}, retrieval.Source{"b", listed{ids: "y both"}, 1})
		if units(hits) != "both x y" {
			t.Errorf("order %q", units(hits))
		}
		if len(hits[0].Why) != 2 || hits[0].Why[1].Retriever != "b" || hits[0].Why[1].Rank != 2 {
			t.Errorf("reasons %+v", hits[0].Why)
		}
	})
	t.Run("WeightMoves", func(t *testing.T) {
		if got := units(ask(t, 0, retrieval.Source{"a", listed{ids: "x"}, 1}, retrieval.Source{"b", listed{ids: "y"}, 2})); got != "y x" {
			t.Errorf("order %q", got)
		}
	})
	t.Run("AFewHitsAreFusedFromMany", func(t *testing.T) {
		if got := units(ask(t, 1, retrieval.Source{"a", listed{ids: "x z"}, 1}, retrieval.Source{"b", listed{ids: "y z"}, 1})); got != "z" {
			t.Errorf("found %q", got)
		}
	})
	t.Run("OneSourceMayFail", func(t *testing.T) {
		broken := retrieval.Source{"b", listed{err: errors.New("down")}, 1}
		if got := units(ask(t, 0, retrieval.Source{"a", listed{ids: "x"}, 1}, broken)); got != "x" {
			t.Errorf("found %q", got)
		}
	})
	t.Run("AllFailingIsAnError", func(t *testing.T) {
		_, err := retrieval.Hybrid(retrieval.Source{"a", listed{err: errors.New("one")}, 1},
			retrieval.Source{"b", listed{err: errors.New("two")}, 1}).Retrieve(t.Context(), retrieval.Query{})
		if err == nil || !strings.Contains(err.Error(), "one") || !strings.Contains(err.Error(), "two") {
			t.Errorf("error %v", err)
		}
	})
}

// byLength scores longer units higher.
type byLength struct{ err error }

func (b byLength) Rerank(_ context.Context, _ string, chunks []corpus.Chunk) ([]float64, error) {
	out := make([]float64, len(chunks))
	for i, c := range chunks {
		out[i] = float64(len(c.Unit))
	}
	return out, b.err
}

func TestReranked(t *testing.T) {
	ask := func(t *testing.T, r retrieval.Reranker, limit, depth int) []retrieval.Hit {
		t.Helper()
		hits, err := retrieval.Reranked(listed{ids: "a ccc bb dd eeee"}, r, depth).Retrieve(t.Context(), retrieval.Query{Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		return hits
	}
	t.Run("OrdersByScoreThenUnit", func(t *testing.T) {
		if got := units(ask(t, byLength{}, 10, 4)); got != "ccc bb dd a" {
			t.Errorf("order %q", got)
		}
	})
	t.Run("LooksDeeperThanItShows", func(t *testing.T) {
		if got := units(ask(t, byLength{}, 1, 5)); got != "eeee" {
			t.Errorf("found %q", got)
		}
	})
	t.Run("KeepsTheOrderWhenTheRerankerFails", func(t *testing.T) {
		hits := ask(t, byLength{errors.New("down")}, 2, 5)
		if units(hits) != "a ccc" {
			t.Errorf("order %q", units(hits))
		}
		if why := hits[0].Why; len(why) != 1 || !strings.Contains(why[0].Retriever, "down") {
			t.Errorf("reasons %+v", why)
		}
	})
}

func BenchmarkFlat(b *testing.B) {
	f := retrieval.NewFlat(384)
	v := make([]float32, 384)
	for i := range 60000 {
		v[i%384], v[(i*7)%384] = float32(i%13)/13, float32(i%7)/7
		c := chunk(string(rune('a'+i%26))+strings.Repeat("x", i%5), "")
		c.ID = corpus.ChunkID(string(rune(i)) + string(c.Unit))
		if err := f.Put(c, v); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for b.Loop() {
		if _, err := f.Nearest(b.Context(), v, civil.Date{}, retrieval.Filter{}, 10); err != nil {
			b.Fatal(err)
		}
	}
}
