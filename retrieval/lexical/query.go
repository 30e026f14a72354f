package lexical

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/motcua/motcua/retrieval/viet"
)

// Query is a question ready for one Index: its words with their numbers there, and the
// weighted terms to search for. Do not use it with another Index.
type Query struct {
	Text   string
	Tokens []QueryToken // base tokens in order
	Refs   []QueryToken // references laid over them
	Means  []Meaning    // what the lexicon adds, by place
	Terms  []Term
}

// QueryToken is a token of the question. ID is NoTerm where no document has the word,
// Fold where none has its folded form.
type QueryToken struct {
	viet.Token
	ID, FoldID uint32
	// Weight is how much the word says, 1 for most, near 0 for the words that only make a
	// question of it ("như thế nào").
	Weight float64
	// Bare is true for a word typed without marks in a question that lacks them; Guess is
	// then the marked word it most likely stands for (NoTerm: no guess).
	Bare  bool
	Guess uint32
	Sure  float64 // probability of the guess
}

// Best is the term id to compare with documents: the guess where there is one.
func (t QueryToken) Best() uint32 {
	if t.Guess != NoTerm {
		return t.Guess
	}
	return t.ID
}

// Term is one thing searched for.
type Term struct {
	kind   listKind
	key    uint64
	Weight float64 // rarity times what the words weigh
	Words  []string
}

// maxQueryBytes and maxQueryTerms bound the work of a question; of more terms the rarest
// stay.
const (
	maxQueryBytes = 8 << 10
	maxQueryTerms = 160
)

// Of more than fewTerms terms those are left out that weigh less than faint of the heaviest.
const (
	fewTerms = 10
	faint    = 0.04
)

// Weights of the families against each other.
const (
	wordShare       = 1.0
	pairShare       = 0.7
	foldedWordShare = 0.9
	foldedPairShare = 0.6
	// guessShare of a bare word's weight goes to the marked word it is taken for, times
	// the guess's probability to the power of guessPower: a doubtful one counts little.
	guessShare = 0.7
	guessPower = 4
	// sureGuess is the probability from which the folded form is not searched for beside.
	sureGuess = 0.98
	// frameFloor is the least that the words of a question's frame count.
	frameFloor = 0.3
)

// tokenizers remember the words of earlier questions, each at most a few thousand.
var tokenizers = sync.Pool{New: func() any { return &viet.Tokenizer{Remember: 4096} }}

// Analyze makes a Query of what a person typed. It never fails; a text without words
// gives a Query without Terms. Of a very long text only the beginning is read.
func (x *Index) Analyze(text string) *Query {
	if len(text) > maxQueryBytes {
		text = text[:maxQueryBytes]
	}
	q := &Query{Text: text}
	tok := tokenizers.Get().(*viet.Tokenizer)
	base, refs := tok.Cut(text, nil, nil)
	tokenizers.Put(tok)
	base = viet.Decode(text, base, func(w string) bool { return x.dict.find(w) != NoTerm })
	q.Tokens = make([]QueryToken, 0, len(base))
	for _, t := range base {
		q.Tokens = append(q.Tokens, x.token(t))
	}
	for _, t := range refs {
		q.Refs = append(q.Refs, x.token(t))
	}
	frames := viet.Frames(base)
	x.restore(q, frames)
	for _, f := range frames {
		for i := f.From; i < f.To; i++ {
			q.Tokens[i].Weight = max(frameFloor, f.Entry.Weight)
		}
	}
	x.expand(q, base)
	x.terms(q)
	return q
}

func (x *Index) token(t viet.Token) QueryToken {
	return QueryToken{Token: t, ID: x.dict.find(t.Text), FoldID: x.dict.findFold(t.Fold), Weight: 1, Guess: NoTerm}
}

// terms fills q.Terms from its tokens.
func (x *Index) terms(q *Query) {
	s := termSet{x: x, at: make(map[termKey]int, 3*len(q.Tokens)), list: make([]Term, 0, 3*len(q.Tokens))}
	for i, t := range q.Tokens {
		s.word(t)
		if i > 0 {
			s.pair(q.Tokens[i-1], t)
		}
	}
	for _, t := range q.Refs {
		if t.ID != NoTerm {
			s.add(exactWord, uint64(t.ID), 2, t.Text)
		}
	}
	for _, m := range q.Means {
		for i, t := range m.Words {
			s.word(t)
			if i > 0 {
				s.pair(m.Words[i-1], t)
			}
		}
	}
	q.Terms = s.best()
}

type termKey struct {
	kind listKind
	key  uint64
}

type termSet struct {
	x    *Index
	at   map[termKey]int
	list []Term
}

// word adds a token: as it is, or, typed without marks, partly by its folded form and
// partly by the word it is taken for.
func (s *termSet) word(t QueryToken) {
	switch {
	case t.Bare && t.Guess != NoTerm:
		g := guessOf(t.Sure)
		s.add(foldedWord, uint64(t.FoldID), (1-g)*wordShare*t.Weight, t.Fold)
		s.add(exactWord, uint64(t.Guess), g*wordShare*t.Weight, s.x.Term(t.Guess))
	case t.ID != NoTerm && !t.Bare:
		s.add(exactWord, uint64(t.ID), wordShare*t.Weight, t.Text)
	case t.FoldID != NoTerm:
		s.add(foldedWord, uint64(t.FoldID), unmarkedShare(t)*foldedWordShare*t.Weight, t.Fold)
	}
}

// unmarkedShare is what the folded form of a word counts when the corpus does not have the
// word itself: much for one typed without marks, little for one whose marks say that it is
// another ("đỏ" is not "do").
func unmarkedShare(t QueryToken) float64 {
	if t.ID == NoTerm && !t.Bare {
		return 0.3
	}
	return 1
}

// guessOf is how much of a bare word's weight goes to the word it is taken for.
func guessOf(sure float64) float64 {
	if sure >= sureGuess {
		return 1
	}
	return guessShare * math.Pow(sure, guessPower)
}

func (s *termSet) pair(a, b QueryToken) {
	w := pairShare * (a.Weight + b.Weight) / 2
	if !a.Bare && !b.Bare && a.ID != NoTerm && b.ID != NoTerm {
		s.add(exactPair, pairKey(a.ID, b.ID), w, a.Text, b.Text)
		return
	}
	if a.FoldID == NoTerm || b.FoldID == NoTerm {
		return
	}
	folded := foldedPairShare / pairShare * min(unmarkedShare(a), unmarkedShare(b))
	if x, y := a.Best(), b.Best(); x != NoTerm && y != NoTerm {
		g := guessOf(min(a.sure(), b.sure()))
		s.add(exactPair, pairKey(x, y), g*w, s.x.Term(x), s.x.Term(y))
		folded = 1 - g
	}
	s.add(foldedPair, pairKey(a.FoldID, b.FoldID), folded*w, a.Fold, b.Fold)
}

// sure is 1 for a word that stands as it is.
func (t QueryToken) sure() float64 {
	if t.Bare {
		return t.Sure
	}
	return 1
}

// add adds a term with a weight relative to its rarity. What no document has is dropped;
// each time it comes again it counts half as much more, up to maxTermWeight.
func (s *termSet) add(kind listKind, key uint64, weight float64, words ...string) {
	if i, ok := s.at[termKey{kind, key}]; ok {
		s.list[i].Weight = max(s.list[i].Weight, min(s.list[i].Weight*1.5, maxTermWeight))
		return
	}
	df := s.x.df(kind, key)
	if df == 0 || weight <= 0 {
		return
	}
	s.at[termKey{kind, key}] = len(s.list)
	s.list = append(s.list, Term{kind, key, weight * s.x.IDF(df), words})
}

// best keeps the heaviest terms in a decided order.
func (s *termSet) best() []Term {
	slices.SortFunc(s.list, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.kind, b.kind), cmp.Compare(a.key, b.key))
	})
	n := min(len(s.list), maxQueryTerms)
	for n > fewTerms && s.list[n-1].Weight < faint*s.list[0].Weight {
		n-- // words that nearly every document has
	}
	return s.list[:n]
}
