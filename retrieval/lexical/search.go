package lexical

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/motcua/motcua/retrieval"
)

// Result is a document found. Score is higher for better, comparable within one result.
type Result struct {
	Doc   DocID
	ID    string
	Score float64
	// First is the first stage's score of a result that was reordered.
	First float64
	why   *contributions // what the reordering went by; nil where it did not
}

// weightScale turns weights into whole numbers, so that sums do not depend on order.
const weightScale = 64

// scored is a list of one segment with its whole-number weight.
type scored struct {
	lists  *lists
	at     uint32
	weight int32
	bound  int32 // the most it can give a document
	win    windowed
}

// scratch is the memory of one search, used again. Sums are all zero between searches.
type scratch struct {
	sums    []int32
	touched []uint32
	short   []scored
	long    []scored
	rows    []scored // long lists that have a row
	windows int
	peaks   []int32 // the highest sum of each window so far
	rests   []int32 // the most that the rows may give there
	longs   []int32 // the most that the long lists without a row may give there
	starts  []uint32
	alive   []uint32
	pending []pending
	best    []ranked
	tried   []uint32 // documents whose whole sum is known
	full    []int32  // those sums
	block   block
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// barred is the sum of a document that the filter refuses: no score lifts it above zero.
const barred = math.MinInt32 / 2

// Search returns the k best documents, best first, ties by ID. A nil filter passes all.
func (x *Index) Search(q *Query, f *Filter, k int) []Result {
	return x.search(q, f, k, true)
}

// search with prune false scores every document of every list: the yardstick that
// pruning is tested against.
func (x *Index) search(q *Query, f *Filter, k int, prune bool) []Result {
	if k <= 0 || len(q.Terms) == 0 {
		return nil
	}
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	var out []Result
	for _, p := range x.segs {
		out = p.search(q.Terms, f, k, prune, sc, out)
	}
	if len(x.segs) > 1 {
		slices.SortFunc(out, func(a, b Result) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
		})
	}
	return out[:min(k, len(out))]
}

// search adds the k best documents of the segment to out.
//
// The short lists, which are the rare words, are added whole. Then each window of
// documents has a bound: the highest sum in it so far and the most that each long list
// gives in that window. The long lists are added in the windows that reach the floor, the
// rows, which nearly every document has, only to documents that can still enter. Sums are
// whole numbers, so the result is exactly that of adding everything.
func (p *part) search(terms []Term, f *Filter, k int, prune bool, sc *scratch, out []Result) []Result {
	sc.resolve(p, terms)
	sums := sc.sums[:p.size()]
	pass := f.compile(p)
	touched := sc.touched[:0]
	for i := range sc.short {
		known := len(touched)
		touched = sc.short[i].addAll(sums, touched, &sc.block)
		if pass != nil {
			bar(sums, touched[known:], pass)
		}
	}
	sc.touched = touched
	sc.place(sc.windows)
	floor := int32(1)
	switch {
	case prune && k <= eager:
		floor = sc.raise(sums, k, sc.long, sc.rows)
	case prune:
		floor = sc.raise(sums, k, nil, nil)
	}
	sc.bound(p, sums, floor)
	if f != nil && f.Only == retrieval.OnlyProcedures {
		held := p.attrs.procedures
		sc.alive = slices.DeleteFunc(sc.alive, func(w uint32) bool { return int(w) >= len(held) || !held[w] })
	}
	sc.sweep()
	if prune {
		floor = max(floor, sc.raise(sums, k, nil, sc.rows))
	}
	top := topk{list: sc.best[:0], k: k, floor: floor}
	sc.take(pass, &top)
	for _, d := range touched {
		sums[d] = 0
	}
	sc.best = top.sorted()
	out = slices.Grow(out, len(sc.best))
	for _, r := range slices.Backward(sc.best) {
		d := r.doc()
		out = append(out, Result{Doc: p.base + DocID(d), ID: p.ids[d], Score: float64(r.sum()) / (weightScale * maxImpact)})
	}
	return out
}

// eager is up to how many results the floor is worth raising by all lists before the sweep:
// looking documents up one by one costs more than sweeping where many are wanted.
const eager = 64

// take finishes the windows.
func (sc *scratch) take(pass func(uint32) bool, top *topk) {
	floor := top.floor
	for _, w := range sc.alive {
		if sc.finish(w, floor); len(sc.pending) >= settleAt {
			sc.settle(floor, pass, top)
			floor = top.floor
		}
	}
	sc.settle(floor, pass, top)
}

// maxTermWeight keeps the sum of maxQueryTerms bounds inside 32 bits with room to spare.
const maxTermWeight = 300

// resolve finds the lists of the terms in the segment.
func (sc *scratch) resolve(p *part, terms []Term) {
	sc.short, sc.long, sc.rows = sc.short[:0], sc.long[:0], sc.rows[:0]
	sc.windows = windowCount(p.size())
	for i := range terms {
		t := &terms[i]
		l := &p.lists[t.kind]
		at, ok := l.find(t.key)
		if !ok {
			continue
		}
		w := int32(max(1, math.Round(min(t.Weight, maxTermWeight)*weightScale)))
		s := scored{lists: l, at: at, weight: w, bound: w * int32(l.top(at))}
		if l.df[at] < longList {
			sc.short = append(sc.short, s)
		} else {
			s.win = l.windows(at)
			if s.win.row != nil {
				sc.rows = append(sc.rows, s)
			} else {
				sc.long = append(sc.long, s)
			}
		}
	}
	byBound := func(a, b scored) int { return cmp.Compare(b.bound, a.bound) }
	slices.SortStableFunc(sc.long, byBound)
	slices.SortStableFunc(sc.rows, byBound)
	if need := (sc.windows + together) << windowBits; cap(sc.sums) < need {
		sc.sums = make([]int32, need)
	}
	sc.sums = sc.sums[:cap(sc.sums)]
}

// bar marks the new documents that the filter refuses; they stay in the list, so that
// their sums are cleared in the end.
func bar(sums []int32, met []uint32, pass func(uint32) bool) {
	for _, d := range met {
		if !pass(d) {
			sums[d] = barred
		}
	}
}
