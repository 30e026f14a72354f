package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/motcua/motcua/channels/zalo"
)

func TestTemplatesAreWrittenForHandingInWithThisPortalsAddress(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mau")
	var out, errs bytes.Buffer
	args := []string{"zalo", "templates", "--portal", "https://dichvu.tinh.gov.vn/", "--out", dir, "--light", "m1", "--dark", "m2"}
	if code := run(args, &out, &errs); code != exitDone {
		t.Fatalf("status %d: %s", code, errs.String())
	}
	made, err := zalo.OpenCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadDir(dir)
	if err != nil || len(have) != len(made.Names()) || len(have) == 0 {
		t.Fatalf("%d files of %d, %v", len(have), len(made.Names()), err)
	}
	for _, name := range made.Names() {
		raw, err := os.ReadFile(filepath.Join(dir, name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if s := string(raw); !strings.Contains(s, `"https://dichvu.tinh.gov.vn/toi/tin/<ma_tin>"`) || strings.Contains(s, "example") || !strings.Contains(s, `"m2"`) {
			t.Errorf("%s: %s", name, s)
		}
		if !strings.Contains(out.String(), name+".json") {
			t.Errorf("%s is not told of: %s", name, out.String())
		}
	}
}

func TestTemplatesAreNotWrittenForAnAddressZaloWouldRefuse(t *testing.T) {
	for _, portal := range []string{"", "http://dichvu.tinh.gov.vn", "dichvu.tinh.gov.vn", "https://", "https://a@b.vn", "https://b.vn/?x=1", "https://" + strings.Repeat("a", 200) + ".vn"} {
		dir := filepath.Join(t.TempDir(), "mau")
		var out, errs bytes.Buffer
		if code := run([]string{"zalo", "templates", "--portal", portal, "--out", dir}, &out, &errs); code == exitDone || errs.Len() == 0 {
			t.Errorf("%q: status %d, %q", portal, code, errs.String())
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%q: something was written", portal)
		}
	}
	var out, errs bytes.Buffer
	if code := run([]string{"zalo", "templates", "--portal", "https://b.vn", "--out", t.TempDir(), "--light", "m1"}, &out, &errs); code != exitUsage {
		t.Errorf("one logo of two: status %d", code)
	}
}
