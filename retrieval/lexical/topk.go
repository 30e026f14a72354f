package lexical

import "slices"

// ranked is a sum and, below it, a document: greater is better, among equal sums the
// earlier document.
type ranked uint64

func newRanked(sum int32, doc uint32) ranked { return ranked(uint64(uint32(sum))<<32 | uint64(^doc)) }
func (r ranked) sum() int32                  { return int32(r >> 32) }
func (r ranked) doc() uint32                 { return ^uint32(r) }

// topk keeps the k best in a heap with the worst on top. floor is the least sum that may
// still enter.
type topk struct {
	list  []ranked
	k     int
	floor int32
}

func (t *topk) add(r ranked) {
	h := t.list
	if len(h) < t.k {
		h = append(h, r)
		for i := len(h) - 1; i > 0; {
			up := (i - 1) / 2
			if h[up] < h[i] {
				break
			}
			h[up], h[i] = h[i], h[up]
			i = up
		}
		t.list = h
	} else if r > h[0] {
		h[0] = r
		for i := 0; ; {
			worst := 2*i + 1
			if worst >= len(h) {
				break
			}
			if worst+1 < len(h) && h[worst+1] < h[worst] {
				worst++
			}
			if h[i] < h[worst] {
				break
			}
			h[i], h[worst] = h[worst], h[i]
			i = worst
		}
	}
	if len(t.list) == t.k {
		t.floor = max(t.floor, t.list[0].sum())
	}
}

// sorted empties the heap into rising order: the best is last.
func (t *topk) sorted() []ranked {
	slices.Sort(t.list)
	return t.list
}
