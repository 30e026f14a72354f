package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// motcua runs a command line and returns what it printed.
func eventsRun(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

func TestRulesAreListedExplainedAndChecked(t *testing.T) {
	code, out, errs := eventsRun(t, "events", "rules")
	if code != 0 || strings.Count(out, "\n") < 60 || !strings.Contains(out, "E13") {
		t.Errorf("list: %d %s %s", code, out, errs)
	}
	code, out, _ = eventsRun(t, "events", "rules", "explain", "E13")
	if code != 0 || !strings.Contains(out, "Căn cứ:") || !strings.Contains(out, "đủ 14 tuổi") {
		t.Errorf("explain: %d %s", code, out)
	}
	if code, _, errs = eventsRun(t, "events", "rules", "explain", "E99"); code != 2 || !strings.Contains(errs, "E99") {
		t.Errorf("an unknown rule: %d %s", code, errs)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.yaml"), []byte("id: E13\nversion: 1\nladder: [abc]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, _ = eventsRun(t, "events", "rules", "check", dir)
	if code != 1 || !strings.Contains(out, "x.yaml:3:") {
		t.Errorf("check names file and line: %d %s", code, out)
	}
}

func TestAnImportedChildShowsInTheDryRunAndInTheFamilyTimeline(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "nguoi.csv")
	rows := "id,source,what,kind,person,other,on,key,place,authority\n" +
		"1,population,fact,date_of_birth,nam,,2013-01-20,,,\n" +
		"2,population,fact,date_of_birth,lan,,1985-05-05,,,\n" +
		"3,civil_status,edge,parent,lan,nam,,,,yes\n" +
		"4,residence,fact,residence,nam,,2013-02-01,permanent,26734,\n" +
		"5,population,fact,date_of_birth,bo,,2041-01-01,,,\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := eventsRun(t, "--data", data, "events", "import", file)
	if code != 0 || !strings.Contains(out, ":6:") || !strings.Contains(out, "nhận 4") {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	code, out, errs = eventsRun(t, "--data", data, "events", "dry-run", "E13", "--from", "2026-12-01", "--days", "120", "--json")
	var dry struct {
		Told, Notices int
		Samples       []struct{ About, To, Rung string }
	}
	if err := json.Unmarshal([]byte(out), &dry); err != nil || code != 0 || dry.Told != 1 || len(dry.Samples) != 1 || dry.Samples[0].To != "lan" {
		t.Errorf("%d %+v %v %s", code, dry, err, errs)
	}
	page := filepath.Join(t.TempDir(), "nha.html")
	if code, _, errs = eventsRun(t, "--data", data, "events", "calendar", "--person", "lan", "--from", "2026-12-01", "--out", page); code != 0 {
		t.Fatal(errs)
	}
	html, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(html), "Con, sinh năm 2013") || !strings.Contains(string(html), "<svg") || strings.Contains(string(html), "<script") {
		t.Errorf("the mother sees what she is told of her son: %v", err)
	}
	if code, _, errs = eventsRun(t, "--data", data, "events", "calendar", "--person", "nam", "--from", "2026-12-01", "--out", page); code != 0 {
		t.Fatal(errs)
	}
	if html, err = os.ReadFile(page); err != nil || strings.Contains(string(html), "Mẹ, sinh năm") {
		t.Errorf("the affairs of a mother are not her son's to read: %v", err)
	}
	if code, _, _ = eventsRun(t, "--data", data, "events", "import", page); code != 2 {
		t.Errorf("a file of another kind: %d", code)
	}
}

func TestASmallSimulationIsClean(t *testing.T) {
	code, out, errs := eventsRun(t, "events", "simulate", "--people", "60", "--from", "2026-11-01", "--to", "2026-12-15", "--seed", "7", "--json")
	var rep struct {
		Due, Found, Missed int
		Faults             map[string]int
	}
	if err := json.Unmarshal([]byte(out), &rep); err != nil || code != 0 {
		t.Fatalf("%d %v %s\n%s", code, err, errs, out)
	}
	if rep.Due == 0 || rep.Found != rep.Due || len(rep.Faults) < 10 {
		t.Errorf("%+v", rep)
	}
}

func TestARippleNamesWhatRestsOnAProvisionAndWritesNothing(t *testing.T) {
	data := t.TempDir()
	code, out, errs := eventsRun(t, "--data", data, "events", "ripple", "60/2014/QH13#15#1")
	if code != 0 || !strings.Contains(out, "E01 v1") || !strings.Contains(out, "khoản 1 Điều 15 Luật 60/2014/QH13") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if code, _, _ = eventsRun(t, "--data", data, "events", "ripple", "không phải điều luật"); code != 2 {
		t.Errorf("no provision: %d", code)
	}
	if code, _, _ = eventsRun(t, "--data", data, "events", "ripple"); code != 2 {
		t.Errorf("nothing named: %d", code)
	}
	bad := t.TempDir()
	if err := os.WriteFile(filepath.Join(bad, "x.yaml"), []byte("id: E13\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs = eventsRun(t, "--data", data, "events", "ripple", "--rules", bad); code != 1 || !strings.Contains(errs, "x.yaml") {
		t.Errorf("rules that do not load: %d %s", code, errs)
	}
}
