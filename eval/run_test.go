package eval

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

func ids(results []Result) string {
	var out []string
	for _, r := range results {
		out = append(out, r.Document)
	}
	return strings.Join(out, " ")
}

func TestARunIsOrderedByScoreThenHigherID(t *testing.T) {
	const file = "q Q0 a 1 1.5 t\nq Q0 b 2 2 t\n\nq Q0 c 3 2 t\nq Q0 b 4 0.1 t\n"
	run, err := ReadTREC(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(run["q"]); got != "c b a" {
		t.Errorf("order %q, want c b a with b once", got)
	}
}

func TestARunSurvivesWritingAndReading(t *testing.T) {
	for name, list := range map[string][]string{
		"PlainIDs":      {"d2", "d1", "d3"},
		"IDsWithSpaces": {"Luật Giáo dục#7", "Luật Đất đai#1"},
	} {
		t.Run(name, func(t *testing.T) {
			run := Run{"q2": Ranked(list), "q1": Ranked(list[:1])}
			var first, second bytes.Buffer
			if err := run.WriteTREC(&first, "motcua"); err != nil {
				t.Fatal(err)
			}
			back, err := ReadTREC(bytes.NewReader(first.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(run, back) {
				t.Errorf("read back %v, wrote %v", back, run)
			}
			if err := back.WriteTREC(&second, "motcua"); err != nil {
				t.Fatal(err)
			}
			if first.String() != second.String() {
				t.Error("two writings differ")
			}
		})
	}
}

func TestABadRunFileIsRefused(t *testing.T) {
	for name, file := range map[string]string{
		"TooFewColumns":   "q d 1\n",
		"ScoreNotANumber": "q Q0 d 1 high t\n",
		"ScoreNaN":        "q Q0 d 1 NaN t\n",
	} {
		t.Run(name, func(t *testing.T) {
			if run, err := ReadTREC(strings.NewReader(file)); err == nil {
				t.Errorf("read as %v", run)
			}
		})
	}
}

func FuzzReadTREC(f *testing.F) {
	f.Add("q Q0 a 1 1.5 t\nq Q0 b 2 2 t\n")
	f.Add("q\tQ0\ta b\t1\t-1e9\tt")
	f.Fuzz(func(t *testing.T, file string) {
		run, err := ReadTREC(strings.NewReader(file))
		if err != nil {
			return
		}
		for q, results := range run {
			seen := map[string]bool{}
			for i, r := range results {
				if seen[r.Document] {
					t.Errorf("%q twice for %q", r.Document, q)
				}
				seen[r.Document] = true
				if i > 0 && float32(results[i-1].Score) < float32(r.Score) {
					t.Errorf("%q out of order", q)
				}
			}
		}
	})
}
