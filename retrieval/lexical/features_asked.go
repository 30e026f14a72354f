package lexical

import "math/bits"

// maxSlots bounds the distinct words of a question that evidence looks at; what a person
// asks has fewer, and a pasted page is judged by its beginning.
const maxSlots = 64

// maxPairs bounds the pairs looked at, maxSequence the places.
const (
	maxPairs    = 128
	maxSequence = 127
)

// slotSet is a set of slots.
type slotSet uint64

func (s slotSet) has(i int) bool           { return s>>uint(i)&1 != 0 }
func (s *slotSet) add(i int)               { *s |= 1 << uint(i) }
func (s slotSet) union(o *slotSet) slotSet { return s | *o }

// each goes over the slots in a set, lowest first.
func (s slotSet) each(do func(int) bool) {
	for ; s != 0; s &= s - 1 {
		if !do(bits.TrailingZeros64(uint64(s))) {
			return
		}
	}
}

// all is every slot of the question.
func (a *asked) all() slotSet { return 1<<len(a.weights) - 1 }

// asked is the question as evidence sees it. Each distinct word has a slot; sequence gives
// the slot at each place of the question.
type asked struct {
	sequence      []int8
	places        [maxSlots][]int8 // where in the sequence a slot stands
	weights       []float64
	total         float64
	heaviest      float64
	topical       []float64 // weights times how topical the words are
	topicTotal    float64
	topicHeaviest float64
	pairs         []pairSlot
	pairTotal     float64
	pairOf        [maxSlots][maxSlots]uint8 // by two slots: the place in pairs, from 1
	refs          []uint32

	marks      marks
	definition bool
	number     bool
	penalty    bool
}

type pairSlot struct {
	a, b   int8
	weight float64
}

// clear forgets the question before, keeping its memory.
func (a *asked) clear() {
	for s := range a.places {
		a.places[s] = a.places[s][:0]
	}
	for _, p := range a.pairs {
		a.pairOf[p.a][p.b] = 0
	}
	a.sequence, a.weights, a.topical, a.pairs, a.refs = a.sequence[:0], a.weights[:0], a.topical[:0], a.pairs[:0], a.refs[:0]
	a.total, a.heaviest, a.pairTotal, a.topicTotal, a.topicHeaviest = 0, 0, 0, 0, 0
}

// ask prepares the question and fills the table from word to slot.
func (e *evidence) ask(q *Query) {
	a := &e.asked
	a.clear()
	for i := range q.Tokens {
		e.askWord(&q.Tokens[i])
	}
	for i := range q.Tokens {
		if i > 0 {
			e.askPair(a.sequence[i-1], a.sequence[i], &q.Tokens[i-1], &q.Tokens[i])
		}
	}
	for m := range q.Means {
		e.askMeaning(q.Means[m].Words)
	}
	for _, t := range q.Refs {
		if t.ID != NoTerm {
			a.refs = append(a.refs, t.ID)
		}
	}
	e.askKind(q)
}

// askMeaning adds what the lexicon gives for words of the question, as a phrase of its own.
func (e *evidence) askMeaning(words []QueryToken) {
	a := &e.asked
	a.sequence = append(a.sequence, -1)
	for i := range words {
		e.askWord(&words[i])
		if n := len(a.sequence); i > 0 {
			e.askPair(a.sequence[n-2], a.sequence[n-1], &words[i-1], &words[i])
		}
	}
}

func (e *evidence) askWord(t *QueryToken) {
	a := &e.asked
	slot := e.slotOf(t)
	if slot < 0 {
		a.sequence = append(a.sequence, -1)
		return
	}
	if len(a.sequence) < maxSequence {
		a.places[slot] = append(a.places[slot], int8(len(a.sequence)))
	}
	a.sequence = append(a.sequence, int8(slot))
}

// slotOf gives the slot of a token, a new one where its word is new; -1 where there is no
// room. A word no document has still has a slot: it was asked for and is missing.
func (e *evidence) slotOf(t *QueryToken) int {
	a := &e.asked
	ids := e.ranker.wordsOf(t)
	for _, id := range ids {
		if s := e.slots[id]; s != 0 {
			return int(s) - 1
		}
	}
	if len(a.weights) == maxSlots {
		return -1
	}
	slot := len(a.weights)
	w := t.Weight * e.ranker.rarity(t)
	a.weights = append(a.weights, w)
	a.total += w
	a.heaviest = max(a.heaviest, w)
	topical := w * e.ranker.topicOf(ids)
	a.topical = append(a.topical, topical)
	a.topicTotal += topical
	a.topicHeaviest = max(a.topicHeaviest, topical)
	for _, id := range ids {
		e.slots[id] = uint8(slot + 1)
		e.filled = append(e.filled, id)
	}
	return slot
}

func (e *evidence) askPair(sa, sb int8, ta, tb *QueryToken) {
	a := &e.asked
	if sa < 0 || sb < 0 || len(a.pairs) == maxPairs {
		return
	}
	if a.pairOf[sa][sb] != 0 {
		return
	}
	x := e.ranker.index
	w := x.IDF(x.pairCount(ta, tb)) * (ta.Weight + tb.Weight) / 2
	a.pairs = append(a.pairs, pairSlot{sa, sb, w})
	a.pairOf[sa][sb] = uint8(len(a.pairs))
	a.pairTotal += w
}

// pairCount counts the documents with the pair, by folded words where one is bare.
func (x *Index) pairCount(a, b *QueryToken) int {
	if a.Best() != NoTerm && b.Best() != NoTerm {
		return x.df(exactPair, pairKey(a.Best(), b.Best()))
	}
	if a.FoldID != NoTerm && b.FoldID != NoTerm {
		return x.df(foldedPair, pairKey(a.FoldID, b.FoldID))
	}
	return 0
}

func (e *evidence) askKind(q *Query) {
	e.folded = e.folded[:0]
	for i := range q.Tokens {
		e.folded = append(e.folded, q.Tokens[i].Fold)
	}
	a := &e.asked
	a.marks = askedBook.marksIn(e.folded)
	a.definition, a.number = a.marks.has(asksMeaning), a.marks.has(asksNumber)
	a.penalty = a.marks.has(asksPenalty) || e.asksCrime(q)
}

// asksCrime looks for "tội" with its marks: without them it is "tôi".
func (e *evidence) asksCrime(q *Query) bool {
	for i := range q.Tokens {
		if t := &q.Tokens[i]; t.Text == "tội" || t.Bare && t.Guess != NoTerm && e.ranker.index.Term(t.Guess) == "tội" {
			return true
		}
	}
	return false
}
