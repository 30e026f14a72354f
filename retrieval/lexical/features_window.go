package lexical

import "slices"

// windows are the widths, in words, of found.window: whole spans.
var windows = [2]int{24, 80}

// leastInWindow is the share of the question's weight from which a word takes part in the
// search for windows: "của" and "được" stand everywhere.
const leastInWindow = 1.0 / 40

// leadWords is how much of a body counts as its beginning: whole spans.
const leadWords = 40

// windowScale turns weights into whole numbers: two are added at once. maxSlots words of
// the highest rarity stay below 2^31.
const windowScale = 1 << 20

// slotWeights weighs a set of slots: for each byte of the set and each value of it the
// weight in the upper half and the topical weight in the lower one.
type slotWeights struct {
	tables [maxSlots / 8][256]bothWeights
	used   int // tables
}

// fill prepares the tables for one question.
func (t *slotWeights) fill(a *asked) {
	t.used = (len(a.weights) + 7) / 8
	for i := range t.used {
		table := &t.tables[i]
		for s := 8 * i; s < min(8*i+8, len(a.weights)); s++ {
			one := bothWeights(a.weights[s]*windowScale)<<32 | bothWeights(a.topical[s]*windowScale)
			bit := 1 << (s & 7)
			for v, sum := range table[:bit] {
				table[bit+v] = sum + one
			}
		}
	}
}

// bothWeights are two whole numbers in one.
type bothWeights uint64

// split gives the weight and the topical weight.
func (b bothWeights) split() (weight, topical float64) {
	return float64(b>>32) / windowScale, float64(b&(1<<32-1)) / windowScale
}

// beats reports whether one of the two weights is above that of the other.
func (b bothWeights) beats(o bothWeights) bool {
	return b>>32 > o>>32 || b&(1<<32-1) > o&(1<<32-1)
}

// top takes the higher of both weights.
func (b bothWeights) top(o bothWeights) bothWeights {
	return max(b>>32, o>>32)<<32 | max(b&(1<<32-1), o&(1<<32-1))
}

// of is what a set weighs.
func (t *slotWeights) of(s slotSet) (sum bothWeights) {
	sum = t.tables[0][uint8(s)] + t.tables[1][uint8(s>>8)]
	for i := 2; i < t.used; i++ {
		sum += t.tables[i&7][uint8(s>>(8*i))]
	}
	return sum
}

// weighSlots prepares the search for windows for one question.
func (e *evidence) weighSlots() {
	a := &e.asked
	e.slotWeights.fill(a)
	e.heavy = 0
	for s, w := range a.weights {
		if w >= leastInWindow*a.total {
			e.heavy.add(s)
		}
	}
}

const (
	spanBits = 3
	spanLen  = 1 << spanBits
	// before is how many spans lie before the first: a window that ends there reaches back.
	spansBefore = 10
)

// span is spanLen words in a row: which slots stand there, and the matches among them.
type span struct {
	seen     slotSet
	from, to int32
}

// spread notes the matches by spans.
func (e *evidence) spread() []span {
	n := spansBefore
	if last := len(e.matches) - 1; last >= 0 {
		n += int(e.matches[last].at>>spanBits) + 1
	}
	if cap(e.spans) < n {
		e.spans = slices.Grow(e.spans[:0], 2*n)
	}
	spans := e.spans[:n]
	clear(spans)
	for i, m := range e.matches {
		s := &spans[spansBefore+int(m.at>>spanBits)]
		s.seen |= 1 << (m.slot & (maxSlots - 1))
		s.to++
		s.from = int32(i) + 1 - s.to
	}
	return spans
}

// sumWindows finds the most weight of distinct words within each width, the most topical
// weight within the first, and the weight of the beginning.
//
// What stands in the spans that a window touches weighs at least what stands in the
// window, so only those windows are looked at whose spans weigh more than the best window
// so far.
func (e *evidence) sumWindows(f *found) {
	spans := e.spread()
	var lead slotSet
	for _, s := range spans[min(spansBefore, len(spans)):min(spansBefore+leadWords/spanLen, len(spans))] {
		lead |= s.seen
	}
	f.lead, _ = e.slotWeights.of(lead).split()
	best, broad := bothWeights(0), bothWeights(0)
	// sets of the three and of the four spans up to each place, the last eight of them
	var four [8]slotSet
	for i := spansBefore; i < len(spans); i++ {
		near := (spans[i].seen | spans[i-1].seen | spans[i-2].seen | spans[i-3].seen) & e.heavy
		four[i&7] = near
		if spans[i].seen&e.heavy == 0 {
			continue
		}
		if w := e.slotWeights.of(near); w.beats(best) {
			best = best.top(e.window(spans, i, windows[0]/spanLen))
		}
		if w := e.slotWeights.of(near | four[(i-4)&7] | four[(i-7)&7]); w>>32 > broad>>32 {
			broad = max(broad, e.window(spans, i, windows[1]/spanLen)>>32<<32)
		}
	}
	weight, topic := best.split()
	wide, _ := broad.split()
	f.window, f.topic = [2]float64{weight, wide}, topic
}

// window is the most of both weights in windows of so many spans' length that end in span
// i: such a window has all the spans between, what stands in the first span behind its
// end's place, and what stands in the last one up to there.
func (e *evidence) window(spans []span, i, length int) (best bothWeights) {
	var whole slotSet
	for _, s := range spans[i-length+1 : i] {
		whole |= s.seen
	}
	var behind, upTo [spanLen]slotSet
	for _, m := range e.matches[spans[i-length].from:][:spans[i-length].to] {
		behind[m.at&(spanLen-1)] = 1 << (m.slot & (maxSlots - 1))
	}
	for _, m := range e.matches[spans[i].from:][:spans[i].to] {
		upTo[m.at&(spanLen-1)] = 1 << (m.slot & (maxSlots - 1))
	}
	for r := spanLen - 2; r >= 0; r-- {
		behind[r] |= behind[r+1]
	}
	for r := range spanLen {
		whole |= upTo[r]
		set := whole
		if r+1 < spanLen {
			set |= behind[r+1]
		}
		best = best.top(e.slotWeights.of(set & e.heavy))
	}
	return best
}
