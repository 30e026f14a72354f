// Package storetest holds what every store must pass. Each suite takes a function that
// opens a fresh, empty store; nothing in here knows which database it is.
package storetest

import (
	"context"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/civil"
)

// Corpus is a store as ingestion, search index and readers see it.
type Corpus struct {
	Repository ingest.Repository
	Library    corpus.Library
	// Units, Changes, Chunks and Generation are what a search index is built from.
	Units      func(context.Context, func(corpus.UnitID, []corpus.Chunk) error) error
	Changes    func(context.Context, int64, func(corpus.UnitID, []corpus.Chunk) error) ([]corpus.UnitID, int64, error)
	Chunks     func(context.Context, []corpus.ChunkID) ([]corpus.Chunk, error)
	Generation func(context.Context) (int64, error)
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// civilStatus is a small law; from is its first day.
func civilStatus(texts ...string) corpus.Instrument {
	in := corpus.Instrument{
		Number: "60/2014/QH13", Type: corpus.Law, Issuer: "Quốc hội", Title: "Luật Hộ tịch",
		Issued: day("2014-11-20"), Validity: corpus.Validity{From: day("2016-01-01")},
		Source: corpus.Source{URL: "https://vbpl.vn/60", Name: "thử"},
	}
	for i, t := range texts {
		n := string(rune('1' + i))
		in.Articles = append(in.Articles, corpus.Article{
			Number: n, Heading: "Điều thứ " + n, Under: []corpus.Heading{{Kind: "Chương", Number: "I", Title: "NHỮNG QUY ĐỊNH CHUNG"}},
			Clauses: []corpus.Clause{{Number: "1", Text: t}, {Number: "2", Text: t + " Khoản hai."}},
		})
	}
	return in
}

func birth() corpus.Procedure {
	return corpus.Procedure{
		ID: "1.001193", Code: "1.001193", Name: "Đăng ký khai sinh", Field: "Hộ tịch", Ministry: "Bộ Tư pháp",
		Levels: []corpus.Level{corpus.Commune}, Fees: []corpus.Fee{{Case: "đúng hạn", Free: true}},
		Flags: []corpus.Flag{{Field: "times", Why: "không đọc chắc chắn được", Raw: "1100 VNĐ"}},
		Prov:  corpus.Provenance{Source: "thử", Confidence: corpus.High, Validity: corpus.Validity{From: day("2025-07-01")}},
	}
}

// layer seals a layer of that source, its place being its subject.
func layer(t *testing.T, source string, class ingest.Class, d ingest.Document) ingest.Layer {
	t.Helper()
	l := ingest.Layer{Source: source, Place: d.Subject(), Class: class, Document: d}
	if err := l.Seal("thử"); err != nil {
		t.Fatal(err)
	}
	return l
}

func law(in corpus.Instrument) ingest.Document { return ingest.Document{Instrument: &in} }

func procedure(p corpus.Procedure) ingest.Document { return ingest.Document{Procedure: &p} }

// put stores and fails the test on an error.
func put(t *testing.T, s Corpus, l ingest.Layer) ingest.Change {
	t.Helper()
	c, err := s.Repository.Put(t.Context(), l, ingest.Compose)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drop(t *testing.T, s Corpus, source, place string) ingest.Change {
	t.Helper()
	c, err := s.Repository.Drop(t.Context(), source, place, ingest.Compose)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// everything gathers all chunks of the store by unit.
func everything(t *testing.T, s Corpus) map[corpus.UnitID][]corpus.Chunk {
	t.Helper()
	out := map[corpus.UnitID][]corpus.Chunk{}
	err := s.Units(t.Context(), func(u corpus.UnitID, chunks []corpus.Chunk) error {
		if _, twice := out[u]; twice {
			t.Errorf("unit %s comes twice", u)
		}
		out[u] = chunks
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
