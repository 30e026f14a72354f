package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Choose settles on one procedure when the evidence is clear, on the law when the law is
// asked, and asks back with two to four options when it is neither.
type Choose struct{ Library corpus.Library }

// Name of the step in traces.
func (Choose) Name() string { return "choose" }

// Scores of the second stage compare from one question to another closely enough for
// three bars. They were read off the development half of the exam: right procedures score
// above 28, what merely shares words below 23.
const (
	sureProcedure  = 25.0 // at least this: it is the one
	maybeProcedure = 21.0 // at least this: worth offering
	namedProcedure = 12.0 // at least this, when the question names it
	sureProvision  = 11.5 // at least this: the text bears on the question
	// twinMargin: how far below the best a twin may score and still be the plainer one.
	twinMargin = 9.0
	maxOptions = 4 // ways on that can be taken in at a glance
	maxAsked   = 2 // questions back in a row
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
	sure := best.hit.Score >= sureProcedure || best.named >= clearlyNamed && best.hit.Score >= namedProcedure
	t.Laws = bearing(t)
	lawful := len(t.Laws) > 0
	switch {
	case t.Route == ToRegulation:
	case sure && !(lawful && asksLaw(t.Text) && best.named < clearlyNamed):
		return s.take(ctx, t, plainest(askedWords(t), found))
	case lawful && (asksLaw(t.Text) || best.hit.Score < maybeProcedure):
	case best.hit.Score >= maybeProcedure && t.State.Asked < maxAsked:
		s.offer(t, found)
		return nil
	case best.hit.Score >= maybeProcedure:
		return s.take(ctx, t, best.hit.Unit)
	}
	if !lawful && t.Route != ToRegulation {
		t.Answer.Status = NoSource
	}
	return nil
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
		if c.hit.Score < maybeProcedure {
			continue
		}
		t.Answer.Options = append(t.Answer.Options, Option{Unit: string(c.hit.Unit), Label: c.hit.Chunk.Title, Hint: c.hit.Chunk.Field})
	}
	t.Answer.Status = NeedsDetail
	if len(t.Answer.Options) < 2 {
		t.Answer.Options, t.Answer.Status = nil, NoSource
	}
}

// plainest picks, among the twins of the best candidate, the one whose name asks for
// least that the question does not say: the plain case, unless the question names what
// makes another special.
func plainest(asked []string, found []candidate) corpus.UnitID {
	best := found[0]
	choice, least := best.hit.Unit, missing(asked, best.hit.Chunk.Title)
	for _, c := range found[1:] {
		if !slices.Contains(best.hit.Twins, c.hit.Unit) || best.total-c.total > twinMargin {
			continue
		}
		if n := missing(asked, c.hit.Chunk.Title); n < least {
			choice, least = c.hit.Unit, n
		}
	}
	return choice
}

// missing counts the words of a name that the question lacks; what stands in brackets
// explains and does not count, nor do words every name has.
func missing(asked []string, name string) int {
	name, _, _ = strings.Cut(name, "(")
	n := 0
	for _, w := range foldedWords(name) {
		switch {
		case slices.Contains(nameless, w) || slices.Contains(asked, w):
		case slices.Contains(special, w):
			n += 3
		default:
			n++
		}
	}
	return n
}

// special are words that make a case another one than the plain.
var special = []string{"lai", "doi", "ngoai", "nuoc", "bien", "gioi", "luu", "dong", "thoi", "han", "thu", "hoi", "cham", "dut", "sua", "bo", "sung", "huy", "xoa"}

// nameless are words of names that tell nothing apart.
var nameless = []string{"thu", "tuc", "viec", "cac", "va", "cua", "cho", "dang", "ky", "cap", "giai", "quyet", "thuc", "hien", "tai", "huong"}
