package assistant

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Choose settles on one procedure when the evidence is clear, on the law when the law is
// asked, and asks back with two to four options when it is neither.
type Choose struct {
	Library corpus.Library
	// Words, when set, tells rare words from common ones.
	Words Words
	// Weighed, when set, is told the evidence for each record found; training needs it.
	Weighed func(t *Turn, found []candidate)
}

// Name of the step in traces.
func (Choose) Name() string { return "choose" }

// Bars for what the models say, read off the development half of the exam.
const (
	sureAnswer    = 0.35 // at least this probability: it is the one
	maybeAnswer   = 0.15 // at least this: worth offering
	closeTotal    = 0.3  // nearer than this: ask
	offeredWithin = 3.0  // options lie no further behind the best
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
	sure := answers(found)
	t.Notes = append(t.Notes, fmt.Sprintf("answers %.2f", sure))
	t.Laws = bearing(t)
	lawful := len(t.Laws) > 0
	switch {
	case t.Route == ToRegulation:
	case sure >= sureAnswer && nearTie(found) && t.State.Asked < maxAsked:
		s.offer(t, found)
		return nil
	case sure >= sureAnswer && !(lawful && asksLaw(t.Text) && !found[0].full && len(t.Reading.Slots) == 0):
		return s.take(ctx, t, found[0].hit.Unit)
	case lawful:
	case sure >= maybeAnswer && t.State.Asked < maxAsked:
		s.offer(t, found)
		return nil
	case sure >= maybeAnswer:
		return s.take(ctx, t, found[0].hit.Unit)
	}
	if !lawful && t.Route != ToRegulation && len(t.Answer.Corrections) == 0 {
		t.Answer.Status = NoSource
	}
	return nil
}

// nearTie reports whether the two best stand so near each other that choosing would be a
// guess.
func nearTie(found []candidate) bool {
	return len(found) > 1 && found[0].total-found[1].total < closeTotal
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
		if c.total < found[0].total-offeredWithin {
			break
		}
		t.Answer.Options = append(t.Answer.Options, Option{Unit: string(c.hit.Unit), Label: c.hit.Chunk.Title, Hint: c.hit.Chunk.Field})
	}
	t.Answer.Status = NeedsDetail
	if len(t.Answer.Options) < 2 {
		t.Answer.Options, t.Answer.Status = nil, NoSource
	}
}
