// Package channels holds the one conversation that every channel shares.
//
//	webhook or poll ─▶ adapter: authentic? ─▶ Inbox.Accept (on disk) ─▶ 200
//	Worker: Inbox.Claim ─▶ Conversation.Handle ─▶ Inbox.Settle (reply stored with it)
//	Worker: Inbox.Next (begun, on disk) ─▶ Adapter.Deliver ─▶ Inbox.Sent
//
// Adapters only translate. What a crash can do stands at Inbox.
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
