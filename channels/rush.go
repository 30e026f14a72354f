package channels

import (
	"context"
	"sync"
	"time"
)

// rushing is more messages a second than one machine answers.
const rushing = 100

// Rush counts what has just come in. The zero value is ready.
type Rush struct {
	mu        sync.Mutex
	since     time.Time // of the machine's clock: this is about its processors
	now, last int       // in the second that runs, and in the one before
}

// Busy reports whether more comes in than can be answered.
func (r *Rush) Busy() bool {
	r.add(0)
	r.mu.Lock()
	defer r.mu.Unlock()
	return max(r.now, r.last) >= rushing
}

func (r *Rush) add(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := time.Now()
	switch past := at.Sub(r.since); {
	case past >= 2*time.Second:
		r.since, r.last, r.now = at, 0, 0
	case past >= time.Second:
		r.since, r.last, r.now = at, r.now, 0
	}
	r.now += n
}

// Counting is an inbox through which everything is counted that comes in.
func (r *Rush) Counting(x Inbox) Inbox { return countedInbox{x, r} }

type countedInbox struct {
	Inbox
	rush *Rush
}

// Accept implements Inbox.
func (c countedInbox) Accept(ctx context.Context, in Incoming) (bool, error) {
	c.rush.add(1)
	return c.Inbox.Accept(ctx, in)
}
