package lexical

import "slices"

// match is a word of the document that the question has: where it stands and, in the low
// byte, its slot.
type match uint32

// lastPlace is beyond all places of a part of a document.
const lastPlace = 1<<24 - 1

func (m match) at() int32 { return int32(m >> 8) }

// slot is below maxSlots; the mask tells the compiler so.
func (m match) slot() int { return int(m & (maxSlots - 1)) }

// hit is two matches in a row that the question has in a row too: the second one, the slot
// of the first and the place of the two in asked.pairs, from 1, a byte each.
type hit uint64

func (h hit) at() int32   { return int32(h >> 24) }
func (h hit) slot() int   { return int(h >> 16 & (maxSlots - 1)) }
func (h hit) before() int { return int(h >> 8 & (maxSlots - 1)) }
func (h hit) pair() int   { return int(h & 0xFF) }

// found sums up one part of a document.
type found struct {
	words  int
	seen   slotSet
	cover  float64 // weight of the distinct words found
	pairs  float64 // weight of the distinct pairs found
	run    float64 // weight of the heaviest run common with the question
	window [2]float64
	topic  float64 // the best topical weight within the first width of windows
	lead   float64 // what of cover stands in the first words
	// leadPairs is what of pairs stands there
	leadPairs float64
}

// gap keeps words of different sections from looking like neighbours.
const gap = 100

// scan appends the matches of words, which start at place start of the part. It writes
// every word and keeps those that match: to ask first would be guessed wrong too often.
func (e *evidence) scan(words []uint16, start int32) {
	known := len(e.matches)
	e.matches = slices.Grow(e.matches, len(words))
	out := e.matches[known : known+len(words)]
	slots := (*[1 << 16]uint8)(e.slots)
	n, next := 0, match(start)<<8-1 // with a slot from 1 added: the place and the slot from 0
	for len(words) > 0 {
		long := -1
		for i, word := range words {
			s := slots[word]
			if word == escape {
				long = i
				break
			}
			out[n] = next + match(s)
			next += 1 << 8
			n += int((uint32(s) + 0xFF) >> 8)
		}
		if long < 0 || long+2 >= len(words) { // cut in the middle by readLimit
			break
		}
		s := e.slots[uint32(words[long+1])|uint32(words[long+2])<<16]
		next += 2 << 8
		out[n] = next + match(s)
		next += 1 << 8
		n += int((uint32(s) + 0xFF) >> 8)
		words = words[long+3:]
	}
	e.matches = e.matches[:known+n]
}

// sum reads e.matches into f; the counts stay in e.counts.
func (e *evidence) sum(f *found) {
	a := &e.asked
	clear(e.counts[:len(a.weights)])
	seen := slotSet(0)
	if cap(e.hits) < len(e.matches) {
		e.hits = make([]hit, 2*len(e.matches))
	}
	hits := e.hits[:len(e.matches)]
	n := 0
	last := match(lastPlace << 8) // nothing stands next to it
	for _, m := range e.matches {
		e.counts[m.slot()]++
		seen |= 1 << m.slot()
		k := a.pairOf[last.slot()][m.slot()]
		hits[n] = hit(m)<<16 | hit(last&0xFF)<<8 | hit(k)
		n += int(flagOf(k != 0) & flagOf(m>>8 == last>>8+1))
		last = m
	}
	e.hits = hits[:n]
	f.seen = seen
	f.cover, _ = e.slotWeights.of(seen).split()
	for s := range seen.each {
		if w := a.weights[s]; w > f.run {
			f.run = w
		}
	}
	e.sumHits(f)
}

func flagOf(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// sumHits weighs the distinct pairs of neighbouring words that question and document
// share, and finds the heaviest common run: runs holds, by place in the question, the
// weight of the run that ends there.
func (e *evidence) sumHits(f *found) {
	a := &e.asked
	clear(e.pairSeen[:len(a.pairs)+1])
	now, before := &e.runs[0], &e.runs[1]
	last := int32(-2)
	for _, h := range e.hits {
		if !e.pairSeen[h.pair()] {
			e.pairSeen[h.pair()] = true
			f.pairs += a.pairs[h.pair()-1].weight
			if h.at() < leadWords {
				f.leadPairs = f.pairs
			}
		}
		if h.at() != last+1 {
			for _, p := range a.places[h.before()] {
				before[p] = a.weights[h.before()]
			}
		}
		for _, p := range a.places[h.slot()] {
			w := a.weights[h.slot()]
			if p > 0 && a.sequence[p-1] == int8(h.before()) {
				w += before[p-1]
			}
			now[p] = w
			if w > f.run {
				f.run = w
			}
		}
		now, before = before, now
		last = h.at()
	}
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
	a := &e.asked
	best := e.nearest[:len(a.pairs)+1]
	clear(best)
	for i, m := range e.matches {
		for j := i - 1; j >= 0; j-- {
			o := e.matches[j]
			apart := m.at() - o.at()
			if apart > nearReach {
				break
			}
			if k := a.pairOf[o.slot()][m.slot()]; k != 0 && (best[k] == 0 || uint8(apart) < best[k]) {
				best[k] = uint8(apart)
			}
		}
	}
	for k, apart := range best {
		if apart > 0 {
			sum += a.pairs[k-1].weight / float64(apart)
		}
	}
	return sum
}
