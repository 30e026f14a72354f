package lexical

import (
	"cmp"
	"math"
	"slices"

	"github.com/motcua/motcua/retrieval/viet"
)

// variants lists the words of each folded form, most frequent first. It is made on first
// use and belongs to one Index.
func (x *Index) variants() [][]uint32 {
	x.byFoldOnce.Do(func() {
		df := make([]int, x.Terms())
		x.byFold = make([][]uint32, x.FoldTerms())
		for id := range uint32(x.Terms()) {
			df[id] = x.DF(id)
			if f := x.FoldID(id); f != NoTerm && df[id] > 0 {
				x.byFold[f] = append(x.byFold[f], id)
			}
		}
		for _, ids := range x.byFold {
			slices.SortFunc(ids, func(a, b uint32) int {
				return cmp.Or(cmp.Compare(df[b], df[a]), cmp.Compare(x.Term(a), x.Term(b)))
			})
		}
	})
	return x.byFold
}

// markModel is an Index as the model of marks that its documents make.
type markModel struct{ *Index }

func (m markModel) Variants(fold string) []uint32 {
	if f := m.dict.findFold(fold); f != NoTerm {
		return m.variants()[f]
	}
	return nil
}
func (m markModel) Word(id uint32) int   { return m.DF(id) }
func (m markModel) Pair(a, b uint32) int { return m.PairDF(a, b) }

// bareShare: a word without marks is doubted when, of the documents that have its folded
// form, less than this share have it as it was typed.
const bareShare = 0.5

// certain is the probability from which a word that stands without marks is taken to be
// itself.
const certain = 0.9

// restore finds the words whose writer left the marks out and what they stand for.
func (x *Index) restore(q *Query, frames []viet.Found) {
	marked, doubted := 0, 0
	for i := range q.Tokens {
		t := &q.Tokens[i]
		switch {
		case t.Kind != viet.Word || t.FoldID == NoTerm:
		case t.Text != t.Fold:
			marked++
		case t.ID == NoTerm || float64(x.DF(t.ID)) < bareShare*float64(x.FoldDF(t.FoldID)):
			t.Bare = true
			doubted++
		}
	}
	if doubted == 0 {
		return
	}
	// In a text whose words have their marks, one without is likelier meant as it stands.
	keep := 2 * math.Log(float64(marked+1)/float64(doubted))
	slots := make([]viet.Slot, len(q.Tokens))
	for i, t := range q.Tokens {
		fixed := t.Kind != viet.Word || t.Text != t.Fold || marked > doubted && !t.Bare
		slots[i] = viet.Slot{Fold: t.Fold, ID: t.ID, Known: t.ID != NoTerm, Fixed: fixed, Keep: max(0, keep)}
	}
	for _, f := range frames { // the words of questions, which laws hardly have
		for i := f.From; i < f.To; i++ {
			s := &slots[i]
			if !s.Fixed && (f.To-f.From > 1 || s.Keep == 0) {
				s.ID, s.Fixed = x.dict.find(f.Entry.Words[i-f.From]), true
				s.Known = s.ID != NoTerm
				t := &q.Tokens[i]
				if t.Bare = s.Known && s.ID != t.ID; t.Bare {
					t.Guess, t.Sure = s.ID, 1
				}
			}
		}
	}
	for i, g := range viet.Restore(slots, markModel{x}, x.total) {
		t := &q.Tokens[i]
		if slots[i].Fixed {
			continue
		}
		if !g.OK { // rather a word that the corpus lacks
			t.Bare = t.Bare && keep <= 0
			continue
		}
		t.Bare = g.ID != t.ID || g.Sure < certain
		t.Guess, t.Sure = g.ID, g.Sure
	}
}
