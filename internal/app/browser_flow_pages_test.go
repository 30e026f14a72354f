package app

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// watch notes what a browser complains of, and what it fetches.
type watch struct {
	mu       sync.Mutex
	faults   []string
	wire     float64 // bytes, headers included
	requests int
	pages    map[network.RequestID]bool // documents: their status is the page's own affair
	address  string                     // of the last of them
}

func watched(t testing.TB, ctx context.Context) *watch {
	t.Helper()
	w := &watch{pages: map[network.RequestID]bool{}}
	if err := chromedp.Listen(ctx, w.note); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, tab, audits.Enable, cdp.Empty{}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, tab, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return chromedp.Void{}, err
	})
	return w
}

func (w *watch) note(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		w.faults = append(w.faults, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			w.faults = append(w.faults, fmt.Sprintf("console: %v", e.Args))
		}
	case *audits.EventIssueAdded:
		if d := e.Issue.Details; e.Issue.Code == audits.InspectorIssueCodeContentSecurityPolicyIssue && d.ContentSecurityPolicyIssueDetails != nil {
			w.faults = append(w.faults, "policy: "+d.ContentSecurityPolicyIssueDetails.ViolatedDirective+" "+d.ContentSecurityPolicyIssueDetails.BlockedURL)
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError && e.Entry.URL != w.address {
			w.faults = append(w.faults, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		w.requests++
		if e.Type == network.ResourceTypeDocument {
			w.pages[e.RequestID], w.address = true, e.Request.URL
		}
	case *network.EventResponseReceived:
		if !w.pages[e.RequestID] && e.Response.Status >= 400 {
			w.faults = append(w.faults, fmt.Sprintf("%d %s", e.Response.Status, e.Response.URL))
		}
	case *network.EventLoadingFailed:
		w.faults = append(w.faults, "failed: "+e.ErrorText+" "+string(e.BlockedReason))
	case *network.EventLoadingFinished:
		w.wire += e.EncodedDataLength
	}
}

// reckon hands over what was noted since the last time.
func (w *watch) reckon() (faults []string, wire float64, requests int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	faults, wire, requests = w.faults, w.wire, w.requests
	w.faults, w.wire, w.requests = nil, 0, 0
	return faults, wire, requests
}

// mostOnTheWire is what the ask page may take, in bytes.
const mostOnTheWire = 100 << 10

func TestNoPageMakesABrowserComplainAndTheAskPageIsLightOnTheWire(t *testing.T) {
	at, tabs, watches := served(t), map[string]context.Context{}, map[string]*watch{}
	browser(t)
	for _, p := range walkedPages(t) {
		if _, ok := tabs[p.Persona]; !ok {
			ctx := browser(t)
			tabs[p.Persona] = ctx //nolint:fatcontext // one tab a persona, not one inside another
			if p.Persona != "-" {
				enter(t, ctx, at, p.Persona, "/")
			}
			watches[p.Persona] = watched(t, ctx)
		}
		ctx, w := tabs[p.Persona], watches[p.Persona]
		w.reckon()
		goTo(t, ctx, at+p.Path)
		waitFor(t, ctx, `document.readyState === "complete" && document.fonts.status === "loaded"`)
		faults, wire, requests := w.reckon()
		if len(faults) > 0 {
			t.Errorf("%s: %s", p.Name, strings.Join(faults, "\n  "))
		}
		if p.Path == "/" {
			t.Logf("the ask page: %.0f bytes on the wire in %d requests", wire, requests)
			if wire > mostOnTheWire || wire < 1000 {
				t.Errorf("%.0f bytes; at most %d", wire, mostOnTheWire)
			}
		}
	}
}

func TestWhatABrowserComplainsOfIsNoticed(t *testing.T) {
	at, ctx := served(t), browser(t)
	goTo(t, ctx, at+"/")
	w := watched(t, ctx)
	for script, want := range map[string]string{
		`document.body.appendChild(document.createElement("script")).textContent = "1"; null`:          "policy: ",
		`document.body.appendChild(document.createElement("script")).src = "/static/missing.js"; null`: "404",
		`document.body.appendChild(new Image()).src = "https://example.invalid/x.png"; null`:           "policy: ",
		`console.error("lỗi"); null`:        "console",
		`setTimeout(() => nothing(), 0); 1`: "exception",
	} {
		w.reckon()
		look[any](t, ctx, script)
		var seen []string
		eventually(t, "a complaint of "+script, func() bool { more, _, _ := w.reckon(); seen = append(seen, more...); return len(seen) > 0 })
		if !strings.Contains(strings.Join(seen, "\n"), want) {
			t.Errorf("%s: noticed %q, not %q", script, seen, want)
		}
	}
}
