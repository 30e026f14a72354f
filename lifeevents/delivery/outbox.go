package delivery

import (
	"context"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// Outbox hands out due deliveries. What a method writes is one transaction, on disk when it
// returns. A row that has changed between claim and Begin is not begun. A store for one
// process may note a claim in memory and write it with Begin: then one never begun leaves no line.
type Outbox interface {
	// Claim leases up to n rows due on a channel, and with each of them all that is due to
	// the same person there, so that they can be said together (so a few more than n).
	// Urgent rows come before the rest; within both, provinces take turns. Rows of one
	// person stand together. Rows whose lease has run out are first freed: back to pending
	// if sending had not begun or the channel drops repeats, else to unknown.
	Claim(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]Delivery, error)
	// Begin records, before it happens, that claimed rows are handed to a channel, and what
	// that costs of people's attention; budget is messages a day. It returns those that may
	// go: a row whose claim is no longer the latest, or that would pass the budget after
	// all, is left out, the latter still claimed.
	Begin(ctx context.Context, starts []Start, now time.Time, budget int) (may []int64, err error)
	// Settle ends claims and logs the attempts. A row whose claim is no longer the latest is
	// left as it is; one that became unknown meanwhile takes what is now known.
	Settle(ctx context.Context, list []Settlement) error
	// Waiting tells when the next pending row of a channel falls due; zero for none.
	Waiting(ctx context.Context, channel string) (time.Time, error)
}

// Views reads people as they are known now; part of lifeevents.Store.
type Views interface {
	Views(ctx context.Context, ids []lifeevents.PersonID) ([]*lifeevents.View, error)
}
