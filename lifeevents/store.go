package lifeevents

import (
	"context"
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

// Store keeps people and the index of next due days. Implemented by internal/store.
type Store interface {
	// Take appends a change in one transaction; IDs already known are skipped. It returns
	// the people whose plans may move: those named, and everyone an edge ties to them,
	// sorted; empty when nothing was new. In the same transaction each of them gets a due
	// row for the day of at (LookAgain), so that a crash before Replan misses nobody.
	Take(ctx context.Context, c Change, at time.Time) ([]PersonID, error)
	// Views returns the people named, in that order, each with the family around. A
	// person never heard of has a View with the ID only.
	Views(ctx context.Context, ids []PersonID) ([]*View, error)
	// Replan replaces the due rows of the people named by rows, and withdraws what is
	// queued about them, not sent, and not in keep, all in one transaction. Of keep only
	// SaidKey, About, Rule and Due are filled in. It
	// returns what was already said about them in the last 400 days and is not in keep.
	Replan(ctx context.Context, of []PersonID, rows []Due, keep []Notice, why string) (said []Notice, err error)
	// DueBy reads the index in order of (On, Person): rows with On <= day after the row
	// given (zero: from the start), at most n. A range read, never a scan of people.
	DueBy(ctx context.Context, day civil.Date, after Due, n int) ([]Due, error)
	// Queue puts notices into the outbox and replaces the due rows of the people named, in
	// one transaction. A notice whose SaidKey is already there is skipped, unless it was
	// withdrawn before ever being sent: then it is revived with the new contents. It
	// returns how many were new or revived.
	Queue(ctx context.Context, notices []Notice, of []PersonID, rows []Due) (int, error)
	// Ran is the last day fully worked through; zero before the first. SetRan never moves it back.
	Ran(ctx context.Context) (civil.Date, error)
	SetRan(ctx context.Context, day civil.Date) error
	// People lists everyone after the ID given, in order, at most n: for a changed rule.
	People(ctx context.Context, after PersonID, n int) ([]PersonID, error)
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
