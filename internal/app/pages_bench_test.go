package app

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// fetched asks for a page, whatever its status, and reads it to its end.
func fetched(t testing.TB, client *http.Client, address string) string {
	t.Helper()
	r, err := client.Get(address)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	return string(body)
}

// BenchmarkEveryPage asks for each page of testdata/pages.txt again and again, one after the
// other, over HTTP, and reports the worst of their 99th percentiles in milliseconds; pages
// that make an answer are left out. -benchtime 1x is 300 requests a page.
func BenchmarkEveryPage(b *testing.B) {
	at := served(b)
	clients, worst, where := map[string]*http.Client{"-": http.DefaultClient}, time.Duration(0), ""
	for b.Loop() {
		for _, p := range walkedPages(b) {
			if strings.HasPrefix(p.Path, "/?") {
				continue
			}
			if clients[p.Persona] == nil {
				clients[p.Persona] = comes(b, at, p.Persona).client
			}
			took := make([]time.Duration, 300)
			for i := range took {
				began := time.Now()
				fetched(b, clients[p.Persona], at+p.Path)
				took[i] = time.Since(began)
			}
			slices.Sort(took)
			p99 := took[len(took)*99/100]
			b.Logf("%-18s p50 %v p99 %v", p.Name, took[len(took)/2].Round(time.Microsecond), p99.Round(time.Microsecond))
			if p99 > worst {
				worst, where = p99, p.Name
			}
		}
	}
	b.Logf("the slowest page is %s", where)
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-p99-ms")
}

// BenchmarkStreams opens 500 streamed answers at once and reports how far the memory of the
// process rose, in MB, and how many streams did not end whole.
func BenchmarkStreams(b *testing.B) {
	at := served(b)
	address := at + "/hoi/dong?q=" + url.QueryEscape("đăng ký khai sinh cần giấy tờ gì")
	fetched(b, http.DefaultClient, address)
	rest, broken := resident(b), 0
	peak := rest
	for b.Loop() {
		var under sync.WaitGroup
		var mu sync.Mutex
		for range 500 {
			under.Go(func() {
				said := fetched(b, http.DefaultClient, address)
				mu.Lock()
				defer mu.Unlock()
				peak = max(peak, resident(b))
				if !strings.Contains(said, "event: ") || !strings.Contains(said, "Giấy chứng sinh") {
					broken++
				}
			})
		}
		under.Wait()
	}
	b.ReportMetric(float64(peak-rest)/1024, "MB-above-rest")
	b.ReportMetric(float64(broken), "broken")
}

// resident is the memory of this process in kB; 0 where the system does not tell.
func resident(t testing.TB) int {
	t.Helper()
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	n, _ := strconv.Atoi(strings.Fields(rest)[0])
	return n
}
