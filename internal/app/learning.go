package app

import (
	"context"
	"time"

	"github.com/motcua/motcua/assistant"
)

// Weigh returns the evidence by which a procedure would be chosen for a question, without
// conversation, place or correction; ok is false where the question ends before.
func (a *App) Weigh(ctx context.Context, q assistant.Question, unsaid string) (w assistant.Weighing, ok bool, err error) {
	step := &weighing{choose: assistant.Choose{Library: public{a.shelf}, Words: a.search}, unsaid: unsaid}
	now := func() time.Time { return q.AskedAt }
	_, err = assistant.New(now, assistant.Guard{}, assistant.Read{}, assistant.Days{}, assistant.RouteStep{}, assistant.Retrieve{Retriever: a.search}, step).Answer(ctx, q)
	return step.got, step.ran, err
}

// weighing is the last step of a turn that is only weighed.
type weighing struct {
	choose assistant.Choose
	unsaid string
	got    assistant.Weighing
	ran    bool
}

// Name of the step in traces.
func (*weighing) Name() string { return "weigh" }

// Run keeps the evidence.
func (s *weighing) Run(ctx context.Context, t *assistant.Turn) (err error) {
	if len(t.Hits) == 0 {
		return nil
	}
	s.got, err = s.choose.Weigh(ctx, t, s.unsaid)
	s.ran = err == nil
	return err
}
