package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Zalo is what the Zalo channel remembers.
type Zalo interface {
	Load(ctx context.Context, name string) (sealed []byte, version int64, err error)
	Swap(ctx context.Context, name string, version int64, sealed []byte, now time.Time) (bool, error)
	Lease(ctx context.Context, name, holder string, now time.Time, length time.Duration) (bool, error)
	Free(ctx context.Context, name, holder string) error
	Window(ctx context.Context, person []byte) (window.State, error)
	Change(ctx context.Context, person []byte, now time.Time, change func(s *window.State) bool) error
	Quota(ctx context.Context) (window.Quota, error)
	SetQuota(ctx context.Context, q window.Quota) error
	Took(ctx context.Context, id, key string, now time.Time) error
	Key(ctx context.Context, id string) (string, error)
	Arrived(ctx context.Context, key string, at time.Time, seen bool) error
	Alarm(ctx context.Context, api string, code int, now time.Time) error
	Alarms(ctx context.Context) ([]window.Alarm, error)
	Sweep(ctx context.Context, before time.Time) error
}

// ZaloLife is that memory with the outbox its receipts move.
type ZaloLife struct {
	Zalo
	Life Life
}

// ZaloMemory checks it; open opens one store for so many programs.
func ZaloMemory(t *testing.T, open func(*testing.T, int) []ZaloLife) {
	one := func(t *testing.T) ZaloLife { return open(t, 1)[0] }
	t.Run("ASecretIsReplacedOnlyByWhoReadItLast", func(t *testing.T) { replacedByReader(t, one(t)) })
	t.Run("ALeaseIsOneHoldersUntilItRunsOut", func(t *testing.T) { oneHolder(t, one(t)) })
	t.Run("ReceiptsMoveANoticeOnInAnyOrder", func(t *testing.T) { receipts(t, one) })
	t.Run("WhatZaloSaidOfItsQuotaIsKeptAndOldThingsAreForgotten", func(t *testing.T) { quotaKept(t, one(t)) })
	t.Run("OneOfSeveralProgramsRefreshesTheTokens", func(t *testing.T) { oneRefresher(t, open(t, 3)) })
	t.Run("NoProgramWritesOverWhatAnotherNotedOfAPerson", func(t *testing.T) { everyNote(t, open(t, 3)) })
}

func replacedByReader(t *testing.T, z ZaloLife) {
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

func oneHolder(t *testing.T, z ZaloLife) {
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

func quotaKept(t *testing.T, z ZaloLife) {
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

// sentOverZalo makes one notice that Zalo took, or whose sending nobody has settled yet.
func sentOverZalo(t *testing.T, s Life, settle bool) delivery.Delivery {
	t.Helper()
	ok(t, s.Channels(t.Context(), "p1", "zalo"))
	queue(t, s, notice("p1", "s", "2026-03-10"))
	now := at("2026-03-10", 9)
	list := claim(t, s, "zalo", now, 5)
	if len(list) != 1 {
		t.Fatalf("%d claimed", len(list))
	}
	begin(t, s, list, now, false)
	if settle {
		settleAll(t, s, list, sent(now))
	}
	return list[0]
}

func receipts(t *testing.T, open func(*testing.T) ZaloLife) {
	when := at("2026-03-10", 9)
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
			z := open(t)
			d := sentOverZalo(t, z.Life, c.settled)
			for _, seen := range c.seen {
				ok(t, z.Arrived(t.Context(), fmt.Sprint("mc-", d.ID), when, seen))
			}
			if got := rows(t, z.Life)[d.Notice.SaidKey()]; got.State != delivery.Delivered || got.Reason != c.want {
				t.Errorf("%s (%s)", got.State, got.Reason)
			}
		})
	}
	z := open(t)
	d := sentOverZalo(t, z.Life, true)
	for _, key := range []string{"", fmt.Sprint("mc-", d.ID+1), "mc-", "mc-x", "mc--1", "conversation"} {
		if err := z.Arrived(t.Context(), key, when, false); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
	if got := rows(t, z.Life)[d.Notice.SaidKey()]; got.State != delivery.Sent {
		t.Errorf("moved by another's receipt: %s", got.State)
	}
}

// Of several programs that ask at once one holds the lease, and of several that replace what
// all have read one does.
func oneRefresher(t *testing.T, programs []ZaloLife) {
	now := at("2026-03-10", 9)
	for round := range int64(5) {
		var mu sync.Mutex
		var all sync.WaitGroup
		held, swapped := 0, 0
		for i, z := range programs {
			all.Go(func() {
				h, err := z.Lease(t.Context(), "refresh", fmt.Sprint(i), now.Add(time.Duration(round)*time.Hour), time.Minute)
				if err != nil {
					t.Error(err)
				}
				done, err := z.Swap(t.Context(), "tokens", round, []byte{byte(i)}, now)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if h {
					held++
				}
				if done {
					swapped++
				}
			})
		}
		all.Wait()
		if held != 1 || swapped != 1 {
			t.Errorf("round %d: %d hold the lease, %d replaced the tokens", round, held, swapped)
		}
	}
}

// Each program adds to one person's window what the others must not lose.
func everyNote(t *testing.T, programs []ZaloLife) {
	person, when := make([]byte, 32), at("2026-03-10", 9)
	const each = 10
	var all sync.WaitGroup
	var mu sync.Mutex
	seen := map[time.Time]int{}
	for _, z := range programs {
		all.Go(func() {
			for range each {
				var last time.Time
				err := z.Change(t.Context(), person, when, func(s *window.State) bool {
					last = s.Heard
					next := when
					if !s.Heard.IsZero() {
						next = s.Heard.Add(time.Second)
					}
					s.Heard = next
					return true
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				seen[last]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(seen) != each*len(programs) {
		t.Errorf("%d changes saw %d states: one was written over", each*len(programs), len(seen))
	}
}
