package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// depths follows four notices of one channel and one of another to where each of them waits.
func depths(t *testing.T, s Life) {
	ok(t, s.Channels(t.Context(), "z", "zalo"))
	queue(t, s, notice("a", "sent", "2026-05-01"), notice("b", "doubt", "2026-05-01"), notice("c", "held", "2026-05-01"))
	now := at("2026-05-01", 9)
	list := claim(t, s, delivery.PortalName, now, 9)
	if len(list) != 3 {
		t.Fatalf("claimed %d", len(list))
	}
	begin(t, s, list[:1], now, false)
	settleAll(t, s, list[:1], sent(now))
	begin(t, s, list[1:], now, false)
	settleAll(t, s, list[1:2], delivery.Attempt{At: now, State: delivery.Unknown, Reason: delivery.TimedOut, Tried: true})
	queue(t, s, notice("d", "due", "2026-05-01"), notice("e", "later", "2026-06-01"), notice("z", "elsewhere", "2026-06-01"))
	got, err := s.Depths(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	due := got.Outbox[0].Since
	if due.IsZero() || due.After(now) || now.Sub(due) > 24*3600e9 {
		t.Errorf("due since %v", due)
	}
	want := []store.Depth{
		{Channel: "portal", State: "pending", N: 2, Since: due}, {Channel: "portal", State: "sending", N: 1},
		{Channel: "portal", State: "unknown", N: 1}, {Channel: "zalo", State: "pending", N: 1},
	}
	if d := cmp.Diff(want, got.Outbox); d != "" {
		t.Error(d)
	}
	if len(got.Pools) == 0 || got.Pools[0].Limit <= 0 {
		t.Errorf("pools: %+v", got.Pools)
	}
}
