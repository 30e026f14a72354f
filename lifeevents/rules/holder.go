package rules

import (
	"io/fs"
	"sync/atomic"

	"github.com/motcua/motcua/lifeevents"
)

// Holder keeps the running set and swaps it whole; safe for use at once by many.
type Holder struct {
	set atomic.Pointer[lifeevents.Set]
}

// NewHolder starts with a set.
func NewHolder(set *lifeevents.Set) *Holder {
	h := &Holder{}
	h.set.Store(set)
	return h
}

// Set is the running set.
func (h *Holder) Set() *lifeevents.Set { return h.set.Load() }

// Reload reads a new set. With any fault the running one stays and old equals now; else
// the new one runs from here on, and old is what ran before, for Ripple.
func (h *Holder) Reload(fsys fs.FS, opts Options) (old, now *lifeevents.Set, faults []Fault) {
	set, faults := Load(fsys, opts)
	if len(faults) > 0 || set == nil {
		running := h.set.Load()
		return running, running, faults
	}
	return h.set.Swap(set), set, nil
}
