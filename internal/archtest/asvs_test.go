package archtest

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/asvs.md anew")

// states are what is said of a requirement, in the order of the summary.
var states = []struct{ name, words string }{
	{"held", "held"}, {"partly", "held in part"}, {"open", "not held yet"}, {"operator", "the operator's, with what we ship"}, {"none", "does not apply"},
}

// asked is how many requirements levels 1 and 2 of ASVS 5.0.0 have.
var asked = map[string]int{"1": 70, "2": 183}

var testFunction = regexp.MustCompile(`(?m)^func (Test[A-Za-z0-9_]+)\(`)

// proofs gathers the names of all tests.
func proofs(t *testing.T, root fs.FS) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := fs.WalkDir(root, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := fs.ReadFile(root, name)
		for _, m := range testFunction.FindAllStringSubmatch(string(src), -1) {
			out[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSecurityTableRestsOnTestsAndCodeThatExist(t *testing.T) {
	root := os.DirFS("../..")
	raw, err := fs.ReadFile(root, "docs/asvs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	tests, seen, levels, sums := proofs(t, root), map[string]bool{}, map[string]int{}, map[string]int{}
	var table strings.Builder
	chapter := ""
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 6 {
			t.Fatalf("%q has %d fields", line, len(f))
		}
		id, level, gist, state, words := f[0], f[1], f[2], f[3], f[4]
		if seen[id] || gist == "" {
			t.Errorf("%s stands twice or says nothing", id)
		}
		seen[id] = true
		levels[level]++
		sums[state]++
		i := slices.IndexFunc(states, func(s struct{ name, words string }) bool { return s.name == state })
		if i < 0 {
			t.Fatalf("%s: %q is no state", id, state)
		}
		behind := strings.Fields(f[5])
		if (state == "held" || state == "partly") && len(behind) == 0 {
			t.Errorf("%s is said to be held and nothing stands behind it", id)
		}
		if state != "held" && words == "" {
			t.Errorf("%s: no reason is given", id)
		}
		for j, p := range behind {
			checkProof(t, root, tests, id, p)
			behind[j] = "`" + p + "`"
		}
		if c, _, _ := strings.Cut(id, "."); c != chapter {
			chapter = c
			table.WriteString("\n## " + c + "\n\n| Requirement | Level | What it asks, in our words | State | How, or why not | Behind it |\n|---|---|---|---|---|---|\n")
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %s | %s | %s |\n", id, level, gist, states[i].words, words, strings.Join(behind, " "))
	}
	for level, n := range asked {
		if levels[level] != n {
			t.Errorf("level %s has %d requirements, the table %d", level, n, levels[level])
		}
	}
	var b strings.Builder
	b.WriteString("# Security requirements\n\nOWASP ASVS 5.0.0, levels 1 and 2, each in our own words. Written from `docs/asvs.tsv` by\n" +
		"`go test ./internal/archtest -run TestTheSecurityTable -args -update`; the same test fails where a test or file named here does not exist.\n" +
		"It is our own judgement, not an audit. Numbers and levels follow the published list of 5.0.0.\n\n")
	for _, s := range states {
		fmt.Fprintf(&b, "- %s: %d\n", s.words, sums[s.name])
	}
	b.WriteString(table.String())
	if old, err := fs.ReadFile(root, "docs/asvs.md"); err == nil && string(old) == b.String() {
		return
	}
	if !*update {
		t.Fatal("docs/asvs.md is not what docs/asvs.tsv says; run with -args -update")
	}
	if err := os.WriteFile("../../docs/asvs.md", []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// checkProof looks for a test, a file, or a function in a file.
func checkProof(t *testing.T, root fs.FS, tests map[string]bool, id, proof string) {
	t.Helper()
	if strings.HasPrefix(proof, "Test") {
		if !tests[proof] {
			t.Errorf("%s: there is no test %s", id, proof)
		}
		return
	}
	name, function, named := strings.Cut(proof, "#")
	if _, err := fs.Stat(root, path.Clean(name)); err != nil {
		t.Errorf("%s: %v", id, err)
		return
	}
	src, err := fs.ReadFile(root, name)
	if named && (err != nil || !regexp.MustCompile(`(?m)^func (\([^)]*\) )?`+regexp.QuoteMeta(function)+`\(`).Match(src)) {
		t.Errorf("%s: %s has no function %s", id, name, function)
	}
}
