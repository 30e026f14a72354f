package lifeevents

import (
	"context"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Change is what comes in at once: one event with its facts, a row of an import, an
// answer. All of it is kept or none.
type Change struct {
	Facts   []Fact
	Edges   []Edge
	Events  []Event
	Answers []Answer
}

// learned marks what its source said on an earlier day as learned now: a step that has gone
// by meanwhile is then made up for, as nobody was told.
func (c Change) learned(now time.Time) Change {
	today := civil.On(now)
	late := func(t time.Time) bool { return civil.On(t).Before(today) }
	c.Facts, c.Events, c.Edges = slices.Clone(c.Facts), slices.Clone(c.Events), slices.Clone(c.Edges)
	for i := range c.Facts {
		if f := &c.Facts[i]; late(f.KnownSince()) {
			f.SetKnownSince(now)
		}
	}
	for i := range c.Events {
		if e := &c.Events[i]; late(e.Reported) {
			e.Reported = now
		}
	}
	for i := range c.Edges {
		if e := &c.Edges[i]; late(e.ObservedAt) {
			e.ObservedAt = now
		}
	}
	return c
}

// Store keeps people and the index of next due days. Implemented by internal/store. Many
// processes may share one: what each method writes is one transaction.
type Store interface {
	Everybody
	// Take appends a change; IDs already known are skipped. In the same transaction it asks
	// plan about the people whose plans may move (those named, and everyone an edge ties to
	// them), some hundreds at a time; puts their new rows in place of the old ones;
	// withdraws what is queued about them, not sent, and not kept; and queues what is due at
	// once. Where nothing was new it asks nothing. It returns what was already said in the
	// last 400 days and is not kept.
	Take(ctx context.Context, c Change, at time.Time, plan Planner) ([]Spoken, error)
	// Views returns the people named, in that order, each with the family around. A
	// person never heard of has a View with the ID only.
	Views(ctx context.Context, ids []PersonID) ([]*View, error)
	// DueBy reads the index in order of (On, Person): rows with On <= day after the row
	// given (zero: from the start), at most n. A range read, never a scan of people.
	DueBy(ctx context.Context, day civil.Date, after Due, n int) ([]Due, error)
	// Queue puts notices into the outbox, removes the due rows worked and adds the next ones.
	// Whoever of those looked at has changed since (View.Rev) is left alone, with what was
	// planned about them: the change has planned them anew. A notice whose SaidKey is
	// already there is skipped, unless it was withdrawn before ever being sent: then it is
	// revived with the new contents. It returns how many were new or revived.
	Queue(ctx context.Context, notices []Notice, looked []*View, worked, next []Due) (int, error)
	// Ran is the last day fully worked through; zero before the first. SetRan never moves it back.
	Ran(ctx context.Context) (civil.Date, error)
	SetRan(ctx context.Context, day civil.Date) error
	// People lists everyone after the ID given, in order, at most n.
	People(ctx context.Context, after PersonID, n int) ([]PersonID, error)
}

// Planner says what is ahead of people; ran is the last day worked through. It is called
// inside a transaction: it must not use the store. Its answer has the order of the list.
type Planner func(list []Subject, ran civil.Date) []Outlook

// Subject is a person to be planned anew.
type Subject struct {
	*View
	Spoken bool // something about them is queued or was said in the last 400 days
}

// Outlook is what is ahead of one person.
type Outlook struct {
	Rows    []Due    // of the index
	Notices []Notice // due by today: to be queued at once
	// Keep is what is planned around today, for people something was said or queued about:
	// what is queued and not in it is withdrawn. Only SaidKey, Or, About, Rule and Due are
	// filled in.
	Keep []Notice
	Why  string // of a withdrawal, for the log
}

// Spoken is what was said about a person and is no longer planned.
type Spoken struct {
	View    *View
	Notices []Notice
}

// Due is one row of the index: on this day the person must be looked at for this rule.
// The day is a lower bound: looking too early finds nothing and costs nothing else.
type Due struct {
	On     civil.Date `json:"on"`
	Person PersonID   `json:"person"` // whom the occurrence is about
	Rule   string     `json:"rule"`   // LookAgain for a day beyond the horizon
}

// LookAgain stands as the rule of a row that only says: plan this person anew by then.
const LookAgain = "*"
