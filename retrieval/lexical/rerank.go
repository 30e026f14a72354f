package lexical

import (
	"math"
	"slices"
	"sync"
)

// RerankDepth is how many first-stage results are reordered.
const RerankDepth = 100

// Ranker reorders what the first stage found by a learned model over lexical evidence. It
// belongs to one Index and is safe for concurrent use.
type Ranker struct {
	index    *Index
	rarities []float32 // by word
	topics   []float32 // by word: how topical it is, 0 to 1
	facts    []facts   // by document
	meanBody float64
	pool     sync.Pool
}

// NewRanker prepares an index: one pass over its documents.
func NewRanker(x *Index) *Ranker {
	r := &Ranker{index: x, rarities: make([]float32, x.Terms()+1)}
	for id := range uint32(x.Terms()) {
		r.rarities[id] = float32(x.IDF(x.DF(id)))
	}
	r.survey()
	r.pool.New = func() any {
		return &evidence{
			ranker: r, slots: make([]uint8, max(1<<16, x.Terms()+1)), stamp: make([]uint32, x.Terms()+1),
			toward: make([]uint16, max(1<<16, x.Terms()+1)), lawOf: map[uint16]int{}, inTitles: make([]uint8, x.Terms()+1),
		}
	}
	return r
}

// wordsOf lists the words of the index that a token of a question stands for: itself, or
// for a word typed without marks the one it is taken for; where there is neither, every
// word of the same folded form. The slice is the index's own.
func (r *Ranker) wordsOf(t *QueryToken) []uint32 {
	if t.FoldID == NoTerm {
		return nil
	}
	all := r.index.variants()[t.FoldID]
	if id := t.Best(); id != NoTerm {
		if i := slices.Index(all, id); i >= 0 {
			return all[i : i+1]
		}
	}
	return all
}

// rarity is the IDF of what a token stands for.
func (r *Ranker) rarity(t *QueryToken) float64 {
	x := r.index
	switch {
	case t.Best() != NoTerm && (!t.Bare || t.Guess != NoTerm):
		return float64(r.rarities[t.Best()])
	case t.FoldID != NoTerm:
		return x.IDF(x.FoldDF(t.FoldID))
	}
	return x.IDF(0)
}

// Features gives the evidence for each result, in the order of FeatureNames.
func (r *Ranker) Features(q *Query, results []Result) [][]float64 {
	e := r.pool.Get().(*evidence)
	defer r.pool.Put(e)
	e.gather(q, results)
	out := make([][]float64, len(results))
	for i := range results {
		out[i] = make([]float64, numFeatures)
		e.row(i, out[i])
	}
	return out
}

// ordinal is the number an ID ends in ("60/2014/qh13#15" is 15), or 0.
func ordinal(id string) int32 {
	n, place := int32(0), int32(1)
	for i := len(id) - 1; i >= 0 && id[i] >= '0' && id[i] <= '9' && place <= 1e8; i-- {
		n += int32(id[i]-'0') * place
		place *= 10
	}
	return n
}

// topics says how topical each word is: the square root of the share of the documents that
// have it which have it in their title. "Khai sinh" stands in titles, "công chứng" and
// "bản sao" mostly in the text of procedures that are about something else. Where titles
// are missing altogether every word counts alike.
func (x *Index) topics(inTitles []uint32) []float32 {
	out := make([]float32, len(inTitles))
	any := false
	for id, n := range inTitles {
		any = any || n > 0
		out[id] = float32(math.Sqrt((float64(n) + 0.05) / (float64(x.DF(uint32(id))) + 1)))
	}
	for id := range out {
		if !any {
			out[id] = 1
		}
	}
	return out
}

// topicOf is the highest of the words that a token stands for.
func (r *Ranker) topicOf(ids []uint32) float64 {
	best := float32(0)
	for _, id := range ids {
		best = max(best, r.topics[id])
	}
	return float64(best)
}
