// Package rank holds ranking arithmetic. Pure: numbers and names in, numbers and names
// out, ties decided.
package rank

import "sort"

// DefaultK is the rank constant of reciprocal rank fusion: 60, as in its first publication
// (Cormack, Clarke, Büttcher 2009).
const DefaultK = 60

// Scored is an ID and its score.
type Scored struct {
	ID    string
	Score float64
}

// Fuse joins ranked ID lists: each adds weight/(k+rank), rank from 1. A missing weight is
// 1; an ID listed twice in one list counts at its better rank; k below 1 is DefaultK.
// Ties go by ID.
func Fuse(lists [][]string, weights []float64, k int) []Scored {
	if k < 1 {
		k = DefaultK
	}
	sums := map[string]float64{}
	for l, list := range lists {
		weight := 1.0
		if l < len(weights) {
			weight = weights[l]
		}
		seen := make(map[string]bool, len(list))
		for i, id := range list {
			if !seen[id] {
				seen[id] = true
				sums[id] += weight / float64(k+i+1)
			}
		}
	}
	out := make([]Scored, 0, len(sums))
	for id, s := range sums {
		out = append(out, Scored{ID: id, Score: s})
	}
	Sort(out)
	return out
}

// Sort orders best first, ties by ID.
func Sort(s []Scored) {
	sort.Slice(s, func(i, j int) bool {
		if s[i].Score != s[j].Score {
			return s[i].Score > s[j].Score
		}
		return s[i].ID < s[j].ID
	})
}
