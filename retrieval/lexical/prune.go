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
	eights := (n + 7) / 8
	if cap(sc.rests) < 8*eights {
		sc.rests, sc.longs = make([]int32, 8*eights), make([]int32, 8*eights)
	}
	sc.rests, sc.longs = sc.rests[:n], sc.longs[:n]
	for at := 0; at < n; at += 8 {
		var tops eight
		tops.add(sc.long, at)
		tops.write(sc.longs[at : at+8])
		tops.add(sc.rows, at)
		tops.write(sc.rests[at : at+8])
	}
	for w, r := range sc.rests {
		bounds[w] += r
	}
	sc.order(bounds, floor)
}

// eight is a sum for each of eight windows in a row, two in one number: window 0 and 4, 1
// and 5, 2 and 6, 3 and 7. Sums stay below 2^31.
type eight [4]uint64

// lanes are the bytes of a word of eight that one number of two sums takes up.
const lanes = 0xFF | 0xFF<<32

// add adds the most that each list gives in the windows from at on. What is read beyond the
// last window is not used; lists end in room for it.
func (e *eight) add(list []scored, at int) {
	a, b, c, d := e[0], e[1], e[2], e[3]
	for i := range list {
		t := &list[i]
		v, weight := binary.LittleEndian.Uint64(t.win.tops[at:at+8]), uint64(t.weight)
		a += weight * (v & lanes)
		b += weight * (v >> 8 & lanes)
		c += weight * (v >> 16 & lanes)
		d += weight * (v >> 24 & lanes)
	}
	*e = eight{a, b, c, d}
}

func (e *eight) write(out []int32) {
	_ = out[7]
	for i, two := range e {
		out[i], out[i+4] = int32(uint32(two)), int32(two>>32)
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

// place notes where the postings of each window begin in each long list, and where the last
// ones end.
func (sc *scratch) place(n int) {
	if need := (n + 1) * len(sc.long); cap(sc.starts) < need {
		sc.starts = make([]uint32, need)
	}
	for i := range sc.long {
		starts := sc.starts[i*(n+1) : (i+1)*(n+1)]
		at := uint32(0)
		for w, c := range sc.long[i].win.counts[:n] {
			starts[w] = at
			at += uint32(c)
		}
		starts[n] = at
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
		t, at := &sc.long[i], i*(sc.windows+1)+int(w)
		from, to := sc.starts[at], sc.starts[at+1]
		if from == to {
			continue
		}
		peak = max(peak, addPairs(win, t.win.pairs[2*from:2*to+6], t.weight))
		rest -= t.weight * int32(t.win.tops[w])
		if peak+rest < floor {
			clear(win[:])
			return
		}
	}
	sc.wait(base, win, &least)
	clear(win[:])
}

// addPairs adds postings of a list to the sums of a window and gives the highest sum they
// touch. It takes four at a time, the last ones with those behind them, which the 6 bytes
// more of pairs are for: these count nothing.
func addPairs(win *[windowLen]int32, pairs []uint8, weight int32) (peak int32) {
	for ; len(pairs) >= 8; pairs = pairs[8:] {
		v := binary.LittleEndian.Uint64(pairs)
		if len(pairs) < 14 {
			v &= 1<<(8*(len(pairs)-6)) - 1
		}
		a, b, c, d := v&(windowLen-1), v>>16&(windowLen-1), v>>32&(windowLen-1), v>>48&(windowLen-1)
		s := win[a] + weight*int32(v>>8&0xFF)
		win[a] = s
		peak = max(peak, s)
		s = win[b] + weight*int32(v>>24&0xFF)
		win[b] = s
		peak = max(peak, s)
		s = win[c] + weight*int32(v>>40&0xFF)
		win[c] = s
		peak = max(peak, s)
		s = win[d] + weight*int32(v>>56)
		win[d] = s
		peak = max(peak, s)
	}
	return peak
}

// wait lets the documents of a window wait that reach what their stretch needs.
func (sc *scratch) wait(base uint32, win *[windowLen]int32, least *[stretches]int32) {
	m := 0
	waiting := sc.waiting()
	for i, s := range win {
		slack := s - least[i>>stretchBits]
		waiting[m&(windowLen-1)] = pending{base + uint32(i), slack}
		m += int(^uint32(slack) >> 31) // without a branch, which would be guessed wrong
	}
	sc.pending = sc.pending[:len(sc.pending)+m]
}

// least is what a document of each stretch of a window needs before the rows are added,
// and the most that they add in the window.
// Two stretches are reckoned in one number: sums stay below 2^31.
func (sc *scratch) least(w uint32, floor int32) (least [stretches]int32, most int32) {
	var a, b, c, d, e, f, g, h uint64
	for i := range sc.rows {
		t := &sc.rows[i]
		peaks, weight := t.win.peaks[w*stretches:][:stretches], uint64(t.weight)
		v, u := binary.LittleEndian.Uint64(peaks), binary.LittleEndian.Uint64(peaks[8:])
		a += weight * (v & lanes)
		b += weight * (v >> 8 & lanes)
		c += weight * (v >> 16 & lanes)
		d += weight * (v >> 24 & lanes)
		e += weight * (u & lanes)
		f += weight * (u >> 8 & lanes)
		g += weight * (u >> 16 & lanes)
		h += weight * (u >> 24 & lanes)
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
func (sc *scratch) raise(sums []int32, k int) int32 {
	most := max(tried*k, leastTried)
	if len(sc.touched) < k {
		return 1
	}
	top := int32(0)
	for _, d := range sc.touched {
		top = max(top, sums[d])
	}
	known := tallyUpTo(top)
	for _, d := range sc.touched {
		known.count(sums[d])
	}
	floor := known.kth(k)
	if len(sc.long)+len(sc.rows) == 0 {
		return floor
	}
	from := known.kth(most)
	sc.tried, sc.full = sc.tried[:0], sc.full[:0]
	for _, d := range sc.touched {
		if sums[d] >= from && len(sc.tried) < 2*most {
			sc.tried = append(sc.tried, d)
			sc.full = append(sc.full, sums[d])
		}
	}
	if len(sc.full) < k {
		return floor
	}
	sc.addRest()
	whole := tallyUpTo(slices.Max(sc.full))
	for _, sum := range sc.full {
		whole.count(sum)
	}
	return max(floor, whole.kth(k))
}

// addRest adds what the long lists and the rows give the tried documents, list by list, so
// that memory brings the places of many documents at once.
func (sc *scratch) addRest() {
	tried, full := sc.tried, sc.full[:len(sc.tried)]
	for i := range sc.rows {
		row, weight := sc.rows[i].win.row, sc.rows[i].weight
		for j, d := range tried {
			full[j] += weight * int32(row[d])
		}
	}
	for i := range sc.long {
		t, starts := &sc.long[i], sc.starts[i*(sc.windows+1):(i+1)*(sc.windows+1)]
		for j, d := range tried {
			w := d >> windowBits
			full[j] += t.weight * t.win.find(int(starts[w]), int(starts[w+1]), d&(windowLen-1))
		}
	}
}

// tally counts sums by their size, a thousand sizes up to the highest.
type tally struct {
	counts [1024]int32
	shift  int
}

// tallyUpTo is an empty tally of sums up to top.
func tallyUpTo(top int32) tally {
	return tally{shift: max(0, bits.Len32(uint32(top))-10)}
}

func (t *tally) count(sum int32) { t.counts[max(0, sum)>>(t.shift&31)&1023]++ }

// kth returns a lower bound, close from below, of the k-th highest sum; 1 when there are
// fewer.
func (t *tally) kth(k int) int32 {
	n := 0
	for b := len(t.counts) - 1; b > 0; b-- {
		if n += int(t.counts[b]); n >= k {
			return max(1, int32(b)<<t.shift)
		}
	}
	return 1
}

// addAll adds a short list to the sums and appends documents met for the first time.
func (t *scored) addAll(sums []int32, touched []uint32, b *block) []uint32 {
	for c := t.lists.cursor(t.at); c.next(b); {
		imps := b.impacts[:b.n]
		touched = slices.Grow(touched, b.n)
		met := touched[len(touched) : len(touched)+b.n]
		n := 0
		for j, d := range b.docs[:b.n] {
			s := sums[d]
			sums[d] = s + t.weight*int32(imps[j])
			met[n] = d
			n += int(flagOf(s == 0)) // without a branch, which would be guessed wrong
		}
		touched = touched[:len(touched)+n]
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
