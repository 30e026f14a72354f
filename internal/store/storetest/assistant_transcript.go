package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
)

// noon is when everything in these suites begins.
var noon = time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)

// Memory checks the state of conversations.
func Memory(t *testing.T, open func(*testing.T) assistant.Memory) {
	for _, c := range []struct {
		name string
		test func(*testing.T, assistant.Memory)
	}{
		{"AStateComesBackWhole", stateWhole},
		{"AnUnknownConversationHasNoState", stateUnknown},
		{"TheLastStateCounts", stateReplaced},
		{"AForgottenConversationIsGoneAndMayBeginAnew", stateForgotten},
		{"ConversationsDoNotSeeEachOther", statesApart},
	} {
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, open(t)) })
	}
}

func fullState() assistant.State {
	return assistant.State{
		Procedure: "1.001193", Unit: "60/2014/qh13#15", Slots: []assistant.Slot{assistant.Fees, assistant.Papers}, Place: "Thành phố Đà Nẵng", Province: "48",
		AsOf: "2026-07-01", Topic: "Đăng ký khai sinh", Asked: 1, Options: []assistant.Option{{Unit: "tthc:1.001193", Label: "Đăng ký khai sinh", Hint: "trong nước"}},
	}
}

func keep(t *testing.T, m assistant.Memory, conversation string, s assistant.State, at time.Time) {
	t.Helper()
	if err := m.Keep(t.Context(), conversation, s, at); err != nil {
		t.Fatal(err)
	}
}

// wantState fails the test when the conversation is remembered otherwise.
func wantState(t *testing.T, m assistant.Memory, conversation string, want assistant.State) {
	t.Helper()
	got, err := m.State(t.Context(), conversation)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s: %v %s", conversation, err, diff)
	}
}

func stateWhole(t *testing.T, m assistant.Memory) {
	keep(t, m, "a", fullState(), noon)
	wantState(t, m, "a", fullState())
}

func stateUnknown(t *testing.T, m assistant.Memory) {
	wantState(t, m, "a", assistant.State{})
	wantState(t, m, "' OR 1=1 --", assistant.State{})
	if err := m.Forget(t.Context(), "a"); err != nil {
		t.Errorf("forgetting what is not there: %v", err)
	}
}

func stateReplaced(t *testing.T, m assistant.Memory) {
	keep(t, m, "a", fullState(), noon)
	keep(t, m, "a", assistant.State{Topic: "Đăng ký kết hôn"}, noon.Add(time.Minute))
	wantState(t, m, "a", assistant.State{Topic: "Đăng ký kết hôn"})
}

func stateForgotten(t *testing.T, m assistant.Memory) {
	for i := range 3 { // more than once: what is left of it must not count either
		keep(t, m, "a", fullState(), noon.Add(time.Duration(i)*time.Minute))
		if err := m.Forget(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		wantState(t, m, "a", assistant.State{})
	}
	keep(t, m, "a", fullState(), noon.Add(time.Hour))
	wantState(t, m, "a", fullState())
}

func statesApart(t *testing.T, m assistant.Memory) {
	keep(t, m, "a", assistant.State{Topic: "một"}, noon)
	keep(t, m, "b", assistant.State{Topic: "hai"}, noon)
	if err := m.Forget(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	wantState(t, m, "b", assistant.State{Topic: "hai"})
}

// Conversations is a store of conversations with what hangs on them.
type Conversations struct {
	Transcript assistant.Transcript
	Feedbacks  assistant.Feedbacks
	Queue      assistant.Queue
	Gaps       assistant.Gaps
}

// Transcript checks turns, retention and deletion.
func Transcript(t *testing.T, open func(*testing.T) Conversations) {
	Memory(t, func(t *testing.T) assistant.Memory { return open(t).Transcript })
	for _, c := range []struct {
		name string
		test func(*testing.T, Conversations)
	}{
		{"ATurnComesBackWhole", turnWhole},
		{"RecentTurnsComeOldestFirst", turnsInOrder},
		{"ATurnIsKeptAsItWasFirst", turnKeptOnce},
		{"WhatIsOlderThanTheClockIsSwept", swept},
		{"AnItemStillOpenOutlivesTheClock", openItemOutlives},
		{"TheOwnerDeletesEverything", ownerDeletes},
	} {
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, open(t)) })
	}
}

func turnOf(answer, conversation string, at time.Time) assistant.PastTurn {
	return assistant.PastTurn{
		Answer: answer, Conversation: conversation, At: at, AsOf: day("2026-11-21"), Channel: "portal", Question: "số của tôi [số điện thoại], phí bao nhiêu",
		Status: assistant.Answered, Units: []corpus.UnitID{"tthc:1.001193", "60/2014/qh13#15"},
	}
}

func appendTurn(t *testing.T, s Conversations, p assistant.PastTurn) {
	t.Helper()
	if err := s.Transcript.Append(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

func turnWhole(t *testing.T, s Conversations) {
	want := turnOf("a1", "c", noon)
	appendTurn(t, s, want)
	want.Conversation = ""
	got, err := s.Transcript.Turn(t.Context(), "a1")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if _, err := s.Transcript.Turn(t.Context(), "a2"); !errors.Is(err, assistant.ErrNotKept) {
		t.Errorf("an unknown answer gives %v", err)
	}
}

func turnsInOrder(t *testing.T, s Conversations) {
	for i, a := range []string{"a1", "a2", "a3"} {
		appendTurn(t, s, turnOf(a, "c", noon.Add(time.Duration(i)*time.Minute)))
	}
	appendTurn(t, s, turnOf("other", "d", noon))
	appendTurn(t, s, turnOf("alone", "", noon))
	got, err := s.Transcript.Recent(t.Context(), "c", 2)
	if err != nil || len(got) != 2 || got[0].Answer != "a2" || got[1].Answer != "a3" || got[0].Conversation != "c" {
		t.Errorf("%v %+v", err, got)
	}
	if got, err := s.Transcript.Recent(t.Context(), "", 9); err != nil || len(got) > 0 {
		t.Errorf("turns that stand alone make a conversation: %v %+v", err, got)
	}
}

func turnKeptOnce(t *testing.T, s Conversations) {
	appendTurn(t, s, turnOf("a1", "c", noon))
	again := turnOf("a1", "d", noon)
	again.Question = "khác"
	appendTurn(t, s, again)
	got, err := s.Transcript.Turn(t.Context(), "a1")
	if err != nil || got.Question == "khác" {
		t.Errorf("%v %+v", err, got)
	}
}

func swept(t *testing.T, s Conversations) {
	old, young := noon, noon.Add(20*24*time.Hour)
	for c, at := range map[string]time.Time{"old": old, "young": young} {
		keep(t, s.Transcript, c, assistant.State{Topic: c}, at)
		appendTurn(t, s, turnOf("a-"+c, c, at))
		give(t, s, assistant.Feedback{Answer: "a-" + c, Useful: true, At: at})
		note(t, s, assistant.Unanswered{Words: []string{c}, Conversation: c, At: at})
	}
	n, err := s.Transcript.Sweep(t.Context(), noon.Add(15*24*time.Hour))
	if err != nil || n != 4 {
		t.Errorf("swept %d rows (%v); want state, turn, feedback and topic", n, err)
	}
	wantState(t, s.Transcript, "old", assistant.State{})
	wantState(t, s.Transcript, "young", assistant.State{Topic: "young"})
	if _, err := s.Transcript.Turn(t.Context(), "a-old"); !errors.Is(err, assistant.ErrNotKept) {
		t.Errorf("the old turn is still there: %v", err)
	}
	if _, err := s.Transcript.Turn(t.Context(), "a-young"); err != nil {
		t.Errorf("the young turn is gone: %v", err)
	}
	if n, err := s.Transcript.Sweep(t.Context(), noon.Add(15*24*time.Hour)); err != nil || n != 0 {
		t.Errorf("a second sweep took %d rows (%v)", n, err)
	}
}

func openItemOutlives(t *testing.T, s Conversations) {
	appendTurn(t, s, turnOf("a1", "c", noon))
	id := give(t, s, assistant.Feedback{Answer: "a1", Reason: assistant.FactWrong, Text: "phí sai", At: noon})
	later := noon.Add(40 * 24 * time.Hour)
	sweep(t, s, later)
	if i := item(t, s, id); i.Question == "" || i.Text == "" {
		t.Errorf("an item nobody looked at lost its words: %+v", i)
	}
	move(t, s, id, assistant.Move{To: assistant.ItemClaimed, By: "can-bo-1", At: noon})
	move(t, s, id, assistant.Move{To: assistant.ItemClosed, By: "can-bo-1", Note: "không sai", At: noon.Add(time.Hour)})
	sweep(t, s, later)
	if i := item(t, s, id); i.Question != "" || i.Text != "" || i.Outcome != "không sai" {
		t.Errorf("closed long ago, it still has the words of the person, or lost the outcome: %+v", i)
	}
}

func sweep(t *testing.T, s Conversations, before time.Time) {
	t.Helper()
	if _, err := s.Transcript.Sweep(t.Context(), before); err != nil {
		t.Fatal(err)
	}
}

func ownerDeletes(t *testing.T, s Conversations) {
	keep(t, s.Transcript, "c", fullState(), noon)
	appendTurn(t, s, turnOf("a1", "c", noon))
	appendTurn(t, s, turnOf("a2", "d", noon))
	note(t, s, assistant.Unanswered{Words: []string{"tau", "thuyen"}, Conversation: "c", At: noon})
	mine := give(t, s, assistant.Feedback{Answer: "a1", Reason: assistant.FactWrong, Text: "sai rồi", At: noon})
	theirs := give(t, s, assistant.Feedback{Answer: "a2", Reason: assistant.FactWrong, Text: "cũng sai", At: noon})
	if err := s.Transcript.Forget(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	wantState(t, s.Transcript, "c", assistant.State{})
	if turns, err := s.Transcript.Recent(t.Context(), "c", 9); err != nil || len(turns) > 0 {
		t.Errorf("turns are left: %v %+v", err, turns)
	}
	if rows, err := s.Gaps.Noted(t.Context(), day("2026-01-01")); err != nil || len(rows) > 0 {
		t.Errorf("topics are left: %v %+v", err, rows)
	}
	if i := item(t, s, mine); i.Question != "" || i.Text != "" || i.State != assistant.ItemClosed {
		t.Errorf("the queue still holds %+v", i)
	}
	if i := item(t, s, theirs); i.Question == "" || i.State != assistant.ItemOpen {
		t.Errorf("somebody else's item went with it: %+v", i)
	}
	if opinions, err := s.Feedbacks.Opinions(t.Context(), noon); err != nil || opinions[assistant.FactWrong] != 1 {
		t.Errorf("feedback left: %v %v", err, opinions)
	}
}
