package app_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/switches"
)

func TestAnAssistantSwitchedOffAnswersNothingAndSwitchedOnAnswersAgain(t *testing.T) {
	cfg := config.Default()
	cfg.Data = t.TempDir()
	now := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	a, err := app.New(t.Context(), cfg, slog.New(slog.DiscardHandler), app.Clock(func() time.Time { return now }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	ask := func() assistant.Status {
		answer, err := a.Ask(context.Background(), assistant.Question{Text: "Đăng ký tạm trú ở đâu?", AskedAt: now})
		if err != nil {
			t.Fatal(err)
		}
		return answer.Status
	}
	for _, step := range []struct {
		off  bool
		want assistant.Status
	}{{true, assistant.Paused}, {false, assistant.Answered}} {
		line := switches.Turning{Target: switches.Assistant, Off: step.off, Reason: "kiểm tra công tắc", By: "can-bo-1", At: now}
		if err := a.Switches().Turn(t.Context(), line); err != nil {
			t.Fatal(err)
		}
		if got := ask(); got != step.want {
			t.Errorf("off %v: %s", step.off, got)
		}
	}
}
