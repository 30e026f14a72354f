package assistant

import (
	"context"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Halt ends every turn while officials have the assistant switched off. It stands behind
// the guard, so that somebody in danger is still told whom to call.
type Halt struct {
	// Off tells the reason, since when, and whether it is off.
	Off func(ctx context.Context) (reason string, since time.Time, off bool)
}

// Name of the step in traces.
func (Halt) Name() string { return "halt" }

// Run says honestly that it is off and why.
func (s Halt) Run(ctx context.Context, t *Turn) error {
	reason, since, off := s.Off(ctx)
	if !off {
		return nil
	}
	t.Answer.Status = Paused
	t.Answer.Text = publicWording(Paused, t.Question.Lang)
	if t.Question.Lang == "en" {
		t.Answer.Text += " Off since " + since.In(civil.Zone).Format("15:04 on 2 January 2006") + ". Reason given (Vietnamese): " + reason
	} else {
		t.Answer.Text += " Tạm dừng từ " + since.In(civil.Zone).Format("15:04 ngày 02/01/2006") + ". Lý do: " + reason
	}
	return nil
}
