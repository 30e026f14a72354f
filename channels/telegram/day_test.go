package telegram_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/telegram"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// noticesOfADay is how many notices the test sends: 1,500, or what the environment asks
// for; 100,000 is the figure of docs/channels.md.
const noticesOfADay = "MOTCUA_TEST_NOTICES"

// plainSealer keeps addresses as they are: sealing is tried elsewhere.
type plainSealer struct{}

func (plainSealer) Seal(_ string, plain []byte) ([]byte, error)  { return plain, nil }
func (plainSealer) Open(_ string, sealed []byte) ([]byte, error) { return sealed, nil }

// TestADayOfNoticesKeepsThePaceTheNightAndUrgencyFirst runs 24 hours of the real worker,
// store, sender and fake server on a virtual clock.
func TestADayOfNoticesKeepsThePaceTheNightAndUrgencyFirst(t *testing.T) {
	n := 1500
	if text := os.Getenv(noticesOfADay); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		today := civil.New(2026, time.November, 20)
		time.Sleep(time.Until(today.Start().Add(3 * time.Hour))) // three in the morning
		fake := channeltest.NewTelegram(testToken, "motcua_thu_bot")
		db := dayOf(t, fake, today, n)
		box, err := db.Inbox(plainSealer{}, make([]byte, 32))
		if err != nil {
			t.Fatal(err)
		}
		a, err := telegram.New(telegram.Options{Token: testToken, Inbox: box, Transport: fake, Server: "http://fake"})
		if err != nil {
			t.Fatal(err)
		}
		left := func(context.Context, string) error { return nil }
		rules := storetest.TestRules()
		w, err := delivery.NewWorker(delivery.WorkerConfig{
			Outbox: db.Outbox(plainSealer{}), Views: db.People(), Rules: func() *lifeevents.Set { return rules },
			Channels: []delivery.Channel{a.Channel(left, delivery.DefaultLimits())}, Gates: gatesWithoutFacts(),
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		w.Run(ctx, time.Minute)
		judgeDay(t, fake, n)
		counts, err := db.Outbox(nil).Counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d notices: %v", n, counts)
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

// gatesWithoutFacts leaves out the gates that plan anew: what is drawn here rests on no facts.
func gatesWithoutFacts() (out []delivery.Gate) {
	for _, g := range delivery.Gates() {
		if g.Name != "still true" && g.Name != "authority" {
			out = append(out, g)
		}
	}
	return out
}

// urgentShare: every so many notices is urgent.
const urgentShare = 10

func chatNumber(i int) int64 { return 7_000_000 + int64(i) }

// dayOf fills a store with people who agreed to Telegram, one notice each.
func dayOf(t *testing.T, fake *channeltest.Telegram, today civil.Date, n int) *sqlite.DB {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "motcua-")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kho.db"))
	if err != nil {
		t.Fatal(err)
	}
	var list []lifeevents.Notice
	for i := range n {
		p := lifeevents.PersonID(fmt.Sprint("p", i))
		fake.Known(chatNumber(i))
		if err := db.People().SetContacts(t.Context(), plainSealer{}, p, "vi", []sqlite.Contact{{Channel: telegram.Name, Address: strconv.FormatInt(chatNumber(i), 10)}}); err != nil {
			t.Fatal(err)
		}
		if err := db.People().Give(t.Context(), lifeevents.Consent{ID: string(p), Person: p, Topic: lifeevents.TopicPapers, Channel: telegram.Name, Given: today.Start(), Proof: "thử"}); err != nil {
			t.Fatal(err)
		}
		slot := "R1|" + string(p) + "|" + today.String()
		list = append(list, lifeevents.Notice{
			Key: slot, Slot: slot, Person: p, About: p, Rule: "R1", Version: 1, Topic: lifeevents.TopicPapers, Ground: lifeevents.PublicTask,
			Due: today, Legal: today.AddDays(5), Deadline: today.AddDays(5), Ends: today.AddDays(3), Rung: "1", Step: 1, Steps: 1,
			Urgent: i%urgentShare == 0, Sensitivity: lifeevents.N1, Level: lifeevents.Remind, Basis: []corpus.Provision{{Instrument: "60/2014/QH13", Article: "1"}},
			Params: map[string]string{"legal": today.AddDays(5).VN()},
		})
	}
	if _, err := db.People().Queue(t.Context(), list, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	return db
}

func judgeDay(t *testing.T, fake *channeltest.Telegram, n int) {
	t.Helper()
	if fake.TooMany() != 0 || len(fake.Violations()) > 0 {
		t.Errorf("%d answers 429, broken: %q", fake.TooMany(), fake.Violations())
	}
	var lastUrgent, firstOther, last time.Time
	sent := 0
	for i := range n {
		all := fake.Shown(chatNumber(i))
		if sent += len(all); len(all) != 1 {
			t.Errorf("person %d got %d messages", i, len(all))
			continue
		}
		at := all[0].At
		if h := at.In(civil.Zone).Hour(); h < 8 || h >= 20 {
			t.Errorf("person %d was told at %s", i, at.In(civil.Zone))
		}
		switch {
		case i%urgentShare == 0 && at.After(lastUrgent):
			lastUrgent = at
		case i%urgentShare != 0 && (firstOther.IsZero() || at.Before(firstOther)):
			firstOther = at
		}
		if at.After(last) {
			last = at
		}
	}
	// What is claimed together goes side by side: the last urgent ones share a batch with
	// the first of the rest.
	if lastUrgent.After(firstOther.Add(30 * time.Second)) {
		t.Errorf("the last urgent notice went at %s, the first other at %s", lastUrgent.In(civil.Zone), firstOther.In(civil.Zone))
	}
	t.Logf("%d messages, the last urgent at %s, the last at %s", sent, lastUrgent.In(civil.Zone).Format("15:04:05"), last.In(civil.Zone).Format("15:04:05"))
}
