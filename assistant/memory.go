package assistant

import (
	"context"
	"sync"
	"time"
)

// Memory keeps the typed state of conversations. It holds no words of the person beyond
// the masked topic.
type Memory interface {
	// State returns the zero State for a conversation that is unknown or forgotten.
	State(ctx context.Context, conversation string) (State, error)
	// Keep replaces the state; at starts its retention clock anew.
	Keep(ctx context.Context, conversation string, s State, at time.Time) error
	// Forget deletes the conversation; an unknown one is no error.
	Forget(ctx context.Context, conversation string) error
}

// ShortMemory keeps conversations in this process for a while after their last turn. It
// serves one process; stores keep them for more.
type ShortMemory struct {
	// Keeping is how long a silent conversation is remembered.
	Keeping time.Duration
	// Most is how many conversations are kept; the oldest goes first.
	Most int

	mu    sync.Mutex
	kept  map[string]remembered
	order []string
}

type remembered struct {
	state State
	at    time.Time
}

// NewShortMemory remembers up to most conversations for the time given.
func NewShortMemory(keeping time.Duration, most int) *ShortMemory {
	return &ShortMemory{Keeping: keeping, Most: most, kept: map[string]remembered{}}
}

// State implements Memory.
func (m *ShortMemory) State(_ context.Context, conversation string) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.kept[conversation].state, nil
}

// Keep implements Memory.
func (m *ShortMemory) Keep(_ context.Context, conversation string, s State, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.kept[conversation]; !known {
		m.order = append(m.order, conversation)
	}
	m.kept[conversation] = remembered{s, at}
	for len(m.order) > 0 {
		first, known := m.kept[m.order[0]]
		if known && at.Sub(first.at) <= m.Keeping && len(m.order) <= m.Most {
			break
		}
		delete(m.kept, m.order[0])
		m.order = m.order[1:]
	}
	return nil
}

// Forget implements Memory.
func (m *ShortMemory) Forget(_ context.Context, conversation string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, conversation)
	return nil
}
