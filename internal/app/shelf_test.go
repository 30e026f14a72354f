package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
)

// countedReads is a library that counts what is read of it.
type countedReads struct {
	corpus.Library
	reads int
}

func (c *countedReads) Unit(_ context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	c.reads++
	if id == "none" {
		return nil, corpus.ErrNotFound
	}
	return []corpus.Chunk{{Unit: id, Order: c.reads}}, nil
}

func TestAShelfReadsOnceUntilTheCorpusChanges(t *testing.T) {
	library := &countedReads{}
	generation, now := int64(1), time.Unix(1000, 0)
	s := newShelf(library, func(context.Context) (int64, error) { return generation, nil }, func() time.Time { return now })
	read := func(id corpus.UnitID) error {
		t.Helper()
		_, err := s.Unit(t.Context(), id)
		return err
	}
	for range 3 {
		if err := read("a"); err != nil {
			t.Fatal(err)
		}
		if err := read("none"); !errors.Is(err, corpus.ErrNotFound) {
			t.Fatalf("what is not there: %v", err)
		}
	}
	if library.reads != 2 {
		t.Errorf("%d reads of two units", library.reads)
	}
	generation = 2
	now = now.Add(checkedEvery)
	if err := read("a"); err != nil || library.reads != 3 {
		t.Errorf("%d reads after the corpus changed, %v", library.reads, err)
	}
	generation = 3
	s.clear() // a change of this process is seen at once
	if err := read("a"); err != nil || library.reads != 4 {
		t.Errorf("%d reads after a change of our own, %v", library.reads, err)
	}
}

func TestAShelfIsBounded(t *testing.T) {
	r := recent[int, int]{most: 10}
	for i := range 1000 {
		if _, err := take(&r, i, func() (int, error) { return i, nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := take(&r, 0, func() (int, error) { t.Error("what is used again and again went"); return 0, nil }); i > 0 && err != nil {
			t.Fatal(err)
		}
	}
	if n := len(r.young) + len(r.old); n > 20 {
		t.Errorf("%d kept of 10, twice over", n)
	}
}
