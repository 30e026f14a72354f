package lexical

// windows are the widths, in words, of found.window.
var windows = [2]int32{24, 80}

// leastInWindow is the share of the question's weight from which a word takes part in the
// search for windows: "của" and "được" stand everywhere.
const leastInWindow = 1.0 / 40

// windowScale turns weights into whole numbers, so that taking out what was put in leaves
// nothing behind. maxSlots words of the highest rarity stay below 2^31.
const windowScale = 1 << 20

// slotWeight is what a slot weighs in a window: its weight in the upper half, its topical
// weight in the lower one. light slots take no part.
type slotWeight struct {
	both  uint64
	heavy uint32 // 1 or 0
}

// weighSlots prepares the search for windows for one question.
func (e *evidence) weighSlots() {
	a := &e.asked
	for s, w := range a.weights {
		e.slotWeights[s] = slotWeight{both: uint64(w*windowScale)<<32 | uint64(a.topical[s]*windowScale)}
		if w >= leastInWindow*a.total {
			e.slotWeights[s].heavy = 1
		}
	}
}

// weighty keeps the matches of words that weigh something.
func (e *evidence) weighty() {
	if cap(e.heavy) < len(e.matches) {
		e.heavy = make([]match, 2*len(e.matches))
	}
	heavy := e.heavy[:len(e.matches)]
	n := 0
	for _, m := range e.matches {
		heavy[n] = m
		n += int(e.slotWeights[m.slot&(maxSlots-1)].heavy)
	}
	e.heavy = heavy[:n]
}

// within is a window that moves over the heavy matches.
type within struct {
	width int32
	tail  int
	sum   uint64
}

// advance takes out the words that lie behind a window which ends at at. last says where
// each slot was met last.
func (v *within) advance(e *evidence, at int32) {
	for behind := at - v.width; e.heavy[v.tail].at <= behind; v.tail++ {
		m := e.heavy[v.tail]
		if s := m.slot & (maxSlots - 1); e.lastAt[s] == m.at {
			v.sum -= e.slotWeights[s].both
		}
	}
}

// sumWindows finds the most weight of distinct words within each width, and the most
// topical weight within the first.
func (e *evidence) sumWindows(f *found) {
	e.weighty()
	for s := range e.asked.weights {
		e.lastAt[s] = -1 << 30
	}
	narrow, wide := within{width: windows[0]}, within{width: windows[1]}
	var best, topic, broad uint64
	for _, m := range e.heavy {
		narrow.advance(e, m.at)
		wide.advance(e, m.at)
		s := m.slot & (maxSlots - 1)
		w, last := e.slotWeights[s].both, e.lastAt[s]
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
