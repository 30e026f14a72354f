package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Taker keeps a change and plans anew; *lifeevents.Engine is one. The same change again
// does nothing.
type Taker interface {
	Take(ctx context.Context, c lifeevents.Change, now time.Time) ([]lifeevents.Changed, error)
}

// People reads who is known; lifeevents.Store is one.
type People interface {
	Views(ctx context.Context, ids []lifeevents.PersonID) ([]*lifeevents.View, error)
	// Residents lists the living who are in a commune on a day; it reads an index.
	Residents(ctx context.Context, commune string, on civil.Date) ([]lifeevents.PersonID, error)
}

// Desk is where everything comes in. It is safe for use by many at once as far as its
// parts are.
type Desk struct {
	taker  Taker
	people People
	ledger Ledger
}

// NewDesk takes records to the engine, with what is known of people and the ledger.
func NewDesk(taker Taker, people People, ledger Ledger) *Desk { return &Desk{taker, people, ledger} }

// Outcome is what came of a record.
type Outcome string

// The outcomes.
const (
	Accepted Outcome = "accepted"
	Known    Outcome = "known" // the same again: nothing changed
	Refused  Outcome = "refused"
)

// Result says what came of one record, in the order they were given.
type Result struct {
	Line     int                  `json:"line,omitempty"` // of a file, from 1
	Source   lifeevents.Source    `json:"source,omitempty"`
	ID       string               `json:"id,omitempty"`
	Outcome  Outcome              `json:"outcome"`
	Code     Code                 `json:"code,omitempty"`
	Says     string               `json:"says"`
	Findings []lifeevents.Finding `json:"findings,omitempty"` // accepted in spite of these
	// Corrections are notices already said that this record shows to have been wrong.
	Corrections int `json:"corrections,omitempty"`
}

// Entry is a record as read, or why it could not be.
type Entry struct {
	Line   int
	Record Record
	Err    error
}

// Take checks and keeps records. An error means nothing more could be kept (the disk, the
// database): the records without an outcome were not taken and may be sent again.
func (d *Desk) Take(ctx context.Context, list []Entry, now time.Time) ([]Result, error) {
	r := newRound(d, list, now)
	if err := r.lookUp(ctx); err != nil {
		return nil, err
	}
	for i := range list {
		r.judge(i)
	}
	if err := r.spread(ctx); err != nil {
		return nil, err
	}
	if len(r.change.Facts)+len(r.change.Edges)+len(r.change.Events) > 0 {
		changed, err := d.taker.Take(ctx, r.change, now)
		if err != nil {
			return nil, fmt.Errorf("giữ %d bản ghi: %w", len(list), err)
		}
		r.note(changed)
	}
	// After the engine: a crash in between leaves records without a receipt, and taking
	// them once more does nothing.
	return r.results, d.ledger.Keep(ctx, r.receipts, r.tallies())
}

// note spreads corrections over the accepted records; which one caused it is not known.
func (r *round) note(changed []lifeevents.Changed) {
	if len(changed) == 0 {
		return
	}
	for i := range r.results {
		if r.results[i].Outcome == Accepted {
			r.results[i].Corrections = len(changed)
			return
		}
	}
}
