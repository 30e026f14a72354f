package assistant

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus/place"
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
	bare  bool    // the question has hardly any marks
	odd   [][]int // the words of each thing named that offices of other kinds, or none, see to
	seen  uint64  // a bit for each word of the question, for a quick no
}

// likeWord is a word of the question, by its numbers in the telling.
type likeWord struct {
	spokenWord
	textID, foldID uint32
	rarity         float64 // how few of the records found name it
	rare           float64 // the same, weighed by the word's own weight
	place          bool    // part of the name of a place, which no record has to say
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
	l.places(text)
	l.odd = oddThings(l.words)
	for i := range l.words {
		w := &l.words[i]
		w.rarity = fewOf(records, w.foldID)
		w.rare = w.weight * w.rarity
		l.total += w.weight * w.rarity
		if !w.place {
			w.alone = w.weight * l.aloneness(w.spokenWord, all)
		}
		l.seen |= 1<<(w.textID%64) | 1<<(w.foldID%64)
	}
	return l
}

// places marks the words of the names of places.
func (l *likeness) places(text string) {
	for _, m := range place.FindIn(text) {
		first, _ := utf8.DecodeRuneInString(text[m.Start:])
		if !l.bare && !unicode.IsUpper(first) {
			continue // a common word: "chờ", "cho"
		}
		name := foldedWords(text[m.Start:m.End])
		for i := range l.words {
			if len(name) > 1 && i+len(name) <= len(l.words) && saysAt(l.words[i:], name) {
				for k := range name {
					l.words[i+k].place = true
				}
			}
		}
	}
}

func saysAt(words []likeWord, name []string) bool {
	for i, w := range name {
		if words[i].fold != w {
			return false
		}
	}
	return true
}

// oddClasses are the classes of things that hardly any record is about.
var oddClasses = []string{"animal", "mythic", "praise", "unreal", "otherTrade", "otherLicence"}

// oddThings finds them, each by its words.
func oddThings(words []likeWord) (out [][]int) {
	t := cueText{words: make([]cueWord, len(words))}
	marked := 0
	for i, w := range words {
		t.words[i] = cueWord{text: w.text, fold: w.fold}
		if w.text != w.fold {
			marked++
		}
	}
	t.bare = marked*4 < len(words)
	for _, h := range kindClassBook.find(t) {
		if !slices.Contains(oddClasses, kindClassBook.names[h.class]) {
			continue
		}
		var thing []int
		for i := h.from; i < h.to && !words[i].place; i++ {
			thing = append(thing, i)
		}
		if len(thing) == h.to-h.from && (len(words) <= shortAsk || behindHead(words, h.from)) {
			out = append(out, thing)
		}
	}
	return out
}

// shortAsk is how many words a question has that tells no story: what it names it asks for.
const shortAsk = 7

// behindHead reports whether one of the words before the at-th asks for something or tells
// for whom; in a story other things are named too.
func behindHead(words []likeWord, at int) bool {
	for i := max(0, at-objectWords-1); i < at; i++ {
		if acts[words[i].fold] || parties[words[i].fold] {
			return true
		}
	}
	return false
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

	strangers float64 // how many rare words of the question stand nowhere in it, at most mostApart
	uncalled  float64 // the rarest word of the question that none of its phrases has
	uncalleds float64 // how many rare words none of its phrases has, at most mostApart
	split     float64 // the rarest pair of neighbours that no phrase has
	object    float64 // how rare the words are that tell what is asked for, where no phrase has them
	party     float64 // the same of the words that tell for whom or what
	odd       float64 // 1 when a thing of oddClasses is named that none of its phrases names
}

// mostApart bounds what counts words: a long story says much that no record does.
const mostApart = 3.0

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
		r.strangers += q.alone * (1 - inAll)
		r.uncalled = math.Max(r.uncalled, q.alone*(1-inNames))
		r.uncalleds += q.alone * (1 - inNames)
		if i > 0 && q.weight > 0 {
			before := &l.words[i-1]
			w := math.Min(q.rare, before.rare)
			pairs += w
			if has(record.pairs, pairOf(before.foldID, q.foldID)) {
				r.paired += w
			} else {
				r.split = math.Max(r.split, math.Min(q.alone, before.alone))
			}
		}
	}
	r.object, r.party = l.behind(record, acts), l.behind(record, parties)
	for _, thing := range l.odd {
		for _, i := range thing {
			r.odd = math.Max(r.odd, 1-l.holds(record.named, &l.words[i]))
		}
	}
	r.strangers, r.uncalleds = math.Min(mostApart, r.strangers), math.Min(mostApart, r.uncalleds)
	r.unnamed = math.Min(1, r.unnamed/rarest)
	r.covered, r.paired, r.held = share(r.covered, l.total), share(r.paired, pairs), share(r.held, alone)
	return r
}

// acts are folded words behind which stands what is asked for; parties those behind which
// stands for whom.
var (
	acts    = cueWords("phep chi the nhan xin cap mo lap tro cuu ho doi lam ky nghe khai chung")
	parties = cueWords("cho voi cua la")
)

// objectWords is how many words tell what is asked for.
const objectWords = 2

// behind is how rare the next words of weight behind one of the heads are that no phrase of
// the record has; of several heads the most.
func (l *likeness) behind(record *toldRecord, heads map[string]bool) (most float64) {
	for i := range l.words {
		if !heads[l.words[i].fold] {
			continue
		}
		sum, n := 0.0, 0
		for k := i + 1; k < len(l.words) && n < objectWords; k++ {
			q := &l.words[k]
			if heads[q.fold] {
				break // its own words follow
			}
			if q.weight < 0.5 {
				continue
			}
			sum += q.alone * (1 - l.holds(record.named, q))
			n++
		}
		if n > 0 {
			most = math.Max(most, sum/float64(n))
		}
	}
	return most
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
