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

// remembering keeps conversations in this process at once and in the store a moment
// later, by one writer in the order they came. It is the assistant's Memory.
type remembering struct {
	short   *assistant.ShortMemory
	kept    assistant.Transcript // nil: nothing outlives this process
	gaps    assistant.Gaps
	log     *slog.Logger
	work    chan func(context.Context) error
	stopped chan struct{}
	closing chan struct{}
	lost    atomic.Int64
}

func newRemembering(short *assistant.ShortMemory, kept assistant.Transcript, gaps assistant.Gaps, log *slog.Logger) *remembering {
	r := &remembering{
		short: short, kept: kept, gaps: gaps, log: log,
		work: make(chan func(context.Context) error, writesWaiting), stopped: make(chan struct{}), closing: make(chan struct{}),
	}
	go r.write()
	return r
}

// write runs until close, then finishes what waits.
func (r *remembering) write() {
	defer close(r.stopped)
	ctx := context.Background() // what a person said was asked for; it outlives the request
	run := func(f func(context.Context) error) {
		if err := f(ctx); err != nil {
			r.log.Error("app: a turn was not kept", "error", err)
		}
	}
	for {
		select {
		case f := <-r.work:
			run(f)
		case <-r.closing:
			for {
				select {
				case f := <-r.work:
					run(f)
				default:
					return
				}
			}
		}
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
	case r.work <- f:
	default:
		r.lost.Add(1)
	}
}

// now runs f after every write handed over before, and waits for it.
func (r *remembering) now(ctx context.Context, f func(context.Context) error) error {
	done := make(chan error, 1)
	job := func(context.Context) error { done <- f(context.WithoutCancel(ctx)); return nil }
	select {
	case r.work <- job:
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
