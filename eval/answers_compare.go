package eval

import (
	"errors"
	"math"
	"math/rand/v2"
)

// CompareAnswers tests exam B against exam A on every measure that both have, over the cases
// where it applies to both: paired randomisation, two-sided, corrected by Holm.
func CompareAnswers(a, b AnswerReport) ([]Comparison, error) {
	if len(a.Results) != len(b.Results) {
		return nil, errors.New("eval: the two exams have different cases")
	}
	for i := range a.Results {
		if a.Results[i].Case.ID != b.Results[i].Case.ID {
			return nil, errors.New("eval: the two exams have different cases")
		}
	}
	var out []Comparison
	var ps []float64
	for m := range measureCount {
		va, vb := pairsOf(a, b, m)
		if len(va) == 0 {
			continue
		}
		c := Comparison{Metric: measures[m], P: randomisePairs(va, vb)}
		for i := range va {
			c.A += va[i]
			c.B += vb[i]
		}
		c.A, c.B = c.A/float64(len(va)), c.B/float64(len(vb))
		c.Difference = c.B - c.A
		out, ps = append(out, c), append(ps, c.P)
	}
	for i, h := range Holm(ps) {
		out[i].Holm = h
	}
	return out, nil
}

func pairsOf(a, b AnswerReport, m int) (va, vb []float64) {
	for i := range a.Results {
		if a.Results[i].applies[m] && b.Results[i].applies[m] {
			va = append(va, a.Results[i].values[m])
			vb = append(vb, b.Results[i].values[m])
		}
	}
	return va, vb
}

// randomisePairs is the share of sign patterns, the real one counted as drawn, under which
// the summed difference is at least as large as it was.
func randomisePairs(a, b []float64) float64 {
	real := 0.0
	var differences []float64
	for i := range a {
		if d := b[i] - a[i]; d != 0 {
			differences = append(differences, d)
			real += d
		}
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(a))))
	atLeast := 1.0
	for range shuffles {
		sum := 0.0
		for _, d := range differences {
			if random.Uint64()&1 == 0 {
				d = -d
			}
			sum += d
		}
		if math.Abs(sum) >= math.Abs(real)-1e-9 { // the margin forgives rounding
			atLeast++
		}
	}
	return atLeast / (shuffles + 1)
}
