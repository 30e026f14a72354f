// Package channels holds what portal, Telegram and Zalo share: whoever can answer.
package channels

import (
	"context"

	"github.com/motcua/motcua/assistant"
)

// Answerer is the assistant as a channel needs it. The answer is always fit to show, also
// beside an error.
type Answerer interface {
	Answer(ctx context.Context, q assistant.Question) (assistant.Answer, error)
}
