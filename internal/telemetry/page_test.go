package telemetry

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the list of metrics anew")

const page = "../../docs/operations.md"

// listed is the list as it stands on the page.
func listed() string {
	var b strings.Builder
	b.WriteString("| Metric | Kind | Labels | What it tells |\n|---|---|---|---|\n")
	for _, d := range Defined() {
		var labels []string
		for _, l := range d.Labels {
			what := l.Bound
			if l.Values != nil {
				what = strings.Join(l.Values, ", ")
			}
			labels = append(labels, fmt.Sprintf("`%s` (%s)", l.Name, what))
		}
		kind := string(d.Kind)
		if d.Shared {
			kind += ", shared"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", d.Name, kind, strings.Join(labels, "; "), d.Help)
	}
	return b.String()
}

func TestThePageListsEveryMetric(t *testing.T) {
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(raw), "-args -update` -->\n")
	_, tail, ok2 := strings.Cut(rest, "<!-- end of metrics -->")
	if !ok || !ok2 {
		t.Fatal("the marks of the list are gone")
	}
	want := head + "-args -update` -->\n" + listed() + "<!-- end of metrics -->" + tail
	if want == string(raw) {
		return
	}
	if !*update {
		t.Fatal("docs/operations.md does not list today's metrics; run with -args -update")
	}
	if err := os.WriteFile(page, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}
