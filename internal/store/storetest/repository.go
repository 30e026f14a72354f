package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/chunk"
	"github.com/motcua/motcua/corpus/ingest"
)

// Repository checks what an ingestion relies on.
func Repository(t *testing.T, open func(*testing.T) Corpus) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Corpus)
	}{
		{"WhatIsPutIsReadBackAsItWasCut", putReadsBack},
		{"TheSameAgainChangesNothing", sameAgain},
		{"OnlyTheChangedArticleIsWrittenAnew", oneArticle},
		{"APlaceThatTellsOfSomethingElseLeavesItsOldSubject", placeMoves},
		{"ASubjectLivesUntilItsLastLayerIsDropped", lastLayer},
		{"TheOrderOfArrivalDoesNotMatter", arrival},
		{"ASourceIsRemembered", sourceRemembered},
		{"ADocumentWithoutNumberIsRefusedAndNothingIsHarmed", nameless},
		{"TheFeedTellsWhatChangedSince", feed},
	} {
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, open(t)) })
	}
}

func putReadsBack(t *testing.T, s Corpus) {
	in, p := civilStatus("Một.", "Hai."), birth()
	if c := put(t, s, layer(t, "a", ingest.Codified, law(in))); c.Outcome != ingest.Added || c.ChunksAdded != 4 {
		t.Errorf("instrument: %+v", c)
	}
	put(t, s, layer(t, "b", ingest.Portal, procedure(p)))
	got := everything(t, s)
	want := map[corpus.UnitID][]corpus.Chunk{}
	for _, c := range append(chunk.Instrument(in), chunk.Procedure(p)...) {
		want[c.Unit] = append(want[c.Unit], c)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	ledger, err := s.Repository.Ledger(t.Context(), "a")
	if err != nil || ledger["60/2014/qh13"].Subject != "60/2014/qh13" || len(ledger) != 1 {
		t.Errorf("ledger %v, %v", ledger, err)
	}
}

func sameAgain(t *testing.T, s Corpus) {
	l := layer(t, "a", ingest.Codified, law(civilStatus("Một.")))
	first := put(t, s, l)
	if c := put(t, s, l); c.Outcome != ingest.Kept || c.ChunksAdded+c.ChunksRemoved != 0 || c.Generation != first.Generation {
		t.Errorf("second time: %+v after %+v", c, first)
	}
}

func oneArticle(t *testing.T, s Corpus) {
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một.", "Hai.", "Ba."))))
	c := put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một.", "Hai sửa.", "Ba."))))
	if c.Outcome != ingest.Changed || c.ChunksAdded != 2 || c.ChunksRemoved != 2 || c.ChunksKept != 4 {
		t.Errorf("%+v", c)
	}
	c = put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một."))))
	if c.ChunksRemoved != 4 || len(everything(t, s)) != 1 {
		t.Errorf("articles taken out: %+v", c)
	}
}

func placeMoves(t *testing.T, s Corpus) {
	l := layer(t, "a", ingest.Issued, law(civilStatus("Một.")))
	l.Place = "tệp"
	put(t, s, l)
	other := civilStatus("Khác.")
	other.Number = "1/2020/NĐ-CP"
	m := layer(t, "a", ingest.Issued, law(other))
	m.Place = "tệp"
	put(t, s, m)
	if _, err := s.Library.Instrument(t.Context(), "60/2014/QH13"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("the old subject is still there: %v", err)
	}
	if got := everything(t, s); len(got) != 1 || got["1/2020/nđ-cp#1"] == nil {
		t.Errorf("units: %v", got)
	}
}

func lastLayer(t *testing.T, s Corpus) {
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một pháp điển."))))
	put(t, s, layer(t, "b", ingest.Enacted, law(civilStatus("Một gốc.", "Hai gốc."))))
	text := func() string { return everything(t, s)["60/2014/qh13#1"][0].Text }
	if text() != "1. Một pháp điển." {
		t.Errorf("two layers: %q", text())
	}
	drop(t, s, "a", "60/2014/qh13")
	if text() != "1. Một gốc." {
		t.Errorf("the consolidation gone: %q", text())
	}
	if c := drop(t, s, "b", "60/2014/qh13"); c.Outcome != ingest.Removed || len(everything(t, s)) != 0 {
		t.Errorf("all gone: %+v", c)
	}
	if c := drop(t, s, "b", "60/2014/qh13"); c.Outcome != ingest.Kept {
		t.Errorf("nothing to drop: %+v", c)
	}
}

func arrival(t *testing.T, s Corpus) {
	layers := []ingest.Layer{
		layer(t, "a", ingest.Codified, law(civilStatus("Một pháp điển."))),
		layer(t, "b", ingest.Enacted, law(civilStatus("Một gốc.", "Hai gốc."))),
		layer(t, "c", ingest.Issued, law(civilStatus("Một ký.", "Hai ký.", "Ba ký."))),
	}
	var first map[corpus.UnitID][]corpus.Chunk
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		for _, i := range order {
			put(t, s, layers[i])
		}
		got := everything(t, s)
		if first == nil {
			first = got
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("order %v: %s", order, diff)
		}
		for _, l := range layers {
			drop(t, s, l.Source, l.Place)
		}
	}
	if len(first) != 3 || first["60/2014/qh13#1"][0].Text != "1. Một pháp điển." || first["60/2014/qh13#2"][0].Text != "1. Hai ký." {
		t.Errorf("composed: %v", first)
	}
}

func sourceRemembered(t *testing.T, s Corpus) {
	ctx := t.Context()
	if _, err := s.Repository.Source(ctx, "a"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("unknown source: %v", err)
	}
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một."))))
	if got, err := s.Repository.Source(ctx, "a"); err != nil || !got.Finished.IsZero() {
		t.Errorf("a source begun: %+v, %v", got, err)
	}
	want := ingest.SourceState{
		Name: "a", SHA256: "ab", Recipe: "r", ETag: `"x"`, Modified: "Mon", Finished: time.UnixMilli(1700000000123).UTC(),
		Tally: ingest.Tally{Read: 3, Skipped: 1}, Faults: []ingest.Fault{{Source: "a", Line: 2, Why: "hỏng"}},
	}
	for range 2 {
		if err := s.Repository.Finish(ctx, want); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Repository.Source(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if all, err := s.Repository.Sources(ctx); err != nil || len(all) != 1 {
		t.Errorf("sources: %v, %v", all, err)
	}
}

func nameless(t *testing.T, s Corpus) {
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một."))))
	before := everything(t, s)
	if _, err := s.Repository.Put(t.Context(), layer(t, "a", ingest.Codified, law(corpus.Instrument{})), ingest.Compose); err == nil {
		t.Error("a document without number was taken in")
	}
	if diff := cmp.Diff(before, everything(t, s)); diff != "" {
		t.Error(diff)
	}
}

func feed(t *testing.T, s Corpus) {
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một.", "Hai."))))
	put(t, s, layer(t, "b", ingest.Portal, procedure(birth())))
	ctx := t.Context()
	start, err := s.Generation(ctx)
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, layer(t, "a", ingest.Codified, law(civilStatus("Một sửa.", "Hai."))))
	drop(t, s, "b", "tthc:1.001193")
	var changed []corpus.UnitID
	note := func(u corpus.UnitID, _ []corpus.Chunk) error { changed = append(changed, u); return nil }
	removed, now, err := s.Changes(ctx, start, note)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]corpus.UnitID{"60/2014/qh13#1"}, changed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]corpus.UnitID{"tthc:1.001193"}, removed); diff != "" {
		t.Error(diff)
	}
	changed = nil
	if removed, again, err := s.Changes(ctx, now, note); err != nil || len(removed)+len(changed) > 0 || again != now || now <= start {
		t.Errorf("nothing changed, yet %v, %v, generation %d then %d, %v", changed, removed, now, again, err)
	}
	put(t, s, layer(t, "b", ingest.Portal, procedure(birth())))
	if removed, _, err := s.Changes(ctx, start, note); err != nil || len(removed) > 0 {
		t.Errorf("a unit that came back is still told as removed: %v, %v", removed, err)
	}
}
