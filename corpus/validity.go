package corpus

import "github.com/motcua/motcua/internal/civil"

// Validity is the half-open span of days [From, Until). Zero From: since before our
// records begin; zero Until: no end known.
type Validity struct {
	From  civil.Date `json:"from"`
	Until civil.Date `json:"until"`
}

// Holds reports whether the text is in force on that day.
func (v Validity) Holds(on civil.Date) bool {
	return !on.Before(v.From) && (v.Until.IsZero() || on.Before(v.Until))
}

// Within returns the days both spans share; ok is false when they share none.
func (v Validity) Within(w Validity) (both Validity, ok bool) {
	both = v
	if both.From.Before(w.From) {
		both.From = w.From
	}
	if !w.Until.IsZero() && (both.Until.IsZero() || w.Until.Before(both.Until)) {
		both.Until = w.Until
	}
	return both, both.Until.IsZero() || both.From.Before(both.Until)
}
