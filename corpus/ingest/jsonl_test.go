package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus/parse"
)

func TestTheKindOfAFileIsToldByItsKeys(t *testing.T) {
	long := `{"pd_id":"1","note":"n","text":"` + strings.Repeat("a", headSize)
	for text, want := range map[string]string{
		`{"pd_id":"1","note":"n","text":"t","law_id":"1/2020/qh14","article_id":"1","law_title":"x"}`: "codified-1",
		`{"law_id":"1/2020/qh14","article_id":"1","law_title":"x","text":"t"}`:                        "enacted-1",
		"\n[]\n{bad\n{\"ma_thu_tuc\":\"1\",\"ten_thu_tuc\":\"x\"}":                                    PortalReader{}.Recipe(),
		long[:headSize]: "", `{"pd_id":"1"}`: "", "": "", "Điều 1. Luật": "", "{}": "", `{"change":"added","text":"t"}`: "",
		`{"note":"n","text":"t","pd_id":"1","x":"` + strings.Repeat("a", headSize): "codified-1",
	} {
		got := ""
		for _, r := range Readers() {
			if r.Reads("x", []byte(text)) {
				got = r.Recipe()
				break
			}
		}
		if got != want {
			t.Errorf("%.60q is read by %q; want %q", text, got, want)
		}
	}
}

func TestAnOverlongLineIsToldAndTheNextIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte("một\n"+strings.Repeat("x", 3<<20)+"\n\nbốn"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	for l, err := range lines(Input{Path: path}) {
		if err != nil {
			var f *Fault
			if !errors.As(err, &f) {
				t.Fatal(err)
			}
			got = append(got, "!"+f.Why)
			continue
		}
		got = append(got, string(l.text))
	}
	if diff := cmp.Diff([]string{"một", fmt.Sprintf("!dòng dài quá %d byte", parse.MaxPortalLine), "bốn"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheEditionIsReadFromTheName(t *testing.T) {
	for name, want := range map[string]string{
		"phapdien_2026-01.jsonl.gz": "2026-01-01", "a/laws_as_enacted_2024-11.jsonl.gz": "2024-11-01", "x-2025-02-28.json": "2025-02-28",
		"changes_2025-02_to_2026-01.gz": "2026-01-01", "x.json": "", "2024-13.json": "", "12024-110.json": "", "a-2025-02-30.json": "",
	} {
		if got := editionOf(name).String(); got != want {
			t.Errorf("%s: %q; want %q", name, got, want)
		}
	}
}

// FuzzSources: no bytes make a reader panic, and every fault is one sentence.
func FuzzSources(f *testing.F) {
	f.Add([]byte(`{"ma_thu_tuc":"1.1","ten_thu_tuc":"x"}` + "\n[]\n"))
	f.Add([]byte(`{"pd_id":"1","note":"(Điều 1 Luật số 1/2020/QH14 Luật A)","text":"t"}`))
	f.Add([]byte(`{"law_id":"1/2020/qh14","article_id":"1","law_title":"x","text":"t"}`))
	f.Add([]byte("\x1f\x8b\x08"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(dir, "x")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		in, err := openInput("x", path)
		if err != nil {
			return
		}
		for _, r := range Readers() {
			for l, err := range r.Layers(t.Context(), in) {
				if f, ok := errors.AsType[*Fault](err); ok && (f.Why == "" || strings.Contains(f.Why, "\n")) {
					t.Errorf("a fault without one sentence: %q", f.Why)
				}
				if err == nil && l.Place == "" {
					t.Error("a layer without a place")
				}
			}
		}
	})
}
