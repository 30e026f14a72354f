package lexical

// windows are the widths, in words, of found.window.
var windows = [2]int32{24, 80}

// leastInWindow is the share of the question's weight from which a word takes part in the
// search for windows: "của" and "được" stand everywhere.
const leastInWindow = 1.0 / 40

// leadWords is how much of a body counts as its beginning.
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

// of is what a set weighs.
func (t *slotWeights) of(s slotSet) (sum bothWeights) {
	for i := range t.used {
		sum += t.tables[i][uint8(s>>(8*i))]
	}
	return sum
}

// weighty keeps the matches of words that weigh something, and the slots of those that
// stand in the beginning.
func (e *evidence) weighty() (lead slotSet) {
	if cap(e.heavy) < len(e.matches) {
		e.heavy = make([]match, 2*len(e.matches))
	}
	heavy := e.heavy[:len(e.matches)]
	n := 0
	for i, m := range e.matches {
		s := m.slot & (maxSlots - 1)
		heavy[n] = m
		n += int(e.isHeavy[s])
		if i < leadWords && m.at < leadWords { // no more matches than words
			lead |= 1 << s
		}
	}
	e.heavy = heavy[:n]
	return lead
}

// within is a window that moves over the heavy matches.
type within struct {
	width int32
	tail  int
	sum   bothWeights
}

// advance takes out the words that lie behind a window which ends at at. lastAt says
// where each slot was met last.
func (v *within) advance(e *evidence, at int32) {
	for behind := at - v.width; e.heavy[v.tail].at <= behind; v.tail++ {
		m := e.heavy[v.tail]
		if s := m.slot & (maxSlots - 1); e.lastAt[s] == m.at {
			v.sum -= e.slotBoth[s]
		}
	}
}

// weighSlots prepares the search for windows for one question.
func (e *evidence) weighSlots() {
	a := &e.asked
	e.slotWeights.fill(a)
	for s, w := range a.weights {
		e.slotBoth[s] = e.slotWeights.of(1 << s)
		e.isHeavy[s] = flagOf(w >= leastInWindow*a.total)
	}
}

// sumWindows finds the most weight of distinct words within each width, the most topical
// weight within the first, and the weight of the beginning.
func (e *evidence) sumWindows(f *found) {
	f.lead, _ = e.slotWeights.of(e.weighty()).split()
	for s := range e.asked.weights {
		e.lastAt[s] = -1 << 30
	}
	narrow, wide := within{width: windows[0]}, within{width: windows[1]}
	var best, topic, broad bothWeights
	for _, m := range e.heavy {
		narrow.advance(e, m.at)
		wide.advance(e, m.at)
		s := m.slot & (maxSlots - 1)
		w, last := e.slotBoth[s], e.lastAt[s]
		if last <= m.at-narrow.width {
			narrow.sum += w
			best, topic = max(best, narrow.sum>>32), max(topic, narrow.sum&(1<<32-1))
		}
		if last <= m.at-wide.width {
			wide.sum += w
			broad = max(broad, wide.sum>>32)
		}
		e.lastAt[s] = m.at
	}
	f.window = [2]float64{float64(best) / windowScale, float64(broad) / windowScale}
	f.topic = float64(topic) / windowScale
}
