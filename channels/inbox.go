package channels

import (
	"context"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// Inbox keeps what comes in until it is handled, and what is said in return until it is
// sent. Every method is one transaction. What Accept and Next wrote is on the disk itself
// when they return, and with it everything before.
//
// States of a message: waiting → handling (lease) → handled. States of a part of a reply:
// pending → sending (begun) → sent, failed or unknown. A crash while handling repeats the
// handling: nothing had been said. A crash while sending leaves the part unknown: it is
// never sent again by itself; the person is told so and offered a button that says it
// again. So nothing is answered twice unasked, and nothing is dropped.
type Inbox interface {
	// Accept stores a message; fresh is false for one already seen.
	Accept(ctx context.Context, in Incoming) (fresh bool, err error)
	// Claim leases the oldest waiting message of up to n chats of a channel, oldest first. A
	// chat with one under lease, or with parts still to go, is passed over: a chat is
	// worked in order.
	Claim(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]Claimed, error)
	// Settle ends a claim: the chat as it stands now, and the parts to be said, are kept with
	// it in one transaction. A claim that is no longer the latest changes nothing.
	Settle(ctx context.Context, c Claimed, parts []Reply, now time.Time) error
	// Postpone gives a message back, not to be claimed before an instant.
	Postpone(ctx context.Context, c Claimed, until time.Time) error
	// Next leases the oldest pending part of up to n chats and records that it is being sent.
	Next(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]Part, error)
	// Sent ends the sending of a part; one already ended stays as it is, but one that became
	// unknown takes what is now known.
	Sent(ctx context.Context, p Part, s Sending) error
	// Wake is told when this process has stored something for a channel.
	Wake(channel string) <-chan struct{}
}

// Claimed is a message under lease, with its chat.
type Claimed struct {
	ID    int64
	Claim int // numbers the claims of this message from 1
	Incoming
	State Chat // changed by Handle, kept by Settle
}

// Part is one message of a reply on its way.
type Part struct {
	ID    int64
	Claim int
	Chat  string
	Reply Reply
	Tries int // before this one
}

// Sending is how the sending of a part ended.
type Sending struct {
	At time.Time
	// State is sent, pending (RetryAt says when), failed or unknown.
	State   SendState
	RetryAt time.Time
	Reason  string // a delivery.Reason
}

// SendState is where a part stands.
type SendState string

// The states of parts.
const (
	PartPending SendState = "pending"
	PartSending SendState = "sending"
	PartSent    SendState = "sent"
	PartFailed  SendState = "failed"
	PartUnknown SendState = "unknown"
)

// Chat is what is remembered of one chat, sealed.
type Chat struct {
	// Key is the chat without its address: the same for the same chat of a channel.
	Key string `json:"-"`
	// Person is who it is, once linked; "" is anonymous.
	Person lifeevents.PersonID `json:"-"`
	// Held: an official has the conversation; Asked: one was asked for and has not come.
	Held  bool `json:"-"`
	Asked bool `json:"-"`

	Conversation string  `json:"conversation,omitempty"` // the assistant's token
	Lang         string  `json:"lang,omitempty"`
	Greeted      bool    `json:"greeted,omitempty"`
	Turns        int     `json:"turns,omitempty"`
	Offers       []Offer `json:"offers,omitempty"` // what buttons of the last turns stand for
	GaveUp       int     `json:"gave_up,omitempty"`
	// Rest are parts of an answer that wait for the person to ask for more.
	Rest    []Reply `json:"rest,omitempty"`
	Guesses []int64 `json:"guesses,omitempty"` // Unix seconds of wrong codes

	// What Handle asks of Settle: to say a doubtful part again; to keep what was said for the
	// official; to delete everything kept of the chat, first.
	Again  int64       `json:"-"`
	Heard  []Utterance `json:"-"`
	Forget bool        `json:"-"`
}

// Offer is what the buttons under one answer stand for.
type Offer struct {
	Turn    int      `json:"turn"`
	Answer  string   `json:"answer"`
	Text    string   `json:"text"` // the question the choices belong to
	Choices []Choice `json:"choices,omitempty"`
}

// Choice is a unit of the corpus with the words it was offered by.
type Choice struct {
	Unit  string `json:"unit"`
	Label string `json:"label"`
	Asks  bool   `json:"asks,omitempty"` // a procedure beside: asked anew, not in answer to us
}
