package eval

import (
	"context"
	"fmt"
	"hash/fnv"
	"runtime"
	"sort"
	"sync"

	"github.com/motcua/motcua/retrieval/lexical"
	"github.com/motcua/motcua/retrieval/rank"
)

const (
	// folds of the cross-validation.
	folds = 10
	// trainDepth is how many candidates of a question teach.
	trainDepth = 50
	// pull is the strength of the ridge over all questions together: the fewer questions,
	// the stronger each weight is held. Chosen once, for all four sets together.
	pull = 13.0
	// bareWeight is what a question typed without marks counts in training; with its
	// original they count 1.
	bareWeight = 0.3
)

// TrainingCard is what one dataset says about a training.
type TrainingCard struct {
	Suite string `json:"suite"`
	// First is the first stage alone. CrossValidated is reordered by models that saw no
	// question whose answer lies in the same law (or is the same procedure). Shipped is
	// reordered by the model of all questions: it has seen these, so it shows what the
	// program does and not how good it is.
	First          *Report `json:"first_stage"`
	CrossValidated *Report `json:"cross_validated"`
	Shipped        *Report `json:"shipped"`
	// The same for the questions typed without marks.
	FirstBare          *Report `json:"first_stage_bare"`
	CrossValidatedBare *Report `json:"cross_validated_bare"`
	ShippedBare        *Report `json:"shipped_bare"`
}

// Training is the outcome of Train: the models and what justifies them.
type Training struct {
	Seed   uint64
	Models []*rank.Model
	Cards  []*TrainingCard
}

// Train learns one model for provisions and one for procedures from the judged questions
// of the datasets, typed with and without marks. The seed deals the folds; nothing else is
// left to chance, so that the same datasets and seed give the same weights.
func Train(ctx context.Context, datasets []*Dataset, seed uint64) (*Training, error) {
	var lessons []*lesson
	for _, d := range datasets {
		l, err := newLesson(ctx, d, seed)
		if err != nil {
			return nil, err
		}
		lessons = append(lessons, l)
	}
	t := &Training{Seed: seed}
	for _, kind := range []string{lexical.ProvisionModel, lexical.ProcedureModel} {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("eval: training: %w", err)
		}
		fits := fitAll(kind, lessons)
		t.Models = append(t.Models, fits[folds])
		for _, l := range lessons {
			if l.kind == kind {
				l.shipped = fits[folds]
				copy(l.models[:], fits[:folds])
			}
		}
	}
	for _, l := range lessons {
		t.Cards = append(t.Cards, l.card())
	}
	return t, nil
}

// lesson is a dataset with the evidence for the candidates of its questions.
type lesson struct {
	d       *Dataset
	kind    string
	plain   []asked
	bare    []asked
	fold    []int
	models  [folds]*rank.Model
	shipped *rank.Model
}

// asked is one question as typed: its candidates in first-stage order.
type asked struct {
	ids      []string
	evidence [][]float64
	grades   []float64
}

func newLesson(ctx context.Context, d *Dataset, seed uint64) (*lesson, error) {
	l := &lesson{d: d, kind: lexical.ProvisionModel}
	group := map[string]string{}
	for i := range d.Documents {
		doc := &d.Documents[i]
		group[doc.ID] = doc.Law
		if doc.Field != "" {
			l.kind, group[doc.ID] = lexical.ProcedureModel, doc.ID
		}
	}
	x := d.Index(lexical.DefaultSettings())
	r := lexical.NewRanker(x)
	for _, q := range d.Questions {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("eval: training: %w", err)
		}
		l.plain = append(l.plain, ask(x, r, q.Text, d.Relevant[q.ID]))
		l.bare = append(l.bare, ask(x, r, NoMarks(q.Text), d.Relevant[q.ID]))
		name := ""
		if gold := d.Gold(q.ID); len(gold) > 0 {
			name = group[gold[0]]
		}
		l.fold = append(l.fold, deal(name, seed))
	}
	return l, nil
}

// deal gives the fold of a law or procedure.
func deal(name string, seed uint64) int {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d %s", seed, name) // a hash takes everything
	return int(h.Sum64() % folds)
}

func ask(x *lexical.Index, r *lexical.Ranker, text string, relevant map[string]int) asked {
	q := x.Analyze(text)
	found := x.Search(q, nil, lexical.RerankDepth)
	a := asked{evidence: r.Features(q, found)}
	for _, f := range found {
		a.ids = append(a.ids, f.ID)
		a.grades = append(a.grades, float64(max(0, relevant[f.ID])))
	}
	return a
}

// fitAll learns one model without each fold and, last, one of all questions, as many at a
// time as there are cores.
func fitAll(kind string, lessons []*lesson) (fits [folds + 1]*rank.Model) {
	var running sync.WaitGroup
	cores := make(chan struct{}, runtime.GOMAXPROCS(0))
	for fold := range fits {
		running.Go(func() {
			cores <- struct{}{}
			defer func() { <-cores }()
			if fold == folds {
				fits[fold] = fit(kind, lessons, -1)
			} else {
				fits[fold] = fit(kind, lessons, fold)
			}
		})
	}
	running.Wait()
	return fits
}

// fit learns from every question of the kind outside the fold; fold -1 leaves none out.
func fit(kind string, lessons []*lesson, fold int) *rank.Model {
	var examples []rank.Example
	for _, l := range lessons {
		if l.kind != kind {
			continue
		}
		for i := range l.plain {
			if l.fold[i] != fold {
				examples = append(examples, l.plain[i].example(1-bareWeight), l.bare[i].example(bareWeight))
			}
		}
	}
	return rank.Fit(kind, lexical.FeatureNames(), examples, rank.Fitting{Ridge: pull / float64(max(1, len(examples)/2))})
}

func (a *asked) example(weight float64) rank.Example {
	n := min(trainDepth, len(a.ids))
	return rank.Example{Features: a.evidence[:n], Grades: a.grades[:n], Weight: weight}
}

// reordered lists the candidates by a model, ties by ID.
func (a *asked) reordered(m *rank.Model) []string {
	out := make([]rank.Scored, len(a.ids))
	for i, id := range a.ids {
		out[i] = rank.Scored{ID: id, Score: m.Score(a.evidence[i])}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Score != out[j].Score {
			return out[i].Score > out[j].Score
		}
		return out[i].ID < out[j].ID
	})
	ids := make([]string, len(out))
	for i := range out {
		ids[i] = out[i].ID
	}
	return ids
}

func (l *lesson) card() *TrainingCard {
	report := func(name string, list func(i int) []string) *Report {
		run := make(Run, len(l.d.Questions))
		for i, q := range l.d.Questions {
			run[q.ID] = Ranked(list(i))
		}
		return NewReport(l.d, name, run, lexical.RerankDepth)
	}
	without := func(i int) *rank.Model { return l.models[l.fold[i]] }
	return &TrainingCard{
		Suite:              l.d.Name,
		First:              report("first stage", func(i int) []string { return l.plain[i].ids }),
		CrossValidated:     report("cross-validated", func(i int) []string { return l.plain[i].reordered(without(i)) }),
		Shipped:            report("shipped weights", func(i int) []string { return l.plain[i].reordered(l.shipped) }),
		FirstBare:          report("first stage, no marks", func(i int) []string { return l.bare[i].ids }),
		CrossValidatedBare: report("cross-validated, no marks", func(i int) []string { return l.bare[i].reordered(without(i)) }),
		ShippedBare:        report("shipped weights, no marks", func(i int) []string { return l.bare[i].reordered(l.shipped) }),
	}
}
