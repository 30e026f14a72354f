package zalo

import (
	"context"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

var (
	_ channels.Adapter    = (*OA)(nil)
	_ channels.DeepLinker = (*OA)(nil)
)

// Traits: a message may hold about 2,000 letters (from memory); 1,500 is safe. A reply of
// at most six parts stays within the eight messages that cost nothing.
func (o *OA) Traits() channels.Traits {
	return channels.Traits{Name: Name, Class: lifeevents.Outside, MaxText: 1500, MaxButtons: 5, MaxLabel: 60, PerMessage: 6}
}

// Working does nothing: Zalo shows no typing, and the webhook has noted that they wrote.
func (o *OA) Working(context.Context, channels.Incoming) {}

// Deliver says one part of a reply.
func (o *OA) Deliver(ctx context.Context, chat string, part channels.Reply) error {
	err := o.consult(ctx, chat, "", replyMessage(chat, part))
	if f, ok := asFault(err); ok {
		return f.Send()
	}
	if err != nil {
		return &delivery.SendError{Reason: delivery.Temporary, Err: err}
	}
	return nil
}

// DeepLink opens the chat with the account. Zalo has no address that carries a code along:
// the person types it.
func (o *OA) DeepLink(string) string { return "https://zalo.me/" + o.cfg.Account.OAID }
