package delivery

import (
	"sync"
	"time"
)

// pulse is the health of one channel: after a fault of the channel itself it rests, twice
// as long each time, until one sending succeeds.
type pulse struct {
	mu     sync.Mutex
	faults int
	until  time.Time
}

// Rests of a channel after faults of its own: 30 s, 1 min, 2 min … 15 min.
const (
	firstRest   = 30 * time.Second
	longestRest = 15 * time.Minute
)

func (p *pulse) down() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until
}

// hear takes how one sending ended.
func (p *pulse) hear(now time.Time, err *SendError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err == nil:
		p.faults, p.until = 0, time.Time{}
	case err.Reason == RateLimit && err.RetryAfter > 0:
		p.rest(now.Add(err.RetryAfter))
	case err.Down:
		p.faults++
		p.rest(now.Add(max(err.RetryAfter, min(firstRest<<min(p.faults-1, 10), longestRest))))
	}
}

func (p *pulse) rest(until time.Time) {
	if p.until.Before(until) {
		p.until = until
	}
}
