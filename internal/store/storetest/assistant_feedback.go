package storetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/assistant"
)

// Feedback checks opinions and the officials' queue.
func Feedback(t *testing.T, open func(*testing.T) Conversations) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Conversations)
	}{
		{"OnlyWrongOpensAnItem", onlyWrongOpens},
		{"AnItemHoldsWhatWasAsked", itemHolds},
		{"TheLastOpinionOfAnAnswerCounts", lastOpinionCounts},
		{"AnUnknownAnswerTakesNoFeedback", noFeedbackForUnknown},
		{"OneOfManyClaims", oneClaims},
		{"EveryMoveIsLogged", movesLogged},
		{"ARefusedMoveChangesNothing", refusedMove},
		{"ItemsComeOldestFirst", itemsInOrder},
	} {
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, open(t)) })
	}
}

func give(t *testing.T, s Conversations, f assistant.Feedback) int64 {
	t.Helper()
	id, err := s.Feedbacks.Give(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func item(t *testing.T, s Conversations, id int64) assistant.Item {
	t.Helper()
	i, _, err := s.Queue.Item(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func move(t *testing.T, s Conversations, id int64, m assistant.Move) assistant.Item {
	t.Helper()
	i, err := s.Queue.Change(t.Context(), id, m.Apply)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// wrong opens an item about an answer of its own.
func wrong(t *testing.T, s Conversations, answer string, at time.Time) int64 {
	t.Helper()
	appendTurn(t, s, turnOf(answer, "", at))
	return give(t, s, assistant.Feedback{Answer: answer, Reason: assistant.FactWrong, Text: "phí đã đổi", At: at})
}

func onlyWrongOpens(t *testing.T, s Conversations) {
	for reason, opens := range map[assistant.FeedbackReason]bool{
		"": false, assistant.FactWrong: true, assistant.OutOfDate: true, assistant.Incomplete: false, assistant.HardToRead: false, assistant.NotAsked: false,
	} {
		appendTurn(t, s, turnOf("a"+string(reason), "", noon))
		if id := give(t, s, assistant.Feedback{Answer: "a" + string(reason), Useful: reason == "", Reason: reason, At: noon}); (id != 0) != opens {
			t.Errorf("%q opened item %d", reason, id)
		}
	}
}

func itemHolds(t *testing.T, s Conversations) {
	id := wrong(t, s, "a1", noon)
	p := turnOf("a1", "", noon)
	want := assistant.Item{
		ID: id, Answer: "a1", State: assistant.ItemOpen, Opened: noon, Changed: noon, Reason: assistant.FactWrong, Text: "phí đã đổi",
		Question: p.Question, AsOf: p.AsOf, Status: p.Status, Units: p.Units,
	}
	if diff := cmp.Diff(want, item(t, s, id)); diff != "" {
		t.Error(diff)
	}
	if _, _, err := s.Queue.Item(t.Context(), id+1); !errors.Is(err, assistant.ErrNotKept) {
		t.Errorf("an unknown item gives %v", err)
	}
}

func lastOpinionCounts(t *testing.T, s Conversations) {
	id := wrong(t, s, "a1", noon)
	if again := give(t, s, assistant.Feedback{Answer: "a1", Reason: assistant.FactWrong, At: noon.Add(time.Minute)}); again != id {
		t.Errorf("the same answer opened items %d and %d", id, again)
	}
	give(t, s, assistant.Feedback{Answer: "a1", Useful: true, At: noon.Add(time.Hour)})
	got, err := s.Feedbacks.Opinions(t.Context(), noon)
	if diff := cmp.Diff(map[assistant.FeedbackReason]int{"": 1}, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func noFeedbackForUnknown(t *testing.T, s Conversations) {
	if _, err := s.Feedbacks.Give(t.Context(), assistant.Feedback{Answer: "nobody", Useful: true, At: noon}); !errors.Is(err, assistant.ErrNotKept) {
		t.Errorf("got %v", err)
	}
}

func oneClaims(t *testing.T, s Conversations) {
	id := wrong(t, s, "a1", noon)
	var all sync.WaitGroup
	faults := make(chan error, 8)
	for _, who := range []string{"can-bo-1", "can-bo-2", "can-bo-3", "can-bo-4", "can-bo-5", "can-bo-6", "can-bo-7", "can-bo-8"} {
		all.Go(func() {
			_, err := s.Queue.Change(t.Context(), id, assistant.Move{To: assistant.ItemClaimed, By: who, At: noon}.Apply)
			faults <- err
		})
	}
	all.Wait()
	close(faults)
	claimed := 0
	for err := range faults {
		switch {
		case err == nil:
			claimed++
		case !errors.Is(err, assistant.ErrTaken):
			t.Error(err)
		}
	}
	if claimed != 1 {
		t.Errorf("%d of 8 officials hold the item", claimed)
	}
}

func movesLogged(t *testing.T, s Conversations) {
	id := wrong(t, s, "a1", noon)
	for i, m := range []assistant.Move{
		{To: assistant.ItemClaimed, By: "can-bo-1"}, {To: assistant.ItemOpen, By: "can-bo-1"}, {To: assistant.ItemClaimed, By: "can-bo-2"},
		{To: assistant.ItemAnswered, By: "can-bo-2", Note: "Đã đính chính", Correction: "dc-1"}, {To: assistant.ItemClosed, By: "can-bo-2"},
	} {
		m.At = noon.Add(time.Duration(i+1) * time.Minute)
		move(t, s, id, m)
	}
	i, log, err := s.Queue.Item(t.Context(), id)
	if err != nil || i.State != assistant.ItemClosed || i.Holder != "can-bo-2" || i.Correction != "dc-1" || i.Outcome != "Đã đính chính" {
		t.Errorf("%v %+v", err, i)
	}
	want := []assistant.ItemState{"open", "claimed", "open", "claimed", "answered", "closed"}
	if len(log) != len(want) {
		t.Fatalf("log %+v", log)
	}
	for n, e := range log {
		if e.Now != want[n] || e.Who == "" || !e.At.Equal(noon.Add(time.Duration(n)*time.Minute)) {
			t.Errorf("entry %d is %+v; want %s", n, e, want[n])
		}
	}
}

func refusedMove(t *testing.T, s Conversations) {
	id := wrong(t, s, "a1", noon)
	for _, m := range []assistant.Move{
		{To: assistant.ItemAnswered, By: "can-bo-1", Note: "x", At: noon}, {To: assistant.ItemClosed, By: "can-bo-1", At: noon}, {To: assistant.ItemClaimed, By: "Nguyễn Văn A", At: noon},
	} {
		if _, err := s.Queue.Change(t.Context(), id, m.Apply); err == nil {
			t.Errorf("%+v passed", m)
		}
	}
	i, log, err := s.Queue.Item(t.Context(), id)
	if err != nil || i.State != assistant.ItemOpen || len(log) != 1 {
		t.Errorf("%v %+v %+v", err, i, log)
	}
	if _, err := s.Queue.Change(t.Context(), id+9, assistant.Move{To: assistant.ItemClaimed, By: "can-bo-1", At: noon}.Apply); !errors.Is(err, assistant.ErrNotKept) {
		t.Errorf("an unknown item moved: %v", err)
	}
}

func itemsInOrder(t *testing.T, s Conversations) {
	second := wrong(t, s, "a2", noon.Add(time.Hour))
	first := wrong(t, s, "a1", noon)
	move(t, s, second, assistant.Move{To: assistant.ItemClaimed, By: "can-bo-1", At: noon})
	all, err := s.Queue.Items(t.Context(), "", 9)
	if err != nil || len(all) != 2 || all[0].ID != first || all[1].ID != second {
		t.Errorf("%v %+v", err, all)
	}
	open, err := s.Queue.Items(t.Context(), assistant.ItemOpen, 9)
	if err != nil || len(open) != 1 || open[0].ID != first {
		t.Errorf("%v %+v", err, open)
	}
	if one, err := s.Queue.Items(t.Context(), "", 1); err != nil || len(one) != 1 {
		t.Errorf("%v %+v", err, one)
	}
}
