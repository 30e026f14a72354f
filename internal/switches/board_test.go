package switches_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/switches"
)

// failing is a store that can be made unreadable.
type failing struct {
	switches.Store
	off []switches.Turning
	err error
}

func (f *failing) Off(context.Context) ([]switches.Turning, error) { return f.off, f.err }

func TestAStoreThatCannotBeReadLeavesASwitchAsItWasLastKnown(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	s := &failing{off: []switches.Turning{{Target: switches.Model, Off: true, Reason: "trả lời sai", By: "can-bo-1", At: now}}}
	board := switches.NewBoard(s, func() time.Time { return now })
	if _, off := board.Off(t.Context(), switches.Model); !off {
		t.Fatal("not off")
	}
	s.off, s.err, now = nil, errors.New("disk gone"), now.Add(time.Hour)
	if _, off := board.Off(t.Context(), switches.Model); !off {
		t.Error("a fault of the store turned the model on")
	}
	if _, err := board.All(t.Context()); err == nil {
		t.Error("who looks at the board is not told that it cannot be read")
	}
	s.err, now = nil, now.Add(time.Hour)
	if _, off := board.Off(t.Context(), switches.Model); off {
		t.Error("still off after the store could be read again")
	}
}
