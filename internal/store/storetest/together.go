package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
)

// Joining is a store that makes one transaction of several writes.
type Joining struct {
	Together   func(ctx context.Context, f func(ctx context.Context) error) error
	Transcript assistant.Transcript
	Feedbacks  assistant.Feedbacks
}

// Together checks it.
func Together(t *testing.T, open func(*testing.T) Joining) {
	t.Run("WritesTogetherAreOneCommitAndAFaultUndoesOnlyItself", func(t *testing.T) { t.Parallel(); oneCommit(t, open(t)) })
	t.Run("AFaultOfTheWholeUndoesEverything", func(t *testing.T) { t.Parallel(); wholeUndone(t, open(t)) })
}

func oneCommit(t *testing.T, s Joining) {
	day := civil.On(time.Unix(1_795_000_000, 0))
	err := s.Together(t.Context(), func(ctx context.Context) error {
		if err := s.Transcript.Append(ctx, assistant.PastTurn{Answer: "a", AsOf: day}); err != nil {
			return err
		}
		// The row of the opinion is written before its reason is found to be none.
		if _, err := s.Feedbacks.Give(ctx, assistant.Feedback{Answer: "a", At: noon}); err == nil {
			t.Error("an opinion without reason was kept")
		}
		if _, err := s.Transcript.Turn(t.Context(), "a"); !errors.Is(err, assistant.ErrNotKept) {
			t.Errorf("seen before the commit: %v", err)
		}
		return s.Transcript.Append(ctx, assistant.PastTurn{Answer: "b", AsOf: day})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"a", "b"} {
		if _, err := s.Transcript.Turn(t.Context(), answer); err != nil {
			t.Errorf("%s: %v", answer, err)
		}
	}
	if opinions, err := s.Feedbacks.Opinions(t.Context(), time.Time{}); err != nil || len(opinions) != 0 {
		t.Errorf("%v of a write that failed, %v", opinions, err)
	}
}

func wholeUndone(t *testing.T, s Joining) {
	wrong := errors.New("wrong")
	err := s.Together(t.Context(), func(ctx context.Context) error {
		if err := s.Transcript.Append(ctx, assistant.PastTurn{Answer: "a"}); err != nil {
			return err
		}
		return wrong
	})
	if !errors.Is(err, wrong) {
		t.Errorf("the fault is %v", err)
	}
	if _, err := s.Transcript.Turn(t.Context(), "a"); !errors.Is(err, assistant.ErrNotKept) {
		t.Errorf("kept all the same: %v", err)
	}
}

// QueueLog checks that nobody rewrites the log of the officials' queue, nor gives an item a
// state that is none, with run speaking to the database itself.
func QueueLog(t *testing.T, s Conversations, run func(ctx context.Context, statement string) error) {
	appendTurn(t, s, assistant.PastTurn{Answer: "a1", At: time.UnixMilli(1), Channel: "portal", Status: assistant.Answered})
	give(t, s, assistant.Feedback{Answer: "a1", Reason: assistant.FactWrong, At: time.UnixMilli(2)})
	for _, statement := range []string{`UPDATE queue_log SET who = 'x'`, `DELETE FROM queue_log`, `UPDATE queue SET state = 'lost'`, `UPDATE queue SET state = 'claimed'`} {
		err := run(t.Context(), statement)
		if err == nil || !strings.Contains(err.Error(), "only added to") && !strings.Contains(strings.ToLower(err.Error()), "check") {
			t.Errorf("%q: %v", statement, err)
		}
	}
}
