package lexical

import (
	"math"
	"math/bits"
	"slices"
)

// bound computes what a document of each window can reach at most and lists the windows
// that reach floor, best first, ties by place.
func (sc *scratch) bound(p *part, sums []int32, floor int32) {
	n := windowCount(p.size())
	if cap(sc.bounds) < n {
		sc.bounds = make([]int32, n)
	}
	bounds := sc.bounds[:n]
	clear(bounds)
	for _, d := range sc.touched {
		w := d >> windowBits
		bounds[w] = max(bounds[w], sums[d])
	}
	for i := range sc.long {
		t := &sc.long[i]
		weight, tops := t.weight, t.win.tops[:n]
		for w := range bounds {
			bounds[w] += weight * int32(tops[w])
		}
	}
	sc.alive = sc.alive[:0]
	for w, b := range bounds {
		if b >= floor {
			sc.alive = append(sc.alive, uint64(math.MaxInt32-b)<<32|uint64(w))
		}
	}
	slices.Sort(sc.alive)
	sc.place(n)
}

// place notes where the postings of each window begin in each long list.
func (sc *scratch) place(n int) {
	if need := n * len(sc.long); cap(sc.starts) < need {
		sc.starts = make([]uint32, need)
	}
	for i := range sc.long {
		starts := sc.starts[i*n : (i+1)*n]
		at := uint32(0)
		for w, c := range sc.long[i].win.counts[:n] {
			starts[w] = at
			at += uint32(c)
		}
	}
}

// finish adds the long lists in one window and takes its documents into top. The lists
// kept as rows come last and are asked only for documents that can still enter.
func (sc *scratch) finish(p *part, w uint32, sums []int32, pass func(uint32) bool, top *topk) {
	n := windowCount(p.size())
	base := w << windowBits
	win := sums[base:min(int(base)+windowLen, len(sums))]
	rest := int32(0)
	for i := range sc.long {
		t := &sc.long[i]
		count := int(t.win.counts[w])
		if count == 0 {
			continue
		}
		if t.win.row != nil {
			rest += t.weight * int32(t.win.tops[w])
			continue
		}
		at := 2 * int(sc.starts[i*n+int(w)])
		pairs := t.win.pairs[at : at+2*count]
		weight := t.weight
		for j := 0; j+1 < len(pairs); j += 2 {
			win[pairs[j]] += weight * int32(pairs[j+1])
		}
	}
	cands := sc.cands[:0]
	for i, s := range win {
		if s+rest >= top.floor {
			cands = append(cands, uint8(i))
		}
	}
	for i := range sc.long {
		t := &sc.long[i]
		if t.win.row == nil || len(cands) == 0 || t.win.tops[w] == 0 {
			continue
		}
		rest -= t.weight * int32(t.win.tops[w])
		row := t.win.row[base:min(int(base)+windowLen, len(t.win.row))]
		least, m := top.floor-rest, 0
		for _, c := range cands {
			s := win[c] + t.weight*int32(row[c])
			win[c] = s
			cands[m] = c
			if s >= least {
				m++
			}
		}
		cands = cands[:m]
	}
	for _, c := range cands {
		d := base + uint32(c)
		if s := win[c]; s >= top.floor && (pass == nil || pass(d)) {
			top.add(ranked{s, d})
		}
	}
	sc.cands = cands[:0]
	clear(win)
}

// kthSum returns a lower bound, close from below, of the k-th highest sum; 1 when there
// are fewer.
func kthSum(sums []int32, docs []uint32, k int) int32 {
	if len(docs) < k {
		return 1
	}
	top := int32(0)
	for _, d := range docs {
		top = max(top, sums[d])
	}
	shift := max(0, bits.Len32(uint32(top))-10)
	var counts [1024]int32
	for _, d := range docs {
		counts[max(0, sums[d])>>shift]++
	}
	n := 0
	for b := len(counts) - 1; b > 0; b-- {
		if n += int(counts[b]); n >= k {
			return max(1, int32(b)<<shift)
		}
	}
	return 1
}

// addAll adds a short list to the sums and appends documents met for the first time.
func (t *scored) addAll(sums []int32, touched []uint32, b *block) []uint32 {
	for c := t.lists.cursor(t.at); c.next(b); {
		imps := b.impacts[:b.n]
		for j, d := range b.docs[:b.n] {
			s := sums[d]
			if s == 0 {
				touched = append(touched, d)
			}
			sums[d] = s + t.weight*int32(imps[j])
		}
	}
	return touched
}

// ranked is a document with its sum.
type ranked struct {
	sum int32
	doc uint32
}

// before is the order of results: higher sums first, then earlier documents.
func (a ranked) before(b ranked) bool { return a.sum > b.sum || a.sum == b.sum && a.doc < b.doc }

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
			if !h[up].before(h[i]) {
				break
			}
			h[up], h[i] = h[i], h[up]
			i = up
		}
		t.list = h
	} else if r.before(h[0]) {
		h[0] = r
		for i := 0; ; {
			worst := 2*i + 1
			if worst >= len(h) {
				break
			}
			if worst+1 < len(h) && h[worst].before(h[worst+1]) {
				worst++
			}
			if !h[i].before(h[worst]) {
				break
			}
			h[i], h[worst] = h[worst], h[i]
			i = worst
		}
	}
	if len(t.list) == t.k {
		t.floor = max(t.floor, t.list[0].sum)
	}
}

// sorted empties the heap into the order of results.
func (t *topk) sorted() []ranked {
	slices.SortFunc(t.list, func(a, b ranked) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return t.list
}
