package assistant

import (
	"context"

	"github.com/motcua/motcua/internal/civil"
)

// Read finds what the question says about day, age and slots.
type Read struct{}

// Name of the step in traces.
func (Read) Name() string { return "read" }

// Run fills Reading. A day that does not exist ends the turn with a clear sentence.
func (Read) Run(_ context.Context, t *Turn) error {
	t.Text = asMeant(t.Text)
	today := civil.On(t.Question.AskedAt)
	d := datesOf(t.Text, today)
	if d.bad != "" {
		t.Answer.Status, t.Answer.Text = Unclear, badDate(d.bad, t.Question.Lang)
		return nil
	}
	if t.Question.InForceOn.IsZero() && !d.asOf.IsZero() {
		t.Reading.AsOf, t.Answer.AsOf = d.asOf, d.asOf
	}
	if t.Reading.Slots = slotsOf(spelledOut(t.Text)); len(t.Reading.Slots) == 0 {
		t.Reading.Slots = t.State.Slots
	}
	t.Reading.Age, t.Reading.HasAge = ageOf(t.Text, d.born, t.Reading.AsOf)
	t.Reading.Foreign = foreignCase(t.Text)
	return nil
}
