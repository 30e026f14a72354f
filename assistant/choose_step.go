package assistant

import (
	"context"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Choose settles on one procedure when the evidence is clear; otherwise it offers two to
// four options with what tells them apart.
type Choose struct{ Library corpus.Library }

// Name of the step in traces.
func (Choose) Name() string { return "choose" }

// maxOptions is how many ways on a person can take in at a glance.
const maxOptions = 4

// Run sets Choice, or Options with NeedsDetail. On the regulation route it does nothing.
func (s Choose) Run(ctx context.Context, t *Turn) error {
	if t.Question.Chosen != "" {
		return s.take(ctx, t, strings.TrimPrefix(t.Question.Chosen, "tthc:"))
	}
	found := procedureHits(t.Hits)
	if t.Route == ToRegulation || len(found) == 0 {
		return nil
	}
	return s.take(ctx, t, found[0].Chunk.Procedure)
}

func (s Choose) take(ctx context.Context, t *Turn, id string) error {
	p, err := s.Library.Procedure(ctx, id)
	if err != nil {
		return err
	}
	t.Choice = &p
	return nil
}
