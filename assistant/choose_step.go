package assistant

import (
	"context"
	"errors"
	"math"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Choose settles on one procedure when the evidence is clear, on the law when the law is
// asked, and asks back with two to four options when it is neither.
type Choose struct{ Library corpus.Library }

// Name of the step in traces.
func (Choose) Name() string { return "choose" }

// Scores and names compare from one question to another closely enough for bars; they
// were read off the development half of the exam.
const (
	sureTotal     = 26.0 // at least this: it is the one
	namedTotal    = 18.0 // at least this, when the question says all of a name
	namedWords    = 2.0  // … of at least so much
	maybeTotal    = 20.0 // at least this: worth offering
	closeTotal    = 1.5  // nearer than this …
	closeNamed    = 0.8  // … and named this much alike: ask
	sureProvision = 11.5 // at least this score: the text bears on the question
	maxOptions    = 4    // ways on that can be taken in at a glance
	maxAsked      = 2    // questions back in a row
)

// Run sets Choice, or Options with NeedsDetail; neither leaves the law to answer, and
// NoSource ends the turn when nothing bears on the question.
func (s Choose) Run(ctx context.Context, t *Turn) error {
	if t.Question.Chosen != "" {
		return s.take(ctx, t, corpus.UnitID(t.Question.Chosen))
	}
	found, err := s.weigh(ctx, t)
	if err != nil {
		return err
	}
	best := first(found)
	sure := best.total >= sureTotal || best.full && best.named >= namedWords && best.total >= namedTotal
	t.Laws = bearing(t)
	lawful := len(t.Laws) > 0
	switch {
	case t.Route == ToRegulation:
	case sure && nearTie(found) && t.State.Asked < maxAsked:
		s.offer(t, found)
		return nil
	case sure && !(lawful && asksLaw(t.Text) && !best.full && len(t.Reading.Slots) == 0):
		return s.take(ctx, t, best.hit.Unit)
	case lawful && (asksLaw(t.Text) || best.total < maybeTotal):
	case best.total >= maybeTotal && t.State.Asked < maxAsked:
		s.offer(t, found)
		return nil
	case best.total >= maybeTotal:
		return s.take(ctx, t, best.hit.Unit)
	}
	if !lawful && t.Route != ToRegulation && len(t.Answer.Corrections) == 0 {
		t.Answer.Status = NoSource
	}
	return nil
}

// nearTie reports whether the two best stand so near each other, in score and in naming,
// that choosing would be a guess.
func nearTie(found []candidate) bool {
	if len(found) < 2 {
		return false
	}
	a, b := found[0], found[1]
	return a.total-b.total < closeTotal && math.Abs(a.named-b.named) < closeNamed
}

func first(found []candidate) candidate {
	if len(found) == 0 {
		return candidate{}
	}
	return found[0]
}

// take chooses one record. One named by a client that does not exist is no choice.
func (s Choose) take(ctx context.Context, t *Turn, unit corpus.UnitID) error {
	id, ok := strings.CutPrefix(string(unit), "tthc:")
	if !ok {
		t.Answer.Status = NoSource
		return nil
	}
	p, err := s.Library.Procedure(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		t.Answer.Status = NoSource
		return nil
	}
	if err != nil {
		return err
	}
	t.Choice = &p
	return nil
}

// offer asks which of the best is meant, each with what tells it apart.
func (s Choose) offer(t *Turn, found []candidate) {
	for _, c := range found[:min(len(found), maxOptions)] {
		if c.total < maybeTotal {
			continue
		}
		t.Answer.Options = append(t.Answer.Options, Option{Unit: string(c.hit.Unit), Label: c.hit.Chunk.Title, Hint: c.hit.Chunk.Field})
	}
	t.Answer.Status = NeedsDetail
	if len(t.Answer.Options) < 2 {
		t.Answer.Options, t.Answer.Status = nil, NoSource
	}
}
