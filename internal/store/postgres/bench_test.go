package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
	"github.com/motcua/motcua/lifeevents/rules"
)

// sink takes everything at once: what is measured is the outbox, on a server that waits for
// its disk with every commit.
type sink struct{ n atomic.Int64 }

func (s *sink) Send(context.Context, string, delivery.Message) error {
	s.n.Add(1)
	return nil
}

// BenchmarkOutboxToALocalSink sends b.N messages, one a person, through every gate.
func BenchmarkOutboxToALocalSink(b *testing.B) {
	db := open(b)
	today := civil.New(2026, 3, 12)
	set := storetest.TestRules()
	for from := 0; from < b.N; from += 5000 {
		var list []lifeevents.Notice
		for i := from; i < min(from+5000, b.N); i++ {
			list = append(list, storetest.QueuedNotice(lifeevents.PersonID(fmt.Sprintf("p%07d", i)), today))
		}
		if _, err := db.People().Queue(b.Context(), list, nil, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
	var s sink
	now := today.Start().Add(9 * time.Hour)
	w, err := delivery.NewWorker(delivery.WorkerConfig{
		Outbox: db.Outbox(nil), Views: db.People(), Rules: func() *lifeevents.Set { return set }, Batch: 2000, Hands: 2, // as in service
		Composer: delivery.Composer{Codes: delivery.NewCodes([]byte("mã bí mật của phép đo")), Portal: "https://motcua.example/nhac", Sender: lifeevents.Text{VI: "Ủy ban nhân dân phường", EN: "The ward office"}},
		Channels: []delivery.Channel{{Name: delivery.PortalName, Class: lifeevents.Own, Sender: &s, DropsRepeats: true, Parallel: 2}},
		Now:      func() time.Time { return now },
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	tally, err := w.Drain(b.Context())
	b.StopTimer()
	if err != nil || int(s.n.Load()) != b.N || tally.States[delivery.Sent] != b.N {
		b.Fatalf("%d of %d sent, %+v, %v", s.n.Load(), b.N, tally, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

// benchPeople is how many people the benchmarks hold: 20,000, or as MOTCUA_BENCH_PEOPLE
// says (1000000 for the figures in the documents).
func benchPeople() int {
	if n, err := strconv.Atoi(os.Getenv("MOTCUA_BENCH_PEOPLE")); err == nil && n > 0 {
		return n
	}
	return 20_000
}

// populated is a store with everybody in it and their next due days in the index.
// MOTCUA_BENCH_POSTGRES names a database to keep them in from run to run.
func populated(b *testing.B, set *lifeevents.Set, today civil.Date) *DB {
	b.Helper()
	dsn := os.Getenv("MOTCUA_BENCH_POSTGRES")
	if dsn == "" {
		dsn = fresh(b)
	}
	db := at(b, dsn)
	if ran, err := db.People().Ran(b.Context()); err != nil || !ran.IsZero() {
		return db // kept from another run
	}
	begin := time.Now()
	engine := lifeevents.NewEngine(db.People(), func() *lifeevents.Set { return set })
	load(b, engine, today.Start())
	b.Logf("%d people taken in and planned in %v", benchPeople(), time.Since(begin).Round(time.Second))
	if _, err := engine.RunDay(b.Context(), today); err != nil {
		b.Fatal(err)
	}
	return db
}

// load takes everybody in, 1,000 people a transaction, as many side by side as there are
// processors: on a server one need not wait for the other.
func load(b *testing.B, engine *lifeevents.Engine, now time.Time) {
	b.Helper()
	changes, errs := make(chan lifeevents.Change), make(chan error)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			var err error
			for c := range changes {
				if err == nil {
					_, err = engine.Take(b.Context(), c, now)
				}
			}
			errs <- err
		}()
	}
	r := rand.New(rand.NewPCG(1, 2))
	for n := 0; n < benchPeople()/4; {
		var c lifeevents.Change
		for range 250 {
			storetest.Household(r, n, &c)
			n++
		}
		changes <- c
	}
	close(changes)
	for range runtime.GOMAXPROCS(0) {
		if err := <-errs; err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkADaysNotices finds and queues what is due on one day, for everybody and all rules.
func BenchmarkADaysNotices(b *testing.B) {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		b.Fatal(faults[0])
	}
	db := populated(b, set, civil.New(2026, 3, 12))
	engine := lifeevents.NewEngine(db.People(), func() *lifeevents.Set { return set })
	ran, err := db.People().Ran(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var rep lifeevents.Report
	b.ResetTimer()
	for range b.N {
		ran = ran.AddDays(1)
		if rep, err = engine.RunDay(b.Context(), ran); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rep.Looked), "looked")
	b.ReportMetric(float64(rep.Queued), "queued")
}
