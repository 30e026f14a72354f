package delivery

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Case is all a gate may look at: gates are pure and know no clock and no store.
type Case struct {
	*Delivery
	Now     time.Time
	Today   civil.Date
	Channel Channel
	Rules   *lifeevents.Set
	// Rule is the version the notice was planned under; nil where it is gone.
	Rule *lifeevents.Rule
	// View is the person it is about, as known now. It is nil where nothing about them has
	// changed since the notice was planned, its version of the rule is in force and it is
	// still the day it was planned for: then planning anew would give the same notice.
	View *lifeevents.View
	// Down is until when the channel rests after faults of its own; zero while it works.
	Down   time.Time
	Limits Limits
	// Renewed: the notice reads otherwise than when it was queued; the outbox is told.
	Renewed bool
}

// Verdict passes when zero. Else it holds the notice until an instant, sends it on to the
// person's next channel, or withholds it for good; Reason says why.
type Verdict struct {
	Reason Reason
	Until  time.Time // wait
	Next   bool      // another channel may do
}

// Passes reports whether the gate let it through.
func (v Verdict) Passes() bool { return v.Reason == "" }

func wait(r Reason, until time.Time) Verdict { return Verdict{Reason: r, Until: until} }
func elsewhere(r Reason) Verdict             { return Verdict{Reason: r, Next: true} }
func never(r Reason) Verdict                 { return Verdict{Reason: r} }

// Gate looks at one thing before every attempt.
type Gate struct {
	Name  string
	Check func(c *Case) Verdict
}

// Gates is the order of the gates: first whether it should be said at all, then whether
// here, then whether now.
func Gates() []Gate {
	return []Gate{
		{"still true", stillTrue},
		{"validity", validity},
		{"authority", authority},
		{"sensitivity", sensitivity},
		{"consent", consent},
		{"channel health", health},
		{"quiet hours", quietHours},
		{"attention budget", budget},
	}
}

// pass runs the gates in order and returns the first that holds it back.
func pass(gates []Gate, c *Case) (Verdict, string) {
	for _, g := range gates {
		if v := g.Check(c); !v.Passes() {
			return v, g.Name
		}
	}
	return Verdict{}, ""
}

// Limits are what people are spared; times of day in Vietnam.
type Limits struct {
	PerDay       int           // messages a day to one person, all topics; default 1
	PerMilestone int           // times one occurrence is spoken of; default 3
	QuietFrom    time.Duration // default 20h
	QuietUntil   time.Duration // default 8h
}

// DefaultLimits are stricter than the law asks.
func DefaultLimits() Limits {
	return Limits{PerDay: 1, PerMilestone: 3, QuietFrom: 20 * time.Hour, QuietUntil: 8 * time.Hour}
}
