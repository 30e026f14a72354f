package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus/ingest"
)

// server answers with handler and remembers the order of requests.
type server struct {
	*httptest.Server
	mu   sync.Mutex
	seen []string
	at   []time.Time
}

func serve(t *testing.T, robots string, handler http.HandlerFunc) *server {
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.seen = append(s.seen, r.URL.Path)
		s.at = append(s.at, time.Now())
		s.mu.Unlock()
		if r.URL.Path == "/robots.txt" {
			if robots == "" {
				http.NotFound(w, r)
				return
			}
			io.WriteString(w, robots)
			return
		}
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func client(o Options) *Client {
	o.AllowPrivate = true
	if o.Pause == 0 {
		o.Pause = time.Millisecond
	}
	return New(o)
}

// code fetches, reads the whole body, and returns the code of the first error.
func code(t *testing.T, c *Client, url string) (string, Code) {
	t.Helper()
	f, err := c.Fetch(t.Context(), url, ingest.Validators{})
	var text []byte
	if err == nil {
		text, err = io.ReadAll(f.Body)
		if cerr := f.Body.Close(); cerr != nil {
			t.Error(cerr)
		}
	}
	var e *Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("%v is no *Error", err)
	}
	if e != nil {
		if strings.Contains(e.Error(), "http") && e.Code != BadAddress {
			t.Errorf("the sentence repeats the address: %s", e)
		}
		return "", e.Code
	}
	return string(text), ""
}

func TestTheBytesComeAsTheServerKeepsThem(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.UserAgent(), "MotCua/") || r.Header.Get("Accept-Encoding") != "" {
			t.Errorf("asked as %q, encodings %q", r.UserAgent(), r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "Điều 1.")
	})
	now := time.Date(2026, 11, 21, 3, 4, 5, 678, time.UTC)
	f, err := client(Options{Now: func() time.Time { return now }}).Fetch(t.Context(), s.URL+"/van-ban.aspx?id=1#dieu-1", ingest.Validators{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Body.Close()
	text, err := io.ReadAll(f.Body)
	if err != nil || string(text) != "Điều 1." {
		t.Errorf("%q, %v", text, err)
	}
	if f.FileName != "van-ban.aspx.html" || f.Validators.ETag != `"v1"` || f.Source.RetrievedAt != now.Truncate(time.Second) {
		t.Errorf("%+v", f)
	}
	if diff := cmp.Diff([]string{"/robots.txt", "/van-ban.aspx"}, s.seen); diff != "" {
		t.Error(diff)
	}
}

func TestWhatHasNotChangedIsNotSentAgain(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "Mon" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "mới")
	})
	f, err := client(Options{}).Fetch(t.Context(), s.URL+"/a", ingest.Validators{ETag: `"v1"`, Modified: "Mon"})
	if err != nil || !f.Unchanged || f.Body != nil {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestRobotsAreObeyed(t *testing.T) {
	s := serve(t, "User-agent: *\nDisallow: /\n\nUser-agent: MotCua\nDisallow: /kin\n", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") })
	c := client(Options{})
	if _, got := code(t, c, s.URL+"/kin/a"); got != Robots {
		t.Errorf("a closed page: %q", got)
	}
	if text, got := code(t, c, s.URL+"/mo"); got != "" || text != "ok" {
		t.Errorf("an open page: %q %q", text, got)
	}
	if diff := cmp.Diff([]string{"/robots.txt", "/mo"}, s.seen); diff != "" {
		t.Error(diff)
	}
}

func TestAHostWhoseRobotsFailIsLeftAlone(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Error(w, "", http.StatusServiceUnavailable) }))
	defer s.Close()
	if _, got := code(t, client(Options{}), s.URL+"/a"); got != Robots {
		t.Errorf("got %q", got)
	}
}

func TestARedirectIntoAClosedPlaceIsRefused(t *testing.T) {
	s := serve(t, "User-agent: *\nDisallow: /kin\n", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/kin", http.StatusFound) })
	if _, got := code(t, client(Options{}), s.URL+"/a"); got != Robots {
		t.Errorf("got %q", got)
	}
}

func TestRedirectsAreFollowedToALimit(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscanf(r.URL.Path, "/%d", &n)
		if n == 0 {
			io.WriteString(w, "đến nơi")
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/%d", n-1), http.StatusMovedPermanently)
	})
	c := client(Options{MaxRedirects: 3})
	if text, got := code(t, c, s.URL+"/3"); got != "" || text != "đến nơi" {
		t.Errorf("three: %q %q", text, got)
	}
	if _, got := code(t, c, s.URL+"/4"); got != Redirects {
		t.Errorf("four: %q", got)
	}
	if _, got := code(t, client(Options{MaxRedirects: -1}), s.URL+"/1"); got != Redirects {
		t.Errorf("none allowed: %q", got)
	}
}

func TestARedirectToAnotherKindOfAddressIsRefused(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	if _, got := code(t, client(Options{}), s.URL+"/a"); got != BadAddress {
		t.Errorf("got %q", got)
	}
}

func TestSizeHasALimitWithAndWithoutALength(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		n := 1000
		if r.URL.Path == "/du" {
			n = 100
		}
		if r.URL.Path == "/dai" {
			w.Header().Set("Content-Length", "1000")
		} else {
			w.(http.Flusher).Flush() // chunked: no length
		}
		io.WriteString(w, strings.Repeat("a", n))
	})
	c := client(Options{MaxBytes: 100})
	for _, p := range []string{"/dai", "/khong-bao-truoc"} {
		if _, got := code(t, c, s.URL+p); got != TooLarge {
			t.Errorf("%s: %q", p, got)
		}
	}
	if text, got := code(t, c, s.URL+"/du"); got != "" || len(text) != 100 {
		t.Errorf("just the limit: %d bytes, %q", len(text), got)
	}
}

func TestTimeHasALimitBeforeAndInsideTheBody(t *testing.T) {
	release := make(chan struct{})
	s := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/trong" {
			io.WriteString(w, "nửa")
			w.(http.Flusher).Flush()
		}
		<-release
	})
	defer close(release)
	for _, p := range []string{"/truoc", "/trong"} {
		if _, got := code(t, client(Options{Timeout: 100 * time.Millisecond}), s.URL+p); got != TooSlow {
			t.Errorf("%s: %q", p, got)
		}
	}
	if _, got := code(t, client(Options{HeaderTimeout: 50 * time.Millisecond}), s.URL+"/truoc"); got != TooSlow {
		t.Errorf("headers: %q", got)
	}
}

func TestACutAnswerIsAnErrorNotAShortText(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "nửa")
	})
	if _, got := code(t, client(Options{}), s.URL+"/a"); got != Network {
		t.Errorf("got %q", got)
	}
}

func TestARefusalOfTheServerIsToldByItsStatus(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscanf(r.URL.Path, "/%d", &n)
		w.WriteHeader(n)
	})
	for _, status := range []int{204, 403, 404, 429, 500} {
		_, err := client(Options{}).Fetch(t.Context(), fmt.Sprintf("%s/%d", s.URL, status), ingest.Validators{})
		var e *Error
		if !errors.As(err, &e) || e.Code != Status || e.HTTP != status || !strings.Contains(e.Sentence, fmt.Sprint(status)) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestOnlyWebAddressesAreTaken(t *testing.T) {
	for _, a := range []string{"", "ftp://a/b", "file:///etc/passwd", "http://", "://", "http://a b/"} {
		if _, got := code(t, client(Options{}), a); got != BadAddress {
			t.Errorf("%q: %q", a, got)
		}
	}
}

func TestPrivateNetworksAreRefusedAlsoByName(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "bí mật") })
	c := New(Options{Pause: time.Millisecond})
	for _, a := range []string{s.URL, strings.Replace(s.URL, "127.0.0.1", "localhost", 1)} {
		if _, got := code(t, c, a+"/a"); got != Private {
			t.Errorf("%s: %q", a, got)
		}
	}
	if len(s.seen) > 0 {
		t.Errorf("the server was reached: %v", s.seen)
	}
}

func TestWhichAddressesArePublic(t *testing.T) {
	for ip, want := range map[string]bool{
		"113.160.92.202": true, "2405:4800::1": true, "127.0.0.1": false, "10.1.2.3": false, "192.168.1.1": false, "172.16.0.1": false,
		"169.254.169.254": false, "100.64.1.1": false, "0.0.0.0": false, "::1": false, "fd00::1": false, "fe80::1": false,
		"224.0.0.1": false, "255.255.255.255": false, "64:ff9b::7f00:1": false,
	} {
		if got := public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s public: %v", ip, got)
		}
	}
}

func TestOneHostIsNotAskedFasterThanThePause(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") })
	const pause = 30 * time.Millisecond
	c := client(Options{Pause: pause})
	var wg sync.WaitGroup
	begin := time.Now()
	for range 3 {
		wg.Go(func() { code(t, c, s.URL+"/a") })
	}
	wg.Wait()
	// Counted from the beginning: a slow machine makes requests later, never earlier.
	for i, at := range s.at {
		if least := time.Duration(i)*pause - time.Millisecond; at.Sub(begin) < least {
			t.Errorf("request %d came %v after the beginning; want %v at least", i, at.Sub(begin), least)
		}
	}
	if len(s.at) != 4 {
		t.Errorf("%d requests; want robots.txt once and three pages", len(s.at))
	}
}

func TestCancellingEndsAFetch(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client(Options{}).Fetch(ctx, "http://127.0.0.1:1/a", ingest.Validators{})
	var e *Error
	if !errors.As(err, &e) || e.Code != Network {
		t.Errorf("%v", err)
	}
}

func TestAFileNameNeverLeavesItsFolder(t *testing.T) {
	u, err := parse("https://a.vn/b/x")
	if err != nil {
		t.Fatal(err)
	}
	for disposition, want := range map[string]string{
		`attachment; filename="luat.doc"`: "luat.doc", `attachment; filename="../../etc/passwd"`: "passwd.pdf",
		`attachment; filename="../../.ssh"`: "tai-ve.pdf", `attachment; filename=".."`: "tai-ve.pdf", "": "x.pdf",
		`attachment; filename="a\\b.doc"`: "a_b.doc",
	} {
		h := http.Header{"Content-Disposition": {disposition}, "Content-Type": {"application/pdf"}}
		if got := fileName(h, u); got != want {
			t.Errorf("%q: %q; want %q", disposition, got, want)
		}
	}
}
