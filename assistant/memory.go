package assistant

import (
	"container/list"
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
	kept  map[string]*list.Element // of *remembered
	order *list.List               // the longest silent first
}

type remembered struct {
	conversation string
	state        State
	at           time.Time
}

// NewShortMemory remembers up to most conversations for the time given.
func NewShortMemory(keeping time.Duration, most int) *ShortMemory {
	return &ShortMemory{Keeping: keeping, Most: most, kept: map[string]*list.Element{}, order: list.New()}
}

// State implements Memory.
func (m *ShortMemory) State(_ context.Context, conversation string) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, known := m.kept[conversation]; known {
		return e.Value.(*remembered).state, nil
	}
	return State{}, nil
}

// Keep implements Memory.
func (m *ShortMemory) Keep(_ context.Context, conversation string, s State, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(m.kept[conversation])
	m.kept[conversation] = m.order.PushBack(&remembered{conversation, s, at})
	for first := m.order.Front(); first != nil; first = m.order.Front() {
		if at.Sub(first.Value.(*remembered).at) <= m.Keeping && m.order.Len() <= m.Most {
			break
		}
		m.drop(first)
	}
	return nil
}

// Forget implements Memory.
func (m *ShortMemory) Forget(_ context.Context, conversation string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(m.kept[conversation])
	return nil
}

func (m *ShortMemory) drop(e *list.Element) {
	if e != nil {
		delete(m.kept, m.order.Remove(e).(*remembered).conversation)
	}
}
