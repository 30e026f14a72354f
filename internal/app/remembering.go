package app

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/assistant"
)

// writesWaiting is how many writes may wait for the store; more are dropped and counted,
// so that a store busy with ingestion never holds up an answer.
const writesWaiting = 4096

// errStopping is returned once the service closes.
var errStopping = errors.New("app: conversations are closed")

// write is something to be kept. One that stands alone shares no transaction: it erases,
// and what is erased must be gone when it returns.
type write struct {
	run   func(context.Context) error
	alone bool
}

// remembering keeps conversations in this process at once and in the store a moment
// later, by one writer in the order they came. It is the assistant's Memory.
type remembering struct {
	short *assistant.ShortMemory
	kept  assistant.Transcript // nil: nothing outlives this process
	gaps  assistant.Gaps
	log   *slog.Logger
	// together makes one write of several; nil: each is its own.
	together func(context.Context, func(context.Context) error) error
	work     chan write
	stopped  chan struct{}
	closing  chan struct{}
	lost     atomic.Int64
}

func newRemembering(
	short *assistant.ShortMemory, kept assistant.Transcript, gaps assistant.Gaps, log *slog.Logger,
	together func(context.Context, func(context.Context) error) error,
) *remembering {
	r := &remembering{
		short: short, kept: kept, gaps: gaps, log: log, together: together,
		work: make(chan write, writesWaiting), stopped: make(chan struct{}), closing: make(chan struct{}),
	}
	go r.write()
	return r
}

// write runs until close, then finishes what waits.
func (r *remembering) write() {
	defer close(r.stopped)
	ctx := context.Background() // what a person said was asked for; it outlives the request
	for {
		select {
		case w := <-r.work:
			r.keep(ctx, w)
		case <-r.closing:
			for {
				select {
				case w := <-r.work:
					r.keep(ctx, w)
				default:
					return
				}
			}
		}
	}
}

// writtenTogether is how many waiting writes go in one transaction at most.
const writtenTogether = 256

// keep writes w and what waits behind it, in the order they came.
func (r *remembering) keep(ctx context.Context, w write) {
	if w.alone || r.together == nil {
		r.run(ctx, w)
		return
	}
	var after *write
	err := r.together(ctx, func(ctx context.Context) error {
		r.run(ctx, w)
		for range writtenTogether {
			select {
			case next := <-r.work:
				if next.alone {
					after = &next
					return nil
				}
				r.run(ctx, next)
			default:
				return nil
			}
		}
		return nil
	})
	if err != nil {
		r.log.Error("app: turns were not kept", "error", err)
	}
	if after != nil {
		r.run(ctx, *after)
	}
}

func (r *remembering) run(ctx context.Context, w write) {
	if err := w.run(ctx); err != nil {
		r.log.Error("app: a turn was not kept", "error", err)
	}
}

func (r *remembering) close() error {
	close(r.closing)
	<-r.stopped
	if n := r.lost.Load(); n > 0 {
		r.log.Warn("app: turns were not kept because the store was busy", "turns", n)
	}
	return nil
}

// later hands a write over without waiting.
func (r *remembering) later(f func(context.Context) error) {
	select {
	case r.work <- write{run: f}:
	default:
		r.lost.Add(1)
	}
}

// now runs f after every write handed over before, and waits for it.
func (r *remembering) now(ctx context.Context, f func(context.Context) error) error {
	done := make(chan error, 1)
	job := func(context.Context) error { done <- f(context.WithoutCancel(ctx)); return nil }
	select {
	case r.work <- write{run: job, alone: true}:
	case <-r.closing:
		return errStopping
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-done:
		return err
	case <-r.stopped:
		return errStopping
	case <-ctx.Done():
		return ctx.Err()
	}
}

// State implements assistant.Memory.
func (r *remembering) State(ctx context.Context, conversation string) (assistant.State, error) {
	s, err := r.short.State(ctx, conversation)
	if err != nil || s.Topic != "" || r.kept == nil {
		return s, err
	}
	return r.kept.State(ctx, conversation)
}

// Keep implements assistant.Memory.
func (r *remembering) Keep(ctx context.Context, conversation string, s assistant.State, at time.Time) error {
	if r.kept != nil {
		r.later(func(ctx context.Context) error { return r.kept.Keep(ctx, conversation, s, at) })
	}
	return r.short.Keep(ctx, conversation, s, at)
}

// Forget implements assistant.Memory; when it returns, the store has forgotten too.
func (r *remembering) Forget(ctx context.Context, conversation string) error {
	if err := r.short.Forget(ctx, conversation); err != nil || r.kept == nil {
		return err
	}
	return r.now(ctx, func(ctx context.Context) error { return r.kept.Forget(ctx, conversation) })
}

// turn keeps what was asked.
func (r *remembering) turn(p assistant.PastTurn) {
	if r.kept != nil {
		r.later(func(ctx context.Context) error { return r.kept.Append(ctx, p) })
	}
}

// gap notes what nobody could answer.
func (r *remembering) gap(u assistant.Unanswered) {
	if r.kept != nil {
		r.later(func(ctx context.Context) error { return r.gaps.Note(ctx, u) })
	}
}
