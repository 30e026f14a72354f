package eval

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/motcua/motcua/retrieval/lexical"
)

var update = flag.Bool("update", false, "rewrite the robustness cards under eval/baseline")

// TestNoRewritingLosesMoreThanItsCard asks the questions as people mistype them.
func TestNoRewritingLosesMoreThanItsCard(t *testing.T) {
	if testing.Short() {
		t.Skip("measures four data sets in six spellings; not in -short")
	}
	for suite := range promised {
		t.Run(suite, func(t *testing.T) {
			d := shared(t, suite)
			r, err := Robust(t.Context(), d, Lexical{Index: d.Index(lexical.DefaultSettings()), Rerank: lexical.Shipped()}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := r.WriteTo(&b); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(root(t), baselineDir, "robustness-"+suite+".txt")
			if *update {
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			card, err := readCard(f)
			if err != nil {
				t.Fatal(err)
			}
			for name, report := range r.Rewritten {
				if v, _ := report.Value("nDCG@10"); v < card[name]["nDCG@10"]-slack {
					t.Errorf("%s: nDCG@10 fell to %.4f from %.4f", name, v, card[name]["nDCG@10"])
				}
			}
		})
	}
}
