package app

import "context"

// MadeUp makes the service one for trying out: made-up people sign in without a password,
// and what they need is put into the store. Never for real people.
func MadeUp() Option { return func(a *App) { a.sample = true } }

// sampleParts put made-up things into an App that is wired and not yet serving, in order.
// Each must do nothing when what it makes is there already. One file sample_*.go per part,
// one line here.
var sampleParts = []func(*App, context.Context) error{sampleFamilies}

// makeSamples runs them.
func (a *App) makeSamples(ctx context.Context) error {
	if !a.sample {
		return nil
	}
	a.log.WarnContext(ctx, "app: this service runs on made-up people; anybody may be anyone")
	for _, make := range sampleParts {
		if err := make(a, ctx); err != nil {
			return err
		}
	}
	return nil
}
