package channels

import (
	"context"
	"errors"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// LinkLife is how long a one-time code lives.
const LinkLife = 10 * time.Minute

// ErrLinkCode is a code that is wrong, used or expired; it never says which.
var ErrLinkCode = errors.New("mã liên kết không đúng, đã dùng hoặc đã quá 10 phút")

// ErrLinkedElsewhere is a chat that stands for another person already.
var ErrLinkedElsewhere = errors.New("cuộc trò chuyện này đang liên kết với một người khác; hủy liên kết đó trước")

// Links tie a chat to a person. A code is issued to a person who has signed in on the
// portal, and redeemed from the chat.
type Links interface {
	// Issue makes a code like "7K3QM-X9D2A" for one use within LinkLife; earlier ones of the
	// person and channel end. Only its digest is kept.
	Issue(ctx context.Context, p lifeevents.PersonID, channel string, now time.Time) (LinkCode, error)
	// Redeem ties the chat to whom the code was issued to, and makes the chat the person's
	// address on the channel. The same chat may redeem its code again (a repeated update).
	// A chat or person linked before on the channel is unlinked by it. ErrLinkCode,
	// ErrLinkedElsewhere.
	Redeem(ctx context.Context, code, channel, chat string, now time.Time) (lifeevents.PersonID, error)
	// Unlink ends the tie and withdraws every consent for the channel, in one transaction.
	// No tie is no error.
	Unlink(ctx context.Context, p lifeevents.PersonID, channel string, now time.Time, proof string) error
	// Left does the same for whoever the chat stands for: blocked, unfollowed, unlinked there.
	Left(ctx context.Context, channel, chat string, now time.Time, proof string) error
	// PersonOf is who a chat stands for; "" for an anonymous one.
	PersonOf(ctx context.Context, channel, chat string) (lifeevents.PersonID, error)
	// Linked lists a person's channels, by name.
	Linked(ctx context.Context, p lifeevents.PersonID) ([]Linked, error)
}

// LinkCode is a fresh code. The deep link is the adapter's to make: see DeepLinker.
type LinkCode struct {
	Code    string
	Expires time.Time
}

// Linked is one tie of a person.
type Linked struct {
	Channel string
	Since   time.Time
}

// DeepLinker is implemented by adapters whose platform opens a chat with a code in it.
type DeepLinker interface{ DeepLink(code string) string }
