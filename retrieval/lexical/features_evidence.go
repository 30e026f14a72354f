package lexical

import "math"

// evidence gathers what speaks for each candidate of one question. Its memory is used
// again for the next; it belongs to one goroutine at a time.
type evidence struct {
	ranker      *Ranker
	slots       []uint8  // by word: slot+1, 0 for words not asked for
	filled      []uint32 // words whose slots entry is set
	stamp       []uint32 // by word: the round in which it was last met
	round       uint32
	toward      []uint16 // by word: its place in lifted, for Agree
	lifted      []lifted
	liftedWords []uint32 // words whose toward entry is set
	shared      []uint16 // places in lifted of a document's words

	asked    asked
	folded   []string // the question's words
	matches  []match
	hits     []hit // pairs of neighbours in e.matches
	counts   [maxSlots]uint16
	runs     [2][maxSequence]float64
	pairSeen [maxPairs + 1]bool
	nearest  [maxPairs + 1]uint8 // by pair: how far apart its words stand in a title, 0 for too far
	words    []uint32            // the names read so far

	slotWeights slotWeights
	heavy       slotSet   // slots that take part in windows
	heavyOnes   []match   // those of e.matches whose slots are heavy
	spans       []span    // of heavyOnes
	behind      []slotSet // of one span

	cands    []candidate
	most     float64 // the most the first stage could give
	laws     []lawGroup
	lawOf    map[uint16]int
	mass     float64
	standing []neighbour
	touched  uint64   // of no meaning; keeps fetch from being left out
	inTitles []uint8  // by word: how many of the first candidates have it in the title
	titled   []uint32 // words whose inTitles entry is set

	rows   [][numFeatures]float64
	order  []ordered
	before []Result
}

// candidate is one document on its way.
type candidate struct {
	doc   DocID
	score float64
	lawAt int
	facts *facts
	units []uint16 // its forward list
	name  [2]int32 // its title, as a range of evidence.words

	title, law, body                found
	titleWeight, titleNamed         float64
	titlePairWeight, titlePairNamed float64
	lawWeight, lawNamed             float64
	bodyScore                       float64
	refs                            int
	agree                           float64
	apart                           float64
	topicWeight, topicNamed         float64
	near                            float64
	neighbours                      float64
	mass                            float64
	result                          float64
	resultWeight, resultNamed       float64
}

// lawGroup is what the candidates of one law gather.
type lawGroup struct {
	mass float64
	best float64
	top  int
	size int

	first, last int32 // candidates; first is -1 before there is one
}

// What is read of one section, in words: the rest of an annex of 50,000 words says no more
// about what it is. The fields of procedures are few and long, and read further.
const (
	readProvision = 1200
	readProcedure = 4000
)

func readLimit(m marks) int {
	if m.has(markProcedure) {
		return readProcedure
	}
	return readProvision
}

// gather reads every candidate.
func (e *evidence) gather(q *Query, results []Result) {
	e.reset(q)
	for _, r := range results {
		e.cands = append(e.cands, candidate{doc: r.Doc, score: r.Score, lawAt: -1, facts: &e.ranker.facts[r.Doc]})
	}
	e.fetch()
	for i := range e.cands {
		e.read(&e.cands[i])
	}
	e.groupLaws()
	e.neighbourhood()
	e.agreement()
	e.apart()
}

func (e *evidence) reset(q *Query) {
	for _, id := range e.filled {
		e.slots[id] = 0
	}
	e.filled, e.cands, e.laws, e.words = e.filled[:0], e.cands[:0], e.laws[:0], e.words[:0]
	clear(e.lawOf)
	e.ask(q)
	e.weighSlots()
	e.most = 0
	for _, t := range q.Terms {
		e.most += t.Weight
	}
}

// fetched is how much of each candidate is touched beforehand, in words.
const fetched = 1024

// fetch finds the words of all candidates and touches them, so that memory brings many at
// once.
func (e *evidence) fetch() {
	touched := uint64(0)
	for i := range e.cands {
		c := &e.cands[i]
		p, doc := e.ranker.index.part(c.doc)
		c.units = p.forward.units[p.forward.off[doc]:p.forward.off[doc+1]]
		touched += uint64(c.facts.law)
		for at := 0; at < min(len(c.units), fetched); at += 32 { // a line of memory
			touched += uint64(c.units[at])
		}
	}
	e.touched = touched
}

// read scans one candidate's forward list.
func (e *evidence) read(c *candidate) {
	limit, units := readLimit(c.facts.marks), c.units
	for _, want := range [...]sectionPart{inTitle, inLaw, inBody} {
		e.matches = e.matches[:0]
		f := c.part(want)
		start := int32(0)
		for rest := units; len(rest) >= 3; {
			what, n := rest[0], int(rest[1])|int(rest[2])<<16
			words := rest[3 : 3+n]
			rest = rest[3+n:]
			if partOf(Section(what&^refsFlag)) != want {
				continue
			}
			if what&refsFlag != 0 {
				e.references(c, words)
				continue
			}
			words = words[:min(len(words), limit, lastPlace-int(start))]
			e.scan(words, start)
			f.words += len(words)
			start = min(start+int32(len(words))+gap, lastPlace)
			if want != inBody {
				e.names(c, Section(what), words)
			}
			if Section(what) == Results && c.resultWeight == 0 {
				e.results(c, words[:min(len(words), resultWords)])
			}
		}
		e.sum(f)
		switch want {
		case inTitle:
			c.near = e.near()
		case inBody:
			e.scoreBody(c)
			e.sumWindows(f)
		}
	}
}

// sectionPart is the part of a document a section counts to.
type sectionPart uint8

const (
	inTitle sectionPart = iota
	inLaw
	inBody
)

func partOf(s Section) sectionPart {
	switch s {
	case Title, Alias:
		return inTitle
	case Law, Path, Domain:
		return inLaw
	}
	return inBody
}

func (c *candidate) part(p sectionPart) *found {
	switch p {
	case inTitle:
		return &c.title
	case inLaw:
		return &c.law
	}
	return &c.body
}

// names looks at all words of a title or a law's name, asked for or not.
func (e *evidence) names(c *candidate, section Section, words []uint16) {
	from := len(e.words)
	for i := 0; i < len(words); i++ {
		u := uint32(words[i])
		if u == escape {
			if i+2 >= len(words) {
				break
			}
			u = uint32(words[i+1]) | uint32(words[i+2])<<16
			i += 2
		}
		e.words = append(e.words, u)
	}
	ids := e.words[from:]
	w, n, pw, pn := e.named(ids)
	if partOf(section) == inLaw {
		e.words = e.words[:from]
		c.lawWeight += w
		c.lawNamed += n
		return
	}
	if section == Title {
		c.name = [2]int32{int32(from), int32(len(e.words))}
	}
	if c.titleWeight == 0 || n/w > c.titleNamed/c.titleWeight { // the alias the question names best
		c.titleWeight, c.titleNamed, c.titlePairWeight, c.titlePairNamed = w, n, pw, pn
		c.topicWeight, c.topicNamed = e.topicalName(ids)
	}
}

// resultWords is how much of the result's text names it; pages go on with other things.
const resultWords = 12

// results looks at the name of what the procedure gives.
func (e *evidence) results(c *candidate, words []uint16) {
	var seen slotSet
	e.round++
	for i := 0; i < len(words); i++ {
		u := uint32(words[i])
		if u == escape {
			break
		}
		if e.stamp[u] == e.round {
			continue
		}
		e.stamp[u] = e.round
		w := float64(e.ranker.rarities[u] * e.ranker.topics[u])
		c.resultWeight += w
		if s := e.slots[u]; s != 0 {
			c.resultNamed += w
			if !seen.has(int(s) - 1) {
				seen.add(int(s) - 1)
				c.result += e.asked.topical[s-1]
			}
		}
	}
}

// topicalName weighs a title's words by how topical they are.
func (e *evidence) topicalName(words []uint32) (weight, named float64) {
	e.round++
	for _, id := range words {
		if e.stamp[id] == e.round {
			continue
		}
		e.stamp[id] = e.round
		w := float64(e.ranker.rarities[id] * e.ranker.topics[id])
		weight += w
		if e.slots[id] != 0 {
			named += w
		}
	}
	return weight, named
}

// references counts the question's references that the document has.
func (e *evidence) references(c *candidate, words []uint16) {
	for _, ref := range e.asked.refs {
		for i := 0; i < len(words); i++ {
			u := uint32(words[i])
			if u == escape {
				if i+2 >= len(words) {
					break
				}
				u = uint32(words[i+1]) | uint32(words[i+2])<<16
				i += 2
			}
			if u == ref {
				c.refs++
				break
			}
		}
	}
}

// scoreBody is BM25 of the body with k1 1.2 and b 0.6.
func (e *evidence) scoreBody(c *candidate) {
	const k1, b = 1.2, 0.6
	norm := k1 * (1 - b + b*float64(c.body.words)/e.ranker.meanBody)
	for s := range c.body.seen.each {
		n := float64(e.counts[s])
		c.bodyScore += e.asked.weights[s] * n / (n + norm)
	}
}

// groupLaws sums up the candidates of each law.
func (e *evidence) groupLaws() {
	e.mass = 0
	for i := range e.cands {
		c := &e.cands[i]
		law := c.facts.law
		mass := math.Exp(10 * (ratio(c.score, e.cands[0].score) - 1))
		e.mass += mass
		c.mass = mass
		if law == 0 {
			continue
		}
		at, ok := e.lawOf[law]
		if !ok {
			at = len(e.laws)
			e.lawOf[law] = at
			e.laws = append(e.laws, lawGroup{first: -1})
		}
		c.lawAt = at
		g := &e.laws[at]
		g.mass += mass
		g.size++
		g.best = max(g.best, c.score)
		if i < 20 {
			g.top++
		}
	}
}
