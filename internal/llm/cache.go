package llm

import (
	"crypto/sha256"
	"sync"
)

// vectorCache remembers vectors by the SHA-256 of their text, in two generations: when the
// younger is full the older is dropped, so that what is asked often stays.
type vectorCache struct {
	mu         sync.Mutex
	most       int
	young, old map[[32]byte][]float32
}

func newVectorCache(most int) *vectorCache {
	return &vectorCache{most: most, young: map[[32]byte][]float32{}}
}

// get returns a vector that the caller does not change, or nil.
func (c *vectorCache) get(text string) []float32 {
	key := sha256.Sum256([]byte(text))
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.young[key]; ok {
		return v
	}
	v, ok := c.old[key]
	if ok {
		c.keep(key, v)
	}
	return v
}

func (c *vectorCache) put(text string, v []float32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(sha256.Sum256([]byte(text)), v)
}

func (c *vectorCache) keep(key [32]byte, v []float32) {
	if len(c.young) >= (c.most+1)/2 {
		c.old, c.young = c.young, map[[32]byte][]float32{}
	}
	c.young[key] = v
}
