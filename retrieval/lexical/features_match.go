package lexical

import "slices"

// match is a word of the document that the question has: where, and its slot.
type match struct {
	at   int32
	slot uint8
	// In evidence.hits, where the word before is one that the question has before it too:
	before uint8 // its slot
	pair   uint8 // the place of the two in asked.pairs, from 1
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
	n := 0
	for i := 0; i < len(words); i++ {
		s := slots[words[i]]
		at := start + int32(i)
		if words[i] == escape {
			if i+2 >= len(words) { // cut in the middle by readLimit
				break
			}
			s = e.slots[uint32(words[i+1])|uint32(words[i+2])<<16]
			i += 2
			at = start + int32(i)
		}
		out[n] = match{at: at, slot: s - 1}
		n += int((uint32(s) + 0xFF) >> 8)
	}
	e.matches = e.matches[:known+n]
}

// sum reads e.matches into f; the counts stay in e.counts.
func (e *evidence) sum(f *found) {
	a := &e.asked
	clear(e.counts[:len(a.weights)])
	seen := slotSet(0)
	if cap(e.hits) < len(e.matches) {
		e.hits = make([]match, 2*len(e.matches))
	}
	hits := e.hits[:len(e.matches)]
	n := 0
	last := match{at: -2}
	for _, m := range e.matches {
		e.counts[m.slot&(maxSlots-1)]++
		seen |= 1 << (m.slot & (maxSlots - 1))
		k := a.pairOf[last.slot&(maxSlots-1)][m.slot&(maxSlots-1)]
		hits[n] = match{at: m.at, slot: m.slot, before: last.slot, pair: k}
		n += int(flagOf(k != 0) & flagOf(m.at == last.at+1))
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
		if !e.pairSeen[h.pair] {
			e.pairSeen[h.pair] = true
			f.pairs += a.pairs[h.pair-1].weight
			if h.at < leadWords {
				f.leadPairs = f.pairs
			}
		}
		if h.at != last+1 {
			for _, p := range a.places[h.before] {
				before[p] = a.weights[h.before]
			}
		}
		for _, p := range a.places[h.slot] {
			w := a.weights[h.slot]
			if p > 0 && a.sequence[p-1] == int8(h.before) {
				w += before[p-1]
			}
			now[p] = w
			if w > f.run {
				f.run = w
			}
		}
		now, before = before, now
		last = h.at
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
	for k := range e.asked.pairs {
		p := &e.asked.pairs[k]
		best := int32(nearReach + 1)
		last := int32(-100)
		for _, m := range e.matches {
			if int8(m.slot) == p.b {
				best = min(best, m.at-last)
			}
			if int8(m.slot) == p.a {
				last = m.at
			}
		}
		if best <= nearReach && best > 0 {
			sum += p.weight / float64(best)
		}
	}
	return sum
}
