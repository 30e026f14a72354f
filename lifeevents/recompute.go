package lifeevents

import (
	"context"
	"slices"
	"sync"

	"github.com/motcua/motcua/internal/civil"
)

// Everybody is what a store offers beside Store so that a changed rule can be worked out
// for all people at once.
type Everybody interface {
	// EachView calls f with every person, several at a time from as many goroutines as
	// workers, in no order; the first error ends it.
	EachView(ctx context.Context, workers int, f func(*View) error) error
	// AddDue adds rows to the index, beside those there; one that is there stays.
	AddDue(ctx context.Context, rows []Due) error
	// Doubt marks what is queued under the rules named and not sent, so that each notice is
	// planned anew before it goes out.
	Doubt(ctx context.Context, rules []string) error
}

// addAtOnce is how many rows go into one transaction.
const addAtOnce = 20_000

// Recompute works out the rules named (new versions, changed ones) for everybody and for
// them alone: their next due days join the index, and what is queued under them is planned
// anew before it is sent. Rows of before stay: looking on such a day finds nothing and
// costs little. It may be stopped and run again. It returns how many rows it found.
func (e *Engine) Recompute(ctx context.Context, all Everybody, ids []string, today civil.Date, workers int) (int, error) {
	return e.recompute(ctx, all, ids, today, workers, func(int) {})
}

// tellEvery is after how many people somebody watching is told.
const tellEvery = 5000

func (e *Engine) recompute(ctx context.Context, all Everybody, ids []string, today civil.Date, workers int, each func(done int)) (int, error) {
	set := e.rules().Only(ids...)
	ran, err := e.store.Ran(ctx)
	if err != nil {
		return 0, err
	}
	if err := all.Doubt(ctx, ids); err != nil {
		return 0, err
	}
	after := today.AddDays(-1)
	if !ran.IsZero() && ran.Before(after) {
		after = ran
	}
	var mu sync.Mutex
	var waiting []Due
	total, people := 0, 0
	err = all.EachView(ctx, workers, func(v *View) error {
		found := set.NextDue(v, after, today.AddDays(horizonDays))
		found = slices.DeleteFunc(found, func(d Due) bool { return d.Rule == LookAgain })
		mu.Lock()
		defer mu.Unlock()
		if people++; people%tellEvery == 0 {
			each(people)
		}
		waiting = append(waiting, found...)
		total += len(found)
		if len(waiting) < addAtOnce {
			return nil
		}
		rows := waiting
		waiting = nil
		return all.AddDue(ctx, rows)
	})
	if err != nil {
		return total, err
	}
	each(people)
	return total, all.AddDue(ctx, waiting)
}
