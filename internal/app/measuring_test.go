package app_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/config"
)

func TestAnswersAreCountedAndTheCountsOutliveTheProcess(t *testing.T) {
	cfg := config.Default()
	cfg.Data = t.TempDir()
	now := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	start := func() *app.App {
		a, err := app.New(t.Context(), cfg, slog.New(slog.DiscardHandler), app.Clock(func() time.Time { return now }))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := start()
	for _, q := range []string{"Đăng ký tạm trú ở đâu?", "Thủ tướng nào giỏi nhất?"} {
		if _, err := a.Ask(context.Background(), assistant.Question{Text: q, Channel: "portal", AskedAt: now}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b := start()
	defer b.Close()
	got, err := b.Measures().Tallies(t.Context(), civil.On(now), civil.On(now))
	n := map[string]int{}
	for _, x := range got {
		n[x.Status] += x.N
	}
	if err != nil || n["answered"] != 1 || n["unanswerable.politics"] != 1 {
		t.Errorf("%v, %v", got, err)
	}
}
