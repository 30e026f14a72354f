package zalo

import (
	"context"
	"sync"
	"time"
)

// Pace spaces requests evenly, so that no span of a minute holds more than it may.
type Pace struct {
	gap   time.Duration
	now   func() time.Time
	sleep func(context.Context, time.Duration) error

	mu   sync.Mutex
	next time.Time
}

// NewPace allows so many requests a minute. sleep waits, or moves a clock that is not the
// real one; nil waits.
func NewPace(perMinute int, now func() time.Time, sleep func(context.Context, time.Duration) error) *Pace {
	if sleep == nil {
		sleep = wait
	}
	return &Pace{gap: time.Minute / time.Duration(max(perMinute, 1)), now: now, sleep: sleep}
}

// Wait returns when it is this request's turn. One whose turn would come too late for ctx
// is refused at once and takes no place; after is when to come again.
func (p *Pace) Wait(ctx context.Context) (after time.Duration, err error) {
	p.mu.Lock()
	now := p.now()
	turn := now
	if p.next.After(now) {
		turn = p.next
	}
	left := turn.Sub(now)
	if end, ok := ctx.Deadline(); ok && left > time.Until(end) {
		p.mu.Unlock()
		return left, context.DeadlineExceeded
	}
	p.next = turn.Add(p.gap)
	p.mu.Unlock()
	if left <= 0 {
		return 0, ctx.Err()
	}
	return 0, p.sleep(ctx, left)
}

// Hold lets nothing go before an instant: Zalo has asked for it.
func (p *Pace) Hold(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.next) {
		p.next = until
	}
}

// wait sleeps on the real clock.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
