package storetest

import (
	"testing"
	"time"

	"github.com/motcua/motcua/internal/switches"
)

// Switches checks the log of the kill switches.
func Switches(t *testing.T, open func(*testing.T) switches.Store) {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	line := func(target switches.Target, off bool, minute int) switches.Turning {
		return switches.Turning{Target: target, Off: off, Reason: "máy chủ trả lời sai", By: "can-bo-1", At: at.Add(time.Duration(minute) * time.Minute)}
	}
	t.Run("TheLatestLineOfATargetDecides", func(t *testing.T) {
		s := open(t)
		for i, l := range []switches.Turning{
			line(switches.Model, true, 0), line(switches.Channel("zalo"), true, 1), line(switches.Model, false, 2), line(switches.Rule("E5"), true, 3),
		} {
			if err := s.Turn(t.Context(), l); err != nil {
				t.Fatalf("line %d: %v", i, err)
			}
		}
		off, err := s.Off(t.Context())
		if err != nil || len(off) != 2 || off[0] != line("channel:zalo", true, 1) || off[1] != line("rule:E5", true, 3) {
			t.Errorf("off: %v, %v", off, err)
		}
	})
	t.Run("TheLogIsLatestFirstAndBounded", func(t *testing.T) {
		s := open(t)
		for i := range 5 {
			if err := s.Turn(t.Context(), line(switches.Assistant, i%2 == 0, i)); err != nil {
				t.Fatal(err)
			}
		}
		log, err := s.Log(t.Context(), 2)
		if err != nil || len(log) != 2 || log[0] != line("assistant", true, 4) || log[1] != line("assistant", false, 3) {
			t.Errorf("log: %v, %v", log, err)
		}
	})
	t.Run("ABoardSeesWhatAnotherProcessTurnedOnceItsKnowledgeIsOld", func(t *testing.T) {
		s, now := open(t), at
		board := switches.NewBoard(s, func() time.Time { return now })
		if _, off := board.Off(t.Context(), switches.Model); off {
			t.Fatal("off before anybody turned it")
		}
		if err := s.Turn(t.Context(), line(switches.Model, true, 0)); err != nil {
			t.Fatal(err)
		}
		now = now.Add(switches.Every)
		if l, off := board.Off(t.Context(), switches.Model); !off || l.Reason == "" {
			t.Errorf("%v %v", l, off)
		}
	})
	t.Run("WhatABoardTurnsItKnowsAtOnce", func(t *testing.T) {
		board := switches.NewBoard(open(t), func() time.Time { return at })
		if err := board.Turn(t.Context(), line(switches.Assistant, true, 0)); err != nil {
			t.Fatal(err)
		}
		if _, off := board.Off(t.Context(), switches.Assistant); !off {
			t.Error("still on")
		}
	})
	t.Run("NothingIsTurnedWithoutAReasonANameAndARealTarget", func(t *testing.T) {
		board := switches.NewBoard(open(t), func() time.Time { return at })
		for _, l := range []switches.Turning{
			{Target: switches.Model, Off: true, By: "can-bo-1", At: at}, {Target: switches.Model, Off: true, Reason: "trả lời sai", At: at},
			{Target: "toaster", Off: true, Reason: "trả lời sai", By: "can-bo-1", At: at}, {Target: "rule:", Off: true, Reason: "trả lời sai", By: "can-bo-1", At: at},
		} {
			if err := board.Turn(t.Context(), l); err == nil {
				t.Errorf("%v was turned", l)
			}
		}
	})
}
