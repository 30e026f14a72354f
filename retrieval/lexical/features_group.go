package lexical

import "math"

// leaders is how many of the first candidates Agree looks at.
const leaders = 5

// agreeWords is how many words of a document's body take part in Agree.
const agreeWords = 64

// lifted is a word of the leaders: what it weighs toward likeness, and the candidate in
// which it was last met.
type lifted struct {
	weight float32
	met    uint32
}

// agreement measures how alike each candidate is to the leaders: the cosine of its words
// (titles in full, bodies from the start at half weight) with the leaders' mean. A leader
// is not compared with itself.
func (e *evidence) agreement() {
	for _, id := range e.liftedWords {
		e.toward[id] = 0
	}
	e.liftedWords = e.liftedWords[:0]
	e.lifted = append(e.lifted[:0], lifted{}) // 0 stands for the words that no leader has
	n := min(leaders, len(e.cands))
	for i := range e.cands[:n] {
		c := &e.cands[i]
		e.lift(c.units, 1/(c.facts.norm*leaders), uint32(i)+1)
	}
	for i := range e.lifted {
		e.lifted[i].met = 0
	}
	for i := range e.cands {
		c := &e.cands[i]
		like := ratio(float64(e.likeness(c.units, uint32(i)+1)), float64(c.facts.norm))
		if i < n {
			like -= 1.0 / leaders
		}
		c.agree = like
	}
}

// lift adds the words of one leader, each once.
func (e *evidence) lift(units []uint16, share float32, round uint32) {
	rarities := e.ranker.rarities
	eachAgreeing(units, func(id uint32, half float32) {
		at := e.toward[id]
		if at == 0 {
			at = uint16(len(e.lifted))
			if at >= maxLifted {
				return
			}
			e.toward[id] = at
			e.liftedWords = append(e.liftedWords, id)
			e.lifted = append(e.lifted, lifted{})
		}
		if l := &e.lifted[at]; l.met != round {
			l.met = round
			l.weight += rarities[id] * rarities[id] * half * share
		}
	})
}

// maxLifted bounds the words of the leaders: names are short, of bodies the beginning
// counts.
const maxLifted = 1 << 15

// likeness multiplies the document's words with those of the leaders, each once. It first
// collects the leaders' words, then adds them without a branch, as either would be guessed
// wrong.
func (e *evidence) likeness(units []uint16, round uint32) float32 {
	dot := float32(0)
	toward := (*[1 << 16]uint16)(e.toward)
	agreeing(units, func(words []uint16, half float32) {
		if cap(e.shared) < len(words) {
			e.shared = make([]uint16, 2*len(words))
		}
		shared, n := e.shared[:len(words)], 0
		for i := 0; i < len(words); i++ {
			at := toward[words[i]]
			if words[i] == escape {
				if i+2 >= len(words) {
					break
				}
				at = e.toward[uint32(words[i+1])|uint32(words[i+2])<<16]
				i += 2
			}
			shared[n] = at
			n += int((uint32(at) + 0xFFFF) >> 16)
		}
		sum := float32(0)
		for _, at := range shared[:n] {
			l := &e.lifted[at]
			bits := math.Float32bits(l.weight)
			if l.met == round {
				bits = 0
			}
			sum += math.Float32frombits(bits)
			l.met = round
		}
		dot += sum * half
	})
	return dot
}

// agreeing calls do with the words of each section of a document that take part in Agree,
// and what they count.
func agreeing(units []uint16, do func(words []uint16, half float32)) {
	body := 0
	for len(units) >= 3 {
		what, n := units[0], int(units[1])|int(units[2])<<16
		words := units[3 : 3+n]
		units = units[3+n:]
		part := partOf(Section(what &^ refsFlag))
		if what&refsFlag != 0 || part == inLaw {
			continue
		}
		half := float32(1)
		if part == inBody {
			if body == agreeWords {
				continue
			}
			words = words[:min(len(words), agreeWords-body)]
			body += len(words)
			half = 0.5
		}
		do(words, half)
	}
}

// eachAgreeing calls do for each word that takes part in Agree, as often as it stands.
func eachAgreeing(units []uint16, do func(id uint32, half float32)) {
	agreeing(units, func(words []uint16, half float32) {
		for i := 0; i < len(words); i++ {
			u := uint32(words[i])
			if u == escape {
				if i+2 >= len(words) {
					break
				}
				u = uint32(words[i+1]) | uint32(words[i+2])<<16
				i += 2
			}
			do(u, half)
		}
	})
}

// apartOf is how many of the first candidates decide which title words are common.
const apartOf = 30

// apart weighs, for each candidate, the title words that few of the other candidates have
// and that the question does not name: what would make it the special case.
func (e *evidence) apart() {
	for _, id := range e.titled {
		e.inTitles[id] = 0
	}
	e.titled = e.titled[:0]
	n := min(apartOf, len(e.cands))
	for i := range e.cands[:n] {
		e.round++
		for _, id := range e.title(i) {
			if e.stamp[id] != e.round {
				e.stamp[id] = e.round
				e.inTitles[id]++
				e.titled = append(e.titled, id)
			}
		}
	}
	for i := range e.cands {
		sum := 0.0
		e.round++
		for _, id := range e.title(i) {
			if e.stamp[id] != e.round {
				e.stamp[id] = e.round
				if e.slots[id] == 0 {
					sum += rareAmong[e.inTitles[id]] - rareAmong[n]
				}
			}
		}
		e.cands[i].apart = math.Log1p(sum)
	}
}

// title gives the words of a candidate's title.
func (e *evidence) title(i int) []uint32 {
	r := e.cands[i].name
	return e.words[r[0]:r[1]]
}

// rareAmong is -ln(n+1) for n titles.
var rareAmong = func() (t [apartOf + 1]float64) {
	for n := range t {
		t[n] = -math.Log(float64(n + 1))
	}
	return t
}()

// nextTo is how far apart the numbers of neighbouring articles of one law may be.
const nextTo = 3

// neighbour is where a candidate stands in its law, the next candidate of that law, -1 for
// none, and what it weighs for the others.
type neighbour struct {
	law, ordinal, next int32
	mass               float64
}

// neighbourhood sums up, for each candidate, the other candidates that stand next to it in
// the same law.
func (e *evidence) neighbourhood() {
	e.standing = e.standing[:0]
	for i := range e.cands {
		c := &e.cands[i]
		e.standing = append(e.standing, neighbour{int32(c.lawAt), c.facts.ordinal, -1, c.mass})
		if c.lawAt < 0 {
			continue
		}
		g := &e.laws[c.lawAt]
		if g.first < 0 {
			g.first = int32(i)
		} else {
			e.standing[g.last].next = int32(i)
		}
		g.last = int32(i)
	}
	for i, c := range e.standing {
		if c.law < 0 || e.laws[c.law].size < 2 {
			continue
		}
		sum := 0.0
		for k := e.laws[c.law].first; k >= 0; k = e.standing[k].next {
			o := &e.standing[k]
			if k != int32(i) && o.ordinal-c.ordinal >= -nextTo && o.ordinal-c.ordinal <= nextTo {
				sum += o.mass
			}
		}
		e.cands[i].neighbours = sum
	}
}
