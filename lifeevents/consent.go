package lifeevents

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Consent is one entry of an append-only ledger: leave for a topic over a channel, or its
// withdrawal (an entry of its own, with Withdrawn set). The latest entry for a person,
// topic and channel decides.
type Consent struct {
	ID      string   `json:"id"`
	Person  PersonID `json:"person"`
	Topic   Topic    `json:"topic"`
	Channel string   `json:"channel"` // "portal", "telegram", "zalo", …; "*" is every channel
	// TextVersion names the words the person agreed to.
	TextVersion string    `json:"text_version"`
	Given       time.Time `json:"given,omitzero"`
	Withdrawn   time.Time `json:"withdrawn,omitzero"`
	// Proof is how we know: "portal session …", a message ID, the counter's slip.
	Proof string `json:"proof"`
}

// Answer is what the person or a register says about a notice: it stops or moves a ladder.
type Answer struct {
	Person PersonID   `json:"person"` // who answers: a recipient
	About  PersonID   `json:"about"`  // whom the occurrence is about
	Kind   AnswerKind `json:"kind"`
	// Slot is the occurrence (Occurrence.Slot) for done, snooze and not_mine; for never Topic
	// is set instead, and the taker also writes the withdrawal into the consent ledger, which
	// alone keeps the topic off.
	Slot  string    `json:"slot,omitempty"`
	Topic Topic     `json:"topic,omitempty"`
	At    time.Time `json:"at"`
	// Until is the day a snooze ends: nothing is said before it.
	Until civil.Date `json:"until,omitzero"`
}

// AnswerKind is a closed list.
type AnswerKind string

// The answers.
const (
	Done    AnswerKind = "done"     // làm rồi: the ladder stops
	Snooze  AnswerKind = "snooze"   // nhắc lại sau: nothing before Until
	NotMine AnswerKind = "not_mine" // không phải của tôi: this occurrence stops, staff look at the data
	Never   AnswerKind = "never"    // đừng nhắc việc này nữa: the topic is off for this person
)

// Known reports whether k is in the list.
func (k AnswerKind) Known() bool { return k == Done || k == Snooze || k == NotMine || k == Never }
