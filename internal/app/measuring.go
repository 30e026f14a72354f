package app

import (
	"context"
	"fmt"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/measure"
)

// openMeasures starts counting; what was counted is handed over every few seconds and at
// the end.
func (a *App) openMeasures(ctx context.Context) error {
	a.counter = measure.NewCounter(a.store.Measures())
	counting, stop := context.WithCancel(context.WithoutCancel(ctx))
	go a.counter.Run(counting, func(err error) { a.log.Error("app: counts were not kept yet", "error", err) })
	a.onClose("measures", func() error {
		stop()
		if err := a.counter.Flush(context.WithoutCancel(ctx)); err != nil {
			return fmt.Errorf("app: counts: %w", err)
		}
		return nil
	})
	return nil
}

// keepTurn counts a turn and keeps it.
func (a *App) keepTurn(p assistant.PastTurn) {
	a.counter.Answer(p.At, p.Channel, string(p.Status), p.Took)
	a.remember.turn(p)
}

// Measures is what was counted.
func (a *App) Measures() measure.Store { return a.store.Measures() }
