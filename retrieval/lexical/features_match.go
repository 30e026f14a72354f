package lexical

// match is a word of the document that the question has: where, and its slot.
type match struct {
	at   int32
	slot int8
}

// found sums up one part of a document.
type found struct {
	words  int
	seen   slotSet
	cover  float64 // weight of the distinct words found
	pairs  float64 // weight of the distinct pairs found
	run    float64 // weight of the heaviest run common with the question
	window [2]float64
	topic  float64 // the best topical weight within the first width of windows
	counts [maxSlots]uint16
}

// windows are the widths, in words, of found.window.
var windows = [2]int32{24, 80}

// gap keeps words of different sections from looking like neighbours.
const gap = 100

// scan appends the matches of words, which start at place start of the part.
func (e *evidence) scan(words []uint16, start int32) {
	slots := e.slots
	for i := 0; i < len(words); i++ {
		u := uint32(words[i])
		if u == escape {
			if i+2 >= len(words) { // cut in the middle by readLimit
				break
			}
			u = uint32(words[i+1]) | uint32(words[i+2])<<16
			i += 2
		}
		if s := slots[u]; s != 0 {
			e.matches = append(e.matches, match{start + int32(i), int8(s - 1)})
		}
	}
}

// sum reads e.matches into f.
func (e *evidence) sum(f *found, wide bool) {
	weights := e.asked.weights
	for _, m := range e.matches {
		if f.counts[m.slot] == 0 {
			f.cover += weights[m.slot]
			f.seen.add(int(m.slot))
		}
		f.counts[m.slot]++
	}
	e.sumPairs(f)
	e.sumRuns(f)
	if wide {
		e.weighty()
		f.window[0], f.topic = e.bestWindow(windows[0])
		f.window[1], _ = e.bestWindow(windows[1])
	}
}

// leastInWindow is the share of the question's weight from which a word takes part in the
// search for windows: "của" and "được" stand everywhere.
const leastInWindow = 1.0 / 40

// weighty keeps the matches of words that weigh something.
func (e *evidence) weighty() {
	e.heavy = e.heavy[:0]
	for _, m := range e.matches {
		if e.asked.weights[m.slot] >= leastInWindow*e.asked.total {
			e.heavy = append(e.heavy, m)
		}
	}
}

func (e *evidence) sumPairs(f *found) {
	a := &e.asked
	clear(e.pairSeen[:len(a.pairs)])
	for i := 1; i < len(e.matches); i++ {
		l, r := e.matches[i-1], e.matches[i]
		if r.at != l.at+1 {
			continue
		}
		if k := a.pairOf[l.slot][r.slot]; k != 0 && !e.pairSeen[k-1] {
			e.pairSeen[k-1] = true
			f.pairs += a.pairs[k-1].weight
		}
	}
}

// sumRuns finds the heaviest run of neighbouring words that question and document share.
// runs holds, by place in the question, the weight of the run that ends there.
func (e *evidence) sumRuns(f *found) {
	a := &e.asked
	now, before := &e.runs[0], &e.runs[1]
	last := int32(-2)
	lastSlot := int8(-1)
	for _, m := range e.matches {
		neighbour := m.at == last+1
		for _, p := range a.places[m.slot] {
			w := a.weights[m.slot]
			if neighbour && p > 0 && a.sequence[p-1] == lastSlot {
				w += before[p-1]
			}
			now[p] = w
			if w > f.run {
				f.run = w
			}
		}
		last, lastSlot = m.at, m.slot
		now, before = before, now
	}
}

// bestWindow is the most weight, and the most topical weight, of distinct words within
// width words.
func (e *evidence) bestWindow(width int32) (best, topic float64) {
	counts := &e.inWindow
	clear(counts[:])
	weights, topical := e.asked.weights, e.asked.topical
	sum, topicSum := 0.0, 0.0
	tail := 0
	for _, m := range e.heavy {
		for e.heavy[tail].at <= m.at-width {
			s := e.heavy[tail].slot
			if counts[s]--; counts[s] == 0 {
				sum -= weights[s]
				topicSum -= topical[s]
			}
			tail++
		}
		if counts[m.slot]++; counts[m.slot] == 1 {
			sum += weights[m.slot]
			topicSum += topical[m.slot]
			best, topic = max(best, sum), max(topic, topicSum)
		}
	}
	return best, topic
}

// named sums the weights of the distinct words of a title or law name, and of those the
// question has; the same for its pairs.
func (e *evidence) named(words []uint32) (weight, asked, pairs, askedPairs float64) {
	rarity := e.ranker.rarities
	e.round++
	for i, id := range words {
		w := float64(rarity[id])
		in := e.slots[id] != 0
		if e.stamp[id] != e.round {
			e.stamp[id] = e.round
			weight += w
			if in {
				asked += w
			}
		}
		if i == 0 {
			continue
		}
		pw := w + float64(rarity[words[i-1]])
		pairs += pw
		if in && e.slots[words[i-1]] != 0 && e.isPair(words[i-1], id) {
			askedPairs += pw
		}
	}
	return weight, asked, pairs, askedPairs
}

func (e *evidence) isPair(a, b uint32) bool {
	return e.asked.pairOf[e.slots[a]-1][e.slots[b]-1] != 0
}

// nearReach is how far apart, in words, two neighbours of the question may stand in a
// title to count for TitleNear.
const nearReach = 5

// near weighs the question's pairs whose words stand in order, not far apart, in what
// e.matches holds.
func (e *evidence) near() (sum float64) {
	for k := range e.asked.pairs {
		p := &e.asked.pairs[k]
		best := int32(nearReach + 1)
		last := int32(-100)
		for _, m := range e.matches {
			if m.slot == p.b {
				best = min(best, m.at-last)
			}
			if m.slot == p.a {
				last = m.at
			}
		}
		if best <= nearReach && best > 0 {
			sum += p.weight / float64(best)
		}
	}
	return sum
}

// leadWords is how much of a body counts as its beginning.
const leadWords = 40

// leading sums what e.matches holds of the beginning of the body.
func (e *evidence) leading() (cover, pairs float64) {
	all := e.matches
	n := 0
	for n < len(all) && all[n].at < leadWords {
		n++
	}
	e.matches = all[:n]
	var f found
	for _, m := range e.matches {
		if !f.seen.has(int(m.slot)) {
			f.seen.add(int(m.slot))
			f.cover += e.asked.weights[m.slot]
		}
	}
	e.sumPairs(&f)
	e.matches = all
	return f.cover, f.pairs
}
