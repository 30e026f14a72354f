package delivery

import (
	"context"
	"errors"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// Message is what one person is told at once over one channel.
type Message struct {
	// Key is the same whenever the same message is tried again: platforms that drop
	// repeats get it along. At most 48 letters, digits and hyphens.
	Key    string
	Person lifeevents.PersonID
	Topic  lifeevents.Topic  // of the first notice
	Params map[string]string // for channels with approved templates only; no name, no sensitive word
	Title  string            // empty over outside channels
	Text   string            // all of it in words, for channels that take plain text
	Link   string            // where to read more after signing in
	Code   string            // shows that it comes from us; see Codes
	Parts  []Part            // own channels only
}

// Part is one notice of a message in words.
type Part struct {
	Notice lifeevents.Notice
	Title  string
	Body   string
	Code   string
}

// Sender returns nil once the channel took the message. A *SendError says whether to try
// again; any other error counts as temporary, or, when it is a time-out, as unknown.
type Sender interface {
	Send(ctx context.Context, address string, m Message) error
}

// SendError classifies a refusal.
type SendError struct {
	Reason    Reason
	Permanent bool // this person cannot be reached over this channel
	// Ambiguous: the channel may have taken it (the answer was lost).
	Ambiguous bool
	// Down: the fault is the channel's or the account's, not this message's: others wait too.
	Down       bool
	RetryAfter time.Duration // what the channel asked for; zero where it did not
	Err        error         // must hold no token and no address
}

// Error names the reason and what the channel said.
func (e *SendError) Error() string {
	if e.Err == nil {
		return string(e.Reason)
	}
	return string(e.Reason) + ": " + e.Err.Error()
}

// Unwrap gives what the channel said.
func (e *SendError) Unwrap() error { return e.Err }

// Classify reads any error of a sender as a refusal.
func Classify(err error) *SendError { return classify(err) }

// classify reads any error of a sender as a refusal.
func classify(err error) *SendError {
	var known *SendError
	if errors.As(err, &known) {
		return known
	}
	var timeout interface{ Timeout() bool }
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.As(err, &timeout) && timeout.Timeout() {
		return &SendError{Reason: TimedOut, Ambiguous: true, Err: err}
	}
	return &SendError{Reason: Temporary, Err: err}
}

// Channel is one way to reach people.
type Channel struct {
	Name   string
	Class  lifeevents.ChannelClass
	Sender Sender
	// DropsRepeats: the channel shows a message once however often its Key comes.
	DropsRepeats bool
	// Parallel bounds messages under way at once. Default 8.
	Parallel int
	// Timeout bounds one sending. Default 15 s.
	Timeout time.Duration
}

// Provisions lists what the parts rest on, each once, in order.
func (m Message) Provisions() []corpus.Provision {
	var out []corpus.Provision
	seen := map[string]bool{}
	for _, p := range m.Parts {
		for _, b := range p.Notice.Basis {
			if !seen[b.Key()] {
				seen[b.Key()] = true
				out = append(out, b)
			}
		}
	}
	return out
}
