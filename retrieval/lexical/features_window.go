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

// onlyTopical is the half that holds the topical weight.
const onlyTopical = bothWeights(1<<32 - 1)

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
	near, topical := e.bestWindow(list, windows[0], 0)
	broad, _ := e.bestWindow(list, windows[1], onlyTopical)
	f.window[0], _ = near.split()
	f.window[1], _ = broad.split()
	_, f.topic = topical.split()
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

// span is as many words as a window is wide: what matches there, the first of them and one
// past the last.
type span struct {
	slots      slotSet
	first, end int32
	most       bothWeights // what a window that ends here can weigh
}

// bestWindow gives the most that a window of a width weighs, and the most topical weight, at
// least topical.
//
// Only windows that end with a match are looked at: any other has no more than an earlier one.
// Each lies in two spans in a row, which together say what it weighs at most: few spans have
// to be looked into.
func (e *evidence) bestWindow(list []match, width int32, topical bothWeights) (most, _ bothWeights) {
	if len(list) == 0 {
		return 0, topical
	}
	spans := e.cut(list, width)
	best, top := 0, bothWeights(0)
	last := slotSet(0)
	for i := range spans {
		s := &spans[i]
		s.most = e.slotWeights.of(last | s.slots)
		if s.slots != 0 && s.most > top {
			best, top = i, s.most
		}
		last = s.slots
	}
	most, topical = e.look(list, spans, best, width, 0, topical)
	for i := range spans {
		if s := &spans[i]; i != best && s.slots != 0 && (s.most>>32 > most>>32 || s.most&onlyTopical > topical) {
			most, topical = e.look(list, spans, i, width, most, topical)
		}
	}
	return most, topical
}

// cut sorts matches into spans.
func (e *evidence) cut(list []match, width int32) []span {
	n := int(list[len(list)-1].at()/width) + 1
	if cap(e.spans) < n {
		e.spans = make([]span, 2*n)
	}
	spans := e.spans[:n]
	clear(spans)
	part := 1<<32/uint64(width) + 1 // exact for places below 2^24
	now, last := span{}, uint64(0)
	for i, m := range list {
		at := uint64(m.at()) * part >> 32
		if at != last {
			now, last = span{first: int32(i)}, at
		}
		now.slots |= 1 << m.slot()
		now.end = int32(i) + 1
		spans[at] = now
	}
	return spans
}

// look weighs the windows that end in a span: each is the end of the span before and the
// beginning of this one.
func (e *evidence) look(list []match, spans []span, at int, width int32, most, topical bothWeights) (_, _ bothWeights) {
	var before []match
	if at > 0 {
		before = list[spans[at-1].first:spans[at-1].end]
	}
	if cap(e.behind) <= len(before) {
		e.behind = make([]slotSet, 2*len(before)+1)
	}
	behind := e.behind[:len(before)+1] // the slots from each match on
	rest := slotSet(0)
	behind[len(before)] = 0
	for i := len(before) - 1; i >= 0; i-- {
		rest |= 1 << before[i].slot()
		behind[i] = rest
	}
	seen, out := slotSet(0), 0
	for _, m := range list[spans[at].first:spans[at].end] {
		seen |= 1 << m.slot()
		for out < len(before) && before[out].at() <= m.at()-width {
			out++
		}
		w := e.slotWeights.of(seen | behind[out])
		most, topical = max(most, w), max(topical, w&onlyTopical)
	}
	return most, topical
}
