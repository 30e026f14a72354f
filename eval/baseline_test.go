package eval

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/motcua/motcua/retrieval/lexical"
)

// root is the folder of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	t.Fatal("no go.mod above the test")
	return ""
}

// shared loads one of the retrieval sets beside the repository, or skips the test.
func shared(t testing.TB, name string) *Dataset {
	t.Helper()
	base := os.Getenv("MOTCUA_SHARED")
	if base == "" {
		base = filepath.Join(root(t), "..", "shared")
	}
	dir := filepath.Join(base, "data", "retrieval", name)
	if !Exists(dir) {
		t.Skipf("the data set %s is not here (../shared/data/retrieval)", name)
	}
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func card(t *testing.T, suite string) map[string]map[string]float64 {
	t.Helper()
	f, err := os.Open(filepath.Join(root(t), cardFile(suite)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := readCard(f)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// promised are the least nDCG@10, learned parts cross-validated, and the most that a
// question may lose by being typed without marks.
var promised = map[string]float64{"zalo2021": 0.77, "alqac": 0.91, "vlsp2025_drill": 0.59, "procedures": 0.76}

const promisedLoss = 0.01

func TestTheCommittedCardsKeepWhatIsPromised(t *testing.T) {
	for suite, least := range promised {
		t.Run(suite, func(t *testing.T) {
			c := card(t, suite)
			plain, bare := c["cross-validated"]["nDCG@10"], c["cross-validated, no marks"]["nDCG@10"]
			if plain < least {
				t.Errorf("nDCG@10 %.4f, promised %.4f", plain, least)
			}
			if loss := plain - bare; loss > promisedLoss {
				t.Errorf("without marks %.4f less, promised at most %.4f", loss, promisedLoss)
			}
		})
	}
}

// slack is how far a figure may fall below its card: one question's place, not more.
const slack = 0.003

// TestNoFigureFallsBelowItsCard measures what the program does now, with the weights it
// ships, against the committed cards. The cross-validated rows are measured by training.
func TestNoFigureFallsBelowItsCard(t *testing.T) {
	if testing.Short() {
		t.Skip("measures four data sets; not in -short")
	}
	for suite := range promised {
		t.Run(suite, func(t *testing.T) {
			d := shared(t, suite)
			c := card(t, suite)
			x := d.Index(lexical.DefaultSettings())
			bare := d.Rewritten(Rewritings[0])
			for _, one := range []struct {
				run    string
				d      *Dataset
				rerank lexical.Reranker
			}{
				{"first stage", d, nil}, {"shipped weights", d, lexical.Shipped()},
				{"first stage, no marks", bare, nil}, {"shipped weights, no marks", bare, lexical.Shipped()},
			} {
				r, err := Retrieval(t.Context(), one.d, Lexical{Index: x, Rerank: one.rerank}, Options{})
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range cardMetrics {
					if v, _ := r.Value(m); v < c[one.run][m]-slack {
						t.Errorf("%s: %s fell to %.4f from %.4f", one.run, m, v, c[one.run][m])
					}
				}
			}
		})
	}
}
