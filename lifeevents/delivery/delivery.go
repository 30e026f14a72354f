package delivery

import (
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// Delivery is one notice on its way over one channel, as claimed.
type Delivery struct {
	ID     int64
	Notice lifeevents.Notice
	// Channel is where it goes now; Next where it goes when this one refuses, "" for nowhere.
	Channel, Next string
	Address       string // as the channel knows the person; the pseudonym for own channels
	// Claim numbers the claims of this row from 1: Begin and Settle with an older number
	// are refused.
	Claim     int
	Sends     int // times it was handed to a channel before
	NotBefore time.Time
	// Moved: something about the person it is about has changed since it was planned.
	Moved bool
	Reach Reach // of the recipient
	Spent int   // messages the recipient got today, those beyond the budget not counted
	Said  int   // times this occurrence was spoken of to the recipient
	// Group is the message this was part of when a try ended without our knowing whether a
	// channel that drops repeats took it: it goes again as the same message. Else zero.
	Group int64
}

// State is where a row of the outbox stands; see the package comment.
type State string

// The states.
const (
	Pending   State = "pending"
	Sending   State = "sending"
	Sent      State = "sent"
	Delivered State = "delivered"
	Withheld  State = "withheld"
	Failed    State = "failed"
	Unknown   State = "unknown"
)

var stateNames = map[State]lifeevents.Text{
	Pending: {VI: "chờ gửi", EN: "waiting"}, Sending: {VI: "đang gửi", EN: "sending"},
	Sent: {VI: "đã gửi", EN: "sent"}, Delivered: {VI: "đã nhận", EN: "delivered"},
	Withheld: {VI: "không gửi", EN: "withheld"}, Failed: {VI: "gửi không được", EN: "failed"},
	Unknown: {VI: "không rõ đã gửi hay chưa", EN: "unknown whether sent"},
}

// Name is what people call the state.
func (s State) Name() lifeevents.Text { return stateNames[s] }

// Final reports whether nothing but people moves a row on from here.
func (s State) Final() bool { return s != Pending && s != Sending }

// Attempt is how one claim ended.
type Attempt struct {
	At       time.Time
	Channel  string
	State    State
	Reason   Reason
	RetryAt  time.Time // for Pending: not before; zero at once
	Next     string    // for Pending: the channel to go on with; "" the same
	Detail   string    // what the channel said, without secrets
	Tried    bool      // it was handed to the channel: counts as one of the tries
	Doubtful bool      // for Pending: the channel may have it already; see Delivery.Group
	// Instead is a notice for another person with the same standing, queued in the same
	// transaction because this one cannot be reached; nil mostly.
	Instead *lifeevents.Notice
}

// Settlement ends the claim of one row.
type Settlement struct {
	ID    int64
	Claim int
	Attempt
	// Renewed is the notice where it reads otherwise than when it was queued: what was said
	// is what is kept. Nil mostly.
	Renewed *lifeevents.Notice
}

// Start hands one notice to a channel: recorded before it happens.
type Start struct {
	ID, Message int64 // Message: the lowest ID of the notices said together
	Claim       int
	Person      lifeevents.PersonID
	Slot        string
	Exempt      bool // a legal deadline: beyond the budget
	Repeats     bool // the channel drops repeats of one key
}

// Reach is how a person may be reached.
type Reach struct {
	// Channels in the person's order; the portal stands last where it is not named.
	Channels []string `json:"channels,omitempty"`
	Lang     string   `json:"lang,omitempty"` // "vi" or "en"; empty is "vi"
	// Leave is the ledger of consent with its latest entry for each topic and channel.
	Leave []Leave `json:"leave,omitempty"`
}

// Leave is the latest word on a topic over a channel; "*" stands for every one.
type Leave struct {
	Topic   lifeevents.Topic `json:"topic"`
	Channel string           `json:"channel"`
	Given   bool             `json:"given"`
	At      int64            `json:"at"` // Unix milliseconds
}

// Said is what the person said last about a topic over a channel; asked is false where
// they never said anything that covers it.
func (r Reach) Said(topic lifeevents.Topic, channel string) (given, asked bool) {
	var at int64
	for _, l := range r.Leave {
		if (l.Topic != topic && l.Topic != "*") || (l.Channel != channel && l.Channel != "*") {
			continue
		}
		if !asked || l.At > at || l.At == at && !l.Given {
			given, asked, at = l.Given, true, l.At
		}
	}
	return given, asked
}
