package telegram_test

import (
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkAccept stores 1,000 updates a second through the handler, with nothing else
// going on: what the disk and the store allow.
func BenchmarkAccept(b *testing.B) {
	s := store(b)
	run := start(b, s.Inbox, s.Links, slog.New(slog.DiscardHandler))
	base := 0
	for b.Loop() {
		const n = 5000
		took := make([]time.Duration, n)
		var next atomic.Int64
		var under sync.WaitGroup
		begin := time.Now()
		for range 64 {
			under.Go(func() {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					due := begin.Add(time.Duration(i) * time.Millisecond)
					time.Sleep(time.Until(due))
					if status := run.Take(update(base+i, "đăng ký khai sinh cần giấy tờ gì")); status != 200 {
						b.Errorf("status %d", status)
					}
					took[i] = time.Since(due)
				}
			})
		}
		under.Wait()
		base += n
		slices.Sort(took)
		b.ReportMetric(float64(took[n/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(took[n*99/100].Microseconds())/1000, "p99-ms")
	}
}

func update(i int, text string) []byte {
	return fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"language_code":"vi"},"chat":{"id":%d,"type":"private"},"date":1790000000,"text":%q}}`,
		1_000_000+i, i, 10_000+i%5000, 10_000+i%5000, text)
}
