package assistant

import (
	"context"
	"errors"

	"github.com/motcua/motcua/corpus"
)

// WhoDecides answers "ai có thẩm quyền …", "trước huyện làm, nay ai làm" and "việc nào của
// huyện chuyển về xã" from the table of competence. It stands before the choosing.
type WhoDecides struct{ Library corpus.Library }

// Name of the step in traces.
func (WhoDecides) Name() string { return "who-decides" }

// competenceCues ask who decides, folded.
var competenceCues = []string{
	"ai co tham quyen", "co quan nao co tham quyen", "tham quyen cua ai", "tham quyen thuoc", "thuoc tham quyen", "tham quyen giai quyet", "tham quyen cap", "tham quyen dang ky", "cap nao giai quyet", "cap nao lam", "cap nao cap", "nay ai lam",
	"bay gio ai lam", "gio ai lam", "nay ai giai quyet", "gio ai giai quyet", "bay gio ai giai quyet", "nay do ai", "gio do ai", "nay cap nao", "gio cap nao", "nay co quan nao", "gio co quan nao", "chuyen cho ai", "chuyen ve dau", "chuyen cho co quan nao",
	"xa hay tinh", "tinh hay xa", "phuong hay tinh", "xa hay huyen", "huyen hay xa", "ai ky", "nay nop o dau", "gio nop o dau", "bay gio nop o dau",
}

// movedCues tell of the tier that went; with one of these and "nay" or "gio" the question
// is who does the task now.
var movedCues = []string{"do huyen lam", "o huyen", "huyen lam", "cap huyen", "ubnd huyen", "quan lam", "ubnd quan", "phong tu phap", "cong an huyen", "do huyen", "huyen cap", "huyen giai quyet"}

var nowCues = []string{"nay", "gio", "bay gio", "hien nay", "hien gio", "sau 1 7 2025", "bo cap huyen", "bo huyen", "chuyen"}

// asksWho reports whether the question is about who is competent.
func asksWho(text string) bool {
	folded := spaced(text)
	if _, yes := firstCue(folded, competenceCues); yes {
		return true
	}
	_, was := firstCue(folded, movedCues)
	_, now := firstCue(folded, nowCues)
	return was && now
}

// Run adds the statements of the best entry and leads to its procedure, if we hold it.
func (s WhoDecides) Run(ctx context.Context, t *Turn) error {
	if t.Question.Chosen != "" {
		return nil
	}
	if to, yes := asksMoved(t.Text); yes && t.listMoved(to) {
		return nil
	}
	if !asksWho(t.Text) {
		return nil
	}
	found := bestCompetent(t)
	if len(found) == 0 {
		return nil
	}
	t.Reading.Slots = whereFirst(t.Reading.Slots)
	for _, c := range found {
		mark := t.cite(c.citation())
		t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: c.Words, Marks: []int{mark}, Slot: Where, Doubt: c.doubted()})
	}
	return s.lead(ctx, t, found[0])
}

// mostCompetent is how many tasks are told apart in one answer.
const mostCompetent = 3

// bestCompetent are the entries about the question: those of the first one's field.
func bestCompetent(t *Turn) []Competent {
	all := Competence(t.Text, t.Reading.AsOf)
	if len(all) == 0 {
		return nil
	}
	out := all[:1]
	for _, c := range all[1:] {
		if c.Field == all[0].Field && len(out) < mostCompetent {
			out = append(out, c)
		}
	}
	return out
}

// whereFirst asks for the office: "ai làm" means who decides, not who may apply.
func whereFirst(asked []Slot) []Slot {
	out := []Slot{Where}
	for _, s := range asked {
		if s != Who && s != Where {
			out = append(out, s)
		}
	}
	return out
}

// lead chooses the record of the task. Where we hold none, what was found is about
// something else and would only confuse: the table alone answers.
func (s WhoDecides) lead(ctx context.Context, t *Turn, c Competent) error {
	for _, code := range c.Procedures {
		_, err := s.Library.Procedure(ctx, code)
		switch {
		case err == nil:
			t.Question.Chosen = string(corpus.UnitOfProcedure(code))
			return nil
		case !errors.Is(err, corpus.ErrNotFound):
			return err
		}
	}
	t.Route, t.Hits, t.Laws, t.findLaws = ToRegulation, nil, nil, nil
	return nil
}
