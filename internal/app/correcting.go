package app

import (
	"context"
	"fmt"

	"github.com/motcua/motcua/assistant"
)

// Corrections lists those in force, newest first.
func (a *App) Corrections(ctx context.Context) ([]assistant.OfficialCorrection, error) {
	return a.corrections.Live(ctx, a.now())
}

// SignCorrection signs one now; its basis has to stand in the library.
func (a *App) SignCorrection(ctx context.Context, c assistant.OfficialCorrection) (assistant.OfficialCorrection, error) {
	if a.keyless {
		return assistant.OfficialCorrection{}, fmt.Errorf("%w: %s; %s", ErrKeysMissing, a.keyPath(keyFile), mendKeys)
	}
	return a.corrections.Sign(ctx, a.shelf, c, a.now())
}

// WithdrawCorrection ends one at once.
func (a *App) WithdrawCorrection(ctx context.Context, id, by, note string) error {
	if a.keyless {
		return fmt.Errorf("%w: %s; %s", ErrKeysMissing, a.keyPath(keyFile), mendKeys)
	}
	return a.corrections.Withdraw(ctx, id, by, note, a.now())
}
