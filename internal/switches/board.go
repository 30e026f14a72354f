package switches

import (
	"context"
	"sync"
	"time"
)

// Board answers "is it off?" from memory and reads the store again when what it knows has
// grown old, so that a switch turned in one process holds in all within Every.
type Board struct {
	store Store
	every time.Duration
	now   func() time.Time

	mu   sync.Mutex
	read time.Time
	off  map[Target]Turning
	err  error
}

// Every is how old what a board knows may be.
const Every = 2 * time.Second

// NewBoard reads from a store; now times the reading.
func NewBoard(store Store, now func() time.Time) *Board {
	return &Board{store: store, every: Every, now: now}
}

// Off reports whether a target is off, and the line that turned it off. A store that
// cannot be read leaves everything as it was last known: a switch once seen off stays off.
func (b *Board) Off(ctx context.Context, t Target) (Turning, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refresh(ctx, false)
	line, off := b.off[t]
	return line, off
}

// All lists what is off.
func (b *Board) All(ctx context.Context) (map[Target]Turning, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refresh(ctx, true)
	out := make(map[Target]Turning, len(b.off))
	for t, line := range b.off {
		out[t] = line
	}
	return out, b.err
}

// Turn writes a line, and this process knows it at once.
func (b *Board) Turn(ctx context.Context, t Turning) error {
	if err := t.Check(); err != nil {
		return err
	}
	if err := b.store.Turn(ctx, t); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refresh(ctx, true)
	return b.err
}

// Log returns the last n lines, latest first.
func (b *Board) Log(ctx context.Context, n int) ([]Turning, error) { return b.store.Log(ctx, n) }

func (b *Board) refresh(ctx context.Context, force bool) {
	now := b.now()
	if age := now.Sub(b.read); !force && b.off != nil && age >= 0 && age < b.every {
		return
	}
	lines, err := b.store.Off(context.WithoutCancel(ctx)) // one impatient reader spoils nothing for the rest
	b.read, b.err = now, err
	if err != nil {
		return
	}
	b.off = make(map[Target]Turning, len(lines))
	for _, line := range lines {
		b.off[line.Target] = line
	}
}
