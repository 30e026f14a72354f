package app

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestEveryPage looks at every page of testdata/pages.txt in a real browser.
func TestEveryPage(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	at, tabs := served(t), map[string]context.Context{}
	browser(t) // skips where there is none
	for _, p := range walkedPages(t) {
		ctx := visit(t, tabs, at, p) // kept for the pages after it, so opened outside of t.Run
		t.Run(p.Name, func(t *testing.T) {
			keepsItsPolicy(t, ctx)
			isWalkedByKeyboard(t, ctx)
			fitsSmallScreens(t, ctx)
			hasTargetsOneCanHit(t, ctx)
			do(t, ctx, chromedp.EmulateViewport(1280, 900))
			for _, colours := range []string{"light", "dark"} {
				isAccessible(t, ctx, string(axe), colours)
			}
		})
	}
}

// axeFault is one violation as axe reports it.
type axeFault struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML   string   `json:"html"`
		Target []string `json:"target"`
		Why    string   `json:"why"`
	} `json:"nodes"`
}

// axeRun asks for every rule of WCAG 2.2 A and AA and the best practices, with everything
// that can be opened open.
const axeRun = `document.querySelectorAll("details:not(.drop)").forEach(d => { d.open = true; });
axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, resultTypes: ["violations"]})
.then(r => r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => ({html: n.html.slice(0, 200), target: n.target.map(String), why: n.failureSummary}))})))`

func isAccessible(t *testing.T, ctx context.Context, axe, colours string) {
	t.Helper()
	do(t, ctx, scheme(colours))
	look[bool](t, ctx, axe+"\n;true") // the page's policy forbids scripts of others; a debugger may all the same
	faults, err := chromedp.Run(within(t, ctx), chromedp.Evaluate[[]axeFault](axeRun, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		for _, n := range f.Nodes {
			t.Errorf("%s: %s (%s)\n  %s\n  %s\n  %s", colours, f.ID, f.Help, strings.Join(n.Target, " "), n.HTML, strings.ReplaceAll(n.Why, "\n", " "))
		}
	}
}

// keepsItsPolicy: nothing inline, nothing that is not there.
func keepsItsPolicy(t *testing.T, ctx context.Context) {
	t.Helper()
	if bad := look[[]string](t, ctx, `Array.from(document.querySelectorAll("[style],script:not([src]):not([type='application/ld+json']),[onclick],[onload]")).map(e => e.outerHTML.slice(0, 120))`); len(bad) > 0 {
		t.Errorf("inline: %v", bad)
	}
	if lost := look[[]string](t, ctx, `performance.getEntriesByType("resource").filter(e => e.responseStatus >= 400).map(e => e.name)`); len(lost) > 0 {
		t.Errorf("not found: %v", lost)
	}
}

// fitsSmallScreens: 1280 pixels at 400 % and at 200 % are 320 and 640.
func fitsSmallScreens(t *testing.T, ctx context.Context) {
	t.Helper()
	for _, width := range []int64{320, 640} {
		do(t, ctx, chromedp.EmulateViewport(width, 640))
		over := look[[]string](t, ctx, `document.documentElement.scrollWidth <= innerWidth ? [] : Array.from(document.querySelectorAll("body *")).filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll,.menu,.tabs,svg")).slice(0, 3).map(e => e.outerHTML.slice(0, 120))`)
		if len(over) > 0 {
			t.Errorf("at %d wider than the screen: %s", width, strings.Join(over, "\n  "))
		}
	}
}

func hasTargetsOneCanHit(t *testing.T, ctx context.Context) {
	t.Helper()
	do(t, ctx, chromedp.EmulateViewport(390, 844))
	small := look[[]string](t, ctx, `Array.from(document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary")).filter(e => {
		// links in running text are judged by axe, which knows the exception for them
		if (!e.checkVisibility() || e.closest(".skip,label") || getComputedStyle(e).display === "inline") return false;
		const r = e.getBoundingClientRect();
		return r.width > 0 && (r.height < 24 || r.width < 24);
	}).map(e => e.outerHTML.slice(0, 120))`)
	if len(small) > 0 {
		t.Errorf("targets under 24 pixels: %s", strings.Join(small, "\n  "))
	}
}

// mostStops bounds how far into a page the keyboard walks.
const mostStops = 45

func isWalkedByKeyboard(t *testing.T, ctx context.Context) {
	t.Helper()
	do(t, ctx, chromedp.EmulateViewport(1280, 900))
	type stops struct{ All, Dates int }
	want := look[stops](t, ctx, `(all => ({All: all.length, Dates: all.filter(e => e.type === "date").length}))(Array.from(document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0']")).filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !(e.type === "radio" && e.name && Array.from(document.getElementsByName(e.name)).indexOf(e) > 0)))`)
	var seen []string
	for range min(want.All, mostStops) + 4*want.Dates { // a date is several stops
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
		at := look[string](t, ctx, `(e => { if (!e || e === document.body) return "";
			const s = getComputedStyle(e), inside = e.closest(".ask-box");
			const shown = s.outlineStyle !== "none" || inside && getComputedStyle(inside).outlineStyle !== "none" || e.type === "date";
			e.dataset.walk = e.dataset.walk || String(Math.random());
			return (shown ? "" : "UNSEEN ") + e.dataset.walk + " " + e.outerHTML.slice(0, 90) })(document.activeElement)`)
		if strings.HasPrefix(at, "UNSEEN") {
			t.Errorf("the focus cannot be seen on %s", at)
		}
		if at != "" && !slices.Contains(seen, at) {
			seen = append(seen, at)
		}
	}
	if len(seen) < min(want.All, mostStops)*9/10 {
		t.Errorf("the keyboard reached %d of %d", len(seen), want.All)
	}
}
