package assistant

import (
	"context"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// RouteStep sends the question to procedures or to regulations, or ends the turn with the
// honest outcome for what we do not do.
type RouteStep struct{}

// Name of the step in traces.
func (RouteStep) Name() string { return "route" }

// maxSocial is how many words a greeting or thanks may have; with more there is a
// question behind it.
const maxSocial = 7

// elsewhere returns the outcome of a question that we do not answer from sources, or "".
func elsewhere(text string) Status {
	plain := readCues(named.Replace(text))
	forms := []cueText{plain}
	if t, ok := untyped(plain); ok {
		forms = append(forms, t)
	}
	for _, form := range forms {
		if len(form.words) <= maxSocial {
			if _, yes := socialBook.fires(form); yes {
				return SmallTalk
			}
		}
		if outcome, yes := scopeBook.fires(form); yes {
			return Status(outcome)
		}
	}
	return ""
}

// regulationCues show that the law itself is asked for, not how to get a thing done.
var regulationCues = []string{
	"quy dinh nhu the nao", "quy dinh the nao", "quy dinh gi", "quy dinh ve", "theo quy dinh", "duoc quy dinh", "dieu may", "dieu bao nhieu", "khoan may", "dieu nao", "la gi", "khai niem", "dinh nghia", "hanh vi", "nguyen tac", "trach nhiem cua", "quyen han",
	"nghia vu cua", "the nao la", "hieu luc", "con hieu luc", "toi danh", "hinh phat", "phat tu", "muc luong toi thieu", "luong toi thieu", "hop dong lao dong", "muc phat", "xu phat vi pham", "noi dung quan ly", "nhiem vu", "tieu chuan",
}

// Run ends the turn, or sets Route.
func (RouteStep) Run(_ context.Context, t *Turn) error {
	if t.Question.Chosen != "" {
		t.Route = ToProcedure
		return nil
	}
	outcome := elsewhere(t.Text)
	if outcome == "" && t.Text != t.Question.Text && !t.English {
		outcome = elsewhere(t.Question.Text) // a follow-up may leave what we answer
	}
	if outcome != "" {
		t.Answer.Status = outcome
		return nil
	}
	if citesLaw(t.Text) || privateLaw(t.Text) || courtMatter(t.Text) {
		t.Route = ToRegulation
	}
	return nil
}

// citesLaw reports whether the question names a provision or an instrument by number.
func citesLaw(text string) bool {
	for _, w := range strings.Fields(text) {
		if corpus.TypeOfNumber(strings.Trim(w, "?,.;:()")) != corpus.Other {
			return true
		}
	}
	return false
}

// asksLaw reports whether the words ask for the law rather than for a way to do a thing.
func asksLaw(text string) bool {
	folded := spaced(text)
	return slices.ContainsFunc(regulationCues, func(c string) bool { return strings.Contains(folded, " "+c+" ") })
}
