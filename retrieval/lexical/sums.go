package lexical

import (
	"encoding/binary"
	"slices"
)

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

// together is how many windows the long lists are added to at once: their sums lie in the
// nearest memory meanwhile. A power of two.
const together = 32

// room is where the sums of windows that are added to together lie.
type room = [together * windowLen]int32

// sweep adds the long lists in the windows that are alive.
func (sc *scratch) sweep() {
	for rest := sc.alive; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n] == rest[0]+uint32(n) && rest[n]%together != 0 {
			n++
		}
		first, last := rest[0], rest[n-1]
		at := (*room)(sc.sums[(first/together)*together*windowLen:])
		var homes [together]uint32
		for i := range sc.long {
			t, starts := &sc.long[i], sc.starts[i*(sc.windows+1):(i+1)*(sc.windows+1)]
			from, to := starts[first], starts[last+1]
			if from == to {
				continue
			}
			m := 0
			for w := first; w <= last; w++ {
				homes[m&(together-1)] = w % together * windowLen
				m += int(flagOf(t.win.counts[w] != 0))
			}
			addPairs(at, &homes, t.win.pairs[2*from:2*to+6], t.weight)
		}
		rest = rest[n:]
	}
}

// finish lets the documents of a window wait that can still enter and forgets their sums.
func (sc *scratch) finish(w uint32, floor int32) {
	base := w << windowBits
	win := (*[windowLen]int32)(sc.sums[base : base+windowLen])
	if peaks, most := peaksOf(win); most+sc.rests[w] >= floor {
		for i, peak := range peaks {
			if peak+sc.rests[w] < floor {
				continue
			}
			at := uint32(i) << stretchBits
			if least := floor - sc.rowsGive(base+at); peak >= least {
				sc.wait(base+at, (*[1 << stretchBits]int32)(win[at:]), least)
			}
		}
	}
	clear(win[:])
}

// rowsGive is the most that the rows give in the stretch of a document.
func (sc *scratch) rowsGive(doc uint32) (most int32) {
	for i := range sc.rows {
		t := &sc.rows[i]
		most += t.weight * int32(t.win.peaks[doc>>stretchBits])
	}
	return most
}

// peaksOf gives the highest sum of each stretch of a window, and of all.
func peaksOf(win *[windowLen]int32) (peaks [stretches]int32, most int32) {
	for i := range peaks {
		s := (*[1 << stretchBits]int32)(win[i<<stretchBits:])
		peaks[i] = max(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])
		most = max(most, peaks[i])
	}
	return peaks, most
}

// addPairs adds postings of a list to sums. Homes are the windows that have any, in order: the
// first posting of each is marked so. It takes four at a time, the last ones with those behind
// them, which the 6 bytes more of pairs are for: these count nothing.
func addPairs(sums *room, homes *[together]uint32, pairs []uint8, weight int32) {
	j := ^uint64(0)
	for i := 0; i+8 <= len(pairs); i += 8 {
		v := binary.LittleEndian.Uint64(pairs[i : i+8])
		if left := len(pairs) - i; left < 14 {
			v &= 1<<(8*(left-6)&63) - 1
		}
		j += v >> 7 & 1
		sums[(uint64(homes[j%together])+v%windowLen)%uint64(len(sums))] += weight * int32(v>>8&0xFF)
		j += v >> 23 & 1
		sums[(uint64(homes[j%together])+v>>16%windowLen)%uint64(len(sums))] += weight * int32(v>>24&0xFF)
		j += v >> 39 & 1
		sums[(uint64(homes[j%together])+v>>32%windowLen)%uint64(len(sums))] += weight * int32(v>>40&0xFF)
		j += v >> 55 & 1
		sums[(uint64(homes[j%together])+v>>48%windowLen)%uint64(len(sums))] += weight * int32(v>>56)
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

// wait lets the documents of a stretch wait that reach what it needs.
func (sc *scratch) wait(doc uint32, sums *[1 << stretchBits]int32, least int32) {
	m := 0
	waiting := sc.waiting()
	for i, s := range sums {
		slack := s - least
		waiting[m&(1<<stretchBits-1)] = pending{doc + uint32(i), slack}
		m += int(^uint32(slack) >> 31) // without a branch, which would be guessed wrong
	}
	sc.pending = sc.pending[:len(sc.pending)+m]
}

// waiting is room for one more stretch.
func (sc *scratch) waiting() *[1 << stretchBits]pending {
	n := len(sc.pending)
	if cap(sc.pending) < n+1<<stretchBits {
		sc.pending = slices.Grow(sc.pending, settleAt+windowLen)
	}
	return (*[1 << stretchBits]pending)(sc.pending[n : n+1<<stretchBits])
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
