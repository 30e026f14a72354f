package lexical

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// bound computes what a document of each window can reach at most and lists the windows
// that reach floor, the best first.
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
	if cap(sc.rests) < n {
		sc.rests = make([]int32, n)
	}
	sc.rests = sc.rests[:n]
	clear(sc.rests)
	addTops(sc.rests, sc.long)
	sc.longs = append(sc.longs[:0], sc.rests...)
	addTops(sc.rests, sc.rows)
	for w, r := range sc.rests {
		bounds[w] += r
	}
	sc.order(bounds, floor)
}

// addTops adds to each window the most that each list gives there.
func addTops(bounds []int32, list []scored) {
	for i := range list {
		weight, tops := list[i].weight, list[i].win.tops[:len(bounds)]
		for w, top := range tops {
			bounds[w] += weight * int32(top)
		}
	}
}

const (
	// levels is how finely windows are ordered by their bounds.
	levels = 64
	// climbers is how many windows, at least, are ordered so: they lift the floor. The
	// others follow as they lie in memory, which is read faster forwards.
	climbers = 48
)

// order lists the windows that reach floor into alive: the climbers by falling level of
// their bounds, then the others.
func (sc *scratch) order(bounds []int32, floor int32) {
	top := floor
	for _, b := range bounds {
		top = max(top, b)
	}
	shift := max(0, bits.Len32(uint32(top-floor))-6)
	var starts [levels + 1]int
	for _, b := range bounds {
		if b >= floor {
			starts[levels-(b-floor)>>shift]++ // one past its level's place from the top
		}
	}
	n, last := 0, levels
	for l, c := range starts {
		starts[l] = n
		if n += c; n >= climbers {
			last = min(last, l+1)
		}
	}
	if cap(sc.alive) < n {
		sc.alive = make([]uint32, n)
	}
	sc.alive = sc.alive[:n]
	for w, b := range bounds {
		if b >= floor {
			l := min(levels-int(b-floor)>>shift, last)
			sc.alive[starts[l]] = uint32(w)
			starts[l]++
		}
	}
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

// pending is a document that may enter; slack is by how much the most it can still reach
// lies above the floor.
type pending struct {
	doc   uint32
	slack int32
}

// settleAt is how many documents wait before the rows are asked: enough that the processor
// reads ahead, few enough that the floor rises soon.
const settleAt = 64

// finish adds the long lists in one window and lets its documents wait that can still
// enter. It gives the window up as soon as its highest sum and what the lists still to
// come give at most stay below the floor.
func (sc *scratch) finish(w uint32, floor int32) {
	n := sc.windows
	base := w << windowBits
	win := (*[windowLen]int32)(sc.sums[base : base+windowLen])
	least, rows := sc.least(w, floor)
	peak := sc.bounds[w] - sc.rests[w]
	rest := rows + sc.longs[w]
	if peak+rest < floor {
		clear(win[:])
		return
	}
	for i := range sc.long {
		t := &sc.long[i]
		count := int(t.win.counts[w])
		if count == 0 {
			continue
		}
		at := 2 * int(sc.starts[i*n+int(w)])
		pairs := t.win.pairs[at : at+2*count]
		weight, odd := t.weight, count&1
		// of an odd count the first alone, without a branch, which would be guessed wrong
		s := win[pairs[0]&(windowLen-1)] + weight*int32(odd)*int32(pairs[1])
		win[pairs[0]&(windowLen-1)] = s
		peak = max(peak, s)
		second := peak
		for pairs = pairs[2*odd:]; len(pairs) >= 4; pairs = pairs[4:] {
			v := binary.LittleEndian.Uint32(pairs)
			a, b := v&(windowLen-1), v>>16&(windowLen-1)
			sa, sb := win[a]+weight*int32(v>>8&0xFF), win[b]+weight*int32(v>>24)
			win[a], win[b] = sa, sb
			peak, second = max(peak, sa), max(second, sb)
		}
		peak = max(peak, second)
		rest -= weight * int32(t.win.tops[w])
		if peak+rest < floor {
			clear(win[:])
			return
		}
	}
	m := 0
	waiting := sc.waiting()
	for i, s := range win {
		slack := s - least[i>>stretchBits]
		waiting[m&(windowLen-1)] = pending{base + uint32(i), slack}
		m += int(^uint32(slack) >> 31) // without a branch, which would be guessed wrong
	}
	sc.pending = sc.pending[:len(sc.pending)+m]
	clear(win[:])
}

// least is what a document of each stretch of a window needs before the rows are added,
// and the most that they add in the window.
// Two stretches are reckoned in one number: sums stay below 2^31.
func (sc *scratch) least(w uint32, floor int32) (least [stretches]int32, most int32) {
	const two = 0xFF | 0xFF<<32
	var a, b, c, d, e, f, g, h uint64
	for i := range sc.rows {
		t := &sc.rows[i]
		peaks, weight := t.win.peaks[w*stretches:][:stretches], uint64(t.weight)
		v, u := binary.LittleEndian.Uint64(peaks), binary.LittleEndian.Uint64(peaks[8:])
		a += weight * (v & two)
		b += weight * (v >> 8 & two)
		c += weight * (v >> 16 & two)
		d += weight * (v >> 24 & two)
		e += weight * (u & two)
		f += weight * (u >> 8 & two)
		g += weight * (u >> 16 & two)
		h += weight * (u >> 24 & two)
	}
	for i, sum := range [...]uint64{a, b, c, d, e, f, g, h} {
		at := i&3 + i>>2<<3
		low, high := int32(uint32(sum)), int32(sum>>32)
		least[at], least[at+4] = floor-low, floor-high
		most = max(most, low, high)
	}
	return least, most
}

// waiting is room for one more window.
func (sc *scratch) waiting() *[windowLen]pending {
	n := len(sc.pending)
	if cap(sc.pending) < n+windowLen {
		sc.pending = slices.Grow(sc.pending, settleAt+windowLen)
	}
	return (*[windowLen]pending)(sc.pending[n : n+windowLen])
}

// settle adds the rows to the waiting documents, dropping those that fall below the floor
// they waited under, and takes the others into top.
func (sc *scratch) settle(floor int32, pass func(uint32) bool, top *topk) {
	list := sc.pending
	for i := range sc.rows {
		t := &sc.rows[i]
		peaks, row, weight, kept := t.win.peaks, t.win.row, t.weight, 0
		for _, p := range list {
			p.slack += weight * (int32(row[p.doc]) - int32(peaks[p.doc>>stretchBits]))
			list[kept] = p
			kept += int(^uint32(p.slack) >> 31)
		}
		list = list[:kept]
	}
	for _, p := range list {
		if s := p.slack + floor; s >= top.floor && (pass == nil || pass(p.doc)) {
			top.add(newRanked(s, p.doc))
		}
	}
	sc.pending = sc.pending[:0]
}

// tried is how many times as many documents as are wanted are scored beforehand, and
// leastTried how many at least.
const (
	tried      = 2
	leastTried = 32
)

// raise gives a better floor than the sums of the short lists do: it adds the long lists
// and the rows to the documents that have most so far and takes the k-th best of them.
func (sc *scratch) raise(sums []int32, floor int32, k int) int32 {
	most := max(tried*k, leastTried)
	if len(sc.touched) < k || len(sc.long)+len(sc.rows) == 0 {
		return floor
	}
	from := kthSum(sums, sc.touched, most)
	sc.tried, sc.full = sc.tried[:0], sc.full[:0]
	for _, d := range sc.touched {
		if sums[d] >= from && len(sc.tried) < 2*most {
			sc.tried = append(sc.tried, uint32(len(sc.tried)))
			sc.full = append(sc.full, sums[d]+sc.rest(d))
		}
	}
	return max(floor, kthSum(sc.full, sc.tried, k))
}

// rest is what the long lists and the rows give a document.
func (sc *scratch) rest(d uint32) (sum int32) {
	for i := range sc.rows {
		t := &sc.rows[i]
		sum += t.weight * int32(t.win.row[d])
	}
	w, place := d>>windowBits, uint8(d&(windowLen-1))
	for i := range sc.long {
		t := &sc.long[i]
		at := 2 * int(sc.starts[i*sc.windows+int(w)])
		pairs := t.win.pairs[at : at+2*int(t.win.counts[w])]
		for ; len(pairs) >= 2; pairs = pairs[2:] {
			if pairs[0] == place {
				sum += t.weight * int32(pairs[1])
				break
			}
		}
	}
	return sum
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
