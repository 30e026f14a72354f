package lexical

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// Result is a document found. Score is higher for better, comparable within one result.
type Result struct {
	Doc   DocID
	ID    string
	Score float64
}

// weightScale turns weights into whole numbers, so that sums do not depend on order.
const weightScale = 64

// scored is a list of one segment with its whole-number weight.
type scored struct {
	lists  *lists
	at     uint32
	weight int32
	bound  int32 // the most it can give a document
}

// scratch is the memory of one search, used again.
type scratch struct {
	sums    []int32
	touched []uint32
	order   []uint64
	terms   []scored
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
// Lists go in falling order of what they can give. While a document not met so far could
// still be among the k best, lists are added whole into the sums; after that, the rest
// of the lists (the longest ones, as a rule) only add to candidates, and candidates that
// cannot reach the k-th sum fall out on the way. Sums are whole numbers, so the result
// is exactly that of adding everything.
func (p *part) search(terms []Term, f *Filter, k int, prune bool, sc *scratch, out []Result) []Result {
	rest := p.resolve(terms, sc)
	if cap(sc.sums) < p.size() {
		sc.sums = make([]int32, p.size())
	}
	sums := sc.sums[:p.size()]
	clear(sums)
	pass := f.compile(p)
	touched := sc.touched[:0]
	floor := int32(1)
	i := 0
	for ; i < len(sc.terms); i++ {
		t := &sc.terms[i]
		if prune && len(touched) >= k && t.length() > len(touched)/4 {
			if floor = max(floor, kthSum(sums, touched, k)); rest < floor {
				break
			}
		}
		known := len(touched)
		touched = t.addAll(sums, touched, &sc.block)
		if pass != nil {
			touched = bar(sums, touched, known, pass)
		}
		rest -= t.bound
	}
	touched = finish(sc, i, touched, sums, k, rest, floor)
	sc.touched = touched
	return p.pick(sums, touched, k, sc, out)
}

// resolve finds the lists of the terms and orders them; it returns the sum of bounds.
func (p *part) resolve(terms []Term, sc *scratch) (rest int32) {
	sc.terms = sc.terms[:0]
	for i := range terms {
		t := &terms[i]
		l := &p.lists[t.kind]
		at, ok := l.find(t.key)
		if !ok {
			continue
		}
		w := int32(max(1, math.Round(min(t.Weight, maxTermWeight)*weightScale)))
		sc.terms = append(sc.terms, scored{l, at, w, w * int32(l.top(at))})
		rest += w * int32(l.top(at))
	}
	slices.SortStableFunc(sc.terms, func(a, b scored) int { return cmp.Compare(b.bound, a.bound) })
	return rest
}

// maxTermWeight keeps the sum of maxQueryTerms bounds inside 32 bits with room to spare.
const maxTermWeight = 300

// finish adds the lists from i on to the candidates only and returns those that may be
// among the k best.
func finish(sc *scratch, i int, cands []uint32, sums []int32, k int, rest, floor int32) []uint32 {
	cands = keep(sums, cands, floor-rest)
	for ; i < len(sc.terms); i++ {
		t := &sc.terms[i]
		rest -= t.bound
		if row := t.lists.dense[t.at]; row != nil {
			n := 0
			for _, d := range cands {
				s := sums[d] + t.weight*int32(row[d])
				sums[d] = s
				if s+rest >= floor {
					cands[n] = d
					n++
				}
			}
			cands = cands[:n]
		} else {
			t.addKnown(sums, &sc.block)
		}
		if len(cands) > 2*k {
			floor = max(floor, kthSum(sums, cands, k))
			cands = keep(sums, cands, floor-rest)
		}
	}
	return cands
}

// pick appends the k best candidates to out.
func (p *part) pick(sums []int32, cands []uint32, k int, sc *scratch, out []Result) []Result {
	if len(cands) > 2*k {
		cands = keep(sums, cands, kthSum(sums, cands, k))
	}
	sc.order = sc.order[:0]
	for _, d := range cands {
		if sums[d] > 0 {
			sc.order = append(sc.order, uint64(math.MaxInt32-sums[d])<<32|uint64(d))
		}
	}
	slices.Sort(sc.order)
	for _, o := range sc.order[:min(k, len(sc.order))] {
		d := uint32(o)
		out = append(out, Result{p.base + DocID(d), p.ids[d], float64(sums[d]) / (weightScale * maxImpact)})
	}
	return out
}

// keep drops candidates whose sum is below least.
func keep(sums []int32, cands []uint32, least int32) []uint32 {
	n := 0
	for _, d := range cands {
		if sums[d] >= least {
			cands[n] = d
			n++
		}
	}
	return cands[:n]
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

// bar marks the documents from known on that the filter refuses, and drops them.
func bar(sums []int32, touched []uint32, known int, pass func(uint32) bool) []uint32 {
	n := known
	for _, d := range touched[known:] {
		if pass(d) {
			touched[n] = d
			n++
		} else {
			sums[d] = barred
		}
	}
	return touched[:n]
}

func (t *scored) length() int { return int(t.lists.df[t.at]) }

// addAll adds the list to the sums and appends documents met for the first time.
func (t *scored) addAll(sums []int32, touched []uint32, b *block) []uint32 {
	if row := t.lists.dense[t.at]; row != nil {
		for d, imp := range row {
			if imp != 0 {
				if sums[d] == 0 {
					touched = append(touched, uint32(d))
				}
				sums[d] += t.weight * int32(imp)
			}
		}
		return touched
	}
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

// addKnown adds the list to the sums. Documents that are no candidates get sums too,
// which nobody reads.
func (t *scored) addKnown(sums []int32, b *block) {
	for c := t.lists.cursor(t.at); c.next(b); {
		imps := b.impacts[:b.n]
		for j, d := range b.docs[:b.n] {
			sums[d] += t.weight * int32(imps[j])
		}
	}
}
