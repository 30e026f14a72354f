package sqlite_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
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
			storetest.Household(r, n, &c)
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
