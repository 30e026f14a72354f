package assistant

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Assistant runs its steps in order until one ends the turn; steps that implement
// Always run all the same (the guard of the answer, the transcript).
type Assistant struct {
	steps []Step
	now   Clock
	watch Watcher
}

// Watcher is told of every answer and step as they begin, and by the function it returns as
// they end. The context it returns is what the work goes on with.
type Watcher interface {
	Answer(ctx context.Context, t *Turn) (context.Context, func(err error))
	Step(ctx context.Context, step string) (context.Context, func(err error))
}

// unwatched is the Watcher of an assistant nobody watches.
type unwatched struct{}

func (unwatched) Answer(ctx context.Context, _ *Turn) (context.Context, func(error)) {
	return ctx, func(error) {}
}

func (unwatched) Step(ctx context.Context, _ string) (context.Context, func(error)) {
	return ctx, func(error) {}
}

// Always marks a step that runs also after the turn has ended.
type Always interface{ RunsAlways() bool }

// New runs exactly these steps; now times them.
func New(now Clock, steps ...Step) *Assistant {
	return &Assistant{steps: steps, now: now, watch: unwatched{}}
}

// Watched returns a with w told of its work.
func (a Assistant) Watched(w Watcher) *Assistant {
	a.watch = w
	return &a
}

// Answer always returns something fit to show; err is for the operator.
func (a *Assistant) Answer(ctx context.Context, q Question) (Answer, error) {
	t := &Turn{Question: q, Text: q.Text}
	t.Answer.ID = newID()
	t.Answer.Conversation = q.Conversation
	t.Answer.Disclosure = disclosure(q.Lang)
	t.Reading.AsOf = q.InForceOn
	if t.Reading.AsOf.IsZero() {
		t.Reading.AsOf = civil.On(q.AskedAt)
	}
	t.Answer.AsOf = t.Reading.AsOf
	ctx, ended := a.watch.Answer(ctx, t)
	err := a.run(withClearance(ctx, q.Cleared), t)
	if t.Answer.Status == "" && err == nil {
		t.Answer.Status = NoSource
	}
	if err != nil {
		t.Answer = unavailable(t.Answer, q.Lang)
	}
	if t.Answer.Text == "" {
		t.Answer.Text = publicWording(t.Answer.Status, q.Lang)
	}
	if t.Answer.Status == Answered || t.Answer.Status == Partial || t.Answer.Status == NeedsDetail {
		t.Answer.Notes = t.Reading.Notes
		for _, note := range t.Reading.Notes {
			t.Answer.Text += "\n" + note
		}
	}
	if t.Answer.Citations == nil {
		t.Answer.Citations = []Citation{} // an array in JSON, also when empty
	}
	ended(err)
	return t.Answer, err
}

func (a *Assistant) run(ctx context.Context, t *Turn) error {
	for _, s := range a.steps {
		if t.Answer.Status.Ended() && !runsAlways(s) {
			continue
		}
		start, told := a.now(), len(t.Notes)
		inner, ended := a.watch.Step(ctx, s.Name())
		err := s.Run(inner, t)
		ended(err)
		t.Answer.Trace = append(t.Answer.Trace, StepTrace{Step: s.Name(), Took: a.now().Sub(start), Note: strings.Join(t.Notes[told:], "; ")})
		if err != nil {
			return fmt.Errorf("assistant: step %s: %w", s.Name(), err)
		}
	}
	return nil
}

func runsAlways(s Step) bool {
	always, ok := s.(Always)
	return ok && always.RunsAlways()
}

// unavailable keeps the identity of the answer and nothing that was half made.
func unavailable(half Answer, lang string) Answer {
	return Answer{
		ID: half.ID, Conversation: half.Conversation, Status: Unavailable, AsOf: half.AsOf, Trace: half.Trace,
		Disclosure: half.Disclosure, Text: publicWording(Unavailable, lang), Citations: []Citation{},
	}
}

func newID() string {
	var b [12]byte
	if _, err := rand.Read(b[:]); err != nil {
		return fmt.Sprintf("t%x", time.Now().UnixNano())
	}
	return "a" + hex.EncodeToString(b[:])
}

// plain joins corrections and sentences into the text form of an answer, marks behind
// each sentence.
func plain(a Answer) string {
	var b strings.Builder
	for _, c := range a.Corrections {
		b.WriteString(c.Text + marks(c.Marks) + "\n")
	}
	for i, s := range a.Sentences {
		if i > 0 || len(a.Corrections) > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s.Text)
		b.WriteString(marks(s.Marks))
		if s.Doubt != "" {
			b.WriteString(" (chưa chắc chắn: " + s.Doubt + ")")
		}
	}
	if a.Caution != "" {
		b.WriteString("\nChưa chắc chắn: " + a.Caution)
	}
	return strings.TrimSpace(b.String())
}

func marks(ms []int) string {
	var b strings.Builder
	for _, m := range ms {
		fmt.Fprintf(&b, " [%d]", m)
	}
	return b.String()
}
