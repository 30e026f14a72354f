package assistant

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Task is one thing that a turn in life asks for, with the lines of its record that say by
// when and where.
type Task struct {
	Unit  string `json:"unit"`
	Label string `json:"label"`
	Hint  string `json:"hint,omitempty"` // when it is yours to do
	Due   []Line `json:"due,omitempty"`
	Where []Line `json:"where,omitempty"`
	// Basis names the provisions behind the term.
	Basis []string `json:"basis,omitempty"`
	Doubt string   `json:"doubt,omitempty"`
}

// Tell answers who tells of a turn in life ("mẹ tôi mất, cần làm những gì") with all that it
// asks for. It stands before the choosing, which picks one thing.
type Tell struct{ Library corpus.Library }

// Name of the step in traces.
func (Tell) Name() string { return "tell" }

// Run sets Tasks, or Choice where there is but one thing to do; and neither where no turn in
// life is told of or our records do not hold on the day.
func (s Tell) Run(ctx context.Context, t *Turn) error {
	if t.Question.Chosen != "" || t.Route == ToRegulation || t.Address.Instrument != "" {
		return nil
	}
	sit, yes := situationOf(t.Question.Text, t.Reading.Slots, t.State.Procedure != "")
	if !yes || sit.asked(umbrellaOf[shortOf(t.Text)]) {
		return nil
	}
	var held []corpus.Procedure
	for _, id := range sit.records {
		p, err := s.Library.Procedure(ctx, id)
		if errors.Is(err, corpus.ErrNotFound) || err == nil && !p.Prov.Validity.Holds(t.Reading.AsOf) {
			continue
		}
		if err != nil {
			return err
		}
		held = append(held, p)
	}
	switch len(held) {
	case 0:
		return nil
	case 1:
		t.Choice = &held[0]
		return nil
	}
	return s.tell(ctx, t, sit, held)
}

// asked reports whether a name that covers the same records is what was said: then we ask back.
func (s situation) asked(u *umbrella) bool {
	return u != nil && slices.ContainsFunc(u.records, func(id string) bool { return slices.Contains(s.records, id) })
}

// tell lists what is to be done, each with its source.
func (s Tell) tell(ctx context.Context, t *Turn, sit situation, held []corpus.Procedure) error {
	opening := sit.vi
	if t.Question.Lang == "en" {
		opening = sit.en
	}
	t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: opening, Frame: true})
	c := newCiter(s.Library, &t.Answer)
	for _, p := range held {
		chunks, err := s.Library.Unit(ctx, corpus.UnitOfProcedure(p.ID))
		if err != nil {
			return err
		}
		m := &cardMaker{ctx: ctx, p: p, chunks: chunks, cite: c}
		task := Task{Unit: string(corpus.UnitOfProcedure(p.ID)), Label: p.Name, Hint: p.Special, Doubt: caution(p.Prov)}
		if !slices.Contains(sit.otherTerm, p.ID) {
			task.Due = m.deadlines()
			if task.Basis, err = m.behind("deadline"); err != nil {
				return err
			}
		}
		if places := m.places(); len(places) > 0 {
			task.Where = places[:1]
		}
		name := c.line(chunks, p.Name)
		if name == 0 || len(task.Due)+len(task.Where) == 0 {
			continue
		}
		t.Answer.Tasks = append(t.Answer.Tasks, task)
		t.Answer.Sentences = append(t.Answer.Sentences, task.sentence(name))
		t.Answer.Related = append(t.Answer.Related, optionOf(p))
	}
	t.Answer.Next = append(t.Answer.Next, in(t, "Chọn từng việc để xem giấy tờ, lệ phí và mẫu đơn.", "Open each one for its papers, fees and forms."),
		in(t, "Muốn được nhắc trước hạn: khai việc này ở mục “Việc của tôi” trên cổng.", "To be reminded in time: tell us of this under “My events” on the portal."))
	return nil
}

// sentence says a task in one line, for channels without lists.
func (k Task) sentence(mark int) Sentence {
	x := Sentence{Marks: []int{mark}, Slot: DueBy, Doubt: k.Doubt}
	x.Text = "• " + k.Label + "."
	for _, part := range []struct {
		head  string
		lines []Line
	}{{DueBy.Title(), k.Due}, {Where.Title(), k.Where}} {
		var says []string
		for _, l := range part.lines {
			says = append(says, strings.TrimSuffix(l.Text, "."))
			x.Marks = appendMark(x.Marks, l.Mark)
			x.Doubt = cmp.Or(x.Doubt, l.Doubt)
		}
		if len(says) > 0 {
			x.Text += " " + part.head + ": " + strings.Join(says, "; ") + "."
		}
	}
	return x
}

func appendMark(marks []int, mark int) []int {
	if slices.Contains(marks, mark) {
		return marks
	}
	return append(marks, mark)
}

func in(t *Turn, vi, en string) string {
	if t.Question.Lang == "en" {
		return en
	}
	return vi
}
