package eval

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// shuffles is how many sign patterns the randomisation test draws.
const shuffles = 10000

// Comparison is one metric of two runs over the same questions. P is the chance of a
// difference at least this large if the two were alike (paired randomisation, two-sided);
// Holm is P corrected for all metrics compared together.
type Comparison struct {
	Metric     string  `json:"metric"`
	A          float64 `json:"a"`
	B          float64 `json:"b"`
	Difference float64 `json:"difference"` // B − A
	P          float64 `json:"p"`
	Holm       float64 `json:"p_holm"`
}

// Compare tests run B against run A on every metric both measured.
func Compare(a, b *Scores) ([]Comparison, error) {
	if !slices.Equal(a.Questions, b.Questions) {
		return nil, errors.New("eval: the two runs answer different questions")
	}
	p := randomise(a, b)
	ma, mb := a.means(), b.means()
	var out []Comparison
	for m := range metrics {
		if a.measured(m) && b.measured(m) {
			out = append(out, Comparison{Metric: metrics[m].name, A: ma[m], B: mb[m], Difference: mb[m] - ma[m], P: p[m]})
		}
	}
	ps := make([]float64, len(out))
	for i := range out {
		ps[i] = out[i].P
	}
	for i, h := range Holm(ps) {
		out[i].Holm = h
	}
	return out, nil
}

// randomise swaps the two runs question by question at random and counts how often the
// mean difference is at least as large as the real one. The real pattern counts as drawn.
func randomise(a, b *Scores) row {
	n := len(a.rows)
	differences := make([]row, n)
	var real row
	for i := range differences {
		for m := range metricCount {
			differences[i][m] = b.rows[i][m] - a.rows[i][m]
			real[m] += differences[i][m]
		}
	}
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	var atLeast row
	for range shuffles {
		sum := signed(differences, random)
		for m := range sum {
			// The margin forgives rounding: sums of the same numbers in another order.
			if math.Abs(sum[m]) >= math.Abs(real[m])-1e-9 {
				atLeast[m]++
			}
		}
	}
	for m := range atLeast {
		atLeast[m] = (atLeast[m] + 1) / (shuffles + 1)
	}
	return atLeast
}

// signed sums the differences, each with a random sign.
func signed(differences []row, random *rand.Rand) (sum row) {
	var bits uint64
	for i := range differences {
		if i%64 == 0 {
			bits = random.Uint64()
		}
		if bits&1 == 0 {
			for m := range sum {
				sum[m] += differences[i][m]
			}
		} else {
			for m := range sum {
				sum[m] -= differences[i][m]
			}
		}
		bits >>= 1
	}
	return sum
}

// Holm corrects p-values tested together, step down: the smallest is multiplied by how
// many there are, the next by one fewer, and none falls below the one before it.
func Holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return p[order[i]] < p[order[j]] })
	out := make([]float64, len(p))
	floor := 0.0
	for step, i := range order {
		floor = math.Max(floor, math.Min(1, p[i]*float64(len(p)-step)))
		out[i] = floor
	}
	return out
}
