package lexical

import (
	"math"

	"github.com/motcua/motcua/retrieval/viet"
)

// Meaning is one alternative that the lexicon gives for the tokens From to To of a
// question. Its words are searched for beside those typed, with less weight.
type Meaning struct {
	From, To int
	Words    []QueryToken
	Entry    *viet.Entry
}

// What an expansion weighs against words typed. The same words written otherwise weigh
// nearly as much; another word for the thing weighs less, and little when the typed words
// are themselves common in the law ("nhập khẩu" in trade).
var meaningShare = map[viet.EntryKind]float64{viet.Abbreviation: 0.8, viet.Teencode: 0.8, viet.Regional: 0.4, viet.Lay: 0.25}

const (
	// commonInLaw is the share of documents from which a phrase is a legal term itself.
	commonInLaw = 0.002
	// commonFactor is what an expansion of such a phrase still weighs.
	commonFactor = 0.4
	// unknownShare is what an expansion weighs at least when no document has the phrase as
	// typed: it then finds nothing by itself.
	unknownShare = 0.6
)

// expand fills q.Means.
func (x *Index) expand(q *Query, base []viet.Token) {
	for _, f := range viet.Meanings(base) {
		if x.compound(q, f) || x.otherwise(q, f) {
			continue
		}
		weight := x.meaningWeight(q, f)
		frame := 1.0
		for i := f.From; i < f.To; i++ {
			frame = min(frame, q.Tokens[i].Weight)
		}
		if frame < 1 {
			continue // a word that only makes the question has no subject to expand
		}
		for _, to := range f.Entry.To {
			m := Meaning{From: f.From, To: f.To, Entry: f.Entry}
			for _, w := range to {
				t := x.token(viet.Token{Text: w, Fold: viet.Fold(w), Start: base[f.From].Start, End: base[f.To-1].End})
				t.Weight = weight
				m.Words = append(m.Words, t)
			}
			m.lighten()
			q.Means = append(q.Means, m)
		}
	}
}

// lighten gives the words of a question's frame their small weight here too: "ntn" stands
// for "như thế nào", which says as little.
func (m *Meaning) lighten() {
	toks := make([]viet.Token, len(m.Words))
	for i, t := range m.Words {
		toks[i] = t.Token
	}
	for _, f := range viet.Frames(toks) {
		for i := f.From; i < f.To; i++ {
			m.Words[i].Weight *= max(frameFloor, f.Entry.Weight)
		}
	}
}

// meaningWeight is what one alternative of an entry weighs.
func (x *Index) meaningWeight(q *Query, f viet.Found) float64 {
	w := meaningShare[f.Entry.Kind]
	switch df := x.phraseDF(q.Tokens[f.From:f.To]); {
	case df == 0:
		w = max(w, unknownShare)
	case f.To-f.From > 1 && f.To-f.From < 4 && float64(df) > commonInLaw*float64(x.total):
		w *= commonFactor
	}
	return w / math.Sqrt(float64(len(f.Entry.To)))
}

// compound reports whether a single word of the lexicon is here part of a longer one that
// the law knows: the "bố" of "công bố" is no father.
func (x *Index) compound(q *Query, f viet.Found) bool {
	if f.To-f.From > 1 || q.Tokens[f.From].ID == NoTerm {
		return false
	}
	least := max(3, x.total/2000)
	t := q.Tokens[f.From]
	if f.From > 0 && q.Tokens[f.From-1].ID != NoTerm && x.PairDF(q.Tokens[f.From-1].ID, t.ID) > least {
		return true
	}
	return f.To < len(q.Tokens) && q.Tokens[f.To].ID != NoTerm && x.PairDF(t.ID, q.Tokens[f.To].ID) > least
}

// otherwise reports whether a single word of the lexicon that could be a syllable without
// marks was restored to another word: the "ba" of a text without marks may be "bà".
func (x *Index) otherwise(q *Query, f viet.Found) bool {
	t := q.Tokens[f.From]
	return f.To-f.From == 1 && t.Bare && t.Guess != NoTerm && viet.IsBareSyllable(t.Text)
}

// phraseDF bounds from above how many documents have the tokens in a row.
func (x *Index) phraseDF(toks []QueryToken) int {
	df := x.DF(toks[0].Best())
	for i := 1; i < len(toks); i++ {
		df = min(df, x.PairDF(toks[i-1].Best(), toks[i].Best()))
	}
	return df
}
