package zalo

import (
	"context"
	"strings"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// phonePrefix marks an address that is a phone number, "tel:84912345678": only templates go
// there. Any other address is a person's number at this account.
const phonePrefix = "tel:"

// awayFor is how long somebody is left alone of whom Zalo says they cannot be reached.
const awayFor = 30 * 24 * time.Hour

var _ delivery.Sender = (*OA)(nil)

// Send says a notice: as a consultation message while the person's window is open, else by
// an approved template; delivery.Sender tells the rest. Never at night.
func (o *OA) Send(ctx context.Context, address string, m delivery.Message) error {
	if address == "" || address == string(m.Person) {
		return refuse(delivery.BadAddress)
	}
	now := o.cfg.Now()
	if until, night := o.cfg.Rules.Night(now); night {
		return &delivery.SendError{Reason: delivery.Quiet, RetryAfter: until.Sub(now)}
	}
	if strings.HasPrefix(address, phonePrefix) {
		return o.byTemplate(ctx, address, m)
	}
	err := o.consult(ctx, address, m.Key, plainMessage(address, m.Text))
	if err == nil {
		return nil
	}
	f, ok := asFault(err)
	if !ok {
		return err
	}
	if f.Class == ClassWindow && !f.Doubt {
		return o.byTemplate(ctx, address, m)
	}
	return f.Send()
}

func refuse(r delivery.Reason) *delivery.SendError {
	return &delivery.SendError{Reason: r, Permanent: true}
}

// consult sends a consultation message if the person's window lets it. The message is
// counted before it goes; one that Zalo is known not to have taken is taken back. Every
// refusal is a *Fault.
func (o *OA) consult(ctx context.Context, user, key string, body any) error {
	person, at := o.cfg.Person(user), o.cfg.Now()
	leave := window.Closed
	err := o.cfg.Ledger.Change(ctx, person, at, func(s *window.State) bool {
		leave = o.cfg.Rules.At(*s, at)
		if leave == window.Free || leave == window.Charged && o.cfg.Charged {
			o.cfg.Rules.Spend(s, at)
			return true
		}
		return false
	})
	switch {
	case err != nil:
		return fault(ClassTemporary, false, "chưa ghi được số tin đã gửi")
	case leave == window.Gone:
		return fault(ClassBlocked, false, "người nhận đã bỏ quan tâm")
	case leave == window.Closed, leave == window.Charged && !o.cfg.Charged:
		return fault(ClassWindow, false, "ngoài khung tương tác")
	}
	id, err := o.client.post(ctx, OAMessages, o.cfg.Endpoints.Open+pathConsult, body)
	if err == nil {
		o.took(ctx, id, key)
		return nil
	}
	if f, ok := asFault(err); ok && !f.Doubt {
		err = o.learn(ctx, user, f, func(s *window.State) { s.Refund(at) })
	}
	return err
}

// took keeps the number of a message for its receipts; losing it loses only a receipt.
func (o *OA) took(ctx context.Context, id, key string) {
	if id == "" || key == "" {
		return
	}
	if err := o.cfg.Ledger.Took(context.WithoutCancel(ctx), id, key, o.cfg.Now()); err != nil {
		o.cfg.Log.Warn("zalo: number of a message not kept", "error", err)
	}
}

// learn writes down what a refusal tells about a person, and passes it on.
func (o *OA) learn(ctx context.Context, user string, f *Fault, also func(*window.State)) error {
	now := o.cfg.Now()
	keep := context.WithoutCancel(ctx)
	err := o.cfg.Ledger.Change(keep, o.cfg.Person(user), now, func(s *window.State) bool {
		also(s)
		switch f.Class {
		case ClassWindow:
			s.Shut = now
		case ClassAway:
			s.Away = now.Add(awayFor)
		case ClassBlocked:
			s.Leave(now)
		}
		return true
	})
	if err == nil && f.Class == ClassBlocked {
		err = o.cfg.Left(keep, user, now)
	}
	if err != nil {
		o.cfg.Log.Error("zalo: what was learnt of a person is not kept", "class", f.Class, "error", err)
	}
	return f
}
