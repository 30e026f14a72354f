package intake

import (
	"context"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// Ledger keeps receipts and tallies. Implemented by internal/store.
type Ledger interface {
	// Receipts returns those known of the names asked for.
	Receipts(ctx context.Context, names []lifeevents.RecordName) (map[lifeevents.RecordName]lifeevents.Receipt, error)
	// Keep writes receipts (a known name is replaced) and adds to the tallies, in one transaction.
	Keep(ctx context.Context, receipts []lifeevents.Receipt, add []lifeevents.Tally) error
	// Tallies lists every source heard of, by name.
	Tallies(ctx context.Context) ([]lifeevents.Tally, error)
}

// caused names what a record puts in: IDs, people and kinds, never values.
func caused(r *Record) lifeevents.Change {
	var c lifeevents.Change
	for _, f := range r.Change.Facts {
		c.Facts = append(c.Facts, lifeevents.Fact{ID: f.ID, Person: f.Person, Kind: f.Kind, Key: f.Key, Source: f.Source})
	}
	for _, e := range r.Change.Edges {
		c.Edges = append(c.Edges, lifeevents.Edge{ID: e.ID, From: e.From, To: e.To, Kind: e.Kind, Source: e.Source})
	}
	for _, e := range r.Change.Events {
		c.Events = append(c.Events, lifeevents.Event{ID: e.ID, Source: e.Source, Person: e.Person, Kind: e.Kind})
	}
	return c
}

// undo is the change that withdraws what a receipt names. Its own IDs follow from the
// retraction's, so that the same retraction twice is one.
func undo(c lifeevents.Change, by lifeevents.RecordName, at time.Time) lifeevents.Change {
	var out lifeevents.Change
	for i, f := range c.Facts {
		f.ID, f.Supersedes, f.ObservedAt, f.Withdrawn = factID(by, i), f.ID, at, true
		out.Facts = append(out.Facts, f)
	}
	for i, e := range c.Edges {
		e.ID, e.Supersedes, e.ObservedAt, e.Withdrawn = edgeID(by, i), e.ID, at, true
		out.Edges = append(out.Edges, e)
	}
	for i, e := range c.Events {
		out.Events = append(out.Events, lifeevents.Event{ID: partID(by, "r", i), Source: e.Source, Person: e.Person, Reported: at, Retracts: e.ID})
	}
	return out
}
