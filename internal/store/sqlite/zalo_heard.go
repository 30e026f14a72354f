package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
)

// hearing gathers what webhooks note while a transaction runs into the next one: a
// thousand posts a second cannot each have their own.
type hearing struct {
	mu      sync.Mutex
	waiting []heard
	busy    bool
}

type heard struct {
	person  []byte
	at, now time.Time
	done    chan error
}

// Heard notes that a person wrote. It is on disk once anything stored after it in a full
// transaction is.
func (z *Zalo) Heard(ctx context.Context, person []byte, at, now time.Time) error {
	h := heard{person, at, now, make(chan error, 1)}
	z.hearing.mu.Lock()
	z.hearing.waiting = append(z.hearing.waiting, h)
	if !z.hearing.busy {
		z.hearing.busy = true
		go z.listen(context.WithoutCancel(ctx))
	}
	z.hearing.mu.Unlock()
	select {
	case err := <-h.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// listen writes down what waits until nothing does.
func (z *Zalo) listen(ctx context.Context) {
	for {
		z.hearing.mu.Lock()
		list := z.hearing.waiting
		z.hearing.waiting = nil
		if len(list) == 0 {
			z.hearing.busy = false
			z.hearing.mu.Unlock()
			return
		}
		z.hearing.mu.Unlock()
		err := z.db.inTx(ctx, func(t *tx) error {
			for i := range list {
				if err := hear(t, &list[i]); err != nil {
					return err
				}
			}
			return nil
		})
		for _, h := range list {
			h.done <- err
		}
	}
}

func hear(t *tx, h *heard) error {
	return changeWindow(t, h.person, h.now, func(s *window.State) bool {
		before := s.Heard
		s.Hear(h.at)
		return !s.Heard.Equal(before)
	})
}

// changeWindow reads, alters and writes the state of one person.
func changeWindow(t *tx, person []byte, now time.Time, change func(s *window.State) bool) error {
	var s window.State
	var raw string
	err := t.row(`SELECT state FROM zalo_windows WHERE person = ?`, []any{person}, &raw)
	if err == nil {
		err = json.Unmarshal([]byte(raw), &s)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if !change(&s) {
		return nil
	}
	fresh, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO zalo_windows (person, state, at) VALUES (?, ?, ?)
		ON CONFLICT (person) DO UPDATE SET state = excluded.state, at = excluded.at`, person, string(fresh), now.UnixMilli())
	return err
}
