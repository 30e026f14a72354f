package app

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeFault is one violation as axe reports it.
type axeFault struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML   string   `json:"html"`
		Target []string `json:"target"`
		Why    string   `json:"failureSummary"`
	} `json:"nodes"`
}

// axeRun asks for every rule of WCAG 2.2 A and AA and the best practices.
const axeRun = `axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, resultTypes: ["violations"]})
.then(r => JSON.parse(JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => ({html: n.html.slice(0, 200), target: n.target.map(String), failureSummary: n.failureSummary}))})))))`

func TestEveryPageIsAccessibleInLightAndDark(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	at, tabs := served(t), map[string]context.Context{}
	browser(t) // skips where there is none
	for _, p := range walkedPages(t) {
		ctx := visit(t, tabs, at, p)
		for _, colours := range []string{"light", "dark"} {
			do(t, ctx, scheme(colours))
			// the page's own policy forbids scripts of others: the debugger may all the same
			if _, err := chromedp.Run(within(t, ctx), chromedp.Evaluate[bool](string(axe)+"\n;true")); err != nil {
				t.Fatal(p.Name, err)
			}
			open := `document.querySelectorAll("details:not(.drop)").forEach(d => { d.open = true; })`
			do(t, ctx, chromedp.Func(func(ctx context.Context, tg *chromedp.Target) error {
				_, err := chromedp.Evaluate[any](open)(ctx, tg)
				return err
			}))
			faults, err := chromedp.Run(within(t, ctx), chromedp.Evaluate[[]axeFault](axeRun, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(p.Name, err)
			}
			for _, f := range faults {
				for _, n := range f.Nodes {
					t.Errorf("%s, %s: %s (%s)\n  %s\n  %s\n  %s", p.Name, colours, f.ID, f.Help, strings.Join(n.Target, " "), n.HTML, strings.ReplaceAll(n.Why, "\n", " "))
				}
			}
		}
	}
}
