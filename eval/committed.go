package eval

import (
	"embed"
	"io/fs"
)

//go:embed baseline/exam-*.json
var committed embed.FS

// MeasureName is what a measure of the exam is called in Vietnamese.
func MeasureName(name string) string { return named(name) }

// LastCard is the exam's score card committed last, of any suite; ok is false without one.
func LastCard() (last ScoreCard, ok bool) {
	dir, err := fs.Sub(committed, "baseline")
	if err != nil {
		return last, false
	}
	for _, suite := range []string{"dev", "test"} { // of one day the test half counts
		cards, err := ReadCards(dir, suite)
		if err != nil || len(cards) == 0 {
			continue
		}
		if newest := cards[len(cards)-1]; !ok || !newest.On.Before(last.On) {
			last, ok = newest, true
		}
	}
	return last, ok
}
