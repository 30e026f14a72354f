package assistant

import "context"

type clearanceKey struct{}

// withClearance notes for the libraries below that whoever asks may read what is for
// officials only. It travels with the context because every reader of the corpus, in
// whatever step, must see it.
func withClearance(ctx context.Context, cleared bool) context.Context {
	if !cleared {
		return ctx
	}
	return context.WithValue(ctx, clearanceKey{}, true)
}

// Cleared reports whether an answer is being made for somebody who may read what is for
// officials only.
func Cleared(ctx context.Context) bool {
	cleared, _ := ctx.Value(clearanceKey{}).(bool)
	return cleared
}
