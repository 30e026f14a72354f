package lexical

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/motcua/motcua/retrieval/rank"
)

// RerankDepth is how many first-stage results are reordered.
const RerankDepth = 100

// Ranker reorders what the first stage found by a learned model over lexical evidence. It
// belongs to one Index and is safe for concurrent use.
type Ranker struct {
	index    *Index
	rarities []float32 // by word
	byFold   [][]uint32
	marks    []marks // by document
	isNumber []bool  // by word, for the first 65,536
	phat     uint32
	meanBody float64
	pool     sync.Pool
}

// NewRanker prepares an index: one pass over its titles and words.
func NewRanker(x *Index) *Ranker {
	r := &Ranker{index: x, rarities: make([]float32, x.Terms()+1), byFold: make([][]uint32, x.FoldTerms()+1)}
	r.isNumber = make([]bool, 1<<16)
	for id := range uint32(x.Terms()) {
		r.rarities[id] = float32(x.IDF(x.DF(id)))
		if f := x.FoldID(id); f != NoTerm {
			r.byFold[f] = append(r.byFold[f], id)
		}
		if text := x.Term(id); id < escape && text != "" && text[0] >= '0' && text[0] <= '9' {
			r.isNumber[id] = true
		}
	}
	r.phat = x.TermID("phạt")
	words, docs := 0, 0
	var w Words
	for _, p := range x.segs {
		for doc := range uint32(p.size()) {
			m := x.documentMarks(p, doc, &w)
			r.marks = append(r.marks, m)
			docs++
			for _, s := range w.Sections {
				if partOf(s.Section) == inBody {
					words += min(len(s.Words), readUnits)
				}
			}
		}
	}
	r.meanBody = math.Max(1, float64(words)/math.Max(1, float64(docs)))
	r.pool.New = func() any {
		return &evidence{
			ranker: r, slots: make([]uint8, x.Terms()+1), stamp: make([]uint32, x.Terms()+1),
			toward: make([]float32, x.Terms()+1), lawOf: map[uint16]int{}, names: map[uint32]int{},
		}
	}
	return r
}

// wordsOf lists the words of the index that a token of a question stands for: itself; for
// a word typed without marks, every word of the same folded form.
func (r *Ranker) wordsOf(t *QueryToken) []uint32 {
	if t.Bare || t.ID == NoTerm {
		if t.FoldID != NoTerm {
			return r.byFold[t.FoldID]
		}
		return nil
	}
	return r.byFold[t.FoldID][r.placeOf(t):][:1]
}

// placeOf finds a word among those of its folded form.
func (r *Ranker) placeOf(t *QueryToken) int { return slices.Index(r.byFold[t.FoldID], t.ID) }

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

// Rerank reorders the first RerankDepth results by the model, best first, ties by ID; what
// follows keeps its order behind them. Scores are the model's for the reordered ones and
// fall on below them for the rest.
func (r *Ranker) Rerank(q *Query, results []Result, m *rank.Model) []Result {
	head := results[:min(len(results), RerankDepth)]
	if len(head) < 2 {
		return results
	}
	e := r.pool.Get().(*evidence)
	defer r.pool.Put(e)
	e.gather(q, head)
	var row [numFeatures]float64
	for i := range head {
		clear(row[:])
		e.row(i, row[:])
		head[i].Score = m.Score(row[:])
	}
	slices.SortStableFunc(head, func(a, b Result) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	last := head[len(head)-1].Score
	for i := range results[len(head):] {
		results[len(head)+i].Score = last - float64(i+1)
	}
	return results
}
