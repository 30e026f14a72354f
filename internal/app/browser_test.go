package app

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/motcua/motcua/internal/config"
)

// walkedPage is one line of testdata/pages.txt.
type walkedPage struct{ Name, Persona, Path string }

func walkedPages(t testing.TB) (out []walkedPage) {
	t.Helper()
	f, err := os.Open("testdata/pages.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, rest, _ := strings.Cut(line, " ")
		persona, path, _ := strings.Cut(strings.TrimSpace(rest), " ")
		out = append(out, walkedPage{name, persona, escaped(strings.TrimSpace(path))})
	}
	return out
}

// escaped makes an address of a path as people write it.
func escaped(path string) string {
	path, query, found := strings.Cut(path, "?")
	if !found {
		return path
	}
	q := url.Values{}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		q.Set(name, value)
	}
	return path + "?" + q.Encode()
}

// sampleApp serves the sample service of the starter corpus on a free port, one for all
// tests of the package.
var sampleApp = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "motcua-walk-")
	if err != nil {
		return "", err
	}
	walkFolder = dir
	cfg := config.Default()
	cfg.Data, cfg.RatePerMinute = filepath.Join(dir, "data"), 0
	a, err := New(context.Background(), cfg, slog.New(slog.DiscardHandler), MadeUp(), Clock(walkNow))
	if err != nil {
		return "", err
	}
	walked = a
	h, err := a.Handler()
	if err != nil {
		return "", err
	}
	server := httptest.NewServer(h)
	stopWalk = func() { server.Close(); _ = a.Close() }
	return server.URL, nil
})

var (
	walkFolder string
	stopWalk   func()
)

// endWalk stops the browser, and the service the pages were looked at on.
func endWalk() {
	stopBrowser()
	if stopWalk != nil {
		stopWalk()
		_ = os.RemoveAll(walkFolder)
	}
}

func served(t testing.TB) string {
	t.Helper()
	at, err := sampleApp()
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// stopBrowser ends the browser of the package.
var stopBrowser = func() {}

// chromium is the one browser of the package. exec.ErrNotFound where there is none.
var chromium = sync.OnceValues(func() (context.Context, error) {
	found := ""
	for _, name := range []string{"chromium", "chromium-headless-shell", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			found = path
			break
		}
	}
	if found == "" {
		return nil, exec.ErrNotFound
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.Flag("lang", "vi-VN"))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopTab := chromedp.NewContext(ctx)
	stopBrowser = func() { stopTab(); stop() }
	return ctx, chromedp.Do(ctx) // the first call starts it, without a time limit
})

// browser opens a tab that shares nothing with the others; the test is skipped where there
// is no browser.
func browser(t testing.TB) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: pages are not looked at in a browser")
	}
	root, err := chromium()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("no chromium here (apt-get install chromium): pages are not looked at in a browser")
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// within bounds what one step in the browser may take.
func within(t testing.TB, ctx context.Context) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second) // a busy machine is slow, not wrong
	t.Cleanup(cancel)
	return ctx
}

// do runs steps or ends the test.
func do(t testing.TB, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(within(t, ctx), steps...); err != nil {
		t.Fatal(err)
	}
}

// ask runs a script in the page and hands over its value.
func look[T any](t testing.TB, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(within(t, ctx), chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%.80s: %v", script, err)
	}
	return v
}

// scheme makes the browser prefer light or dark.
func scheme(value string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
}

// signIn makes the browser one of the made-up people, and ends at a path.
func signIn(t testing.TB, ctx context.Context, at, persona, path string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(at+"/dang-nhap?ve="+url.QueryEscape(path)),
		chromedp.Click(chromedp.CSS(`a[href^="/dang-nhap/bat-dau"]`)), chromedp.WaitVisible(chromedp.CSS(`button[value="`+persona+`"]`)),
		chromedp.Click(chromedp.CSS(`button[value="`+persona+`"]`)))
	waitFor(t, ctx, `document.querySelector('form[action="/dang-xuat"]') !== null`) // the list of personas has main and their names too
}

// visit opens a page as its persona. Each persona keeps one browser context.
func visit(t testing.TB, tabs map[string]context.Context, at string, p walkedPage) context.Context {
	t.Helper()
	ctx, ok := tabs[p.Persona]
	if !ok {
		ctx = browser(t)
		tabs[p.Persona] = ctx
		if p.Persona != "-" {
			signIn(t, ctx, at, p.Persona, "/")
		}
	}
	do(t, ctx, chromedp.Navigate(at+p.Path))
	return ctx
}

// waitFor waits until a script is true.
func waitFor(t testing.TB, ctx context.Context, script string) {
	t.Helper()
	for range 1200 { // as above
		v, err := chromedp.Run(within(t, ctx), chromedp.Evaluate[bool](script))
		if err == nil && v {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("never came true: %s\nat %s", script, look[string](t, ctx, `location.href + "\n" + document.body.innerText.slice(0, 600)`))
}

// plainGet fetches an address as a browser without script or cookies would.
func plainGet(t testing.TB, at string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	r, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// unpacked reads a body as text.
func unpacked(t testing.TB, r *http.Response) string {
	t.Helper()
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return inflate(t, r, raw)
}

func inflate(t testing.TB, r *http.Response, raw []byte) string {
	t.Helper()
	if r.Header.Get("Content-Encoding") != "gzip" {
		return string(raw)
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
