package assistant

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestFeedbackIsMaskedAndHasAKnownReason(t *testing.T) {
	f := Feedback{Answer: "a1", Reason: FactWrong, Text: " phí sai, gọi 0912345678\x00 nhé "}
	if problem := f.Clean(); problem != "" || f.Text != "phí sai, gọi [số điện thoại] nhé" {
		t.Errorf("%q, %q", problem, f.Text)
	}
	for name, bad := range map[string]Feedback{
		"no answer": {Useful: true}, "no reason": {Answer: "a1"}, "unknown reason": {Answer: "a1", Reason: "boring"}, "useful with a reason": {Answer: "a1", Useful: true, Reason: FactWrong},
		"too long": {Answer: "a1", Reason: OtherThing, Text: strings.Repeat("ă", 1001)}, "not text": {Answer: "a1", Reason: OtherThing, Text: "\xff"},
	} {
		if bad.Clean() == "" {
			t.Errorf("%s passed", name)
		}
	}
}

func TestTheQueueMovesOnlyAlongItsStates(t *testing.T) {
	states := []ItemState{ItemOpen, ItemClaimed, ItemAnswered, ItemClosed}
	allowed := map[[2]ItemState]bool{
		{ItemOpen, ItemClaimed}: true, {ItemClaimed, ItemClaimed}: true, {ItemClaimed, ItemOpen}: true, {ItemClaimed, ItemAnswered}: true, {ItemClaimed, ItemClosed}: true, {ItemAnswered, ItemClosed}: true,
	}
	for _, from := range states {
		for _, to := range states {
			i := Item{State: from, Holder: "can-bo-1", Changed: signedAt}
			got, entry, err := Move{To: to, By: "can-bo-1", Note: "đã xem", At: signedAt}.Apply(i)
			if (err == nil) != allowed[[2]ItemState{from, to}] {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			if err == nil && (got.State != to || entry.Was != from || entry.Now != to) {
				t.Errorf("%s to %s became %+v %+v", from, to, got, entry)
			}
		}
	}
}

func TestOnlyTheHolderMovesAClaimedItem(t *testing.T) {
	i := Item{State: ItemClaimed, Holder: "can-bo-1", Changed: signedAt}
	for _, to := range []ItemState{ItemOpen, ItemAnswered, ItemClosed} {
		if _, _, err := (Move{To: to, By: "can-bo-2", Note: "x", At: signedAt}).Apply(i); !errors.Is(err, ErrNotYours) {
			t.Errorf("another official moved it to %s: %v", to, err)
		}
	}
	if _, _, err := (Move{To: ItemClaimed, By: "can-bo-2", At: signedAt.Add(claimLease - time.Second)}).Apply(i); !errors.Is(err, ErrTaken) {
		t.Errorf("taken away within the lease: %v", err)
	}
	if got, _, err := (Move{To: ItemClaimed, By: "can-bo-2", At: signedAt.Add(claimLease)}).Apply(i); err != nil || got.Holder != "can-bo-2" {
		t.Errorf("an abandoned item stays with %s: %v", got.Holder, err)
	}
}

func TestAnOfficialsNoteIsMasked(t *testing.T) {
	i := Item{State: ItemClaimed, Holder: "can-bo-1"}
	got, entry, err := Move{To: ItemAnswered, By: "can-bo-1", Note: "đã gọi 0912345678", At: signedAt}.Apply(i)
	if err != nil || strings.Contains(got.Outcome+entry.Note, "0912") {
		t.Errorf("%v %+v %+v", err, got, entry)
	}
}
