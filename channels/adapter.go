package channels

import "context"

// Adapter is a channel as the worker needs it. It translates and paces; it holds no
// conversation.
type Adapter interface {
	Traits() Traits
	// Working shows the person that their message has been seen (typing, a button's
	// acknowledgement). Best effort: what fails is not told.
	Working(ctx context.Context, in Incoming)
	// Deliver says one part, already within the channel's limits, to a chat. It returns nil
	// once the platform took it, else a *delivery.SendError: Permanent with reason Blocked
	// means the person wants no more; Ambiguous that nobody can know; RetryAfter what was
	// asked for. No error holds a token, an address or words of the message.
	Deliver(ctx context.Context, chat string, part Reply) error
}
