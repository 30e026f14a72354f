package assistant

import "context"

// Generator writes an explanation from passages and refers to them by number only, from 1.
// It hands over its text piece by piece as it comes; an error of emit ends it and is
// returned. The error says why a text broke off: a timeout, a cut stream, a refusal, a
// dead server. What was handed over before may be incomplete and is checked by the caller.
type Generator interface {
	Generate(ctx context.Context, question string, passages []string, emit func(piece string) error) error
}

// Part is a piece of an answer as it is made: first the sources (everything but the
// explanation), then each proved sentence.
type Part struct {
	Sources  *Answer
	Sentence *Sentence
}
