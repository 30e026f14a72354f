package zalo

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Kind says what an event is to us; a closed list.
type Kind string

// The kinds.
const (
	Words    Kind = "words"    // the person wrote something
	Other    Kind = "other"    // a picture, sticker, place …: the person wrote, but nothing we read
	Follow   Kind = "follow"   // the person follows the account
	Unfollow Kind = "unfollow" // or no longer
	Received Kind = "received" // a message of ours arrived
	Seen     Kind = "seen"     // and was seen
	Ours     Kind = "ours"     // an echo of what the account said
	Ignored  Kind = "ignored"  // nothing to us; also every name we do not know
)

// kinds holds the names we act on; those that begin with "user_send_" are Other.
var kinds = map[string]Kind{
	"user_send_text": Words,
	"follow":         Follow, "unfollow": Unfollow,
	"user_received_message": Received, "user_seen_message": Seen,
}

// Event is what Zalo posted.
type Event struct {
	Kind Kind
	Name string // as Zalo names it
	// Attachment is "image", "sticker", "location" …; empty for words.
	Attachment string
	User       string // the person, as this account knows them; a phone number in receipts of templates
	Account    string // of the Official Account; empty where the event does not say
	AppID      string
	At         time.Time // by Zalo's clock
	MessageIDs []string  // of the message, or those a receipt is about
	Tracking   string    // our key, in receipts of templates
	Text       string
}

// ErrEvent is what ParseEvent returns for a body that is no event of Zalo's.
var ErrEvent = errors.New("zalo: không phải sự kiện của Zalo")

// party is who an event names; numbers have been seen both quoted and bare.
type party struct {
	ID text `json:"id"`
}

// text is a string, or a number taken as written.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	if err := json.Unmarshal(raw, &s); err == nil {
		*t = text(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return ErrEvent
	}
	*t = text(n)
	return nil
}

type eventBody struct {
	AppID     text   `json:"app_id"`
	OAID      text   `json:"oa_id"`
	Name      string `json:"event_name"`
	Timestamp text   `json:"timestamp"`
	Sender    party  `json:"sender"`
	Recipient party  `json:"recipient"`
	Follower  party  `json:"follower"`
	Message   struct {
		ID       text   `json:"msg_id"`
		IDs      []text `json:"msg_ids"`
		Tracking text   `json:"tracking_id"`
		Text     string `json:"text"`
	} `json:"message"`
}

// ParseEvent reads a post; ErrEvent for anything that is none. An event we do not know is
// no error: its kind is Ignored.
func ParseEvent(body []byte) (Event, error) {
	var b eventBody
	if err := json.Unmarshal(body, &b); err != nil || b.Name == "" || b.AppID == "" {
		return Event{}, ErrEvent
	}
	at, err := strconv.ParseInt(string(b.Timestamp), 10, 64)
	if err != nil || at <= 0 {
		return Event{}, ErrEvent
	}
	e := Event{Kind: kindOf(b.Name), Name: b.Name, AppID: string(b.AppID), At: time.UnixMilli(at), Text: b.Message.Text, Tracking: string(b.Message.Tracking)}
	e.parties(&b)
	for _, id := range append([]text{b.Message.ID}, b.Message.IDs...) {
		if id != "" {
			e.MessageIDs = append(e.MessageIDs, string(id))
		}
	}
	if e.Kind == Other {
		e.Attachment = strings.TrimPrefix(b.Name, "user_send_")
	}
	if e.Kind != Ignored && e.Kind != Ours && e.User == "" {
		return Event{}, ErrEvent
	}
	return e, nil
}

// signedFields reads the two fields that a signature covers besides the body itself.
func signedFields(body []byte) (app, timestamp string, ok bool) {
	var b struct {
		AppID     text `json:"app_id"`
		Timestamp text `json:"timestamp"`
	}
	if json.Unmarshal(body, &b) != nil {
		return "", "", false
	}
	return string(b.AppID), string(b.Timestamp), b.AppID != "" && b.Timestamp != ""
}

func kindOf(name string) Kind {
	if k, known := kinds[name]; known {
		return k
	}
	switch {
	case strings.HasPrefix(name, "user_send_"):
		return Other
	case strings.HasPrefix(name, "oa_send_"):
		return Ours
	}
	return Ignored
}

// parties puts the person and the account where they stand: the person sends what they
// wrote, follows, and receives what receipts are about.
func (e *Event) parties(b *eventBody) {
	sender, recipient := string(b.Sender.ID), string(b.Recipient.ID)
	switch e.Kind {
	case Follow, Unfollow:
		e.User, e.Account = string(b.Follower.ID), string(b.OAID)
	case Received, Seen, Ours:
		e.User, e.Account = recipient, sender
	case Words, Other:
		e.User, e.Account = sender, recipient
	case Ignored:
		e.Account = string(b.OAID)
	}
}

// ID is the same for every repetition of an event and for no other: the message it is
// about and its name, or for events without one whom and when. It holds nothing personal.
func (e Event) ID() string {
	about := strings.Join(e.MessageIDs, ",")
	if about == "" {
		about = e.User + "@" + strconv.FormatInt(e.At.UnixMilli(), 10)
	}
	sum := sha256.Sum256([]byte(e.Name + "\x00" + e.Account + "\x00" + about))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}
