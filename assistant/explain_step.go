package assistant

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Explain lets a language model add an explanation to an answer already complete without
// it. Sources leave before its first word; each of its sentences passes the same proof as
// ours or is dropped; when it fails, the extractive answer stands as it is.
type Explain struct {
	Generator Generator // nil: the step does nothing
	// Within bounds the whole explanation, Stall the wait for its next piece.
	Within, Stall time.Duration
}

// Name of the step in traces.
func (Explain) Name() string { return "explain" }

// RunsAlways implements Always: what is explained is an answer that stands, so its status
// is set already.
func (Explain) RunsAlways() bool { return true }

// maxExplanation is how many sentences are taken.
const maxExplanation = 8

// mostExplained is how many passages a model is given; a number beyond is no passage.
const mostExplained = 12

// longestUnsaid bounds in bytes what may come without the end of a sentence.
const longestUnsaid = 4000

var (
	errEnough  = errors.New("assistant: explanation is long enough")
	errTooLate = errors.New("assistant: model took too long")
	errStalled = errors.New("assistant: model fell silent")
)

// Run adds proved sentences after the composed ones. It never returns an error: an
// explanation that fails is a note in the trace.
func (s Explain) Run(ctx context.Context, t *Turn) error {
	if t.Question.OnPart != nil {
		sources := t.Answer
		t.Question.OnPart(Part{Sources: &sources})
	}
	if s.Generator == nil || t.Question.Replayed || len(t.Answer.Citations) == 0 || (t.Answer.Status != Answered && t.Answer.Status != Partial) || t.Question.Lang == "en" {
		return nil // English words cannot be proved by sources in Vietnamese
	}
	e := &explaining{turn: t, good: map[int]Citation{}}
	if t.Answer.Card != nil {
		e.name = t.Answer.Card.Name
	}
	var passages []string
	for _, c := range t.Answer.Citations[:min(len(t.Answer.Citations), mostExplained)] {
		e.good[len(passages)+1] = c
		passages = append(passages, c.Quote)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, s.Within, errTooLate)
	defer cancel()
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	stalled := time.AfterFunc(s.Stall, func() { giveUp(errStalled) })
	defer stalled.Stop()
	err := s.Generator.Generate(ctx, unnamed(t.Text), passages, func(piece string) error {
		stalled.Reset(s.Stall)
		return e.take(piece)
	})
	if err == nil {
		e.rest()
	}
	if err != nil && !errors.Is(err, errEnough) {
		t.Notes = append(t.Notes, "model: "+err.Error())
	}
	if e.added > 0 {
		t.Answer.Text = plain(t.Answer)
	}
	return nil
}

// explaining cuts the stream into sentences and keeps those that are proved.
type explaining struct {
	turn  *Turn
	name  string           // of the procedure, "" for a regulation
	good  map[int]Citation // by passage number
	text  strings.Builder
	added int
}

var (
	reSentence = regexp.MustCompile(`(?s)^(.*?[.!?…](?:\s*\[\d+\])*)(?:\s+|$)`)
	reMark     = regexp.MustCompile(`\s*\[(\d+)\]`)
	reLink     = regexp.MustCompile(`(?i)https?:|www\.|\]\(|<[a-z/]`)
)

func (e *explaining) take(piece string) error {
	e.text.WriteString(piece)
	for {
		text := e.text.String()
		if len(text) > longestUnsaid {
			return errEnough
		}
		m := reSentence.FindStringSubmatchIndex(text)
		if m == nil || m[1] == len(text) { // the marks of a sentence may still follow
			return nil
		}
		e.add(text[m[2]:m[3]])
		e.text.Reset()
		e.text.WriteString(text[m[1]:])
		if e.added == maxExplanation {
			return errEnough
		}
	}
}

// rest takes what stands behind the last full stop, when the stream ended by itself.
func (e *explaining) rest() {
	if text := strings.TrimSpace(e.text.String()); text != "" && e.added < maxExplanation {
		e.add(text)
	}
}

// add keeps the sentence if each number it refers to is a passage, it carries no link, every
// number, date and code in it stands in those passages, and it says nothing beside them.
func (e *explaining) add(text string) {
	var marks []int
	var quotes []string
	proven := map[int]Citation{}
	for _, m := range reMark.FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(m[1])
		c, known := e.good[n]
		if err != nil || !known {
			return
		}
		marks = append(marks, c.Mark)
		quotes = append(quotes, c.Quote, c.Title, e.name)
		proven[c.Mark] = c
	}
	x := Sentence{Text: strings.TrimSpace(reMark.ReplaceAllString(text, "")), Marks: marks, Slot: Explanation}
	if len(marks) == 0 || reLink.MatchString(x.Text) || !proved(x, proven) || !grounded(x.Text, quotes) {
		return
	}
	if _, attack := attacked(x.Text); attack {
		return
	}
	e.turn.Answer.Sentences = append(e.turn.Answer.Sentences, x)
	e.added++
	if e.turn.Question.OnPart != nil {
		e.turn.Question.OnPart(Part{Sentence: &x})
	}
}
