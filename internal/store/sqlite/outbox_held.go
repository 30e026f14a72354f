package sqlite

import "sync"

// held is what workers of this process have claimed and not yet begun or given back. It
// keeps them out of each other's way, no more: what a claim is worth is decided by the row
// itself, whose number of claims must still be what it was when it was read (see Begin).
type held struct {
	mu      sync.Mutex
	rows    map[int64]claim
	people  map[reached]int // rows of a person on a channel
	soonest int64           // when the first of them runs out, Unix milliseconds
}

type reached struct {
	channel string
	person  int64
}

// claim is one row in the hands of a worker.
type claim struct {
	reached
	n, until int64 // the number it will have, and the lease, Unix milliseconds
}

// sweep forgets claims whose lease has run out. It needs the lock.
func (h *held) sweep(now int64) {
	if h.rows == nil {
		h.rows, h.people = map[int64]claim{}, map[reached]int{}
	}
	if len(h.rows) == 0 || now < h.soonest {
		return
	}
	h.soonest = 1<<63 - 1
	for id, c := range h.rows {
		if c.until <= now {
			h.drop(id, c)
		} else {
			h.soonest = min(h.soonest, c.until)
		}
	}
}

func (h *held) drop(id int64, c claim) {
	delete(h.rows, id)
	h.leave(c.reached)
}

// leave gives back one place in the row of a person. It needs the lock.
func (h *held) leave(p reached) {
	if h.people[p]--; h.people[p] <= 0 {
		delete(h.people, p)
	}
}

// keep notes rows read for people who are held already, and lets go of the people.
func (h *held) keep(rows []claimed, people []int64, channel string, until int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.rows) == 0 {
		h.soonest = until
	}
	h.soonest = min(h.soonest, until)
	for i := range rows {
		p := reached{channel, rows[i].who}
		if old, again := h.rows[rows[i].ID]; again {
			h.drop(rows[i].ID, old)
		}
		h.rows[rows[i].ID] = claim{p, int64(rows[i].Claim), until}
		h.people[p]++
	}
	for _, p := range people {
		h.leave(reached{channel, p})
	}
}

// find tells of a claim, if it is still held.
func (h *held) find(id int64, n int) (claim, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, ok := h.rows[id]
	return c, ok && c.n == int64(n)
}

// release gives rows back, once what became of them is on the disk.
func (h *held) release(ids []int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		if c, ok := h.rows[id]; ok {
			h.drop(id, c)
		}
	}
}
