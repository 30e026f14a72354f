package sqlite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
)

// The disk fills up in the middle of a day's run: it says so, keeps what is whole, and the
// next run goes on as if nothing had been.
func TestADiskFullInTheMiddleOfADaysRunLosesNothing(t *testing.T) {
	db := openIn(t, memoryDir(t))
	rules, today := storetest.TestRules(), day("2026-03-12")
	engine := lifeevents.NewEngine(db.People(), func() *lifeevents.Set { return rules })
	var everybody []lifeevents.PersonID
	for n := range 8 {
		var c lifeevents.Change
		for i := range 500 {
			p := lifeevents.PersonID(fmt.Sprintf("p%d-%d", n, i))
			everybody = append(everybody, p)
			c.Facts = append(c.Facts, lifeevents.Fact{ID: "p", Person: p, Kind: lifeevents.Document, Key: lifeevents.DocPassport,
				Value: lifeevents.Value{Until: today.AddDays(30)}, Source: lifeevents.ImmigrationRegister, ObservedAt: today.AddDays(-30).Start()})
		}
		if _, err := engine.Take(t.Context(), c, today.AddDays(-1).Start()); err != nil {
			t.Fatal(err)
		}
	}
	stopped, before := 0, 0
	for _, room := range []int{1, 300, 700, 900, 300} {
		if err := db.LimitPages(t.Context(), room); err != nil {
			t.Fatal(err)
		}
		_, err := engine.RunDay(t.Context(), today)
		if err == nil {
			break
		}
		if !errors.Is(err, ingest.ErrFull) {
			t.Fatalf("room for %d pages: %v", room, err)
		}
		if !strings.Contains(err.Error(), "đĩa đã đầy") {
			t.Errorf("told as %q", err)
		}
		stopped++
		ran, err2 := db.People().Ran(t.Context())
		rows, err3 := db.OutboxRows(t.Context())
		if err := errors.Join(err2, err3); err != nil || ran == today || len(rows) < before {
			t.Fatalf("room for %d pages: ran %v, %d rows after %d, %v", room, ran, len(rows), before, err)
		}
		before = len(rows)
	}
	if stopped == 0 || before == 0 || before == len(everybody) {
		t.Fatalf("stopped %d times, %d rows by then: the test shows nothing", stopped, before)
	}
	if err := db.LimitPages(t.Context(), -1); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.RunDay(t.Context(), today); err != nil {
		t.Fatal(err)
	}
	storetest.NothingMissing(t, lifeIn(t, db), rules, everybody, lifeevents.Window{From: today, To: today})
	if list, err := db.Outbox(nil).Claim(t.Context(), "portal", today.Start().Add(9*time.Hour), 5, time.Minute); err != nil || len(list) == 0 {
		t.Errorf("the worker finds %d, %v", len(list), err)
	}
}
