package eval

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
)

// Subset keeps the questions, every document that answers one, and others of the rest in an
// order fixed by their IDs alone: a smaller haystack with every needle. A larger subset
// holds the smaller. 0 or at least as many as there are keeps all.
func (d *Dataset) Subset(others int) *Dataset {
	rest := d.inSubsetOrder()
	gold := len(d.Documents) - len(rest)
	if others <= 0 || others >= len(rest) {
		return d
	}
	left := make(map[int]bool, len(rest)-others)
	for _, i := range rest[others:] {
		left[i] = true
	}
	out := *d
	out.Name = fmt.Sprintf("%s (%d of %d documents)", d.Name, gold+others, len(d.Documents))
	out.Documents = nil
	for i := range d.Documents {
		if !left[i] {
			out.Documents = append(out.Documents, d.Documents[i])
		}
	}
	return &out
}

// inSubsetOrder lists the documents that answer no question, by the digest of their ID.
func (d *Dataset) inSubsetOrder() []int {
	gold := map[string]bool{}
	for _, grades := range d.Relevant {
		for id, grade := range grades {
			if grade > 0 {
				gold[id] = true
			}
		}
	}
	type placed struct {
		at  int
		key [32]byte
	}
	var rest []placed
	for i := range d.Documents {
		if id := d.Documents[i].ID; !gold[id] {
			rest = append(rest, placed{i, sha256.Sum256([]byte(id))})
		}
	}
	slices.SortFunc(rest, func(a, b placed) int { return bytes.Compare(a.key[:], b.key[:]) })
	out := make([]int, len(rest))
	for i, p := range rest {
		out[i] = p.at
	}
	return out
}
