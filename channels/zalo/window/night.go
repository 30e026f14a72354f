package window

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Night reports whether templates are refused at an instant, by the clock of Vietnam
// wherever the machine stands, and until when.
func (r Rules) Night(now time.Time) (until time.Time, night bool) {
	if r.NightsAt == r.NightsTo {
		return now, false
	}
	midnight := civil.On(now).Start()
	clock := now.Sub(midnight)
	switch {
	case r.NightsAt < r.NightsTo:
		return midnight.Add(r.NightsTo), clock >= r.NightsAt && clock < r.NightsTo
	case clock < r.NightsTo:
		return midnight.Add(r.NightsTo), true
	case clock >= r.NightsAt:
		return midnight.Add(24*time.Hour + r.NightsTo), true
	}
	return now, false
}

// Quota is what Zalo says remains of the templates of a day.
type Quota struct {
	Daily     int       `json:"daily"`
	Remaining int       `json:"remaining"`
	At        time.Time `json:"at,omitzero"` // when it said so
}

// Spent reports whether the day's templates are used up: what was said on an earlier day of
// Vietnam tells nothing of this one.
func (q Quota) Spent(now time.Time) bool {
	return !q.At.IsZero() && civil.On(q.At) == civil.On(now) && q.Remaining <= 0
}

// Alarm is an error of Zalo's that somebody must look at.
type Alarm struct {
	API   string
	Code  int
	Count int
	Last  time.Time
}
