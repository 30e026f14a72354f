package eval

import (
	"math/rand/v2"
	"slices"
)

// resamples is how many bootstrap samples stand behind an interval.
const resamples = 1000

// seed fixes every random choice of a report; its value has no meaning.
const seed = 20260701

// intervals gives the 2.5th and 97.5th percentile of each metric's mean over bootstrap
// samples of the questions. All metrics see the same samples.
func (s *Scores) intervals() (low, high row) {
	n := len(s.rows)
	if n == 0 {
		return low, high
	}
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	means := make([][metricCount]float64, resamples)
	for b := range means {
		var sum row
		for range n {
			r := &s.rows[random.IntN(n)]
			for m := range sum {
				sum[m] += r[m]
			}
		}
		for m := range sum {
			means[b][m] = sum[m] / float64(n)
		}
	}
	column := make([]float64, resamples)
	for m := range metricCount {
		for b := range means {
			column[b] = means[b][m]
		}
		slices.Sort(column)
		low[m], high[m] = column[resamples*25/1000], column[resamples*975/1000-1]
	}
	return low, high
}
