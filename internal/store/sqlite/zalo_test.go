package sqlite_test

import (
	"testing"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

func TestASecretIsReplacedOnlyByWhoReadItLast(t *testing.T) {
	z := openIn(t, memoryDir(t)).Zalo()
	now := day("2026-03-10").Start()
	if _, v, err := z.Load(t.Context(), "tokens"); v != 0 || err != nil {
		t.Fatalf("version %d, %v", v, err)
	}
	for _, c := range []struct {
		version int64
		want    bool
	}{{0, true}, {0, false}, {1, true}, {1, false}, {2, true}} {
		if done, err := z.Swap(t.Context(), "tokens", c.version, []byte("x"), now); err != nil || done != c.want {
			t.Errorf("from version %d: %v, %v", c.version, done, err)
		}
	}
}

func TestALeaseIsOneHoldersUntilItRunsOut(t *testing.T) {
	z := openIn(t, memoryDir(t)).Zalo()
	now := day("2026-03-10").Start()
	lease := func(holder string, after time.Duration, want bool) {
		t.Helper()
		if held, err := z.Lease(t.Context(), "refresh", holder, now.Add(after), time.Minute); err != nil || held != want {
			t.Errorf("%s after %v: %v, %v", holder, after, held, err)
		}
	}
	lease("a", 0, true)
	lease("b", 59*time.Second, false)
	lease("a", 30*time.Second, true) // keeps it
	lease("b", time.Minute, false)
	lease("b", 90*time.Second, true)
	if err := z.Free(t.Context(), "refresh", "a"); err != nil { // not a's any longer
		t.Fatal(err)
	}
	lease("a", 91*time.Second, false)
	if err := z.Free(t.Context(), "refresh", "b"); err != nil {
		t.Fatal(err)
	}
	lease("a", 92*time.Second, true)
}

// sentOverZalo is one notice that Zalo took, or whose sending nobody has settled yet.
func sentOverZalo(t *testing.T, settle bool) (*sqlite.DB, int64) {
	t.Helper()
	db := openIn(t, memoryDir(t))
	ctx := t.Context()
	if err := db.People().SetContacts(ctx, plainSealer{}, "p1", "vi", []sqlite.Contact{{Channel: "zalo", Address: "z1"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.People().Queue(ctx, []lifeevents.Notice{queuedNotice("p1", "2026-03-10")}, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	now := day("2026-03-10").Start().Add(9 * time.Hour)
	out := db.Outbox(plainSealer{})
	list, err := out.Claim(ctx, "zalo", now, 5, time.Minute)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d claimed, %v", len(list), err)
	}
	d := list[0]
	if _, err := out.Begin(ctx, []delivery.Start{{ID: d.ID, Message: d.ID, Claim: d.Claim, Person: "p1", Slot: d.Notice.Slot}}, now, 1); err != nil {
		t.Fatal(err)
	}
	if settle {
		err := out.Settle(ctx, []delivery.Settlement{{ID: d.ID, Claim: d.Claim, Attempt: delivery.Attempt{At: now, Channel: "zalo", State: delivery.Sent, Reason: delivery.Accepted, Tried: true}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return db, d.ID
}

func TestReceiptsMoveANoticeOnInAnyOrder(t *testing.T) {
	at := day("2026-03-10").Start().Add(9 * time.Hour)
	for name, c := range map[string]struct {
		settled bool
		seen    []bool
		want    delivery.Reason
	}{
		"arrived":                 {true, []bool{false}, delivery.Accepted},
		"arrived, seen":           {true, []bool{false, true}, delivery.Opened},
		"seen, arrived":           {true, []bool{true, false}, delivery.Opened},
		"twice":                   {true, []bool{false, false, true, true}, delivery.Opened},
		"before it was settled":   {false, []bool{false}, delivery.Accepted},
		"seen before it was said": {false, []bool{true}, delivery.Opened},
	} {
		t.Run(name, func(t *testing.T) {
			db, id := sentOverZalo(t, c.settled)
			for _, seen := range c.seen {
				if err := db.Zalo().Arrived(t.Context(), "mc-1", at, seen); err != nil {
					t.Fatal(err)
				}
			}
			got, err := db.Outbox(plainSealer{}).Get(t.Context(), id)
			if err != nil || got.State != delivery.Delivered || got.Reason != c.want || got.Sends != 1 {
				t.Errorf("%s (%s), %d sendings, %v", got.State, got.Reason, got.Sends, err)
			}
		})
	}
	db, id := sentOverZalo(t, true)
	for _, key := range []string{"", "mc-2", "mc-", "mc-x", "mc--1", "conversation"} {
		if err := db.Zalo().Arrived(t.Context(), key, at, false); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
	if got, err := db.Outbox(plainSealer{}).Get(t.Context(), id); err != nil || got.State != delivery.Sent {
		t.Errorf("moved by another's receipt: %s, %v", got.State, err)
	}
}

func TestWhatZaloSaidOfItsQuotaIsKeptAndOldThingsAreForgotten(t *testing.T) {
	z := openIn(t, memoryDir(t)).Zalo()
	now := day("2026-03-10").Start()
	for _, q := range []window.Quota{{Daily: 500, Remaining: 10, At: now}, {Daily: 500, Remaining: 400, At: now.Add(-time.Hour)}} {
		if err := z.SetQuota(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	if q, err := z.Quota(t.Context()); err != nil || q.Remaining != 10 {
		t.Errorf("%+v, %v", q, err)
	}
	if err := z.Took(t.Context(), "m1", "mc-1", now); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := z.Alarm(t.Context(), "oa", -321, now); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := z.Alarms(t.Context()); err != nil || len(list) != 1 || list[0].Count != 3 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := z.Sweep(t.Context(), now.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	key, err := z.Key(t.Context(), "m1")
	if list, err2 := z.Alarms(t.Context()); err != nil || err2 != nil || key != "" || len(list) != 0 {
		t.Errorf("kept %q and %v, %v, %v", key, list, err, err2)
	}
}
