package delivery

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// quietHours: nothing between two times of day in Vietnam, whatever it is and wherever the
// machine stands.
func quietHours(c *Case) Verdict {
	if until := c.Limits.quietUntil(c.Now); c.Now.Before(until) {
		return wait(Quiet, until)
	}
	return Verdict{}
}

// quietUntil is the end of the quiet hours that hold at an instant; the instant itself
// where none do.
func (l Limits) quietUntil(now time.Time) time.Time {
	if l.QuietFrom == l.QuietUntil {
		return now
	}
	midnight := civil.On(now).Start()
	clock := now.Sub(midnight)
	switch {
	case clock < l.QuietUntil && (clock >= l.QuietFrom || l.QuietFrom > l.QuietUntil):
		return midnight.Add(l.QuietUntil)
	case clock >= l.QuietFrom && l.QuietFrom > l.QuietUntil:
		return midnight.Add(24*time.Hour + l.QuietUntil)
	}
	return now
}

// QuietUntilAt is the end of the quiet hours that hold at an instant; the instant itself
// where none do.
func (l Limits) QuietUntilAt(now time.Time) time.Time { return l.quietUntil(now) }

// opens is the first decent instant of a day.
func (c *Case) opens(day civil.Date) time.Time { return c.Limits.Opens(day) }

// Opens is the first instant of a day outside quiet hours.
func (l Limits) Opens(day civil.Date) time.Time { return l.quietUntil(day.Start()) }
