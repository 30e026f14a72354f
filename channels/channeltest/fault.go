package channeltest

import "time"

// Fault is what the platform does to the next request that matches.
type Fault struct {
	// Status is answered with Body instead of doing anything; 0 does as asked.
	Status int
	Body   string
	// RetryAfter goes along with status 429, in seconds.
	RetryAfter int
	// Lose does as asked and then cuts the connection: the answer is lost.
	Lose bool
	// Hang does as asked and answers so much later.
	Hang time.Duration
	// Times is how many requests it befalls; 0 is one.
	Times int
}

// Shown is one message as a person sees it in a chat.
type Shown struct {
	ID      int64
	Mine    bool // the person wrote it
	Text    string
	HTML    string // as sent
	Buttons []ShownButton
	At      time.Time
}

// ShownButton is a button under a message.
type ShownButton struct{ Label, Data, URL string }
