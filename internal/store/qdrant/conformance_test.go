package qdrant_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/qdrant"
	"github.com/motcua/motcua/internal/store/qdranttest"
	"github.com/motcua/motcua/retrieval"
)

const width = 32

// realServer names the address of a real server for the same suite.
const realServer = "MOTCUA_TEST_QDRANT"

// servers are what the suite runs on: the double, and a real server where one is named.
func servers(t *testing.T, f func(t *testing.T, url string)) {
	t.Run("Double", func(t *testing.T) { f(t, qdranttest.New(t).URL) })
	t.Run("Real", func(t *testing.T) {
		url := os.Getenv(realServer)
		if url == "" {
			t.Skip(realServer + " names no Qdrant server")
		}
		f(t, url)
	})
}

func open(t *testing.T, url, name, model string) *qdrant.Index {
	t.Helper()
	x, err := qdrant.New(qdrant.Options{URL: url, Name: name, Model: model})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

// alias is a name that no other test or run uses.
func alias() string { return fmt.Sprintf("motcua-test-%08x", rand.Uint32()) }

func unit(v []float32) []float32 {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v
}

// embed hashes words: the same on every run.
func embed(text string) []float32 {
	v := make([]float32, width)
	for _, w := range strings.Fields(strings.ToLower(text)) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(w))
		v[h.Sum32()%width]++
	}
	v[0] += 0.01
	return unit(v)
}

type embedder struct{}

func (embedder) Model() string { return "words" }
func (embedder) Embed(_ context.Context, texts []string) (out [][]float32, _ error) {
	for _, t := range texts {
		out = append(out, embed(t))
	}
	return out, nil
}

// sample makes chunks of every kind that filters tell apart; many share their words, so
// that ties abound.
func sample(n int) (units []corpus.UnitID, chunks []corpus.Chunk, rows [][]float32) {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("đăng ký khai sinh kết hôn khai tử giám hộ cư trú hộ chiếu căn cước lệ phí hồ sơ thời hạn")
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	for i := range n {
		id := corpus.UnitID(fmt.Sprintf("u%03d", i/2))
		if i%2 == 0 {
			units = append(units, id)
		}
		c := corpus.Chunk{
			ID: corpus.ChunkID(fmt.Sprintf("%s/%d", id, i%2)), Unit: id, Order: i % 2, Title: "Điều " + pick("1", "2"),
			Text: words[r.IntN(len(words))] + " " + words[r.IntN(len(words))], Issuer: pick("Quốc hội", "Chính phủ", ""), Type: corpus.InstrumentType(pick("luat", "nghi-dinh", "")),
			Field: pick("Hộ tịch", "Cư trú", ""), Place: pick("", "01", "79"), Restricted: r.IntN(8) == 0,
		}
		c.Provision.Instrument = pick("60/2014/QH13", "123/2015/NĐ-CP", "")
		if r.IntN(2) == 0 {
			c.Levels = []corpus.Level{corpus.Commune, corpus.Province}[:1+r.IntN(2)]
		}
		if r.IntN(2) == 0 {
			c.Procedure = "1.000" + fmt.Sprint(i)
		}
		if r.IntN(2) == 0 {
			c.Validity.From = civil.Date{Year: 2015 + r.IntN(5), Month: 1, Day: 1}
		}
		if r.IntN(3) == 0 {
			c.Validity.Until = civil.Date{Year: 2021 + r.IntN(5), Month: 7, Day: 1}
		}
		chunks, rows = append(chunks, c), append(rows, embed(retrieval.Passage(&c)))
	}
	return units, chunks, rows
}

func flat(t *testing.T, chunks []corpus.Chunk, rows [][]float32) *retrieval.Flat {
	t.Helper()
	f := retrieval.NewFlat(width)
	for i, c := range chunks {
		if err := f.Put(c, rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func filled(t *testing.T, url string) (*qdrant.Index, []corpus.UnitID, []corpus.Chunk, [][]float32) {
	t.Helper()
	x := open(t, url, alias(), "words 1")
	units, chunks, rows := sample(300)
	if err := x.Replace(t.Context(), units, chunks, rows); err != nil {
		t.Fatal(err)
	}
	return x, units, chunks, rows
}

func list(hits []retrieval.Hit) string {
	var b strings.Builder
	for _, h := range hits {
		fmt.Fprintf(&b, "%s %s %.9f\n", h.Unit, h.Chunk.ID, h.Score)
	}
	return b.String()
}

var filters = map[string]retrieval.Filter{
	"All": {}, "Official": {Official: true}, "Issuer": {Issuers: []string{"Quốc hội", "Chính phủ"}}, "Type": {Types: []corpus.InstrumentType{"luat"}},
	"Level": {Levels: []corpus.Level{corpus.Commune}}, "Field": {Fields: []string{"Hộ tịch"}}, "Place": {Places: []string{"79"}},
	"Number": {Instruments: []string{"60/2014/qh13"}}, "Procedures": {Only: retrieval.OnlyProcedures}, "Provisions": {Only: retrieval.OnlyProvisions},
	"Several": {Issuers: []string{"Chính phủ"}, Places: []string{"01"}, Only: retrieval.OnlyProvisions},
}

func TestTheServerListsWhatTheIndexInMemoryListsInTheSameOrderTiesIncluded(t *testing.T) {
	servers(t, func(t *testing.T, url string) {
		x, _, chunks, rows := filled(t, url)
		here := flat(t, chunks, rows)
		for name, f := range filters {
			for _, on := range []civil.Date{{}, {Year: 2018, Month: 1, Day: 1}, {Year: 2023, Month: 7, Day: 1}} {
				for _, limit := range []int{1, 5, 40, 500} {
					q := embed("đăng ký khai sinh")
					want, err := here.Nearest(t.Context(), q, on, f, limit)
					if err != nil {
						t.Fatal(err)
					}
					got, err := x.Nearest(t.Context(), q, on, f, limit)
					if err != nil {
						t.Fatal(err)
					}
					if list(got) != list(want) {
						t.Errorf("%s, %s, %d:\n%s\nwant\n%s", name, on, limit, list(got), list(want))
					}
				}
			}
		}
	})
}

func TestFusionOnTheServerIsOursAndBarsInBothListsWhatTheFilterBars(t *testing.T) {
	servers(t, func(t *testing.T, url string) {
		x, _, _, _ := filled(t, url)
		for name, f := range filters {
			q := retrieval.Query{Text: "đăng ký khai sinh", Limit: 8, Filter: f, InForceOn: civil.Date{Year: 2020, Month: 1, Day: 1}}
			hits, err := x.Hybrid(embedder{}).Retrieve(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if len(hits) == 0 {
				t.Errorf("%s: nothing found", name)
			}
			for i, h := range hits {
				if !f.Passes(&h.Chunk, q.InForceOn) {
					t.Errorf("%s: %s is barred", name, h.Chunk.ID)
				}
				if i > 0 && (hits[i-1].Score < h.Score || hits[i-1].Score == h.Score && hits[i-1].Unit >= h.Unit) {
					t.Errorf("%s: %s after %s", name, h.Unit, hits[i-1].Unit)
				}
				if h.Score > 2.0/61+1e-6 {
					t.Errorf("%s: first in both lists counts 2/61, %s counts %f", name, h.Unit, h.Score)
				}
			}
		}
		best, err := x.Hybrid(embedder{}).Retrieve(t.Context(), retrieval.Query{Text: "Điều 1 hộ chiếu căn cước", Limit: 1})
		if err != nil || len(best) != 1 || best[0].Score < 1.0/61 {
			t.Errorf("best %+v, %v", best, err)
		}
	})
}

func TestWhatIsUnchangedIsNotSentAgainAndWhatIsGoneGoes(t *testing.T) {
	s := qdranttest.New(t)
	x, units, chunks, rows := filled(t, s.URL)
	sent := s.Written
	if err := x.Replace(t.Context(), units, chunks, rows); err != nil {
		t.Fatal(err)
	}
	if s.Written != sent {
		t.Errorf("%d points sent again", s.Written-sent)
	}
	chunks[0].Text = "lời mới"
	rows[0] = embed(retrieval.Passage(&chunks[0]))
	kept := slices.DeleteFunc(slices.Clone(chunks), func(c corpus.Chunk) bool { return c.Unit == "u001" })
	keptRows := slices.Concat(rows[:2], rows[4:])
	if err := x.Replace(t.Context(), units, kept, keptRows); err != nil {
		t.Fatal(err)
	}
	if s.Written != sent+1 {
		t.Errorf("%d points sent for one change", s.Written-sent)
	}
	want, _ := flat(t, kept, keptRows).Nearest(t.Context(), embed("lời mới"), civil.Date{}, retrieval.Filter{Official: true}, 400)
	got, err := x.Nearest(t.Context(), embed("lời mới"), civil.Date{}, retrieval.Filter{Official: true}, 400)
	if err != nil || list(got) != list(want) {
		t.Errorf("after the change: %v\n%s", err, list(got[:3]))
	}
}

func TestWritesWaitForABusyServerAndGoOn(t *testing.T) {
	for _, code := range []codes.Code{codes.Unavailable, codes.ResourceExhausted} {
		t.Run(code.String(), func(t *testing.T) {
			s := qdranttest.New(t)
			x := open(t, s.URL, "motcua", "words 1")
			s.Refuse(2, code)
			units, chunks, rows := sample(300)
			if err := x.Replace(t.Context(), units, chunks, rows); err != nil {
				t.Fatal(err)
			}
			_, behind := s.Collections("motcua")
			if n := s.Points(behind); n != len(chunks) || s.Upserts < 3+2 {
				t.Errorf("%d of %d points in %d requests", n, len(chunks), s.Upserts)
			}
		})
	}
}

func TestACorpusIsEmbeddedAnewWhileSearchesGoOn(t *testing.T) {
	servers(t, func(t *testing.T, url string) {
		name := alias()
		old := open(t, url, name, "words 1")
		units, chunks, rows := sample(40)
		if err := old.Replace(t.Context(), units, chunks, rows); err != nil {
			t.Fatal(err)
		}
		search := func(x *qdrant.Index) string {
			hits, err := x.Nearest(t.Context(), embed("khai sinh"), civil.Date{}, retrieval.Filter{}, 5)
			if err != nil {
				t.Fatal(err)
			}
			return list(hits)
		}
		before := search(old)
		anew := open(t, url, name, "words 1")
		anew.Again()
		if err := anew.Replace(t.Context(), units[:5], chunks[:10], rows[:10]); err != nil {
			t.Fatal(err)
		}
		if got := search(old); got != before {
			t.Errorf("half of the new corpus is seen:\n%s", got)
		}
		if err := anew.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		want, _ := flat(t, chunks[:10], rows[:10]).Nearest(t.Context(), embed("khai sinh"), civil.Date{}, retrieval.Filter{}, 5)
		if got := search(old); got != list(want) {
			t.Errorf("after the change:\n%s\nwant\n%s", got, list(want))
		}
	})
}

func TestACollectionOfAnotherModelIsRefusedAndLeftAsItIs(t *testing.T) {
	s := qdranttest.New(t)
	x, units, chunks, rows := filled(t, s.URL)
	_ = x
	names, _ := s.Collections("")
	a := names[0][:strings.LastIndex(names[0][:strings.LastIndex(names[0], "-")], "-")]
	other := open(t, s.URL, a, "another")
	for what, err := range map[string]error{"check": other.Check(t.Context()), "write": other.Replace(t.Context(), units, chunks, rows)} {
		if !errors.Is(err, qdrant.ErrOtherModel) || !strings.Contains(err.Error(), "motcua embed --again") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := other.Nearest(t.Context(), rows[0], civil.Date{}, retrieval.Filter{}, 3); !errors.Is(err, qdrant.ErrOtherModel) {
		t.Errorf("search: %v", err)
	}
	if after, _ := s.Collections(""); !slices.Equal(after, names) {
		t.Errorf("collections %v, were %v", after, names)
	}
}

func TestVectorsOfAnotherWidthAreRefused(t *testing.T) {
	s := qdranttest.New(t)
	x := open(t, s.URL, "motcua", "words 1")
	units, chunks, rows := sample(4)
	if err := x.Replace(t.Context(), units, chunks, rows); err != nil {
		t.Fatal(err)
	}
	wide := open(t, s.URL, "motcua", "words 1")
	err := wide.Replace(t.Context(), units[:1], chunks[:1], [][]float32{make([]float32, width+1)})
	if !errors.Is(err, qdrant.ErrDimension) {
		t.Errorf("error %v", err)
	}
}

func TestAServerThatIsAwayIsToldAndComesBack(t *testing.T) {
	s := qdranttest.New(t)
	x, _, _, rows := filled(t, s.URL)
	s.Stop()
	if err := x.Check(t.Context()); !errors.Is(err, qdrant.ErrUnreachable) {
		t.Errorf("check: %v", err)
	}
	s.Start(t, strings.TrimPrefix(s.URL, "http://"))
	ctx := t.Context()
	for { // the client's own pause between connections, bounded by the test's deadline
		hits, err := x.Nearest(ctx, rows[0], civil.Date{}, retrieval.Filter{}, 3)
		if err == nil && len(hits) == 3 {
			return
		}
		if err != nil && !errors.Is(err, qdrant.ErrUnreachable) {
			t.Fatal(err)
		}
	}
}
