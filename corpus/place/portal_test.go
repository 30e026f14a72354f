package place

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHighConfidenceAgreesWithThePortal reads the crawled records: what an entry of high
// confidence rests on must be listed there at commune or province level.
func TestHighConfidenceAgreesWithThePortal(t *testing.T) {
	levels := portalLevels(t)
	for _, e := range Competence() {
		if e.Confidence != "high" || !strings.Contains(e.Source, "Cổng") {
			continue
		}
		for _, code := range e.Procedures {
			got, ok := levels[code]
			if !ok {
				t.Errorf("%s: the portal has no %s", e.ID, code)
				continue
			}
			if strings.Contains(e.Now, "cấp xã") && !strings.Contains(got, "Cấp xã") {
				t.Errorf("%s: the portal puts %s at %q", e.ID, code, got)
			}
		}
	}
}

// portalLevels reads code → level, or skips where the data are absent.
func portalLevels(t *testing.T) map[string]string {
	dir := os.Getenv("MOTCUA_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(dir, "data", "procedures", "national_portal_2026-07.jsonl.gz"))
	if err != nil {
		t.Skipf("the crawled portal records are not at hand: %v", err)
	}
	defer f.Close()
	in, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var r struct {
			Code  string `json:"ma_thu_tuc"`
			Level string `json:"cap_thuc_hien"`
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		out[r.Code] += r.Level + ";"
	}
	return out
}
