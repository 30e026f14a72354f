package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// sink takes everything at once: what is measured is the outbox, on the real disk with
// full sync.
type sink struct{ n atomic.Int64 }

func (s *sink) Send(context.Context, string, delivery.Message) error {
	s.n.Add(1)
	return nil
}

// BenchmarkOutboxToALocalSink sends b.N messages, one a person, through every gate.
func BenchmarkOutboxToALocalSink(b *testing.B) {
	db, err := sqlite.Open(b.Context(), b.TempDir()+"/kho.db")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	today := day("2026-03-12")
	rules := storetest.TestRules()
	for at := 0; at < b.N; at += 5000 {
		var list []lifeevents.Notice
		for i := at; i < min(at+5000, b.N); i++ {
			list = append(list, queuedNotice(lifeevents.PersonID(fmt.Sprintf("p%07d", i)), today.String()))
		}
		if _, err := db.People().Queue(b.Context(), list, nil, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
	var s sink
	now := today.Start().Add(9 * time.Hour)
	w, err := delivery.NewWorker(delivery.WorkerConfig{
		Outbox: db.Outbox(nil), Views: db.People(), Rules: func() *lifeevents.Set { return rules }, Batch: 2000, Hands: 2, // as in service
		Composer: delivery.Composer{Codes: delivery.NewCodes([]byte("mã bí mật của phép đo")), Portal: "https://motcua.example/nhac", Sender: lifeevents.Text{VI: "Ủy ban nhân dân phường", EN: "The ward office"}},
		Channels: []delivery.Channel{{Name: delivery.PortalName, Class: lifeevents.Own, Sender: &s, DropsRepeats: true, Parallel: 2}},
		Now:      func() time.Time { return now },
	})
	if err != nil {
		b.Fatal(err)
	}
	used := processorTime()
	b.ResetTimer()
	tally, err := w.Drain(b.Context())
	b.StopTimer()
	used = processorTime() - used
	if err != nil || int(s.n.Load()) != b.N || tally.States[delivery.Sent] != b.N {
		b.Fatalf("%d of %d sent, %+v, %v", s.n.Load(), b.N, tally, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(float64(used.Microseconds())/float64(b.N), "cpu-us/message") // tells on a busy machine too
}

func queuedNotice(p lifeevents.PersonID, on string) lifeevents.Notice {
	return storetest.QueuedNotice(p, day(on))
}

// peakMemory is the largest resident size of this process so far in MB; 0 where the system
// does not tell.
func peakMemory() float64 {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil || runtime.GOOS != "linux" {
		return 0
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb / 1024
		}
	}
	return 0
}

// processorTime is what this process has used of all processors; 0 where the system does
// not tell.
func processorTime() time.Duration {
	raw, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond // ticks of 1/100 s
}
