package storetest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/chunk"
	"github.com/motcua/motcua/corpus/ingest"
)

// Library checks what readers rely on.
func Library(t *testing.T, open func(*testing.T) Corpus) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Corpus)
	}{
		{"DocumentsComeBackWhole", wholeDocuments},
		{"WhatIsNotThereIsNotFound", notFound},
		{"ChunksComeInTheOrderAskedFor", chunksInOrder},
		{"ARepealEndsThePlaceOnItsDay", repealEnds},
		{"ARepealTakenBackEndsNothing", repealTakenBack},
		{"ARepealWithoutADayCountsFromItsInstrumentsFirst", repealWithoutDay},
		{"ARepealByALawThatNeverCameIntoForceEndsNothing", repealUndone},
		{"AnEndingIsInTheFeed", endingInFeed},
		{"RelationsAreThoseOfThePlaceAndItsSurroundings", relationsOfPlace},
	} {
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, open(t)) })
	}
}

func wholeDocuments(t *testing.T, s Corpus) {
	in, p := civilStatus("Một."), birth()
	p.ID = "khai-sinh"
	put(t, s, layer(t, "a", ingest.Codified, law(in)))
	put(t, s, layer(t, "b", ingest.Portal, procedure(p)))
	got, err := s.Library.Instrument(t.Context(), "60/2014/qh13")
	if diff := cmp.Diff(in, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	for _, id := range []string{"khai-sinh", "1.001193"} {
		got, err := s.Library.Procedure(t.Context(), id)
		if diff := cmp.Diff(p, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", id, err, diff)
		}
	}
}

func notFound(t *testing.T, s Corpus) {
	ctx := t.Context()
	for _, id := range []string{"", "x", "60/2014/QH13", "'; DROP TABLE chunks; --", "\x00"} {
		_, e1 := s.Library.Instrument(ctx, id)
		_, e2 := s.Library.Procedure(ctx, id)
		_, e3 := s.Library.Chunk(ctx, corpus.ChunkID(id))
		_, e4 := s.Library.Unit(ctx, corpus.UnitID(id))
		for _, err := range []error{e1, e2, e3, e4} {
			if !errors.Is(err, corpus.ErrNotFound) {
				t.Errorf("%q: %v", id, err)
			}
		}
	}
	if to, from, err := s.Library.Relations(ctx, corpus.Provision{Instrument: "x"}); err != nil || len(to)+len(from) > 0 {
		t.Errorf("relations of nothing: %v %v %v", to, from, err)
	}
}

func chunksInOrder(t *testing.T, s Corpus) {
	in := civilStatus("Một.", "Hai.")
	put(t, s, layer(t, "a", ingest.Codified, law(in)))
	cut := chunk.Instrument(in)
	got, err := s.Chunks(t.Context(), []corpus.ChunkID{cut[3].ID, "không có", cut[0].ID})
	if diff := cmp.Diff([]corpus.Chunk{cut[3], cut[0]}, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	one, err := s.Library.Chunk(t.Context(), cut[1].ID)
	if diff := cmp.Diff(cut[1], one); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	unit, err := s.Library.Unit(t.Context(), cut[2].Unit)
	if diff := cmp.Diff(cut[2:], unit); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

// repealing is a law that repeals the clause and, on another day, the whole of article 2.
func repealing() corpus.Instrument {
	me := corpus.Provision{Instrument: "68/2020/QH14", Article: "38"}
	return corpus.Instrument{
		Number: "68/2020/QH14", Title: "Luật Cư trú", Validity: corpus.Validity{From: day("2021-07-01")},
		Articles: []corpus.Article{{Number: "38", Text: "Bãi bỏ."}},
		Relations: []corpus.Relation{
			{From: me, Kind: corpus.Repeals, To: corpus.Provision{Instrument: "60/2014/QH13", Article: "1", Clause: "2"}, Effective: day("2022-01-01")},
			{From: me, Kind: corpus.Repeals, To: corpus.Provision{Instrument: "60/2014/QH13", Article: "2"}, Effective: day("2023-01-01")},
			{From: me, Kind: corpus.Amends, To: corpus.Provision{Instrument: "60/2014/QH13", Article: "3"}},
		},
	}
}

// lastDays lists the Until of each chunk of the civil status law in reading order.
func lastDays(t *testing.T, s Corpus) []string {
	t.Helper()
	all := everything(t, s)
	var out []string
	for _, u := range []corpus.UnitID{"60/2014/qh13#1", "60/2014/qh13#2", "60/2014/qh13#3"} {
		for _, c := range all[u] {
			out = append(out, c.Validity.Until.String())
		}
	}
	return out
}

func repealEnds(t *testing.T, s Corpus) {
	a := layer(t, "a", ingest.Codified, law(civilStatus("Một.", "Hai.", "Ba.")))
	b := layer(t, "b", ingest.Codified, law(repealing()))
	want := []string{"", "2022-01-01", "2023-01-01", "2023-01-01", "", ""}
	for _, order := range [][]ingest.Layer{{a, b}, {b, a}} {
		for _, l := range order {
			put(t, s, l)
		}
		if diff := cmp.Diff(want, lastDays(t, s)); diff != "" {
			t.Error(diff)
		}
		drop(t, s, "a", a.Place)
		drop(t, s, "b", b.Place)
	}
}

func repealTakenBack(t *testing.T, s Corpus) {
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một.", "Hai.", "Ba."))))
	b := layer(t, "b", ingest.Codified, law(repealing()))
	put(t, s, b)
	drop(t, s, "b", b.Place)
	if diff := cmp.Diff(make([]string, 6), lastDays(t, s)); diff != "" {
		t.Error(diff)
	}
}

func repealWithoutDay(t *testing.T, s Corpus) {
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một."))))
	in := repealing()
	in.Relations = []corpus.Relation{{
		From: corpus.Provision{Instrument: in.Number}, Kind: corpus.Replaces, To: corpus.Provision{Instrument: "60/2014/QH13"},
	}}
	put(t, s, layer(t, "b", ingest.Codified, law(in)))
	if diff := cmp.Diff([]string{"2021-07-01", "2021-07-01"}, lastDays(t, s)); diff != "" {
		t.Error(diff)
	}
	in.Validity.From = day("2021-09-01")
	put(t, s, layer(t, "b", ingest.Codified, law(in)))
	if diff := cmp.Diff([]string{"2021-09-01", "2021-09-01"}, lastDays(t, s)); diff != "" {
		t.Errorf("the first day moved: %s", diff)
	}
}

func repealUndone(t *testing.T, s Corpus) {
	third := corpus.Instrument{
		Number: "1/2020/QH14", Validity: corpus.Validity{From: day("2020-06-01")}, Articles: []corpus.Article{{Number: "1", Text: "Bãi bỏ."}},
		Relations: []corpus.Relation{{
			From: corpus.Provision{Instrument: "1/2020/QH14", Article: "1"}, Kind: corpus.Repeals,
			To: corpus.Provision{Instrument: "68/2020/QH14"}, Effective: day("2020-06-01"),
		}},
	}
	layers := []ingest.Layer{
		layer(t, "a", ingest.Codified, law(civilStatus("Một.", "Hai.", "Ba."))),
		layer(t, "b", ingest.Codified, law(repealing())),
		layer(t, "c", ingest.Codified, law(third)),
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}} {
		for _, i := range order {
			put(t, s, layers[i])
		}
		if diff := cmp.Diff(make([]string, 6), lastDays(t, s)); diff != "" {
			t.Errorf("order %v: %s", order, diff)
		}
		for _, l := range layers {
			drop(t, s, l.Source, l.Place)
		}
	}
}

func endingInFeed(t *testing.T, s Corpus) {
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một.", "Hai.", "Ba."))))
	start, err := s.Generation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, layer(t, "b", ingest.Codified, law(repealing())))
	got := map[corpus.UnitID]bool{}
	if _, _, err := s.Changes(t.Context(), start, func(u corpus.UnitID, _ []corpus.Chunk) error { got[u] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	want := map[corpus.UnitID]bool{"60/2014/qh13#1": true, "60/2014/qh13#2": true, "68/2020/qh14#38": true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func relationsOfPlace(t *testing.T, s Corpus) {
	put(t, s, layer(t, "b", ingest.Codified, law(repealing())))
	count := func(article, clause string) int {
		to, _, err := s.Library.Relations(t.Context(), corpus.Provision{Instrument: "60/2014/QH13", Article: article, Clause: clause})
		if err != nil {
			t.Fatal(err)
		}
		return len(to)
	}
	got := []int{count("", ""), count("1", ""), count("1", "1"), count("1", "2"), count("2", "1"), count("20", "")}
	if diff := cmp.Diff([]int{3, 1, 0, 1, 1, 0}, got); diff != "" {
		t.Error(diff)
	}
	to, _, err := s.Library.Relations(t.Context(), corpus.Provision{Instrument: "60/2014/QH13"})
	if err != nil || to[0].Effective != day("2021-07-01") || to[2].Effective != day("2023-01-01") {
		t.Errorf("not by day, or without the instrument's own: %v %v", to, err)
	}
	_, from, err := s.Library.Relations(t.Context(), corpus.Provision{Instrument: "68/2020/QH14"})
	if err != nil || len(from) != 3 {
		t.Errorf("from: %v %v", from, err)
	}
}
