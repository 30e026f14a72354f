package zalo_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

var dayNotices = flag.Int("day", 2000, "notices of the simulated day")

// drawn is one person of the simulated day.
type drawn struct {
	id     lifeevents.PersonID
	user   string
	wrote  time.Duration // before the day began; 0: never
	gone   bool
	urgent bool
}

func drawDay(n int) []drawn {
	r := rand.New(rand.NewPCG(6, 24))
	out := make([]drawn, n)
	for i := range out {
		out[i] = drawn{id: lifeevents.PersonID(fmt.Sprintf("p%06d", i)), user: strconv.Itoa(3_000_000_000 + i), urgent: r.IntN(10) == 0, gone: r.IntN(100) == 0}
		switch r.IntN(10) {
		case 0, 1, 2:
			out[i].wrote = time.Duration(1 + r.Int64N(int64(48*time.Hour)))
		case 3, 4:
			out[i].wrote = 48*time.Hour + time.Duration(r.Int64N(int64(120*time.Hour)))
		case 5, 6:
			out[i].wrote = 7*24*time.Hour + time.Duration(r.Int64N(int64(900*time.Hour)))
		}
	}
	return out
}

// fill puts the people, their windows, consents and notices into the store and the fake.
func (b *bench) fill(people []drawn) {
	b.t.Helper()
	ctx := b.t.Context()
	consents := make([]lifeevents.Consent, len(people))
	notices := make([]lifeevents.Notice, len(people))
	today := civil.On(b.clock.Now())
	for i, p := range people {
		err := b.db.People().SetContacts(ctx, b.box, p.id, "vi", []sqlite.Contact{{Channel: zalo.Name, Address: p.user}})
		if err != nil {
			b.t.Fatal(err)
		}
		consents[i] = lifeevents.Consent{ID: string(p.id), Person: p.id, Topic: lifeevents.TopicPapers, Channel: zalo.Name, TextVersion: "1", Given: morning.AddDate(0, -1, 0), Proof: "thử"}
		notices[i] = lifeevents.Notice{
			Slot: "R1|" + string(p.id), Person: p.id, About: p.id, Rule: "R1", Version: 1, Topic: lifeevents.TopicPapers, Ground: lifeevents.PublicTask, Urgent: p.urgent,
			Due: today, Legal: today, Ends: today.AddDays(20), Rung: "+0d", Step: 1, Steps: 1, Sensitivity: lifeevents.N1, Level: lifeevents.Remind,
			Basis: storetest.TestRules().Rules()[0].Basis, Params: map[string]string{"legal": today.VN(), "age": "14", "days": "0"},
		}
		notices[i].Key = notices[i].SaidKey() + "|v1"
		if p.wrote == 0 {
			b.fake.Known(p.user, "", time.Time{})
			continue
		}
		wrote := b.clock.Now().Add(-p.wrote)
		b.fake.Known(p.user, "", wrote)
		if err := b.kept.Change(ctx, b.inbox.KeyOf(zalo.Name, p.user), wrote, func(s *window.State) bool { s.Hear(wrote); return true }); err != nil {
			b.t.Fatal(err)
		}
	}
	for _, p := range people {
		if p.gone {
			b.fake.Unfollow(p.user) // we have not heard of it yet
		}
	}
	if err := b.db.People().GiveAll(ctx, consents); err != nil {
		b.t.Fatal(err)
	}
	for part := range slices.Chunk(notices, 5000) {
		if _, err := b.db.People().Queue(ctx, part, nil, nil, nil); err != nil {
			b.t.Fatal(err)
		}
	}
}

// TestADayOfNoticesKeepsWindowsNightsQuotaAndRate sends a day's notices through the real
// worker and outbox on a clock of its own; -args -day 100000 is the whole city.
func TestADayOfNoticesKeepsWindowsNightsQuotaAndRate(t *testing.T) {
	if dir, err := os.MkdirTemp("/dev/shm", "motcua"); err == nil && *dayNotices > 10_000 { // setting up must not wait for a disk
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		t.Setenv("TMPDIR", dir)
	}
	b := newBench(t, func(c *zalo.Config) { withTemplates(c); c.PerMinute = 540 }).authorise().approve()
	b.fake.Daily = *dayNotices / 5
	b.clock.add(-8 * time.Hour) // one in the night
	people := drawDay(*dayNotices)
	began := time.Now()
	b.fill(people)
	filled := time.Since(began)
	rules := storetest.TestRules()
	outbox := b.db.Outbox(b.box)
	w, err := delivery.NewWorker(delivery.WorkerConfig{
		Outbox: outbox, Views: b.db.People(), Rules: func() *lifeevents.Set { return rules }, Now: b.clock.Now,
		// What is drawn here rests on no facts: planning it anew would find nothing.
		Gates:    slices.DeleteFunc(delivery.Gates(), func(g delivery.Gate) bool { return g.Name == "still true" || g.Name == "authority" }),
		Composer: delivery.Composer{Codes: delivery.NewCodes([]byte("mã bí mật của phép đo")), Portal: portal + "/toi/tin"},
		Channels: []delivery.Channel{{Name: zalo.Name, Class: lifeevents.Outside, Sender: b.oa, Parallel: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	b.runDay(w, outbox)
	b.checkDay(people)
	t.Logf("%d notices: set up in %v, the day took %v; %+v", len(people), filled.Round(time.Second), time.Since(began).Round(time.Second), b.fake.Figures())
}

// runDay works until nothing is left to do or the day is over, and hands receipts over.
func (b *bench) runDay(w *delivery.Worker, outbox *sqlite.Outbox) {
	b.t.Helper()
	ctx := b.t.Context()
	hook := b.oa.Webhook(b.inbox)
	for end := b.clock.Now().Add(24 * time.Hour); b.clock.Now().Before(end); {
		if _, err := w.Drain(ctx); err != nil {
			b.t.Fatal(err)
		}
		for _, p := range b.fake.Posts() {
			if code := take(b.t, hook, p); code != http.StatusOK {
				b.t.Fatalf("receipt: status %d", code)
			}
		}
		next := end
		for _, channel := range []string{zalo.Name, delivery.PortalName} {
			if at, err := outbox.Waiting(ctx, channel); err != nil {
				b.t.Fatal(err)
			} else if !at.IsZero() && at.Before(next) {
				next = at
			}
		}
		b.clock.add(max(next.Sub(b.clock.Now()), time.Second))
	}
}

// checkDay looks at what the fake saw and at what the outbox says of it.
func (b *bench) checkDay(people []drawn) {
	t := b.t
	t.Helper()
	f := b.fake.Figures()
	if f.TooMany != 0 || f.OutsideWindow != 0 || f.AtNight != 0 || f.OverQuota != 0 || f.BadToken != 0 {
		t.Errorf("Zalo had to refuse: %+v", f)
	}
	calls := b.fake.Calls("")
	urgent := map[string]bool{}
	for _, p := range people {
		urgent[p.user] = p.urgent
	}
	last, first := -1, len(calls)
	for i, c := range calls {
		if hour := c.At.In(civil.Zone).Hour(); hour < 8 || hour >= 20 {
			t.Fatalf("sent at %v", c.At.In(civil.Zone))
		}
		if urgent[userOf(c.Body)] {
			last = i
		} else {
			first = min(first, i)
		}
	}
	if last > first {
		t.Errorf("an urgent one went as number %d, one that is not as number %d", last, first)
	}
	count := map[string]int{}
	for _, channel := range []string{zalo.Name, delivery.PortalName} {
		for after := int64(0); ; {
			list, err := b.db.Outbox(b.box).All(context.WithoutCancel(t.Context()), channel, after, 5000)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 {
				break
			}
			for _, s := range list {
				count[channel+" "+string(s.State)]++
				after = s.ID
			}
		}
	}
	taken := f.Consultations + f.Templates
	if count["zalo delivered"] != taken || count["portal sent"] != len(people)-taken || len(count) > 2 {
		t.Errorf("%d taken by Zalo, the outbox says %v", taken, count)
	}
	t.Logf("%s; first at %v, last at %v", fmt.Sprint(count), cmp.Or(calls[0].At, morning).In(civil.Zone).Format("15:04:05"), calls[len(calls)-1].At.In(civil.Zone).Format("15:04:05"))
}

func userOf(body []byte) string {
	const mark = `"user_id":"`
	s := string(body)
	for i := range len(s) - len(mark) {
		if s[i:i+len(mark)] == mark {
			s = s[i+len(mark):]
			for j := range s {
				if s[j] == '"' {
					return s[:j]
				}
			}
		}
	}
	return ""
}
