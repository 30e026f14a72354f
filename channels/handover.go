package channels

import (
	"context"
	"errors"
	"time"
)

// ErrNoTicket is a ticket that is unknown, closed, or held by somebody else.
var ErrNoTicket = errors.New("không có yêu cầu này, hoặc người khác đang giữ, hoặc đã khép lại")

// Handovers is the queue of people who wait for an official in a chat. While an official
// holds a ticket the assistant is silent in that chat: what the person types goes to the
// official, what the official says goes to the person.
type Handovers interface {
	// Request opens a ticket; a chat has at most one open, and asking again changes nothing.
	Request(ctx context.Context, channel, chat string, why Why, now time.Time) (Ticket, error)
	// Queue lists open and held tickets, oldest first.
	Queue(ctx context.Context) ([]Ticket, error)
	// Take gives an open ticket to an official, and tells the person; ErrNoTicket.
	Take(ctx context.Context, id int64, official string, now time.Time) (Ticket, error)
	// Thread is what was said since the person asked, oldest first; for whoever holds it.
	Thread(ctx context.Context, id int64, official string) ([]Utterance, error)
	// Say sends an official's words to the person through the channel's outbox; ErrNoTicket.
	Say(ctx context.Context, id int64, official, text string, now time.Time) error
	// Forward gives a held ticket back to the queue for another office, with a note for its
	// officials, and tells the person where it went; ErrNoTicket.
	Forward(ctx context.Context, id int64, official, unit, note string, now time.Time) error
	// Close ends it and tells the person that the assistant answers again; ErrNoTicket.
	Close(ctx context.Context, id int64, official string, now time.Time) error
	// IsHeld reports whether an official has the chat.
	IsHeld(ctx context.Context, channel, chat string) (bool, error)
	// Outlook is what a person who asks now may expect.
	Outlook(ctx context.Context, now time.Time) (Outlook, error)
}

// Why a person goes to an official.
type Why string

// The reasons.
const (
	PersonAsked Why = "asked"
	GaveUpTwice Why = "gave_up" // two answers in a row were "I have no source"
)

// Ticket is one request. It names no chat: officials see the number and what is said.
type Ticket struct {
	ID       int64
	Channel  string
	Why      Why
	State    string // "open", "held", "closed"
	Official string // who holds it
	Asked    time.Time
	Taken    time.Time // zero while open
	Unit     string    // the office it was forwarded to; empty: any
	Note     string    // of who forwarded it
}

// Utterance is one thing said in a ticket.
type Utterance struct {
	At   time.Time
	From string // "citizen", "assistant", "official"
	Text string
}

// Outlook is how long the queue is. Usual is the median wait of the last tickets taken,
// and zero where fewer than five are known.
type Outlook struct {
	Ahead int
	Usual time.Duration
}
