package app

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// caller is a browser without screen: it keeps every cookie, secure or not, as browsers do
// for the machine they run on.
type caller struct {
	at   string
	kept map[string]*http.Cookie
}

func (c *caller) call(t testing.TB, method, path string, form url.Values) string {
	t.Helper()
	for range 10 {
		req, err := http.NewRequestWithContext(t.Context(), method, c.at+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		if form != nil {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("Origin", c.at)
		}
		for _, k := range c.kept {
			req.AddCookie(k)
		}
		r, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range r.Cookies() {
			c.kept[k.Name] = k
		}
		if r.StatusCode < 300 || r.StatusCode > 399 {
			return string(body)
		}
		to, err := r.Location()
		if err != nil {
			t.Fatal(err)
		}
		method, path, form = http.MethodGet, to.RequestURI(), nil
	}
	t.Fatal("sent on and on")
	return ""
}

var reHidden = regexp.MustCompile(`type="hidden" name="([^"]+)" value="([^"]*)"`)

// signedIn is a caller who has become a persona; "-" is nobody.
func signedIn(t testing.TB, at, persona string) *caller {
	t.Helper()
	c := &caller{at, map[string]*http.Cookie{}}
	if persona == "-" {
		return c
	}
	form := url.Values{"persona": {persona}}
	for _, m := range reHidden.FindAllStringSubmatch(c.call(t, http.MethodGet, "/dang-nhap/bat-dau?ve=/", nil), -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	if !strings.Contains(c.call(t, http.MethodPost, "/mau/dinh-danh", form), "/dang-xuat") {
		t.Fatalf("not signed in as %s", persona)
	}
	return c
}

// BenchmarkEveryPage asks for each page of testdata/pages.txt again and again, one after the
// other, over HTTP, and reports the worst of their 99th percentiles in milliseconds; pages
// that make an answer are left out. -benchtime 1x is 300 requests a page.
func BenchmarkEveryPage(b *testing.B) {
	at := served(b)
	callers, worst, where := map[string]*caller{}, time.Duration(0), ""
	for b.Loop() {
		for _, p := range walkedPages(b) {
			if strings.HasPrefix(p.Path, "/?") {
				continue
			}
			if callers[p.Persona] == nil {
				callers[p.Persona] = signedIn(b, at, p.Persona)
			}
			took := make([]time.Duration, 300)
			for i := range took {
				began := time.Now()
				callers[p.Persona].call(b, http.MethodGet, p.Path, nil)
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
	path := "/hoi/dong?q=" + url.QueryEscape("đăng ký khai sinh cần giấy tờ gì")
	signedIn(b, at, "-").call(b, http.MethodGet, path, nil)
	rest, broken := resident(b), 0
	peak := rest
	for b.Loop() {
		var under sync.WaitGroup
		var mu sync.Mutex
		for range 500 {
			under.Go(func() {
				said := (&caller{at, map[string]*http.Cookie{}}).call(b, http.MethodGet, path, nil)
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
