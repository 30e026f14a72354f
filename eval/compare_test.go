package eval

import (
	"math"
	"strconv"
	"testing"
)

// runsOf makes two runs over n questions: a finds the document first where aFinds says so.
func runsOf(n int, aFinds, bFinds func(i int) bool) (a, b *Scores) {
	d := &Dataset{Relevant: map[string]map[string]int{}}
	ra, rb := Run{}, Run{}
	for i := range n {
		q := strconv.Itoa(i)
		d.Questions = append(d.Questions, Question{ID: q})
		d.Relevant[q] = map[string]int{"right": 1}
		list := func(found bool) []Result {
			if found {
				return Ranked([]string{"right", "wrong"})
			}
			return Ranked([]string{"wrong", "right"})
		}
		ra[q], rb[q] = list(aFinds(i)), list(bFinds(i))
	}
	return Score(d, ra, 100), Score(d, rb, 100)
}

func comparison(t *testing.T, all []Comparison, name string) Comparison {
	t.Helper()
	for _, c := range all {
		if c.Metric == name {
			return c
		}
	}
	t.Fatalf("no %s in %v", name, all)
	return Comparison{}
}

func TestThePairedTest(t *testing.T) {
	t.Run("SameRunIsNoDifference", func(t *testing.T) {
		odd := func(i int) bool { return i%2 == 1 }
		a, b := runsOf(50, odd, odd)
		all, err := Compare(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if c := comparison(t, all, "P@1"); c.P != 1 || c.Difference != 0 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("ExactOnFiveQuestions", func(t *testing.T) {
		// All five differ the same way: of 32 sign patterns 2 are as extreme.
		a, b := runsOf(5, func(int) bool { return false }, func(int) bool { return true })
		all, err := Compare(a, b)
		if err != nil {
			t.Fatal(err)
		}
		c := comparison(t, all, "P@1")
		if math.Abs(c.P-2.0/32) > 0.01 || c.Difference != 1 {
			t.Errorf("%+v, want p near 0.0625", c)
		}
	})
	t.Run("ManyOneSidedWinsAreSignificant", func(t *testing.T) {
		a, b := runsOf(100, func(i int) bool { return i >= 30 }, func(int) bool { return true })
		all, err := Compare(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if c := comparison(t, all, "MRR@10"); c.Holm > 0.01 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("DifferentQuestionsAreRefused", func(t *testing.T) {
		yes := func(int) bool { return true }
		a, _ := runsOf(3, yes, yes)
		b, _ := runsOf(4, yes, yes)
		if _, err := Compare(a, b); err == nil {
			t.Error("compared runs over different questions")
		}
	})
}

func TestHolmStepsDown(t *testing.T) {
	got := Holm([]float64{0.04, 0.01, 0.03, 0.9})
	want := []float64{0.09, 0.04, 0.09, 0.9}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestTheIntervalHoldsTheMeanAndNarrows(t *testing.T) {
	half := func(i int) bool { return i%2 == 0 }
	few, _ := runsOf(20, half, half)
	many, _ := runsOf(2000, half, half)
	width := func(s *Scores) float64 {
		low, high := s.intervals()
		if m := s.means()[0]; low[0] > m || high[0] < m {
			t.Errorf("mean %v outside %v to %v", m, low[0], high[0])
		}
		return high[0] - low[0]
	}
	// Ten times less for a hundred times the questions; a coin of 20 spans about 0.44.
	if f, m := width(few), width(many); f < 0.3 || f > 0.55 || math.Abs(m-f/10) > 0.015 {
		t.Errorf("widths %v and %v", f, m)
	}
}
