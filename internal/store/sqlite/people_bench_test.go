package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

// benchPeople is how many people the benchmarks hold: 20,000, or as MOTCUA_BENCH_PEOPLE
// says (1000000 for the figures in the documents). MOTCUA_BENCH_STORE names a file to keep
// them in from run to run.
func benchPeople() int {
	if n, err := strconv.Atoi(os.Getenv("MOTCUA_BENCH_PEOPLE")); err == nil && n > 0 {
		return n
	}
	return 20_000
}

// household makes four people with what registers hold about them, told four years ago.
func household(r *rand.Rand, n int, c *lifeevents.Change) {
	seen := day("2022-01-01").Start()
	var names [4]lifeevents.PersonID
	year := 1940 + r.IntN(60)
	for i := range names {
		p := lifeevents.PersonID(fmt.Sprintf("p%08d", 4*n+i))
		names[i] = p
		serial := 0
		add := func(kind lifeevents.FactKind, key string, v lifeevents.Value) {
			c.Facts = append(c.Facts, lifeevents.Fact{ID: strconv.Itoa(serial), Person: p, Kind: kind, Key: key, Value: v, Source: lifeevents.PopulationRegister, ObservedAt: seen})
			serial++
		}
		born := civil.New(year, 1, 1).AddDays(r.IntN(365))
		if i > 1 {
			born = civil.New(min(year+20+r.IntN(15), 2021), 1, 1).AddDays(r.IntN(365))
		}
		add(lifeevents.DateOfBirth, "", lifeevents.Value{On: born})
		add(lifeevents.SexOf, "", lifeevents.Value{Text: [...]string{"male", "female"}[r.IntN(2)]})
		add(lifeevents.Residence, "permanent", lifeevents.Value{Place: [...]string{"00004", "26734", "26740", "20194"}[n%4], On: born})
		if grown := born.AddYears(18); grown.Before(day("2022-01-01")) {
			soon := func() civil.Date { return day("2022-06-01").AddDays(r.IntN(3650)) }
			add(lifeevents.Document, lifeevents.DocIDCard, lifeevents.Value{On: grown, Until: soon()})
			add(lifeevents.Licence, "A1", lifeevents.Value{On: grown})
			add(lifeevents.Insurance, lifeevents.InsHealthHousehold, lifeevents.Value{On: grown, Until: soon()})
			if r.IntN(3) == 0 {
				add(lifeevents.Document, lifeevents.DocPassport, lifeevents.Value{On: grown, Until: soon()})
			}
			if r.IntN(5) == 0 {
				add(lifeevents.Vehicle, "xe", lifeevents.Value{Text: "car", On: grown})
				add(lifeevents.Inspection, "xe", lifeevents.Value{On: grown, Until: soon()})
				add(lifeevents.Licence, "B", lifeevents.Value{On: grown, Until: soon()})
			}
		}
	}
	edge := func(k int, from, to int, kind lifeevents.EdgeKind) {
		c.Edges = append(c.Edges, lifeevents.Edge{ID: fmt.Sprintf("e%08d-%d", n, k), From: names[from], To: names[to], Kind: kind, Authority: true, Source: lifeevents.CivilStatusRegister, ObservedAt: seen})
	}
	edge(0, 0, 1, lifeevents.SpouseOf)
	for child := 2; child < 4; child++ {
		edge(2*child, 0, child, lifeevents.ParentOf)
		edge(2*child+1, 1, child, lifeevents.ParentOf)
	}
}

// populated opens a store with everybody in it and their next due days in the index.
func populated(b *testing.B, set *lifeevents.Set, today civil.Date) *sqlite.DB {
	b.Helper()
	path := os.Getenv("MOTCUA_BENCH_STORE")
	if path == "" {
		path = filepath.Join(b.TempDir(), "kho.db")
	}
	_, err := os.Stat(path)
	db, err2 := sqlite.Open(b.Context(), path)
	if err2 != nil {
		b.Fatal(err2)
	}
	b.Cleanup(func() { _ = db.Close() })
	if err == nil {
		return db // kept from another run
	}
	r, begin := rand.New(rand.NewPCG(1, 2)), time.Now()
	engine := lifeevents.NewEngine(db.People(), func() *lifeevents.Set { return set })
	for n := 0; n < benchPeople()/4; {
		var c lifeevents.Change
		for range 250 {
			household(r, n, &c)
			n++
		}
		if _, err := engine.Take(b.Context(), c, today.Start()); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d people taken in and planned in %v", benchPeople(), time.Since(begin).Round(time.Second))
	if _, err := engine.RunDay(b.Context(), today); err != nil {
		b.Fatal(err)
	}
	return db
}

func embedded(b *testing.B) *lifeevents.Set {
	b.Helper()
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		b.Fatal(faults[0])
	}
	return set
}

// BenchmarkADaysNotices finds and queues what is due on one day, for everybody and all rules.
func BenchmarkADaysNotices(b *testing.B) {
	set, today := embedded(b), day("2026-03-12")
	db := populated(b, set, today)
	engine := lifeevents.NewEngine(db.People(), func() *lifeevents.Set { return set })
	ran, err := db.People().Ran(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var rep lifeevents.Report
	used := processorTime()
	b.ResetTimer()
	for range b.N {
		ran = ran.AddDays(1)
		if rep, err = engine.RunDay(b.Context(), ran); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rep.Looked), "looked")
	b.ReportMetric((processorTime()-used).Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(rep.Queued), "queued")
	b.ReportMetric(peakMemory(), "MB-peak")
}

// BenchmarkOneChangedRule works a rule out anew for everybody.
func BenchmarkOneChangedRule(b *testing.B) {
	set, today := embedded(b), day("2026-03-12")
	db := populated(b, set, today)
	engine := lifeevents.NewEngine(db.People(), func() *lifeevents.Set { return set })
	found, used := 0, processorTime()
	b.ResetTimer()
	for range b.N {
		var err error
		if found, err = engine.Recompute(context.Background(), db.People(), []string{"E14"}, today, runtime.GOMAXPROCS(0)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(found), "rows")
	b.ReportMetric((processorTime()-used).Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(peakMemory(), "MB-peak")
}
