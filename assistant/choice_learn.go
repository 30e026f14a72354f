package assistant

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval/rank"
)

// Weighing is the evidence for each record found for one question.
type Weighing struct{ found []candidate }

// Weigh returns the evidence that Run goes by, and chooses nothing; t has been searched for.
// The name or situation unsaid is taken for one that no record tells: who learns from a
// question made of it must not find it again word by word.
func (s Choose) Weigh(ctx context.Context, t *Turn, unsaid string) (Weighing, error) {
	s.unsaid = spaced(unsaid)
	if strings.TrimSpace(s.unsaid) == "" {
		s.unsaid = ""
	}
	found, err := s.weigh(ctx, t)
	return Weighing{found}, err
}

// ChoiceLesson is one question to learn the choice of a procedure from; Right are the records
// that answer it, none when the corpus holds no answer.
type ChoiceLesson struct {
	Weighing Weighing
	Right    []string
	Weight   float64
}

// LearnChoice learns the weights of choice.txt: first those by which records are ordered, then
// those that say whether the best one answers. The same lessons give the same file.
func LearnChoice(lessons []ChoiceLesson) ([]byte, error) {
	var order []rank.Example
	for _, l := range lessons {
		if len(l.Right) == 0 {
			continue
		}
		e := rank.Example{Weight: l.Weight}
		for _, c := range l.Weighing.found {
			e.Features, e.Grades = append(e.Features, c.features()), append(e.Grades, grade(l.right(c)))
		}
		order = append(order, e)
	}
	byEvidence := rank.Fit("candidate", candidateFeatures, order, rank.Fitting{})
	answer := rank.Fit("answer", answerFeatures, sureExamples(lessons, byEvidence), rank.Fitting{Steps: 1500})
	var out bytes.Buffer
	out.WriteString("# Weights of the choice of a procedure, learned by `motcua eval train-choice` from the development half of\n# the exam, from every record of the starter corpus, and from questions it cannot answer. Do not edit: train anew.\n")
	tellBars(&out, sureExamples(lessons, byEvidence), answer)
	for _, m := range []*rank.Model{byEvidence, answer} {
		fmt.Fprintln(&out)
		if _, err := m.WriteTo(&out); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// bars of probability at which tellBars tells.
var bars = []float64{0.03, 0.10, 0.25, 0.50, 0.80}

// tellBars writes how each bar parts the lessons that people wrote.
func tellBars(out *bytes.Buffer, examples []rank.Example, m *rank.Model) {
	for _, bar := range bars {
		n, above := [2]int{}, [2]int{}
		for _, e := range examples {
			if e.Weight < 1 {
				continue
			}
			right := int(e.Grades[0])
			n[right]++
			if 1/(1+math.Exp(-m.Score(e.Features[0]))) >= bar {
				above[right]++
			}
		}
		fmt.Fprintf(out, "# at %.2f: %d of %d where the best is right, %d of %d where it is not\n", bar, above[1], n[1], above[0], n[0])
	}
}

// sureExamples put each best record against answering nothing.
func sureExamples(lessons []ChoiceLesson, by *rank.Model) (out []rank.Example) {
	nothing := make([]float64, len(answerFeatures))
	for _, l := range lessons {
		found := slices.Clone(l.Weighing.found)
		if len(found) == 0 {
			continue
		}
		for i := range found {
			found[i].total = by.Score(found[i].features())
		}
		inOrder(found)
		g := grade(l.right(found[0]))
		out = append(out, rank.Example{Features: [][]float64{sureFeatures(found), nothing}, Grades: []float64{g, 1 - g}, Weight: l.Weight})
	}
	return out
}

func (l ChoiceLesson) right(c candidate) bool {
	return slices.ContainsFunc(l.Right, func(id string) bool { return corpus.UnitOfProcedure(id) == c.hit.Unit })
}

func grade(right bool) float64 {
	if right {
		return 1
	}
	return 0
}
