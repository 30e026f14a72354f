package measure

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Counter gathers tallies in memory, so that counting costs an answer nothing, and hands
// them to the store now and then.
type Counter struct {
	store Store

	mu  sync.Mutex
	now map[Tally]int
}

// NewCounter starts with nothing counted.
func NewCounter(store Store) *Counter { return &Counter{store: store, now: map[Tally]int{}} }

// FlushEvery is how often Run hands over; a process that is killed loses so much at most.
const FlushEvery = 10 * time.Second

// Answer counts one answer given at an instant.
func (c *Counter) Answer(at time.Time, channel, status string, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now[Tally{Day: civil.On(at), Channel: channel, Status: status, Bin: BinOf(took)}]++
}

// Flush hands over what was counted; where the store fails, it is kept for the next time.
func (c *Counter) Flush(ctx context.Context) error {
	c.mu.Lock()
	counted := c.now
	c.now = map[Tally]int{}
	c.mu.Unlock()
	if len(counted) == 0 {
		return nil
	}
	add := make([]Tally, 0, len(counted))
	for t, n := range counted {
		t.N = n
		add = append(add, t)
	}
	slices.SortFunc(add, compare)
	err := c.store.Count(ctx, add)
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		for t, n := range counted {
			c.now[t] += n
		}
	}
	return err
}

func compare(a, b Tally) int {
	return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Bin, b.Bin))
}

// Run flushes until ctx ends; told hears of failures. The last flush is the closer's.
func (c *Counter) Run(ctx context.Context, told func(error)) {
	tick := time.NewTicker(FlushEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := c.Flush(ctx); err != nil {
				told(err)
			}
		}
	}
}
