package lexical

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// bound computes what a document of each window can reach at most and lists the windows
// that reach floor, as they lie in memory.
func (sc *scratch) bound(p *part, sums []int32, floor int32) {
	n := windowCount(p.size())
	eights := (n + 7) / 8
	if cap(sc.rests) < 8*eights {
		sc.rests, sc.longs, sc.peaks = make([]int32, 8*eights), make([]int32, 8*eights), make([]int32, 8*eights)
		sc.alive = make([]uint32, 8*eights)
	}
	sc.rests, sc.longs, sc.peaks = sc.rests[:n], sc.longs[:n], sc.peaks[:n]
	clear(sc.peaks)
	for _, d := range sc.touched {
		w := d >> windowBits
		sc.peaks[w] = max(sc.peaks[w], sums[d])
	}
	for at := 0; at < n; at += 8 {
		var tops eight
		tops.add(sc.long, at)
		tops.write(sc.longs[at : at+8])
		tops = eight{}
		tops.add(sc.rows, at)
		tops.write(sc.rests[at : at+8])
	}
	alive, m := sc.alive[:n], 0
	for w, peak := range sc.peaks {
		alive[m] = uint32(w)
		m += int(flagOf(peak+sc.longs[w]+sc.rests[w] >= floor))
	}
	sc.alive = alive[:m]
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

// tried is how many times as many documents as are wanted are scored beforehand, and
// leastTried how many at least.
const (
	tried      = 2
	leastTried = 32
)

// raise gives a floor: the k-th best of the documents that have most so far, once these
// lists are added to them.
func (sc *scratch) raise(sums []int32, k int, long, rows []scored) int32 {
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
	if len(long)+len(rows) == 0 {
		return floor
	}
	most := max(tried*k, leastTried)
	from := known.kth(most)
	if cap(sc.tried) < 2*most {
		sc.tried, sc.full = make([]uint32, 2*most), make([]int32, 2*most)
	}
	tried, full, n := sc.tried[:2*most], sc.full[:2*most], 0
	for _, d := range sc.touched {
		tried[n], full[n] = d, sums[d]
		if n += int(flagOf(sums[d] >= from)); n == len(tried) {
			break
		}
	}
	tried, full = tried[:n], full[:n]
	if n < k {
		return floor
	}
	sc.addRest(tried, full, long, rows)
	whole := tallyUpTo(slices.Max(full))
	for _, sum := range full {
		whole.count(sum)
	}
	return max(floor, whole.kth(k))
}

// addRest adds what long lists and rows give the tried documents, list by list, so that
// memory brings the places of many documents at once.
func (sc *scratch) addRest(tried []uint32, full []int32, long, rows []scored) {
	full = full[:len(tried)]
	for i := range rows {
		row, weight := rows[i].win.row, rows[i].weight
		for j, d := range tried {
			full[j] += weight * int32(row[d])
		}
	}
	for i := range long {
		t, starts := &long[i], sc.starts[i*(sc.windows+1):(i+1)*(sc.windows+1)]
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
