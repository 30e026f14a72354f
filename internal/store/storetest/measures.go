package storetest

import (
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/measure"
)

// Measures checks the counts of answers.
func Measures(t *testing.T, open func(*testing.T) measure.Store) {
	day := civil.Date{Year: 2026, Month: time.March, Day: 2}
	tally := func(day civil.Date, status string, bin, n int) measure.Tally {
		return measure.Tally{Day: day, Channel: "portal", Status: status, Bin: bin, N: n}
	}
	t.Run("CountsOfOneDayAndKindAddUp", func(t *testing.T) {
		s := open(t)
		for range 2 {
			if err := s.Count(t.Context(), []measure.Tally{tally(day, "answered", 3, 2), tally(day, "guard.refused", 0, 1)}); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Tallies(t.Context(), day, day)
		if err != nil || len(got) != 2 || got[0] != tally(day, "answered", 3, 4) || got[1] != tally(day, "guard.refused", 0, 2) {
			t.Errorf("%v, %v", got, err)
		}
	})
	t.Run("BothEndsOfASpanAreCountedAndNothingBeyond", func(t *testing.T) {
		s := open(t)
		for i := -1; i <= 2; i++ {
			if err := s.Count(t.Context(), []measure.Tally{tally(day.AddDays(i), "answered", 0, 1)}); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Tallies(t.Context(), day, day.AddDays(1))
		if err != nil || len(got) != 2 || got[0].Day != day || got[1].Day != day.AddDays(1) {
			t.Errorf("%v, %v", got, err)
		}
	})
	t.Run("WhatACounterGatheredIsInTheStoreOnceFlushed", func(t *testing.T) {
		s := open(t)
		c := measure.NewCounter(s)
		at := day.Start().Add(9 * time.Hour)
		for range 3 {
			c.Answer(at, "portal", "answered", 3*time.Millisecond)
		}
		c.Answer(at, "portal", "answered", 40*time.Second)
		for range 2 { // the second finds nothing new
			if err := c.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Tallies(t.Context(), day, day)
		if err != nil || len(got) != 2 || got[0] != tally(day, "answered", 3, 3) || got[1] != tally(day, "answered", measure.Bins-1, 1) {
			t.Errorf("%v, %v", got, err)
		}
	})
	t.Run("AnEmptyStoreHasNothingToTell", func(t *testing.T) {
		s := open(t)
		notices, err := s.Notices(t.Context(), day, day)
		if err != nil || len(notices) != 0 {
			t.Errorf("notices: %v, %v", notices, err)
		}
		if opinions, err := s.Opinions(t.Context(), day, day); err != nil || len(opinions) != 0 {
			t.Errorf("opinions: %v, %v", opinions, err)
		}
		if sources, err := s.Sources(t.Context()); err != nil || len(sources) != 0 {
			t.Errorf("sources: %v, %v", sources, err)
		}
	})
}
