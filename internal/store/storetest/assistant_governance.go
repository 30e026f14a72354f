package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/assistant"
)

// Statements checks that signed statements come back byte for byte.
func Statements(t *testing.T, open func(*testing.T) assistant.Statements) {
	t.Run("StatementsComeBackByteForByte", func(t *testing.T) {
		t.Parallel()
		s := open(t)
		a := assistant.Statement{ID: "dc-2", Kind: assistant.CorrectionKind, Body: []byte("{\"text\":\"Đính chính\"}\n "), Signature: "ab"}
		b := assistant.Statement{ID: "dc-1", Kind: assistant.WithdrawalKind, Body: []byte("{}"), Signature: "cd"}
		for _, st := range []assistant.Statement{a, b} {
			if err := s.Post(t.Context(), st); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Statements(t.Context())
		if diff := cmp.Diff([]assistant.Statement{b, a}, got); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
	})
	t.Run("AStatementIsNotWrittenOver", func(t *testing.T) {
		t.Parallel()
		s := open(t)
		first := assistant.Statement{ID: "dc-1", Kind: assistant.CorrectionKind, Body: []byte("một"), Signature: "ab"}
		if err := s.Post(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		if err := s.Post(t.Context(), assistant.Statement{ID: "dc-1", Kind: assistant.CorrectionKind, Body: []byte("hai"), Signature: "cd"}); err == nil {
			t.Error("a second statement took the place of the first")
		}
		got, err := s.Statements(t.Context())
		if err != nil || len(got) != 1 || string(got[0].Body) != "một" {
			t.Errorf("%v %+v", err, got)
		}
	})
}

// Gaps checks the topics nobody could answer.
func Gaps(t *testing.T, open func(*testing.T) Conversations) {
	t.Run("ATopicCountsOnceAWeekAndConversation", func(t *testing.T) {
		t.Parallel()
		s := open(t)
		topic := []string{"tau", "thuyen"}
		for range 3 {
			note(t, s, assistant.Unanswered{Words: topic, Conversation: "c", At: noon})
		}
		note(t, s, assistant.Unanswered{Words: topic, At: noon})
		note(t, s, assistant.Unanswered{Words: topic, At: noon})
		note(t, s, assistant.Unanswered{Words: topic, Conversation: "c", At: noon.Add(7 * 24 * time.Hour)})
		got, err := s.Gaps.Noted(t.Context(), day("2026-11-16"))
		row := assistant.GapRow{Monday: day("2026-11-16"), Words: topic}
		want := []assistant.GapRow{row, row, row, {Monday: day("2026-11-23"), Words: topic}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		if got, err := s.Gaps.Noted(t.Context(), day("2026-11-17")); err != nil || len(got) != 1 {
			t.Errorf("since Tuesday: %v %+v", err, got)
		}
	})
}

func note(t *testing.T, s Conversations, u assistant.Unanswered) {
	t.Helper()
	if err := s.Gaps.Note(t.Context(), u); err != nil {
		t.Fatal(err)
	}
}
