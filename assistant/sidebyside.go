package assistant

import (
	"context"
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// sideBySide answers for a procedure on two days: what only the earlier day has, what only
// the later one, or that both say the same. There is no card: it is of one day. Citations
// of the earlier day carry that day.
func (s Compose) sideBySide(ctx context.Context, t *Turn, slots []Slot) error {
	day := t.Reading.Against
	earlier, later := Answer{AsOf: day}, Answer{AsOf: t.Answer.AsOf}
	then, err := makeCard(ctx, newCiter(s.Library, &earlier), *t.Choice)
	if err != nil {
		return err
	}
	now, err := makeCard(ctx, newCiter(s.Library, &later), *t.Choice)
	if err != nil {
		return err
	}
	t.Answer.Caution = now.Doubt
	if slices.Equal(slots, []Slot{Overview}) {
		slots = append([]Slot{DueBy, Conditions, Penalty}, overviewSlots...)
	}
	ofDay := func(mark int) int { return carry(&t.Answer, earlier, mark, day) }
	ofAnswer := func(mark int) int { return carry(&t.Answer, later, mark, civil.Date{}) }
	for _, slot := range slots {
		was, is := linesOf(then, slot), linesOf(now, slot)
		gone, come := onlyIn(was, is), onlyIn(is, was)
		head := slot.Title() + " – " + t.Choice.Name
		switch {
		case len(gone)+len(come) > 0:
			s.say(t, slot, head+onDay(t.Question.Lang, day)+":", gone, ofDay)
			s.say(t, slot, head+onDay(t.Question.Lang, t.Answer.AsOf)+":", come, ofAnswer)
		case len(is) > 0:
			s.say(t, slot, head+onBoth(t.Question.Lang, day, t.Answer.AsOf)+":", is, ofAnswer)
		default:
			t.Answer.Missing = append(t.Answer.Missing, slot)
		}
	}
	return nil
}

// onDay and onBoth say of which days lines are.
func onDay(lang string, day civil.Date) string {
	if lang == "en" {
		return ", on " + day.VN()
	}
	return ", ngày " + day.VN()
}

func onBoth(lang string, day, other civil.Date) string {
	if lang == "en" {
		return ", the same on " + day.VN() + " and " + other.VN()
	}
	return ", ngày " + day.VN() + " và ngày " + other.VN() + " như nhau"
}

// say writes lines under a head.
func (Compose) say(t *Turn, slot Slot, head string, lines []Line, mark func(int) int) {
	if len(lines) == 0 {
		return
	}
	t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: head, Slot: slot, Frame: true})
	for _, l := range lines {
		text := l.Text
		if l.Case != "" {
			text = l.Case + ": " + text
		}
		t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: "• " + text, Marks: []int{mark(l.Mark)}, Slot: slot, Doubt: l.Doubt})
	}
}

func linesOf(card *Card, slot Slot) []Line {
	for _, sec := range card.Sections {
		if sec.Slot == slot {
			return sec.Lines
		}
	}
	return nil
}

// onlyIn lists the lines that the others lack, by case and words.
func onlyIn(lines, others []Line) (out []Line) {
	for _, l := range lines {
		if !slices.ContainsFunc(others, func(o Line) bool { return o.Case == l.Case && o.Text == l.Text }) {
			out = append(out, l)
		}
	}
	return out
}

// carry takes a citation of another day over and returns its mark.
func carry(a *Answer, from Answer, mark int, day civil.Date) int {
	for _, c := range from.Citations {
		if c.Mark != mark {
			continue
		}
		for _, have := range a.Citations {
			if have.Chunk == c.Chunk && have.On == day {
				return have.Mark
			}
		}
		c.Mark, c.On = len(a.Citations)+1, day
		a.Citations = append(a.Citations, c)
		return c.Mark
	}
	return 0
}
