package window_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/internal/civil"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, civil.Zone)

func TestWindowsOpenAndCloseToTheSecond(t *testing.T) {
	r := window.Published()
	r.Slack = 0
	heard := window.State{Heard: monday}
	for _, c := range []struct {
		name  string
		state window.State
		after time.Duration
		want  window.Leave
	}{
		{"never heard", window.State{}, 0, window.Closed},
		{"just heard", heard, 0, window.Free},
		{"a second before 48 hours", heard, 48*time.Hour - time.Second, window.Free},
		{"at 48 hours", heard, 48 * time.Hour, window.Charged},
		{"a second after 48 hours", heard, 48*time.Hour + time.Second, window.Charged},
		{"a second before 7 days", heard, 168*time.Hour - time.Second, window.Charged},
		{"at 7 days", heard, 168 * time.Hour, window.Closed},
		{"a second after 7 days", heard, 168*time.Hour + time.Second, window.Closed},
		{"left", window.State{Heard: monday, Left: monday}, time.Hour, window.Gone},
		{"away", window.State{Heard: monday, Away: monday.Add(2 * time.Hour)}, time.Hour, window.Closed},
		{"shut by Zalo", window.State{Heard: monday, Shut: monday.Add(time.Minute)}, time.Hour, window.Closed},
		{"wrote after it was shut", window.State{Heard: monday, Shut: monday.Add(-time.Minute)}, time.Hour, window.Free},
	} {
		if got := r.At(c.state, monday.Add(c.after)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	r.Slack = time.Minute
	if got := r.At(heard, monday.Add(48*time.Hour-time.Minute)); got != window.Charged {
		t.Errorf("a minute early: %s", got)
	}
}

func TestTheEighthMessageIsTheLastFreeOne(t *testing.T) {
	r := window.Published()
	s := window.State{Heard: monday}
	for i := range 8 {
		at := monday.Add(time.Duration(i) * time.Second)
		if got := r.Left(s, at); got != 8-i {
			t.Fatalf("before message %d: %d left", i+1, got)
		}
		r.Spend(&s, at)
	}
	if got := r.At(s, monday.Add(time.Minute)); got != window.Charged {
		t.Errorf("the ninth: %s", got)
	}
	s.Refund(monday.Add(3 * time.Second))
	if got := r.Left(s, monday.Add(time.Minute)); got != 1 {
		t.Errorf("one came back, %d left", got)
	}
	s.Hear(monday.Add(2 * time.Minute))
	if got := r.Left(s, monday.Add(3*time.Minute)); got != 8 {
		t.Errorf("the person wrote again, %d left", got)
	}
}

func TestLateAndRepeatedEventsChangeNothing(t *testing.T) {
	r := window.Published()
	s := window.State{}
	s.Hear(monday.Add(time.Hour))
	r.Spend(&s, monday.Add(2*time.Hour))
	s.Hear(monday) // comes an hour late
	s.Hear(monday.Add(time.Hour))
	if got := r.Left(s, monday.Add(3*time.Hour)); got != 7 {
		t.Errorf("%d left, want 7", got)
	}
	s.Hear(monday.Add(90 * time.Minute)) // a newer one, told late: our message came after it
	if got := r.Left(s, monday.Add(3*time.Hour)); got != 7 {
		t.Errorf("%d left after a newer one told late, want 7", got)
	}
	if s.Leave(monday) {
		t.Error("an unfollow older than the last message counts")
	}
	if !s.Leave(monday.Add(4*time.Hour)) || r.At(s, monday.Add(5*time.Hour)) != window.Gone {
		t.Error("an unfollow does not count")
	}
	s.Return(monday.Add(3 * time.Hour)) // told late: before the unfollow
	if r.At(s, monday.Add(5*time.Hour)) != window.Gone {
		t.Error("an older follow undoes a newer unfollow")
	}
	s.Hear(monday.Add(6 * time.Hour))
	if r.At(s, monday.Add(7*time.Hour)) != window.Free {
		t.Error("who writes is not gone")
	}
}

// TestNoOrderOfEventsGivesMoreThanTheRules plays events in any order against a count by hand.
func TestNoOrderOfEventsGivesMoreThanTheRules(t *testing.T) {
	rules := window.Published()
	rules.Slack = 0
	random := rand.New(rand.NewPCG(7, 11))
	for range 2000 {
		var s window.State
		var heard, sent []time.Time
		now := monday
		for range 60 {
			now = now.Add(time.Duration(random.IntN(6*3600)) * time.Second)
			switch random.IntN(3) {
			case 0:
				at := now.Add(-time.Duration(random.IntN(7200)) * time.Second)
				heard = append(heard, at)
				s.Hear(at)
			default:
				rules.Spend(&s, now)
				sent = append(sent, now)
			}
			if got, want := rules.At(s, now), byHand(heard, sent, now); got != want {
				t.Fatalf("at %v: %s, by hand %s", now, got, want)
			}
		}
	}
}

func byHand(heard, sent []time.Time, now time.Time) window.Leave {
	var last time.Time
	for _, h := range heard {
		if h.After(last) {
			last = h
		}
	}
	if last.IsZero() || now.Sub(last) >= 7*24*time.Hour {
		return window.Closed
	}
	n := 0
	for _, at := range sent {
		if !at.Before(last) {
			n++
		}
	}
	if n >= 8 || now.Sub(last) >= 48*time.Hour {
		return window.Charged
	}
	return window.Free
}

func TestTheNightIsVietnamsWhereverTheMachineStands(t *testing.T) {
	r := window.Published()
	for _, zone := range []*time.Location{time.UTC, civil.Zone, time.FixedZone("west", -8*3600)} {
		for hour := range 24 {
			now := time.Date(2026, 11, 23, hour, 59, 59, 0, civil.Zone).In(zone)
			until, night := r.Night(now)
			if want := hour >= 22 || hour < 6; night != want {
				t.Errorf("%v: night %v", now.In(civil.Zone), night)
			}
			if night && (until.In(civil.Zone).Hour() != 6 || until.Sub(now) > 8*time.Hour) {
				t.Errorf("%v: until %v", now, until)
			}
		}
	}
}

func TestAQuotaLastsForItsDayAlone(t *testing.T) {
	q := window.Quota{Daily: 500, Remaining: 0, At: monday}
	if !q.Spent(monday.Add(14 * time.Hour)) {
		t.Error("at 23:00 of the same day it is spent")
	}
	if q.Spent(monday.Add(16 * time.Hour)) {
		t.Error("the next day it is not known to be spent")
	}
	if (window.Quota{}).Spent(monday) {
		t.Error("nothing is known")
	}
}
