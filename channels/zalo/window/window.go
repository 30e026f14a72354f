// Package window knows when Zalo lets an Official Account write to a person, and for what
// price. Pure: the state is given, and so is the time.
package window

import (
	"slices"
	"time"
)

// State is what is kept about one person of one Official Account.
type State struct {
	// Heard is when the person last wrote to us, by Zalo's clock; zero: never.
	Heard time.Time `json:"heard,omitzero"`
	// Sent are the instants of our latest consultation messages, oldest first; no more are
	// kept than Rules.Free asks for.
	Sent []time.Time `json:"sent,omitempty"`
	// Left is when the person unfollowed or blocked us; zero while they did not.
	Left time.Time `json:"left,omitzero"`
	// Away is until when Zalo says the account cannot be reached; zero: it can.
	Away time.Time `json:"away,omitzero"`
	// Shut is when Zalo last told us that the window is closed although we thought otherwise.
	Shut time.Time `json:"shut,omitzero"`
}

// Rules are Zalo's numbers, as data: they change without notice.
type Rules struct {
	FreeFor  time.Duration // after the person wrote; 48 hours
	Free     int           // messages within it, for each time the person wrote; 8
	OpenFor  time.Duration // after which only templates may be sent; 7 days
	Slack    time.Duration // each window is taken to close this much early: a message decided upon in time shall also arrive in time
	NightsAt time.Duration // time of day in Vietnam from which templates are refused; 22 hours
	NightsTo time.Duration // until which; 6 hours
}

// Published are the numbers as published; confidence: 7 days high, 48 hours and 8 messages
// medium, the night for templates low.
func Published() Rules {
	return Rules{FreeFor: 48 * time.Hour, Free: 8, OpenFor: 7 * 24 * time.Hour, Slack: time.Minute, NightsAt: 22 * time.Hour, NightsTo: 6 * time.Hour}
}

// Leave says how a person may be written to.
type Leave string

// The closed list.
const (
	Free    Leave = "free"    // a consultation message that costs nothing
	Charged Leave = "charged" // a consultation message that Zalo charges for
	Closed  Leave = "closed"  // an approved template only
	Gone    Leave = "gone"    // the person has left: nothing at all
)

// At tells how the person may be written to at an instant.
func (r Rules) At(s State, now time.Time) Leave {
	switch {
	case !s.Left.IsZero():
		return Gone
	case s.Heard.IsZero() || now.Before(s.Away) || !s.Shut.Before(s.Heard):
		return Closed
	}
	age := now.Sub(s.Heard)
	switch {
	case age >= r.OpenFor-r.Slack:
		return Closed
	case age >= r.FreeFor-r.Slack || s.used() >= r.Free:
		return Charged
	}
	return Free
}

// used counts our messages since the person wrote.
func (s State) used() int {
	n := 0
	for _, at := range s.Sent {
		if !at.Before(s.Heard) {
			n++
		}
	}
	return n
}

// Left is how many free messages remain; zero where the window is not free.
func (r Rules) Left(s State, now time.Time) int {
	if r.At(s, now) != Free {
		return 0
	}
	return r.Free - s.used()
}

// Hear notes that the person wrote. Events come late and twice: an older one changes
// nothing, and what we sent since the newest still counts.
func (s *State) Hear(at time.Time) {
	if at.After(s.Heard) {
		s.Heard = at
	}
	if at.After(s.Left) {
		s.Left = time.Time{}
	}
	if at.After(s.Shut) {
		s.Away = time.Time{}
	}
}

// Spend notes a consultation message before it is sent.
func (r Rules) Spend(s *State, at time.Time) {
	s.Sent = append(s.Sent, at)
	slices.SortFunc(s.Sent, time.Time.Compare)
	if most := max(r.Free, 1); len(s.Sent) > most {
		s.Sent = slices.Clone(s.Sent[len(s.Sent)-most:])
	}
}

// Refund takes one back that Zalo is known not to have taken.
func (s *State) Refund(at time.Time) {
	if i := slices.IndexFunc(s.Sent, at.Equal); i >= 0 {
		s.Sent = slices.Delete(s.Sent, i, i+1)
	}
}

// Leave notes that the person unfollowed or blocked us; an event older than what they
// wrote since changes nothing.
func (s *State) Leave(at time.Time) bool {
	if at.Before(s.Heard) || at.Before(s.Left) {
		return false
	}
	s.Left = at
	return true
}

// Return notes that the person follows us again. It opens no window.
func (s *State) Return(at time.Time) {
	if at.After(s.Left) {
		s.Left = time.Time{}
	}
}
