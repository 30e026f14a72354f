package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
)

// Two programs share the store. Every day both do the day's work while changes come in to
// both; in the end nothing may be missing from the outbox or the index.
func TestChangesAndTheDaysWorkInSeveralProgramsAtOnceMissNothing(t *testing.T) {
	path := filepath.Join(memoryDir(t), "kho.db")
	rules := storetest.TestRules()
	var programs []*lifeevents.Engine
	var stores []*sqlite.DB
	for range 2 {
		db, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		stores = append(stores, db)
		programs = append(programs, lifeevents.NewEngine(db.People(), func() *lifeevents.Set { return rules }))
	}
	r := rand.New(rand.NewPCG(7, 7))
	first, last := day("2026-03-01"), day("2026-03-20")
	var everybody []lifeevents.PersonID
	for today := first; !last.Before(today); today = today.AddDays(1) {
		var changes []lifeevents.Change
		for i := range 12 {
			p := lifeevents.PersonID(fmt.Sprintf("p%s-%d", today, i))
			if i%3 == 0 && len(everybody) > 0 { // news of somebody the day's work may be looking at
				p = everybody[r.IntN(len(everybody))]
			} else {
				everybody = append(everybody, p)
			}
			changes = append(changes, passport(p, today, r.IntN(60)))
		}
		var wg sync.WaitGroup
		for i, e := range programs {
			wg.Go(func() {
				if _, err := e.RunDay(t.Context(), today); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				for n := i; n < len(changes); n += len(programs) {
					if _, err := e.Take(t.Context(), changes[n], today.Start().Add(7*time.Hour)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
	}
	if _, err := programs[0].RunDay(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	assertNothingMissing(t, stores[0], rules, everybody, lifeevents.Window{From: first, To: last})
}

func passport(p lifeevents.PersonID, today civil.Date, days int) lifeevents.Change {
	until := today.AddDays(days + 5)
	id := fmt.Sprintf("%s/%s", today, until)
	return lifeevents.Change{Facts: []lifeevents.Fact{{ID: id, Person: p, Kind: lifeevents.Document, Key: lifeevents.DocPassport,
		Value: lifeevents.Value{On: today, Until: until}, Source: lifeevents.ImmigrationRegister, ObservedAt: today.Start().Add(6 * time.Hour)}}}
}

// assertNothingMissing holds the outbox and the index against what is planned from what is
// known in the end.
func assertNothingMissing(t *testing.T, db *sqlite.DB, rules *lifeevents.Set, people []lifeevents.PersonID, w lifeevents.Window) {
	t.Helper()
	rows, err := db.OutboxRows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	queued := map[string]bool{}
	for _, r := range rows {
		queued[r.Said] = r.State == "pending"
	}
	views, err := db.People().Views(t.Context(), people)
	if err != nil {
		t.Fatal(err)
	}
	index, err := db.People().DueBy(t.Context(), day("2028-01-01"), lifeevents.Due{}, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	planned := 0
	for _, v := range views {
		for _, n := range rules.Plan(v, w) {
			planned++
			if !queued[n.SaidKey()] {
				t.Errorf("%s is planned and not queued", n.SaidKey())
			}
			delete(queued, n.SaidKey())
		}
		for _, d := range rules.NextDue(v, w.To, w.To.AddDays(400)) {
			// A day to look again may have been set earlier: it only has to be there in time.
			there := func(x lifeevents.Due) bool {
				return x == d || x.Person == d.Person && x.Rule == lifeevents.LookAgain && !d.On.Before(x.On)
			}
			if !slices.ContainsFunc(index, func(x lifeevents.Due) bool { return there(x) && x.Rule == d.Rule }) {
				t.Errorf("%+v is not in the index", d)
			}
		}
	}
	for said, pending := range queued {
		if pending {
			t.Errorf("%s is queued and not planned", said)
		}
	}
	if planned < 100 {
		t.Errorf("only %d notices were planned: the test shows little", planned)
	}
}

func TestResidentsAreFoundByAnIndexAlsoInAStoreOlderThanIt(t *testing.T) {
	ctx := context.Background()
	db := openIn(t, memoryDir(t))
	lives := func(p, id, place, on string) lifeevents.Change {
		return lifeevents.Change{Facts: []lifeevents.Fact{{ID: id, Person: lifeevents.PersonID(p), Kind: lifeevents.Residence, Key: "permanent",
			Value: lifeevents.Value{Place: place, On: day(on)}, Source: lifeevents.ResidenceRegister, ObservedAt: day(on).Start()}}}
	}
	engine := lifeevents.NewEngine(db.People(), storetest.TestRules)
	for _, c := range []lifeevents.Change{lives("a", "1", "26734", "2020-01-01"), lives("b", "1", "26734", "2020-01-01"), lives("c", "1", "26740", "2020-01-01"), lives("b", "2", "26740", "2026-01-01")} {
		if _, err := engine.Take(ctx, c, day("2026-02-01").Start()); err != nil {
			t.Fatal(err)
		}
	}
	for _, old := range []bool{false, true} {
		if old {
			if err := db.ForgetHomes(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for place, want := range map[string]string{"26734": "a", "26740": "b c", "00004": ""} {
			list, err := db.People().Residents(ctx, place, day("2026-02-01"))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range list {
				got = append(got, string(p))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("older store %v: %s has %q, want %q", old, place, got, want)
			}
		}
	}
}
