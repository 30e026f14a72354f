package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// told is one message as it reached somebody.
type told struct {
	channel string
	at      time.Time
	m       delivery.Message
}

// reporter takes most messages and notes them; some it refuses.
type reporter struct {
	name string
	rand *rand.Rand
	now  *time.Time
	told *[]told
}

func (p reporter) Send(_ context.Context, address string, m delivery.Message) error {
	if address == "" {
		return &delivery.SendError{Reason: delivery.BadAddress, Permanent: true}
	}
	switch p.rand.IntN(8) {
	case 0:
		return &delivery.SendError{Reason: delivery.Temporary}
	case 1:
		return &delivery.SendError{Reason: delivery.RateLimit, RetryAfter: 40 * time.Minute}
	case 2:
		if p.name != delivery.PortalName {
			return &delivery.SendError{Reason: delivery.Blocked, Permanent: true}
		}
	}
	*p.told = append(*p.told, told{p.name, *p.now, m})
	return nil
}

// TestAnyWeekKeepsHoursBudgetConsentAndSensitivity draws notices, consents and faults at
// random, works through a week hour by hour, and checks every message that went out.
func TestAnyWeekKeepsHoursBudgetConsentAndSensitivity(t *testing.T) {
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 9))
		db := openIn(t, memoryDir(t))
		leave := drawPeople(t, db, r)
		var out []told
		now := day("2026-03-10").Start()
		rules := storetest.TestRules()
		send := func(name string) reporter { return reporter{name, r, &now, &out} }
		w, err := delivery.NewWorker(delivery.WorkerConfig{
			Outbox: db.Outbox(plainSealer{}), Views: db.People(), Rules: func() *lifeevents.Set { return rules }, Batch: 7,
			// What is drawn here rests on no facts: planning it anew would find nothing.
			Gates: slices.DeleteFunc(delivery.Gates(), func(g delivery.Gate) bool { return g.Name == "still true" || g.Name == "authority" }),
			Channels: []delivery.Channel{
				{Name: "zalo", Class: lifeevents.Outside, Sender: send("zalo"), Parallel: 1},
				{Name: delivery.PortalName, Class: lifeevents.Own, Sender: send(delivery.PortalName), DropsRepeats: true, Parallel: 1},
			},
			Now: func() time.Time { return now },
		})
		if err != nil {
			t.Fatal(err)
		}
		for hour := range 24 * 10 {
			if hour%24 == 2 && hour < 24*6 {
				drawNotices(t, db, r, civil.On(now), fmt.Sprint(seed, "-", hour))
			}
			if _, err := w.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			now = now.Add(time.Hour)
		}
		checkWeek(t, out, leave)
		checkSettled(t, db)
		if t.Failed() || len(out) < 10 {
			t.Fatalf("seed %d, %d messages", seed, len(out))
		}
	}
}

type plainSealer struct{}

func (plainSealer) Seal(_ string, plain []byte) ([]byte, error)  { return plain, nil }
func (plainSealer) Open(_ string, sealed []byte) ([]byte, error) { return sealed, nil }

// drawPeople makes eight people, some with Zalo and leave for it; it returns who gave it.
func drawPeople(t *testing.T, db *sqlite.DB, r *rand.Rand) map[lifeevents.PersonID]bool {
	t.Helper()
	leave := map[lifeevents.PersonID]bool{}
	for i := range 8 {
		p := lifeevents.PersonID(fmt.Sprint("p", i))
		if r.IntN(2) == 0 {
			if err := db.People().SetContacts(t.Context(), plainSealer{}, p, "vi", []sqlite.Contact{{Channel: "zalo", Address: "z" + string(p)}}); err != nil {
				t.Fatal(err)
			}
		}
		if r.IntN(2) == 0 {
			leave[p] = true
			c := lifeevents.Consent{ID: string(p), Person: p, Topic: lifeevents.TopicPapers, Channel: "zalo", Given: day("2026-01-01").Start(), Proof: "thử"}
			if err := db.People().Give(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
	}
	return leave
}

func drawNotices(t *testing.T, db *sqlite.DB, r *rand.Rand, today civil.Date, name string) {
	t.Helper()
	var list []lifeevents.Notice
	for i := range 3 + r.IntN(12) {
		n := queuedNotice(lifeevents.PersonID(fmt.Sprint("p", r.IntN(8))), today.String())
		n.Slot, n.Urgent, n.Sensitivity = fmt.Sprint(n.Slot, name, i), r.IntN(6) == 0, lifeevents.Sensitivity(r.IntN(4))
		if r.IntN(3) == 0 {
			n.Slot = fmt.Sprint("R1|", n.Person, "|mốc chung|", r.IntN(2)) // one occurrence, many rungs
			n.Rung = name + fmt.Sprint(i)
		}
		n.Ends = today.AddDays(r.IntN(4))
		list = append(list, n)
	}
	if _, err := db.People().Queue(t.Context(), list, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
}

func checkWeek(t *testing.T, out []told, leave map[lifeevents.PersonID]bool) {
	t.Helper()
	type daily struct {
		p  lifeevents.PersonID
		on civil.Date
	}
	perDay, perSlot := map[daily]int{}, map[string]int{}
	for _, x := range out {
		hour := x.at.In(civil.Zone).Hour()
		if hour < 8 || hour >= 20 {
			t.Errorf("at %d o'clock: %s", hour, x.m.Key)
		}
		urgent := false
		for _, part := range x.m.Parts {
			n := part.Notice
			urgent = urgent || n.Urgent
			if n.Sensitivity == lifeevents.N3 {
				t.Errorf("tender without consent: %s", n.Slot)
			}
			if n.Ends.Before(civil.On(x.at)) {
				t.Errorf("too late to help: %s", n.Slot)
			}
			if !n.Urgent {
				perSlot[n.Slot+string(n.Person)]++
			}
		}
		if x.channel == "zalo" {
			if !leave[x.m.Person] {
				t.Errorf("outside without leave: %s", x.m.Person)
			}
			if len(x.m.Parts) > 0 || x.m.Title != "" {
				t.Errorf("more than the neutral sentence outside: %+v", x.m)
			}
			continue // what was inside is not to be seen here; the ledger is checked apart
		}
		if !urgent {
			perDay[daily{x.m.Person, civil.On(x.at)}]++
		}
	}
	for d, n := range perDay {
		if n > 1 {
			t.Errorf("%s got %d messages on %v", d.p, n, d.on)
		}
	}
	for slot, n := range perSlot {
		if n > 3 {
			t.Errorf("%s spoken of %d times", slot, n)
		}
	}
}

func checkSettled(t *testing.T, db *sqlite.DB) {
	t.Helper()
	rows, err := db.OutboxRows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if !r.State.Final() || !r.Reason.Known() {
			t.Errorf("%s is left %s (%s)", r.Said, r.State, r.Reason)
		}
	}
	over, err := db.OverBudget(t.Context())
	if err != nil || over != 0 {
		t.Errorf("%d person-days over the budget, %v", over, err)
	}
}
