package lexical

import "math"

// leaders is how many of the first candidates Agree looks at.
const leaders = 5

// agreeWords is how many words of a document's body take part in Agree.
const agreeWords = 64

// agreement measures how alike each candidate is to the leaders: the cosine of its words
// (titles in full, bodies from the start at half weight) with the leaders' mean. A leader
// is not compared with itself.
func (e *evidence) agreement() {
	for _, id := range e.lifted {
		e.toward[id] = 0
	}
	e.lifted = e.lifted[:0]
	n := min(leaders, len(e.cands))
	for i := range e.cands[:n] {
		norm := e.eachWord(e.cands[i].doc, func(uint32, float32) {})
		e.eachWord(e.cands[i].doc, func(id uint32, w float32) {
			if e.toward[id] == 0 {
				e.lifted = append(e.lifted, id)
			}
			e.toward[id] += w / (norm * leaders)
		})
	}
	for i := range e.cands {
		dot := float32(0)
		norm := e.eachWord(e.cands[i].doc, func(id uint32, w float32) { dot += w * e.toward[id] })
		like := ratio(float64(dot), float64(norm))
		if i < n {
			like -= 1.0 / leaders
		}
		e.cands[i].agree = like
	}
}

// eachWord calls do once for each distinct word of the document that takes part, with its
// weight, and returns the norm of the weights.
func (e *evidence) eachWord(d DocID, do func(id uint32, w float32)) float32 {
	p, doc := e.ranker.index.part(d)
	units := p.forward.units[p.forward.off[doc]:p.forward.off[doc+1]]
	e.round++
	squares, body := float32(0), 0
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
			words = words[:min(len(words), max(0, agreeWords-body))]
			body += len(words)
			half = 0.5
		}
		for i := 0; i < len(words); i++ {
			u := uint32(words[i])
			if u == escape {
				if i+2 >= len(words) {
					break
				}
				u = uint32(words[i+1]) | uint32(words[i+2])<<16
				i += 2
			}
			if e.stamp[u] == e.round {
				continue
			}
			e.stamp[u] = e.round
			w := e.ranker.rarities[u] * half
			squares += w * w
			do(u, w)
		}
	}
	return float32(math.Sqrt(float64(squares)))
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
		e.eachTitleWord(e.cands[i].doc, func(id uint32) {
			e.inTitles[id]++
			e.titled = append(e.titled, id)
		})
	}
	for i := range e.cands {
		sum := 0.0
		e.eachTitleWord(e.cands[i].doc, func(id uint32) {
			if e.slots[id] == 0 {
				sum += rareAmong[e.inTitles[id]] - rareAmong[n]
			}
		})
		e.cands[i].apart = math.Log1p(sum)
	}
}

// rareAmong is -ln(n+1) for n titles.
var rareAmong = func() (t [apartOf + 1]float64) {
	for n := range t {
		t[n] = -math.Log(float64(n + 1))
	}
	return t
}()

// eachTitleWord calls do once for each distinct word of the title.
func (e *evidence) eachTitleWord(d DocID, do func(id uint32)) {
	p, doc := e.ranker.index.part(d)
	units := p.forward.units[p.forward.off[doc]:p.forward.off[doc+1]]
	e.round++
	for len(units) >= 3 {
		what, n := units[0], int(units[1])|int(units[2])<<16
		words := units[3 : 3+n]
		units = units[3+n:]
		if what != uint16(Title) {
			continue
		}
		for i := 0; i < len(words); i++ {
			u := uint32(words[i])
			if u == escape {
				if i+2 >= len(words) {
					break
				}
				u = uint32(words[i+1]) | uint32(words[i+2])<<16
				i += 2
			}
			if e.stamp[u] != e.round {
				e.stamp[u] = e.round
				do(u)
			}
		}
	}
}

// nextTo is how far apart the numbers of neighbouring articles of one law may be.
const nextTo = 3

// neighbourhood sums up, for each candidate, the other candidates that stand next to it in
// the same law.
func (e *evidence) neighbourhood() {
	for i := range e.cands {
		c := &e.cands[i]
		if c.lawAt < 0 {
			continue
		}
		at := e.ranker.ordinals[c.doc]
		for k := range e.cands {
			o := &e.cands[k]
			if d := e.ranker.ordinals[o.doc] - at; k != i && o.lawAt == c.lawAt && d >= -nextTo && d <= nextTo {
				c.neighbours += o.mass
			}
		}
	}
}
