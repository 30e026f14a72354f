package assistant

import (
	"cmp"
	"context"
	"slices"

	"github.com/motcua/motcua/corpus"
)

// Compose writes the answer: the asked slot first, then the card; or, for a regulation,
// the passages with their place in the law and their state on the day.
type Compose struct{ Library corpus.Library }

// Name of the step in traces.
func (Compose) Name() string { return "compose" }

// Run fills the answer but not its status: the prove step decides what stands.
func (s Compose) Run(ctx context.Context, t *Turn) error {
	c := newCiter(s.Library, &t.Answer)
	if t.Choice == nil {
		return s.regulation(ctx, t, c)
	}
	card, err := makeCard(ctx, c, *t.Choice)
	if err != nil {
		return err
	}
	t.Answer.Card, t.Answer.Caution = card, card.Doubt
	slots := t.Reading.Slots
	if len(slots) == 0 {
		slots = []Slot{Overview}
	}
	for _, slot := range slots {
		s.lead(t, slot)
	}
	askedFirst(card.Sections, slots)
	for _, r := range t.Choice.Related {
		if r.Code != "" && r.Name != "" {
			t.Answer.Related = append(t.Answer.Related, Option{Unit: string(corpus.UnitOfProcedure(r.Code)), Label: r.Name, Hint: r.How})
		}
	}
	return nil
}

// askedFirst moves the sections asked for to the front, in the order asked; the others
// keep theirs.
func askedFirst(sections []Section, asked []Slot) {
	place := func(s Section) int {
		if i := slices.Index(asked, s.Slot); i >= 0 {
			return i
		}
		return len(asked)
	}
	slices.SortStableFunc(sections, func(a, b Section) int { return cmp.Compare(place(a), place(b)) })
}

// overviewSlots are what "cần làm gì?" wants to know first.
var overviewSlots = []Slot{Papers, Time, Fees, Where}

// lead writes the sentences for one slot from the card, or notes that it is missing.
func (s Compose) lead(t *Turn, slot Slot) {
	if slot == Overview {
		for _, each := range overviewSlots {
			s.lead(t, each)
		}
		return
	}
	for _, sec := range t.Answer.Card.Sections {
		if sec.Slot != slot {
			continue
		}
		t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: sec.Title + " – " + t.Choice.Name + ":", Slot: slot, Frame: true})
		for _, l := range sec.Lines {
			text := l.Text
			if l.Case != "" {
				text = l.Case + ": " + text
			}
			t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: "• " + text, Marks: []int{l.Mark}, Slot: slot, Doubt: l.Doubt})
		}
		return
	}
	t.Answer.Missing = append(t.Answer.Missing, slot)
}
