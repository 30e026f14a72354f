package channels

import "time"

// Kind says what came in; a closed list.
type Kind string

// The kinds. A platform's other events are not stored at all.
const (
	Words    Kind = "words"   // text typed
	Pressed  Kind = "pressed" // a button of ours: Action is set
	Started  Kind = "started" // the person opened the chat, follows or unblocked us; Text may hold a link code
	Left     Kind = "left"    // the person blocked us or unfollowed
	OtherFor Kind = "other"   // picture, sticker, voice, place: something to answer kindly
	Silent   Kind = "silent"  // kept for order and for the window alone: seen, received
)

// Incoming is one thing a person did. The same Channel and MessageID is handled once.
type Incoming struct {
	Channel string `json:"-"` // "telegram", "zalo"
	// Chat is the person as the platform knows them: personal data, kept sealed.
	Chat string `json:"-"`
	// MessageID is the platform's own number of the update.
	MessageID  string    `json:"-"`
	Kind       Kind      `json:"kind"`
	Text       string    `json:"text,omitempty"`
	Action     string    `json:"action,omitempty"` // of the button pressed
	Lang       string    `json:"lang,omitempty"`   // "en" where the platform says so
	Token      string    `json:"token,omitempty"`  // what the adapter needs to acknowledge (a callback's number)
	ReceivedAt time.Time `json:"at"`
}
