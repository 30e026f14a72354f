package assistant

import (
	"context"
	"slices"
	"strings"

	"github.com/motcua/motcua/internal/civil"
)

// Read finds what the question says about day, age and slots.
type Read struct{}

// Name of the step in traces.
func (Read) Name() string { return "read" }

// foreignCues tell that a foreigner or a foreign country is part of the case.
var foreignCues = []string{
	"nguoi nuoc ngoai", "yeu to nuoc ngoai", "quoc tich nuoc ngoai", "nguoi dai loan", "nguoi han", "nguoi my", "nguoi nhat", "nguoi trung quoc",
	"nguoi phap", "nguoi uc", "nguoi duc", "nguoi tay", "viet kieu", "o nuoc ngoai", "ngoai quoc", "nguoi lao", "nguoi campuchia", "nguoi singapore",
}

// Run fills Reading. A day that does not exist ends the turn with a clear sentence.
func (Read) Run(_ context.Context, t *Turn) error {
	today := civil.On(t.Question.AskedAt)
	d := datesOf(t.Text, today)
	if d.bad != "" {
		t.Answer.Status, t.Answer.Text = Unclear, badDate(d.bad, t.Question.Lang)
		return nil
	}
	if t.Question.InForceOn.IsZero() && !d.asOf.IsZero() {
		t.Reading.AsOf, t.Answer.AsOf = d.asOf, d.asOf
	}
	if t.Reading.Slots = slotsOf(t.Text); len(t.Reading.Slots) == 0 {
		t.Reading.Slots = t.State.Slots
	}
	t.Reading.Online = slices.Contains(t.Reading.Slots, Online)
	t.Reading.Age, t.Reading.HasAge = ageOf(t.Text, d.born, t.Reading.AsOf)
	folded := " " + strings.Join(foldedWords(t.Text), " ") + " "
	t.Reading.Foreign = slices.ContainsFunc(foreignCues, func(c string) bool { return strings.Contains(folded, " "+c+" ") })
	return nil
}
