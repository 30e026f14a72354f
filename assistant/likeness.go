package assistant

import (
	"math"
	"strings"
	"sync"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval/viet"
)

// Words counts, of all units searched, those that have a word, as written; a word without
// marks counts in every marking.
type Words interface {
	Holding(word string) (with, all int)
}

// likeness holds a question against the ways in which a record is named and its situation
// told. Words are weighed by how few of the records found, and of all texts, say them.
type likeness struct {
	words []spokenWord
	rare  []float64 // by word, how few of the records found name it, weighed by the word's own weight
	alone []float64 // by word, 0 to 1: 1 is in no text at all
	byKey map[string]float64
	total float64
	bare  bool // the question has hardly any marks
}

// telling are the phrases of a chunk, made ready.
type telling struct {
	text    string
	names   bool // the chunk names the record or tells its situation
	phrases [][]viet.Token
	all     map[string]bool    // every word of the phrases, folded and as written
	pairs   map[[2]string]bool // neighbours, folded
}

// tellings remembers what was made ready; a chunk's text decides.
var tellings = struct {
	sync.Mutex
	of map[corpus.ChunkID]*telling
}{of: map[corpus.ChunkID]*telling{}}

// mostTellings bounds the memory; beyond it everything is forgotten.
const mostTellings = 30_000

func tellingOf(c corpus.Chunk) *telling {
	tellings.Lock()
	t := tellings.of[c.ID]
	tellings.Unlock()
	if t != nil && t.text == c.Text {
		return t
	}
	t = newTelling(c)
	tellings.Lock()
	if len(tellings.of) >= mostTellings {
		clear(tellings.of)
	}
	tellings.of[c.ID] = t
	tellings.Unlock()
	return t
}

func newTelling(c corpus.Chunk) *telling {
	t := &telling{text: c.Text, all: map[string]bool{}, pairs: map[[2]string]bool{}}
	t.names = c.Facet == "name" || c.Facet == "said" || c.Facet == "asked"
	for line := range strings.SplitSeq(c.Text, "\n") {
		if t.names {
			line, _, _ = strings.Cut(line, " (")
		}
		words := baseTokens(line)
		for i, w := range words {
			t.all[w.Text], t.all[w.Fold] = true, true
			if i > 0 {
				t.pairs[[2]string{words[i-1].Fold, w.Fold}] = true
			}
		}
		if t.names {
			t.phrases = append(t.phrases, words)
		}
	}
	return t
}

// newLikeness weighs the words of a question by the records found for it.
func newLikeness(text string, records [][]*telling, all Words) *likeness {
	l := &likeness{words: spoken(text), byKey: map[string]float64{}}
	marked := 0
	for _, w := range l.words {
		if w.text != w.fold {
			marked++
		}
	}
	l.bare = marked*4 < len(l.words)
	for _, w := range l.words {
		rarity, known := l.byKey[w.fold]
		if !known {
			rarity = fewOf(records, w.fold)
			l.byKey[w.fold] = rarity
		}
		l.rare = append(l.rare, w.weight*rarity)
		l.total += w.weight * rarity
		l.alone = append(l.alone, w.weight*l.aloneness(w, all))
	}
	return l
}

// fewOf grows with how few of the records have a word among their names.
func fewOf(records [][]*telling, fold string) float64 {
	n := 0
	for _, r := range records {
		for _, t := range r {
			if t.names && t.all[fold] {
				n++
				break
			}
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

// weight of a word of a phrase that need not stand in the question.
func (l *likeness) weight(fold string) float64 {
	if r, ok := l.byKey[fold]; ok {
		return r
	}
	return 2
}

// markless is what a word counts that is the same but for its marks.
const markless = 0.35

// same is 1 for the same word, less where only the marks differ.
func (l *likeness) same(q spokenWord, w viet.Token) float64 {
	switch {
	case q.text == w.Text, q.fold == w.Fold && (l.bare || q.text == q.fold && q.fold == w.Text):
		return 1
	case q.fold == w.Fold:
		return markless
	}
	return 0
}

// phrase is how alike the question and one phrase are: the weight they share in words and
// in neighbouring pairs, over the geometric mean of what each has; 0 to 1.
func (l *likeness) phrase(p []viet.Token) float64 {
	if len(p) == 0 || l.total == 0 {
		return 0
	}
	const forPairs = 0.6 // what a pair counts beside its word
	whole, shared := 0.0, 0.0
	last := -2
	for _, w := range p {
		weight := l.weight(w.Fold)
		if light[w.Fold] {
			weight *= lightWord
		}
		whole += weight
		best, at := 0.0, -2
		for i, q := range l.words {
			if s := l.same(q, w); s > best || s > 0 && s == best && i == last+1 {
				best, at = s, i
			}
		}
		shared += best * weight
		if best > 0 && at == last+1 {
			shared += forPairs * best * weight
		}
		last = at
	}
	return math.Min(1, shared/(1+forPairs)/math.Sqrt(whole*math.Max(l.total, 0.5*whole)))
}

// standing is how a record answers to a question, every value from 0 to 1.
type standing struct {
	alike   float64 // the best of its phrases
	covered float64 // share of the question's words that its phrases hold together
	paired  float64 // the same of neighbouring words
	held    float64 // share of the question's rare words that stand anywhere in the record
	strange float64 // the rarest word of the question that stands nowhere in it
}

// of holds the question against one record.
func (l *likeness) of(record []*telling) (r standing) {
	for _, t := range record {
		for _, p := range t.phrases {
			r.alike = math.Max(r.alike, l.phrase(p))
		}
	}
	pairs, alone := 0.0, 0.0
	for i, q := range l.words {
		inNames, inAll, joined := l.holds(record, i)
		r.covered += l.rare[i] * inNames
		r.held += l.alone[i] * inAll
		alone += l.alone[i]
		r.strange = math.Max(r.strange, l.alone[i]*(1-inAll))
		if i > 0 && q.weight > 0 {
			w := math.Min(l.rare[i], l.rare[i-1])
			pairs += w
			r.paired += w * joined
		}
	}
	r.covered, r.paired, r.held = share(r.covered, l.total), share(r.paired, pairs), share(r.held, alone)
	return r
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// holds tells whether word i stands among the names of a record, anywhere in it, and
// behind its neighbour.
func (l *likeness) holds(record []*telling, i int) (names, anywhere, joined float64) {
	q := l.words[i]
	for _, t := range record {
		v := 0.0
		switch {
		case t.all[q.text] || l.bare && t.all[q.fold]:
			v = 1
		case t.all[q.fold]:
			v = markless
		}
		anywhere = math.Max(anywhere, v)
		if !t.names {
			continue
		}
		names = math.Max(names, v)
		if i > 0 && t.pairs[[2]string{l.words[i-1].fold, q.fold}] {
			joined = 1
		}
	}
	return names, anywhere, joined
}
