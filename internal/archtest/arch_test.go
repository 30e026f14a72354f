// Package archtest fails the build when an import climbs a floor.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

const module = "github.com/motcua/motcua/"

// floors lists every package, lowest first. A package imports only from lower floors.
// docs/architecture.md says what stands where and why.
var floors = [][]string{
	{"internal/civil", "internal/svg", "internal/telemetry", "internal/sbom", "retrieval/rank", "retrieval/viet", "assistant/prompt", "corpus/place"},
	{"corpus"},
	{"corpus/parse", "corpus/chunk", "corpus/starter", "retrieval", "lifeevents"},
	{"corpus/ingest", "assistant", "lifeevents/delivery", "lifeevents/picture", "lifeevents/rules", "retrieval/lexical"},
	{"channels", "channels/portal/page", "channels/zalo/window", "eval", "internal/config", "internal/measure", "internal/switches"},
	{"internal/store", "internal/store/qdranttest"}, // a server for tests: it imports nothing of ours
	{
		"channels/portal", "channels/portal/desk", "channels/portal/law", "channels/portal/mine", "channels/telegram", "channels/zalo", "channels/channeltest",
		"internal/fetch", "internal/intake", "internal/llm", "internal/identity", "internal/secret",
		"internal/store/sqlite", "internal/store/postgres", "internal/store/postgrestest", "internal/store/qdrant", "internal/store/storetest",
		"internal/extract", "internal/peers", "internal/simulate",
	},
	{"internal/app"},
	{"eval/suites/exam/gen", "cmd/motcua", "corpus/place/gen", "assistant/gen"}, // gen writes what place and assistant embed
}

func TestImportsGoDown(t *testing.T) {
	floor := map[string]int{}
	for n, packages := range floors {
		for _, p := range packages {
			floor[p] = n
		}
	}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		from := path.Dir(name)
		n, listed := floor[from]
		if !listed {
			t.Errorf("%s stands on no floor: add it to floors", from)
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			to, own := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), module)
			if own && floor[to] >= n {
				t.Errorf("%s imports %s: floor %d may not see floor %d", name, to, n, floor[to])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
