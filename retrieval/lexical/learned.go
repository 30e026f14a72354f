package lexical

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/rank"
)

// weights are what the training command wrote; the score card beside the code says how
// good they are.
//
//go:embed weights.txt
var weights []byte

// The kinds of text that have a model each: what speaks for an article does not speak for
// one of eight procedures that share their name.
const (
	ProvisionModel = "provisions"
	ProcedureModel = "procedures"
)

// Learned is the second stage: it reorders by a model per kind of text. It implements
// Reranker and is safe for concurrent use.
type Learned struct {
	provisions, procedures *rank.Model

	mu     sync.Mutex
	ranker *Ranker // of the index last asked about
}

// NewLearned takes one model for each kind. A model whose features are not those computed
// here is an error.
func NewLearned(models []*rank.Model) (*Learned, error) {
	l := &Learned{}
	for _, m := range models {
		arranged, err := m.Arrange(featureNames[:])
		if err != nil {
			return nil, err
		}
		switch m.Name {
		case ProvisionModel:
			l.provisions = arranged
		case ProcedureModel:
			l.procedures = arranged
		default:
			return nil, fmt.Errorf("lexical: no kind of text is called %q", m.Name)
		}
	}
	if l.provisions == nil || l.procedures == nil {
		return nil, fmt.Errorf("lexical: a model is missing: want %s and %s", ProvisionModel, ProcedureModel)
	}
	return l, nil
}

// Shipped is the second stage with the weights that come with the program.
func Shipped() *Learned {
	models, err := rank.ReadModels(bytes.NewReader(weights))
	if err != nil {
		panic(err) // the embedded file is checked by a test
	}
	l, err := NewLearned(models)
	if err != nil {
		panic(err)
	}
	return l
}

// rankerOf prepares an index once; the last one is kept.
func (l *Learned) rankerOf(x *Index) *Ranker {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ranker == nil || l.ranker.index != x {
		l.ranker = NewRanker(x)
	}
	return l.ranker
}

// shown is how many of the reordered results carry their evidence with them.
const shown = 10

// Rerank reorders the first RerankDepth results, best first, ties by ID. Articles are
// compared with articles and procedures with procedures: where both are found, the places
// that the first stage gave to a kind stay that kind's. What follows keeps its order.
// Scores fall strictly, comparable within one result only.
func (l *Learned) Rerank(_ context.Context, x *Index, q *Query, found []Result) []Result {
	head := found[:min(len(found), RerankDepth)]
	if len(head) < 2 {
		return found
	}
	r := l.rankerOf(x)
	e := r.pool.Get().(*evidence)
	defer r.pool.Put(e)
	e.gather(q, head)
	e.rows = slices.Grow(e.rows[:0], len(head))[:len(head)]
	for i := range head {
		clear(e.rows[i][:])
		e.row(i, e.rows[i][:])
	}
	e.order = e.order[:0]
	for i := range head {
		e.order = append(e.order, ordered{i, l.modelOf(e.cands[i].facts.marks).Score(e.rows[i][:])})
	}
	l.place(e, found)
	return found
}

func (l *Learned) modelOf(m marks) *rank.Model {
	if m.has(markProcedure) {
		return l.procedures
	}
	return l.provisions
}

// ordered is a candidate by its place in the first stage, with its new score.
type ordered struct {
	at    int
	score float64
}

// place writes the new order into found.
func (l *Learned) place(e *evidence, found []Result) {
	head := found[:len(e.order)]
	e.before = append(e.before[:0], head...)
	slices.SortFunc(e.order, func(a, b ordered) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(e.before[a.at].ID, e.before[b.at].ID)
	})
	next := [2]int{}
	kind := func(i int) int { return int(flag(e.cands[i].facts.marks.has(markProcedure))) }
	var mean [2][numFeatures]float64
	e.means(&mean)
	last := math.Inf(1)
	whys := make([]contributions, min(shown, len(head)))
	for i := range head {
		k := kind(i)
		for kind(e.order[next[k]].at) != k {
			next[k]++
		}
		o := e.order[next[k]]
		next[k]++
		head[i] = e.before[o.at]
		head[i].First = e.before[o.at].Score
		last = min(o.score, math.Nextafter(last, math.Inf(-1)))
		head[i].Score = last
		if i < shown {
			l.contributions(e, o.at, &mean[k], &whys[i])
			head[i].why = &whys[i]
		}
	}
	for i := len(head); i < len(found); i++ {
		last = math.Nextafter(last, math.Inf(-1))
		found[i].First, found[i].Score = found[i].Score, last
	}
}

// means averages the evidence over the candidates of each kind.
func (e *evidence) means(mean *[2][numFeatures]float64) {
	var n [2]float64
	for i := range e.rows {
		k := int(flag(e.cands[i].facts.marks.has(markProcedure)))
		n[k]++
		for f, v := range e.rows[i] {
			mean[k][f] += v
		}
	}
	for k := range mean {
		for f := range mean[k] {
			mean[k][f] = ratio(mean[k][f], n[k])
		}
	}
}

// contribution is what one feature gave, against the mean of the candidates.
type contribution struct {
	feature Feature
	share   float64
}

// told is how many contributions explain a hit.
const told = 6

// contributions are the first n of list.
type contributions struct {
	list [told]contribution
	n    int
}

// contributions lists what mattered most, largest first whatever the sign, ties in the
// order of the features.
func (l *Learned) contributions(e *evidence, i int, mean *[numFeatures]float64, out *contributions) {
	m := l.modelOf(e.cands[i].facts.marks)
	for f, v := range e.rows[i] {
		share := m.Weights[f] * (v - mean[f])
		at := out.n
		for at > 0 && math.Abs(share) > math.Abs(out.list[at-1].share) {
			at--
		}
		if share != 0 && at < told {
			copy(out.list[at+1:], out.list[at:])
			out.list[at] = contribution{Feature(f), share}
			out.n = min(out.n+1, told)
		}
	}
}

// reasons puts the contributions of a result into words for an explanation.
func (r *Result) reasons() []retrieval.Reason {
	if r.why == nil {
		return nil
	}
	out := make([]retrieval.Reason, r.why.n)
	for i, c := range r.why.list[:r.why.n] {
		out[i] = retrieval.Reason{Retriever: "rerank", Field: featureNames[c.feature], Share: c.share}
	}
	return out
}
