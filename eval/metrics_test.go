package eval

import (
	"bufio"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// fixedRun reads the run and judgements under testdata; they hold tied scores, graded and
// negative judgements, and a question the run leaves out.
func fixedRun(t testing.TB) (*Dataset, Run) {
	t.Helper()
	d := &Dataset{Name: "fixed", Relevant: map[string]map[string]int{}}
	if err := d.readJudgements("testdata/qrels.trec"); err != nil {
		t.Fatal(err)
	}
	for i := range 24 {
		d.Questions = append(d.Questions, Question{ID: "q" + strconv.Itoa(i/10) + strconv.Itoa(i%10)})
	}
	f, err := os.Open("testdata/run.trec")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run, err := ReadTREC(f)
	if err != nil {
		t.Fatal(err)
	}
	return d, run
}

func TestMetricsEqualTrecEval(t *testing.T) {
	d, run := fixedRun(t)
	s := Score(d, run, 1000)
	got := map[string]row{}
	for i, q := range s.Questions {
		got[q] = s.rows[i]
	}
	f, err := os.Open("testdata/expected.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	checked := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		cols := strings.Split(lines.Text(), "\t")
		want, err := strconv.ParseFloat(cols[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		for m := range metrics {
			if metrics[m].name == cols[1] {
				checked++
				if have := got[cols[0]][m]; math.Abs(have-want) > 1e-4 {
					t.Errorf("%s of %s is %.6f, trec_eval says %.6f", cols[1], cols[0], have, want)
				}
			}
		}
	}
	if checked != 24*metricCount {
		t.Errorf("checked %d values, want %d", checked, 24*metricCount)
	}
}

// byHand scores one question given as a ranked list.
func byHand(list []string, grades map[string]int) row {
	d := &Dataset{Questions: []Question{{ID: "q"}}, Relevant: map[string]map[string]int{"q": grades}}
	return Score(d, Run{"q": Ranked(list)}, 100).rows[0]
}

func value(t *testing.T, r row, name string) float64 {
	t.Helper()
	for m := range metrics {
		if metrics[m].name == name {
			return r[m]
		}
	}
	t.Fatalf("no metric %q", name)
	return 0
}

func TestMetricsByHand(t *testing.T) {
	t.Run("TwoOfThreeFound", func(t *testing.T) {
		r := byHand([]string{"a", "x", "b"}, map[string]int{"a": 1, "b": 1, "c": 1})
		want := map[string]float64{
			"P@1": 1, "R@1": 1.0 / 3, "R@5": 2.0 / 3, "MRR@10": 1, "MAP": (1 + 2.0/3) / 3,
			"nDCG@10": 1.5 / (1 + 1/math.Log2(3) + 0.5),
		}
		for name, v := range want {
			if got := value(t, r, name); math.Abs(got-v) > 1e-12 {
				t.Errorf("%s = %v, want %v", name, got, v)
			}
		}
	})
	t.Run("GradesWeighTheGain", func(t *testing.T) {
		r := byHand([]string{"one", "two"}, map[string]int{"one": 1, "two": 2})
		want := (1 + 2/math.Log2(3)) / (2 + 1/math.Log2(3))
		if got := value(t, r, "nDCG@10"); math.Abs(got-want) > 1e-12 {
			t.Errorf("nDCG@10 = %v, want %v", got, want)
		}
	})
	t.Run("ARepeatedDocumentCountsOnce", func(t *testing.T) {
		r := byHand([]string{"x", "a", "a", "a"}, map[string]int{"a": 1, "b": 1})
		if got := value(t, r, "R@5"); got != 0.5 {
			t.Errorf("R@5 = %v, want 0.5", got)
		}
		if got := value(t, r, "MAP"); got != 0.25 {
			t.Errorf("MAP = %v, want 0.25", got)
		}
	})
	t.Run("AnEmptyListIsZeroNotMissing", func(t *testing.T) {
		if r := byHand(nil, map[string]int{"a": 1}); r != (row{}) {
			t.Errorf("got %v", r)
		}
	})
	t.Run("MRRStopsAtTen", func(t *testing.T) {
		list := strings.Fields("1 2 3 4 5 6 7 8 9 10 a")
		if got := value(t, byHand(list, map[string]int{"a": 1}), "MRR@10"); got != 0 {
			t.Errorf("MRR@10 = %v, want 0", got)
		}
	})
}

func TestNotMeasuredIsNeverANumber(t *testing.T) {
	d := &Dataset{
		Name: "s", Questions: []Question{{ID: "judged"}, {ID: "unjudged"}, {ID: "judged irrelevant"}},
		Relevant: map[string]map[string]int{"judged": {"a": 1}, "judged irrelevant": {"a": 0}},
	}
	t.Run("DeeperThanTheRun", func(t *testing.T) {
		r := NewReport(d, "", Run{"judged": Ranked([]string{"a"})}, 10)
		if v, ok := r.Value("R@20"); ok {
			t.Errorf("R@20 = %v from a run ten deep", v)
		}
		if v, ok := r.Value("R@10"); !ok || v != 1 {
			t.Errorf("R@10 = %v, %v", v, ok)
		}
		if !strings.Contains(r.String(), "R@20       not measured") {
			t.Errorf("the card hides it:\n%s", r)
		}
	})
	t.Run("QuestionsWithoutARelevantDocument", func(t *testing.T) {
		r := NewReport(d, "", Run{}, 100)
		if r.Questions != 1 || r.Unjudged != 2 {
			t.Errorf("%d measured, %d not", r.Questions, r.Unjudged)
		}
	})
	t.Run("NothingJudged", func(t *testing.T) {
		out, err := NewReport(&Dataset{Questions: d.Questions}, "", Run{}, 100).JSON()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(out), `"value": 0`) || !strings.Contains(string(out), `"value": null`) {
			t.Errorf("unmeasured values are not null:\n%s", out)
		}
	})
}
