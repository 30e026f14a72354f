package eval

import "math"

// metric is one measure of one ranked list.
type metric struct {
	name string
	// depth is how far down the list it looks; a run cut above that cannot measure it. 0
	// looks at whatever the run holds.
	depth int
	of    func(j *judged) float64
}

// metrics, in the order they are printed.
var metrics = []metric{
	{"P@1", 1, func(j *judged) float64 { return j.precision(1) }},
	{"R@1", 1, func(j *judged) float64 { return j.recall(1) }},
	{"R@5", 5, func(j *judged) float64 { return j.recall(5) }},
	{"R@10", 10, func(j *judged) float64 { return j.recall(10) }},
	{"R@20", 20, func(j *judged) float64 { return j.recall(20) }},
	{"R@100", 100, func(j *judged) float64 { return j.recall(100) }},
	{"MRR@10", 10, func(j *judged) float64 { return j.reciprocal(10) }},
	{"nDCG@5", 5, func(j *judged) float64 { return j.ndcg(5) }},
	{"nDCG@10", 10, func(j *judged) float64 { return j.ndcg(10) }},
	{"nDCG@100", 100, func(j *judged) float64 { return j.ndcg(100) }},
	{"Success@5", 5, func(j *judged) float64 { return j.success(5) }},
	{"MAP", 0, func(j *judged) float64 { return j.averagePrecision() }},
}

// metricCount is len(metrics) as a constant, for fixed-size rows.
const metricCount = 12

// row holds one question's value of every metric.
type row [metricCount]float64

// judged is one ranked list seen through the judgements: the grade at each rank (0 for
// not relevant), how many relevant documents there are, and their grades from high to low.
type judged struct {
	grades   []int
	relevant int
	ideal    []int
}

// see fills j, reusing its memory. Negative grades count as not relevant.
func (j *judged) see(results []Result, grades map[string]int) {
	j.grades, j.ideal, j.relevant = j.grades[:0], j.ideal[:0], 0
	for _, r := range results {
		j.grades = append(j.grades, max(grades[r.Document], 0))
	}
	for _, g := range grades {
		if g > 0 {
			j.relevant++
			j.ideal = append(j.ideal, g)
		}
	}
	for i := 1; i < len(j.ideal); i++ { // few grades: insertion sort
		for k := i; k > 0 && j.ideal[k] > j.ideal[k-1]; k-- {
			j.ideal[k], j.ideal[k-1] = j.ideal[k-1], j.ideal[k]
		}
	}
}

func (j *judged) hits(depth int) int {
	n := 0
	for _, g := range j.grades[:min(depth, len(j.grades))] {
		if g > 0 {
			n++
		}
	}
	return n
}

func (j *judged) precision(depth int) float64 { return float64(j.hits(depth)) / float64(depth) }

func (j *judged) recall(depth int) float64 { return float64(j.hits(depth)) / float64(j.relevant) }

func (j *judged) success(depth int) float64 { return math.Min(1, float64(j.hits(depth))) }

func (j *judged) reciprocal(depth int) float64 {
	for i, g := range j.grades[:min(depth, len(j.grades))] {
		if g > 0 {
			return 1 / float64(i+1)
		}
	}
	return 0
}

func (j *judged) ndcg(depth int) float64 {
	return dcg(j.grades, depth) / dcg(j.ideal, depth)
}

// dcg sums grade / log2(rank+1), ranks from 1.
func dcg(grades []int, depth int) float64 {
	sum := 0.0
	for i, g := range grades[:min(depth, len(grades))] {
		if g > 0 {
			sum += float64(g) / log2(i+2)
		}
	}
	return sum
}

// logs2 holds log2(n) for the ranks met in practice.
var logs2 = func() (t [1026]float64) {
	for n := 1; n < len(t); n++ {
		t[n] = math.Log2(float64(n))
	}
	return t
}()

func log2(n int) float64 {
	if n < len(logs2) {
		return logs2[n]
	}
	return math.Log2(float64(n))
}

func (j *judged) averagePrecision() float64 {
	sum, found := 0.0, 0
	for i, g := range j.grades {
		if g > 0 {
			found++
			sum += float64(found) / float64(i+1)
		}
	}
	return sum / float64(j.relevant)
}
