package assistant

import (
	"math"
)

// Words counts, of all units searched, those that have a word, as written; a word without
// marks counts in every marking.
type Words interface {
	Holding(word string) (with, all int)
}

// likeness holds a question against the ways in which a record is named and its situation
// told. Words are weighed by how few of the records found, and of all texts, say them.
type likeness struct {
	words []likeWord
	total float64
	bare  bool   // the question has hardly any marks
	seen  uint64 // a bit for each word of the question, for a quick no
}

// likeWord is a word of the question, by its numbers in the telling.
type likeWord struct {
	spokenWord
	textID, foldID uint32
	rarity         float64 // how few of the records found name it
	rare           float64 // the same, weighed by the word's own weight
	alone          float64 // 0 to 1, weighed: 1 is in no text at all
}

// newLikeness weighs the words of a question by the records found for it, which are of the
// telling.
func newLikeness(text string, telling *telling, records []*toldRecord, all Words) *likeness {
	l := &likeness{}
	marked := 0
	for _, w := range spoken(text) {
		if w.text != w.fold {
			marked++
		}
		l.words = append(l.words, likeWord{spokenWord: w, textID: telling.find(w.text), foldID: telling.find(w.fold)})
	}
	l.bare = marked*4 < len(l.words)
	for i := range l.words {
		w := &l.words[i]
		w.rarity = fewOf(records, w.foldID)
		w.rare = w.weight * w.rarity
		l.total += w.weight * w.rarity
		w.alone = w.weight * l.aloneness(w.spokenWord, all)
		l.seen |= 1<<(w.textID%64) | 1<<(w.foldID%64)
	}
	return l
}

// fewOf grows with how few of the records have a word among their names.
func fewOf(records []*toldRecord, fold uint32) float64 {
	n := 0
	for _, r := range records {
		if has(r.named, fold) {
			n++
		}
	}
	return math.Log(1 + float64(len(records)+1)/(float64(n)+0.5))
}

// aloneness is 1 for a word that no text has, falling to 0 for one that all have.
func (l *likeness) aloneness(w spokenWord, all Words) float64 {
	if all == nil {
		return 0.5
	}
	word := w.text
	if l.bare {
		word = w.fold
	}
	with, n := all.Holding(word)
	return math.Log(1+float64(n)/(float64(with)+0.5)) / math.Log(1+2*float64(n)+1e-9)
}

// unasked is the weight of a word of a phrase that the question does not have.
const unasked = 2

// markless is what a word counts that is the same but for its marks.
const markless = 0.35

// same is 1 for the same word, less where only the marks differ.
func (l *likeness) same(q *likeWord, w toldWord) float64 {
	switch {
	case q.textID == w.text, q.foldID == w.fold && (l.bare || q.textID == q.foldID && w.fold == w.text):
		return 1
	case q.foldID == w.fold:
		return markless
	}
	return 0
}

// phrase is how alike the question and one phrase are: the weight they share in words and
// in neighbouring pairs, over the geometric mean of what each has; 0 to 1.
func (l *likeness) phrase(p []toldWord) float64 {
	if len(p) == 0 || l.total == 0 {
		return 0
	}
	const forPairs = 0.6 // what a pair counts beside its word
	whole, shared := 0.0, 0.0
	last := -2
	for _, w := range p {
		weight, best, at := l.find(w, last)
		if w.light {
			weight *= lightWord
		}
		whole += weight
		shared += best * weight
		if best > 0 && at == last+1 {
			shared += forPairs * best * weight
		}
		last = at
	}
	return math.Min(1, shared/(1+forPairs)/math.Sqrt(whole*math.Max(l.total, 0.5*whole)))
}

// find tells the weight of a word of a phrase, and how well which word of the question fits
// it best; of equals the one behind last. at is -2 where none does.
func (l *likeness) find(w toldWord, last int) (weight, best float64, at int) {
	weight, at = unasked, -2
	if l.seen&(1<<(w.text%64)|1<<(w.fold%64)) == 0 {
		return weight, 0, at
	}
	for i := range l.words {
		q := &l.words[i]
		if q.foldID == w.fold {
			weight = q.rarity
		}
		if s := l.same(q, w); s > best || s > 0 && s == best && i == last+1 {
			best, at = s, i
		}
	}
	return weight, best, at
}

// standing is how a record answers to a question, every value from 0 to 1.
type standing struct {
	alike   float64 // the best of its phrases
	covered float64 // share of the question's words that its phrases hold together
	paired  float64 // the same of neighbouring words
	held    float64 // share of the question's rare words that stand anywhere in the record
	strange float64 // the rarest word of the question that stands nowhere in it
	unnamed float64 // the weightiest word of the question that none of its phrases has
}

// of holds the question against one record.
func (l *likeness) of(record *toldRecord) (r standing) {
	for _, p := range record.phrases {
		r.alike = math.Max(r.alike, l.phrase(p))
	}
	pairs, alone := 0.0, 0.0
	for i := range l.words {
		q := &l.words[i]
		inNames, inAll := l.holds(record.named, q), l.holds(record.words, q)
		r.covered += q.rare * inNames
		r.unnamed = math.Max(r.unnamed, q.rare*(1-inNames))
		r.held += q.alone * inAll
		alone += q.alone
		r.strange = math.Max(r.strange, q.alone*(1-inAll))
		if i > 0 && q.weight > 0 {
			before := &l.words[i-1]
			w := math.Min(q.rare, before.rare)
			pairs += w
			if has(record.pairs, pairOf(before.foldID, q.foldID)) {
				r.paired += w
			}
		}
	}
	r.unnamed = math.Min(1, r.unnamed/rarest)
	r.covered, r.paired, r.held = share(r.covered, l.total), share(r.paired, pairs), share(r.held, alone)
	return r
}

// rarest is about the weight of a word that none of the usual number of records names.
const rarest = 4.0

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// holds is 1 when the words have q, less when they have it but for its marks.
func (l *likeness) holds(words []uint32, q *likeWord) float64 {
	switch {
	case has(words, q.textID), l.bare && has(words, q.foldID):
		return 1
	case has(words, q.foldID):
		return markless
	}
	return 0
}
