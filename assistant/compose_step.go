package assistant

import (
	"cmp"
	"context"
	"slices"

	"github.com/motcua/motcua/corpus"
)

// Compose writes the answer: the asked slot first, then the card; or, for a regulation,
// the passages with their place in the law and their state on the day.
type Compose struct {
	Library corpus.Library
	Lives   Lives
}

// Name of the step in traces.
func (Compose) Name() string { return "compose" }

// Run fills the answer but not its status: the prove step decides what stands.
func (s Compose) Run(ctx context.Context, t *Turn) error {
	if len(t.Answer.Tasks) > 0 {
		return nil
	}
	c := newCiter(s.Library, &t.Answer)
	if t.Choice == nil {
		return s.regulation(ctx, t, c)
	}
	slots := s.asked(t)
	if len(slots) == 0 {
		slots = []Slot{Overview}
	}
	if day := t.Reading.Against; !day.IsZero() && t.Choice.Prov.Validity.Holds(day) {
		return s.sideBySide(ctx, t, slots)
	}
	before := len(t.Answer.Citations)
	card, err := makeCard(ctx, c, *t.Choice)
	if err != nil {
		return err
	}
	t.Answer.Card, t.Answer.Caution = card, card.Doubt
	if !t.Reading.Against.IsZero() {
		t.Answer.Caution = "tôi không có bản ghi của thủ tục này vào ngày " + t.Reading.Against.VN() + ", chỉ có của ngày " + t.Answer.AsOf.VN()
	}
	for _, slot := range slots {
		s.lead(t, slot)
	}
	if slices.Contains(t.Answer.Missing, Penalty) || len(t.Answer.Sentences) == 0 && asksLaw(t.Text) {
		laws, err := t.laws(ctx)
		if err != nil {
			return err
		}
		if len(laws) > 0 {
			t.Answer.Citations = t.Answer.Citations[:before]
			return s.lawInstead(ctx, t)
		}
	}
	if len(t.Answer.Sentences) == 0 && len(t.Answer.Missing) > 0 {
		s.lead(t, Overview) // nothing of what was asked is held: tell at least what is
	}
	askedFirst(card.Sections, slots)
	for _, r := range t.Choice.Related {
		if r.Code != "" && r.Name != "" {
			t.Answer.Related = append(t.Answer.Related, Option{Unit: string(corpus.UnitOfProcedure(r.Code)), Label: r.Name, Hint: r.How})
		}
	}
	return nil
}

// asked are the slots to lead with, now that the record is known by whose name words may have
// been taken for a slot.
func (s Compose) asked(t *Turn) []Slot {
	own := slotsOf(spelledOut(t.Text))
	if !slices.Equal(own, t.Reading.Slots) {
		return t.Reading.Slots // carried on from before
	}
	return slotsBeside(spelledOut(t.Text), append([]string{t.Choice.Name}, t.Choice.Aliases...), t.Choice.Said)
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

// lawInstead answers from the law what the record chosen does not say: a fine for forging
// papers stands in no procedure.
func (s Compose) lawInstead(ctx context.Context, t *Turn) error {
	t.Choice, t.Answer.Card, t.Answer.Caution, t.Answer.Missing, t.Answer.Sentences = nil, nil, "", nil, nil
	return s.regulation(ctx, t, newCiter(s.Library, &t.Answer))
}
