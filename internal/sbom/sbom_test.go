package sbom

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the licences anew")

// allowed are the licences that this project, itself under its LICENSE, may link. MPL-2.0 and
// copyleft are not among them.
var allowed = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "Unlicense", "CC0-1.0", "0BSD"}

// told recognises a licence by words that stand in no other.
var told = []struct {
	id string
	re *regexp.Regexp
}{
	{"AGPL-3.0", regexp.MustCompile(`GNU AFFERO GENERAL PUBLIC`)},
	{"LGPL-3.0", regexp.MustCompile(`GNU LESSER GENERAL PUBLIC`)},
	{"GPL-3.0", regexp.MustCompile(`GNU GENERAL PUBLIC LICENSE\s+Version`)},
	{"MPL-2.0", regexp.MustCompile(`Mozilla Public License,? [Vv]`)},
	{"Apache-2.0", regexp.MustCompile(`Apache License\s+Version 2\.0`)},
	{"BSD-3-Clause", regexp.MustCompile(`(?s)Redistribution and use in source and binary forms.*(?:[Nn]either the names? of|names? of .{0,80} may not be used)`)},
	{"BSD-2-Clause", regexp.MustCompile(`Redistribution and use in source and binary forms`)},
	{"MIT", regexp.MustCompile(`Permission is hereby granted, free of charge`)},
	{"ISC", regexp.MustCompile(`Permission to use, copy, modify, and(?:/or)? distribute`)},
	{"Unlicense", regexp.MustCompile(`free and unencumbered software`)},
	{"CC0-1.0", regexp.MustCompile(`CC0 1\.0 Universal`)},
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicense)(\.(md|txt|rst)|-[a-z0-9.]+)?$`)

// licenceOf reads the licence in the folder of a module.
func licenceOf(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range told {
			if l.re.Match(raw) {
				return l.id
			}
		}
	}
	return ""
}

// linked lists the modules linked into the program, with their folders, for every system
// that is built for.
func linked(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "github.com/motcua/motcua/cmd/motcua")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		raw, err := list.Output()
		if err != nil {
			t.Skipf("go list does not work here: %v", err)
		}
		for line := range strings.Lines(string(raw)) {
			if path, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				out[path] = dir
			}
		}
	}
	return out
}

func TestEveryLinkedModuleHasALicenceWeMayUse(t *testing.T) {
	var lines []string
	for module, dir := range linked(t) {
		id := licenceOf(t, dir)
		if !slices.Contains(allowed, id) {
			t.Errorf("%s: licence %q is not on the list", module, id)
		}
		lines = append(lines, module+"\t"+id+"\n")
	}
	slices.Sort(lines)
	want := strings.Join(lines, "")
	if len(lines) < 30 {
		t.Fatalf("only %d modules seen", len(lines))
	}
	if want == licences {
		return
	}
	if !*update {
		t.Fatal("licences.tsv does not list today's modules; run with -args -update")
	}
	if err := os.WriteFile("licences.tsv", []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheBillListsEveryModuleOnceWithItsLicence(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Path: "github.com/motcua/motcua", Version: "v0.1.0"}}
	for module := range Licences() {
		info.Deps = append(info.Deps, &debug.Module{Path: module, Version: "v1.0.0", Sum: "h1:x"})
	}
	var one, two bytes.Buffer
	if err := Write(&one, info); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(info.Deps)
	if err := Write(&two, info); err != nil || one.String() != two.String() {
		t.Errorf("the order of modules shows: %v", err)
	}
	var d document
	if err := json.Unmarshal(one.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Format != "CycloneDX" || len(d.Components) != len(Licences()) || len(d.Dependences[0].On) != len(d.Components) {
		t.Errorf("%d components of %d modules", len(d.Components), len(Licences()))
	}
	for _, c := range d.Components {
		if len(c.Licences) != 1 || !strings.HasPrefix(c.PURL, "pkg:golang/") {
			t.Errorf("%+v", c)
		}
	}
}

func TestEveryModuleIsPinnedAndChecked(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(mod, []byte("\nreplace")) {
		t.Error("a module is replaced by something else")
	}
	for module, dir := range linked(t) {
		version := dir[strings.LastIndex(dir, "@")+1:]
		if !strings.Contains(string(sum), module+" "+version+" h1:") {
			t.Errorf("%s %s has no checksum in go.sum", module, version)
		}
	}
}
