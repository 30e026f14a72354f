package llm

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrOpen is returned without asking while a server that kept failing is left alone.
var ErrOpen = errors.New("llm: máy chủ mô hình đang trục trặc, tạm không hỏi")

// Breaker leaves a failing server alone: after Faults failures in a row it lets nothing
// through for Rest, then one request to see whether the server has come back.
type Breaker struct {
	Faults int           // default 5
	Rest   time.Duration // default 15s
	Now    func() time.Time

	mu     sync.Mutex
	failed int
	until  time.Time
	trying bool
}

// Open reports whether the server is left alone now.
func (b *Breaker) Open() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.failed >= usual(b.Faults, 5)
}

// Do runs a request to any server that may fail, as requests to models are run.
func (b *Breaker) Do(f func() error) error { return b.do(f) }

// do runs a request and learns from how it ended. A request given up because its
// asker went away says nothing about the server; nor does a refusal, a text the caller had
// enough of, or a budget that is used up.
func (b *Breaker) do(f func() error) error {
	if b == nil {
		return f()
	}
	if !b.enter() {
		return ErrOpen
	}
	err := f()
	b.leave(err)
	return err
}

func (b *Breaker) enter() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failed < usual(b.Faults, 5) {
		return true
	}
	if b.Now().Before(b.until) || b.trying {
		return false
	}
	b.trying = true
	return true
}

func (b *Breaker) leave(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
	var stopped *stoppedError
	switch {
	case err == nil, errors.Is(err, ErrRefused), errors.As(err, &stopped):
		b.failed = 0
	case errors.Is(err, context.Canceled), errors.Is(err, ErrBudget):
	default:
		b.failed++
		if rest := b.Rest; rest > 0 {
			b.until = b.Now().Add(rest)
		} else {
			b.until = b.Now().Add(15 * time.Second)
		}
	}
}
