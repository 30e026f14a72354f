package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

const leaseTime = time.Minute

// Outbox checks what delivery.Outbox promises.
func Outbox(t *testing.T, open func(*testing.T) Life) {
	t.Run("OnlyWhatIsDueIsClaimedAndByOneAlone", func(t *testing.T) { dueOnly(t, open(t)) })
	t.Run("AllThatIsDueToOnePersonComesTogether", func(t *testing.T) { together(t, open(t)) })
	t.Run("UrgentComesBeforeBulkAndProvincesTakeTurns", func(t *testing.T) { fairness(t, open(t)) })
	t.Run("AClaimNeverBegunIsFreeWhenItsLeaseRunsOut", func(t *testing.T) { leaseFrees(t, open(t)) })
	t.Run("ALeaseThatRunsOutWhileSendingLeavesItUnknown", func(t *testing.T) { leaseUnknown(t, open(t)) })
	t.Run("AChannelThatDropsRepeatsGetsTheSameMessageAgain", func(t *testing.T) { leaseRepeats(t, open(t)) })
	t.Run("ALostClaimBeginsAndSettlesNothing", func(t *testing.T) { lostClaim(t, open(t)) })
	t.Run("WhatChangesAfterAClaimIsNotSentAsItWasRead", func(t *testing.T) { claimsYield(t, open(t)) })
	t.Run("TheDaysBudgetHoldsAcrossChannels", func(t *testing.T) { dayBudget(t, open(t)) })
	t.Run("NoImpossibleStepBetweenStates", func(t *testing.T) { impossibleSteps(t, open(t)) })
	t.Run("ARefusedChannelLeadsToTheNext", func(t *testing.T) { nextChannel(t, open(t)) })
	t.Run("EveryTryLeavesALine", func(t *testing.T) { everyClaimLogged(t, open(t)) })
	t.Run("StaffDecideWhatIsUnknown", func(t *testing.T) { staffDecide(t, open(t)) })
	t.Run("TheDepthsTellWhatWaitsAndSinceWhen", func(t *testing.T) { depths(t, open(t)) })
	t.Run("OpeningALetterKeepsTheHourItWasSent", func(t *testing.T) { openedLater(t, open(t)) })
}

func claim(t *testing.T, s Life, channel string, now time.Time, n int) []delivery.Delivery {
	t.Helper()
	return must[[]delivery.Delivery](t)(s.Claim(t.Context(), channel, now, n, leaseTime))
}

func queue(t *testing.T, s Life, list ...lifeevents.Notice) {
	t.Helper()
	if n := must[int](t)(s.Queue(t.Context(), list, nil, nil, nil)); n != len(list) {
		t.Fatalf("queued %d of %d", n, len(list))
	}
}

func begin(t *testing.T, s Life, list []delivery.Delivery, now time.Time, repeats bool) []int64 {
	t.Helper()
	var starts []delivery.Start
	for _, d := range list {
		starts = append(starts, delivery.Start{ID: d.ID, Message: list[0].ID, Claim: d.Claim, Person: d.Notice.Person, Slot: d.Notice.Slot, Repeats: repeats})
	}
	return must[[]int64](t)(s.Begin(t.Context(), starts, now, 1))
}

// deliver begins what is claimed and settles it.
func deliver(t *testing.T, s Life, list []delivery.Delivery, now time.Time, a delivery.Attempt) {
	t.Helper()
	if may := begin(t, s, list, now, false); len(may) != len(list) {
		t.Fatalf("%d of %d may begin", len(may), len(list))
	}
	settleAll(t, s, list, a)
}

func settleAll(t *testing.T, s Life, list []delivery.Delivery, a delivery.Attempt) {
	t.Helper()
	var out []delivery.Settlement
	for _, d := range list {
		one := a
		one.Channel = d.Channel
		out = append(out, delivery.Settlement{ID: d.ID, Claim: d.Claim, Attempt: one})
	}
	ok(t, s.Settle(t.Context(), out))
}

func sent(now time.Time) delivery.Attempt {
	return delivery.Attempt{At: now, State: delivery.Sent, Reason: delivery.Accepted, Tried: true}
}

func dueOnly(t *testing.T, s Life) {
	queue(t, s, notice("a", "s", "2026-05-01"), notice("b", "s", "2026-05-02"))
	if w := must[time.Time](t)(s.Waiting(t.Context(), delivery.PortalName)); !w.Equal(at("2026-05-01", 8)) {
		t.Errorf("waiting until %v", w)
	}
	if got := claim(t, s, delivery.PortalName, at("2026-05-01", 7), 9); len(got) != 0 {
		t.Errorf("before 8 o'clock: %+v", got)
	}
	if got := claim(t, s, "zalo", at("2026-05-01", 9), 9); len(got) != 0 {
		t.Errorf("on another channel: %+v", got)
	}
	now := at("2026-05-01", 9)
	got := claim(t, s, delivery.PortalName, now, 9)
	if len(got) != 1 || got[0].Notice.Person != "a" || got[0].Address != "a" || got[0].Claim != 1 || got[0].Next != "" {
		t.Fatalf("claimed %+v", got)
	}
	if again := claim(t, s, delivery.PortalName, now, 9); len(again) != 0 {
		t.Errorf("claimed twice: %+v", again)
	}
	deliver(t, s, got, now, sent(now))
	if r := rows(t, s)[got[0].Notice.SaidKey()]; r.State != delivery.Sent || r.Reason != delivery.Accepted {
		t.Errorf("settled %+v", r)
	}
}

func together(t *testing.T, s Life) {
	for i := range 5 {
		queue(t, s, notice(lifeevents.PersonID(fmt.Sprint("p", i)), "s", "2026-05-01"), notice("a", fmt.Sprint("s", i), "2026-05-01"))
	}
	got := claim(t, s, delivery.PortalName, at("2026-05-01", 9), 2)
	var order []lifeevents.PersonID
	n := 0
	for _, d := range got {
		if d.Notice.Person == "a" {
			n++
		}
		order = append(order, d.Notice.Person)
	}
	if n != 0 && n != 5 {
		t.Errorf("%d of a's five rows in %v", n, order)
	}
	if runs := slices.Compact(slices.Clone(order)); len(runs) != len(uniq(order)) {
		t.Errorf("rows of one person stand apart: %v", order)
	}
}

func uniq(list []lifeevents.PersonID) []lifeevents.PersonID {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func fairness(t *testing.T, s Life) {
	communes := map[string]string{"hanoi": "00004", "saigon": "26734"}
	for i := range 40 {
		p := lifeevents.PersonID(fmt.Sprint("hanoi", i))
		take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{livesIn(p, "r"+string(p), communes["hanoi"])}}, at("2026-01-01", 9))
		queue(t, s, notice(p, "s", "2026-05-01"))
	}
	for i := range 5 {
		p := lifeevents.PersonID(fmt.Sprint("saigon", i))
		take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{livesIn(p, "r"+string(p), communes["saigon"])}}, at("2026-01-01", 9))
		queue(t, s, notice(p, "s", "2026-05-01"))
	}
	hurry := notice("gấp", "s", "2026-05-01")
	hurry.Urgent = true
	queue(t, s, hurry)
	got := claim(t, s, delivery.PortalName, at("2026-05-01", 9), 11)
	if len(got) != 11 || got[0].Notice.Person != "gấp" {
		t.Fatalf("first of %d is %s", len(got), got[0].Notice.Person)
	}
	small := 0
	for _, d := range got {
		if d.Notice.Person[:2] == "sa" {
			small++
		}
	}
	if small != 5 {
		t.Errorf("the small province got %d of its 5 places", small)
	}
}

func leaseFrees(t *testing.T, s Life) {
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	claim(t, s, delivery.PortalName, now, 9)
	if early := claim(t, s, delivery.PortalName, now.Add(leaseTime-time.Second), 9); len(early) != 0 {
		t.Fatalf("before the lease ran out: %+v", early)
	}
	if second := claim(t, s, delivery.PortalName, now.Add(leaseTime), 9); len(second) != 1 {
		t.Fatalf("after the lease: %+v", second)
	}
}

func leaseUnknown(t *testing.T, s Life) {
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	first := claim(t, s, delivery.PortalName, now, 9)
	if may := begin(t, s, first, now, false); len(may) != 1 {
		t.Fatal("may not begin")
	}
	if again := claim(t, s, delivery.PortalName, now.Add(leaseTime), 9); len(again) != 0 {
		t.Fatalf("repeated blindly: %+v", again)
	}
	if r := rows(t, s)[first[0].Notice.SaidKey()]; r.State != delivery.Unknown || r.Reason != delivery.Crashed {
		t.Errorf("left as %+v", r)
	}
	settleAll(t, s, first, sent(now)) // the worker was only slow: what it knows is taken
	if r := rows(t, s)[first[0].Notice.SaidKey()]; r.State != delivery.Sent {
		t.Errorf("the late word: %+v", r)
	}
}

func leaseRepeats(t *testing.T, s Life) {
	queue(t, s, notice("a", "s1", "2026-05-01"), notice("a", "s2", "2026-05-01"))
	now := at("2026-05-01", 9)
	first := claim(t, s, delivery.PortalName, now, 9)
	begin(t, s, first, now, true)
	queue(t, s, notice("a", "s3", "2026-05-01"))
	again := claim(t, s, delivery.PortalName, now.Add(leaseTime), 9)
	if len(again) != 3 {
		t.Fatalf("claimed %d", len(again))
	}
	for _, d := range again {
		want := first[0].ID
		if d.Notice.Slot == "R1|s3" {
			want = 0
		}
		if d.Group != want {
			t.Errorf("%s belongs to message %d, want %d", d.Notice.Slot, d.Group, want)
		}
		if want != 0 && d.Spent != 0 {
			t.Errorf("the message counts against itself: %d", d.Spent)
		}
	}
}

func lostClaim(t *testing.T, s Life) {
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	first := claim(t, s, delivery.PortalName, now, 9)
	later := now.Add(leaseTime)
	second := claim(t, s, delivery.PortalName, later, 9)
	if may := begin(t, s, second, later, false); len(may) != 1 {
		t.Error("the new claim may not send")
	}
	if may := begin(t, s, first, later, false); len(may) != 0 {
		t.Error("the old claim may send")
	}
	settleAll(t, s, first, delivery.Attempt{At: later, State: delivery.Pending, Reason: delivery.OverBudget, RetryAt: later.Add(time.Hour)})
	if r := rows(t, s)[first[0].Notice.SaidKey()]; r.State != delivery.Sending {
		t.Errorf("the old claim settled it: %+v", r)
	}
	settleAll(t, s, second, sent(later))
	if r := rows(t, s)[first[0].Notice.SaidKey()]; r.State != delivery.Sent {
		t.Errorf("the new claim did not: %+v", r)
	}
}

// claimsYield: what changes between a claim and the beginning counts, and nothing goes out as
// it was read.
func claimsYield(t *testing.T, s Life) {
	queue(t, s, notice("a", "gone", "2026-05-01"), notice("b", "moved", "2026-05-01"), notice("c", "same", "2026-05-01"), notice("d", "elsewhere", "2026-05-01"))
	now := at("2026-05-01", 9)
	list := claim(t, s, delivery.PortalName, now, 9)
	moved := notice("b", "moved", "2026-05-03")
	takePlanned(t, s, lifeevents.Change{Facts: []lifeevents.Fact{bornOn("a", "x", "2012-03-12"), bornOn("b", "x", "2012-03-12")}}, now, func(v lifeevents.Subject) lifeevents.Outlook {
		if v.View.ID == "b" {
			return lifeevents.Outlook{Keep: []lifeevents.Notice{moved}}
		}
		return lifeevents.Outlook{Why: "thử"}
	})
	ok(t, s.Channels(t.Context(), "d", "zalo"))
	var may []int64
	for _, d := range list {
		if got := begin(t, s, []delivery.Delivery{d}, now, false); len(got) == 1 {
			may = append(may, got[0])
			if d.Notice.Person != "c" {
				t.Errorf("%s goes out as it was read", d.Notice.Slot)
			}
		}
	}
	if len(may) != 1 {
		t.Fatalf("%d may begin", len(may))
	}
	// What a gate found out from what was read then is as old.
	for _, d := range list {
		if d.Notice.Person != "c" {
			settleAll(t, s, []delivery.Delivery{d}, delivery.Attempt{At: now, State: delivery.Withheld, Reason: delivery.NotTrue})
		}
	}
	settleAll(t, s, list, sent(now))
	got := rows(t, s)
	for _, d := range list {
		want := map[lifeevents.PersonID]delivery.State{"a": delivery.Withheld, "b": delivery.Pending, "c": delivery.Sent, "d": delivery.Pending}[d.Notice.Person]
		if r := got[d.Notice.SaidKey()]; r.State != want || want == delivery.Withheld && r.Reason != delivery.Recalled {
			t.Errorf("%s is left %s (%s)", d.Notice.Slot, r.State, r.Reason)
		}
	}
}

func dayBudget(t *testing.T, s Life) {
	ok(t, s.Channels(t.Context(), "a", "zalo"))
	queue(t, s, notice("a", "s1", "2026-05-01"), notice("a", "s2", "2026-05-01"))
	now := at("2026-05-01", 9)
	both := claim(t, s, "zalo", now, 9)
	if len(both) != 2 || both[0].Address != "địa chỉ zalo" || both[0].Next != delivery.PortalName {
		t.Fatalf("on zalo: %+v", both)
	}
	z := both[:1]
	settleAll(t, s, both[1:], delivery.Attempt{At: now, State: delivery.Pending, Reason: delivery.NoConsent, Next: delivery.PortalName})
	p := claim(t, s, delivery.PortalName, now, 9)
	if len(p) != 1 || p[0].Spent != 0 {
		t.Fatalf("on the portal: %+v", p)
	}
	begin(t, s, z, now, false)
	if may := begin(t, s, p, now, true); len(may) != 0 {
		t.Error("two messages on one day")
	}
	settleAll(t, s, z, delivery.Attempt{At: now, State: delivery.Failed, Reason: delivery.BadAddress, Tried: true})
	if may := begin(t, s, p, now, true); len(may) != 1 {
		t.Error("what reached nobody was not given back")
	}
	settleAll(t, s, p, sent(now))
	ok(t, s.Channels(t.Context(), "a"))
	queue(t, s, notice("a", "s3", "2026-05-01"))
	if d := claim(t, s, delivery.PortalName, now, 9); len(d) != 1 || d[0].Spent != 1 {
		t.Errorf("spent: %+v", d)
	}
}

func impossibleSteps(t *testing.T, s Life) {
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	for _, r := range rows(t, s) {
		for _, state := range []delivery.State{delivery.Sent, delivery.Delivered, delivery.Failed, delivery.Unknown} {
			if err := s.Force(t.Context(), r.ID, state); err == nil {
				t.Errorf("%s without ever being handed over", state)
			}
		}
	}
	d := claim(t, s, delivery.PortalName, now, 9)
	deliver(t, s, d, now, sent(now))
	for _, state := range []delivery.State{delivery.Pending, delivery.Sending, delivery.Withheld, delivery.Unknown, "lost"} {
		if err := s.Force(t.Context(), d[0].ID, state); err == nil {
			t.Errorf("sent became %s", state)
		}
	}
	ok(t, s.Force(t.Context(), d[0].ID, delivery.Delivered))
	for _, state := range []delivery.State{delivery.Pending, delivery.Sent, delivery.Failed} {
		if err := s.Force(t.Context(), d[0].ID, state); err == nil {
			t.Errorf("delivered became %s", state)
		}
	}
}

func nextChannel(t *testing.T, s Life) {
	ok(t, s.Channels(t.Context(), "a", "zalo", "telegram"))
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	for _, step := range [][2]string{{"zalo", "telegram"}, {"telegram", delivery.PortalName}, {delivery.PortalName, ""}} {
		d := claim(t, s, step[0], now, 9)
		if len(d) != 1 || d[0].Next != step[1] {
			t.Fatalf("on %s: %+v", step[0], d)
		}
		deliver(t, s, d, now, delivery.Attempt{At: now, State: delivery.Pending, Reason: delivery.Blocked, Next: step[1], Tried: true})
	}
}

func everyClaimLogged(t *testing.T, s Life) {
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	d := claim(t, s, delivery.PortalName, now, 9)
	deliver(t, s, d, now, delivery.Attempt{At: now, State: delivery.Pending, Reason: delivery.Temporary, RetryAt: now.Add(time.Hour), Detail: "bận", Tried: true})
	if early := claim(t, s, delivery.PortalName, now.Add(59*time.Minute), 9); len(early) != 0 {
		t.Fatal("the wait was not kept")
	}
	later := now.Add(time.Hour)
	begin(t, s, claim(t, s, delivery.PortalName, later, 9), later, true) // dies here
	d = claim(t, s, delivery.PortalName, now.Add(2*time.Hour), 9)
	if len(d) != 1 || d[0].Sends != 1 {
		t.Fatalf("third claim %+v", d)
	}
	deliver(t, s, d, now.Add(2*time.Hour), sent(now.Add(2*time.Hour)))
	var got []string
	for _, a := range must[[]delivery.Attempt](t)(s.Steps(t.Context(), d[0].ID)) {
		got = append(got, string(a.State)+" "+string(a.Reason))
	}
	if want := []string{"pending temporary", "pending lease_ran_out", "sent accepted"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func staffDecide(t *testing.T, s Life) {
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	d := claim(t, s, delivery.PortalName, now, 9)
	begin(t, s, d, now, false)
	settleAll(t, s, d, delivery.Attempt{At: now, State: delivery.Unknown, Reason: delivery.TimedOut, Tried: true})
	ok(t, s.Resolve(t.Context(), d[0].ID, now.Add(time.Hour), delivery.Pending, "cán bộ 7: gửi lại"))
	again := claim(t, s, delivery.PortalName, now.Add(time.Hour), 9)
	if len(again) != 1 {
		t.Fatal("staff asked to send again, and nothing came")
	}
	deliver(t, s, again, now.Add(time.Hour), sent(now.Add(time.Hour)))
	steps := must[[]delivery.Attempt](t)(s.Steps(t.Context(), d[0].ID))
	if len(steps) != 3 {
		t.Errorf("steps %+v", steps)
	}
}
