package lexical

import "math/bits"

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

// sumWindows finds the most weight of distinct words within each width, the most topical
// weight within the first, and the weight of the beginning.
//
// Only windows that end with a match are looked at: any other has no more than an earlier
// one. Each is two runs of matches in a row that overlap, whose slots are known beforehand,
// so that nothing is decided by a branch, which would be guessed wrong.
func (e *evidence) sumWindows(f *found) {
	var lead slotSet
	for _, m := range e.matches {
		if m.at() >= leadWords {
			break
		}
		lead |= 1 << m.slot()
	}
	f.lead, _ = e.slotWeights.of(lead).split()
	list := e.weighty()
	e.findRuns(list)
	near, topical := e.bestWindow(list, windows[0])
	broad, _ := e.bestWindow(list, windows[1])
	f.window[0], _ = near.split()
	f.window[1], _ = broad.split()
	_, f.topic = topical.split()
}

// bestWindow gives the window of a width that weighs most and the one of most topical
// weight. Of four windows in a row it first looks at all they have together.
func (e *evidence) bestWindow(list []match, width int32) (most, topical bothWeights) {
	const low = 1<<32 - 1
	for i := 0; i < len(list); i += 4 {
		four := list[i:min(i+4, len(list))]
		all := e.slotWeights.of(e.window(list[i].at()-width+1, i+len(four)-1))
		if all>>32 <= most>>32 && all&low <= topical {
			continue
		}
		for k, m := range four {
			w := e.slotWeights.of(e.window(m.at()-width+1, i+k))
			most, topical = max(most, w), max(topical, w&low)
		}
	}
	return most, topical
}

// weighty lists the matches whose slots are heavy, with room behind.
func (e *evidence) weighty() []match {
	if cap(e.heavyOnes) < len(e.matches) {
		e.heavyOnes = make([]match, 2*len(e.matches))
	}
	list, n := e.heavyOnes[:len(e.matches)], 0
	for _, m := range e.matches {
		list[n] = m
		n += int(e.heavy >> m.slot() & 1)
	}
	return list[:n]
}

// runSizes is how many lengths of runs there are, 1 to 64: two of the longest reach as far
// as the widest window.
const runSizes = 7

// line says which of 64 places in a row have a match, and how many matches stand before.
type line struct {
	has    uint64
	before int
}

// findRuns prepares the windows over a list of matches: inRow[k][i] holds the slots of the
// 1<<k matches from the i-th one on.
func (e *evidence) findRuns(list []match) {
	n := len(list)
	if cap(e.inRow[0]) < n {
		for k := range e.inRow {
			e.inRow[k] = make([]slotSet, 2*n)
		}
	}
	short := e.inRow[0][:n]
	for i, m := range list {
		short[i] = 1 << m.slot()
	}
	for k := 1; k < runSizes && 1<<k <= n; k++ {
		half := len(short) - 1<<(k-1)
		long, late := e.inRow[k][:half], short[len(short)-half:][:half]
		for i, s := range short[:half] {
			long[i] = s | late[i]
		}
		short = long
	}
	last := int32(0)
	if n > 0 {
		last = list[n-1].at()
	}
	if need := int(last>>6) + 1; cap(e.lines) < need {
		e.lines = make([]line, 2*need)
	}
	lines := e.lines[:last>>6+1]
	clear(lines)
	for _, m := range list {
		lines[m.at()>>6].has |= 1 << (m.at() & 63)
	}
	before := 0
	for i := range lines {
		lines[i].before = before
		before += bits.OnesCount64(lines[i].has)
	}
}

// window gives the slots of the matches from a place on up to match i: at most 128.
func (e *evidence) window(start int32, i int) slotSet {
	start = max(0, start)
	l := &e.lines[start>>6]
	from := l.before + bits.OnesCount64(l.has&(1<<(start&63)-1))
	size := bits.Len32(uint32(i+1-from)) - 1
	run := e.inRow[size]
	return run[from] | run[i+1-1<<(size&63)]
}
