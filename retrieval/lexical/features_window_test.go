package lexical

import (
	"math/rand/v2"
	"testing"
)

// TestAWindowIsAsGoodAsLookingAtEveryPlace compares the search for windows with counting
// the words of every window one by one.
func TestAWindowIsAsGoodAsLookingAtEveryPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		e := &evidence{}
		for range 1 + r.IntN(30) {
			e.asked.weights = append(e.asked.weights, 1+10*r.Float64())
			e.asked.topical = append(e.asked.topical, r.Float64())
		}
		for _, w := range e.asked.weights {
			e.asked.total += w
		}
		e.weighSlots()
		step := 1 + r.IntN(12)
		for at := r.IntN(200); at < 900; at += 1 + r.IntN(step) {
			e.matches = append(e.matches, match(at)<<8|match(r.IntN(len(e.asked.weights))))
		}
		var f found
		e.sumWindows(&f)
		for i, width := range windows {
			weight, topical := everyWindow(e, width)
			if f.window[i] != weight || i == 0 && f.topic != topical {
				t.Fatalf("width %d: %v and %v, want %v and %v", width, f.window[i], f.topic, weight, topical)
			}
		}
	}
}

func everyWindow(e *evidence, width int32) (weight, topical float64) {
	for end := range int32(1200) {
		var set slotSet
		for _, m := range e.matches {
			if m.at() <= end && m.at() > end-width {
				set.add(m.slot())
			}
		}
		w, p := e.slotWeights.of(set & e.heavy).split()
		weight, topical = max(weight, w), max(topical, p)
	}
	return weight, topical
}
