// Package river holds the outbox beside River (riverqueue.com), a job queue on PostgreSQL:
// the same number of messages on the same server in the same run. It is a module of its own,
// so that River stays out of what the program is made of. From this folder:
//
//	go test -bench . -benchtime 30000x
package river

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store/postgres"
	"github.com/motcua/motcua/internal/store/postgrestest"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// hands is how many messages are in the hands of workers at once: our two batches of 2,000.
const hands = 4000

// sink takes everything at once.
type sink struct{ n atomic.Int64 }

func (s *sink) Send(context.Context, string, delivery.Message) error {
	s.n.Add(1)
	return nil
}

// BenchmarkOurOutbox sends b.N notices, one a person, through every gate, each with its line of
// attempts and its place in the budget of the day.
func BenchmarkOurOutbox(b *testing.B) {
	db, err := postgres.Open(b.Context(), postgrestest.Empty(b), postgres.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	today, set := civil.New(2026, 3, 12), storetest.TestRules()
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
		Outbox: db.Outbox(nil), Views: db.People(), Rules: func() *lifeevents.Set { return set }, Batch: hands / 2, Hands: 2,
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

// message is a job of River's that says the same.
type message struct {
	Person string            `json:"person"`
	Notice lifeevents.Notice `json:"notice"`
}

func (message) Kind() string { return "message" }

// taker works messages as sink does.
type taker struct {
	river.WorkerDefaults[message]
	n *atomic.Int64
}

func (w *taker) Work(context.Context, *river.Job[message]) error {
	w.n.Add(1)
	return nil
}

// BenchmarkRiver works b.N jobs that hold the same notices, without gates, budget or attempts,
// until River has written down that they are done.
func BenchmarkRiver(b *testing.B) {
	for _, workers := range []int{100, hands} { // 100 is what its documents begin with
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) { overRiver(b, workers) })
	}
}

func overRiver(b *testing.B, workers int) {
	ctx := b.Context()
	pool, err := pgxpool.New(ctx, postgrestest.Empty(b))
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Close()
	steps, err := rivermigrate.New(riverpgxv5.New(pool), nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := steps.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		b.Fatal(err)
	}
	var n atomic.Int64
	all := river.NewWorkers()
	river.AddWorker(all, &taker{n: &n})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers, FetchCooldown: time.Millisecond, FetchPollInterval: 5 * time.Millisecond}}, Workers: all,
	})
	if err != nil {
		b.Fatal(err)
	}
	today := civil.New(2026, 3, 12)
	for from := 0; from < b.N; from += 5000 {
		var list []river.InsertManyParams
		for i := from; i < min(from+5000, b.N); i++ {
			person := fmt.Sprintf("p%07d", i)
			list = append(list, river.InsertManyParams{Args: message{person, storetest.QueuedNotice(lifeevents.PersonID(person), today)}})
		}
		if _, err := client.InsertManyFast(ctx, list); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	if err := client.Start(ctx); err != nil {
		b.Fatal(err)
	}
	for int(n.Load()) < b.N {
		time.Sleep(time.Millisecond)
	}
	for done := 0; done < b.N; time.Sleep(5 * time.Millisecond) {
		if err := pool.QueryRow(ctx, `SELECT count(*) FROM river_job WHERE state = 'completed'`).Scan(&done); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	if err := client.Stop(ctx); err != nil {
		b.Fatal(err)
	}
}
