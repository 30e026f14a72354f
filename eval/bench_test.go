package eval

import (
	"strconv"
	"testing"
)

// BenchmarkReport scores 10,000 questions of 100 hits on all 12 metrics, with intervals.
func BenchmarkReport(b *testing.B) {
	d := &Dataset{Name: "large", Relevant: map[string]map[string]int{}}
	run := Run{}
	list := make([]string, 100)
	for i := range list {
		list[i] = "d" + strconv.Itoa(i)
	}
	for q := range 10000 {
		id := strconv.Itoa(q)
		d.Questions = append(d.Questions, Question{ID: id})
		d.Relevant[id] = map[string]int{list[q%100]: 1, list[q*7%100]: 2}
		run[id] = Ranked(list)
	}
	b.ResetTimer()
	for b.Loop() {
		NewReport(d, "", run, 100)
	}
}
