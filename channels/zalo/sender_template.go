package zalo

import (
	"context"
	"strings"

	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// templateTo is the request to a person of the account, or to a phone number. The key goes
// along as tracking number: receipts name it, and it tells a repetition.
type templateTo struct {
	User     string            `json:"user_id,omitempty"`
	Phone    string            `json:"phone,omitempty"`
	Template string            `json:"template_id"`
	Data     map[string]string `json:"template_data"`
	Mode     string            `json:"sending_mode,omitempty"`
	Tracking string            `json:"tracking_id"`
}

// byTemplate sends an approved template. Without one, or with the day's number used up, the
// notice goes on to the person's next channel.
func (o *OA) byTemplate(ctx context.Context, address string, m delivery.Message) error {
	number, data, ok := o.template(m)
	if !ok {
		return refuse(delivery.WindowClosed)
	}
	now := o.cfg.Now()
	if until, night := o.cfg.Rules.Night(now); night {
		return &delivery.SendError{Reason: delivery.Quiet, RetryAfter: until.Sub(now)}
	}
	quota, err := o.cfg.Ledger.Quota(ctx)
	if err != nil {
		return &delivery.SendError{Reason: delivery.Temporary, Err: err}
	}
	if quota.Spent(now) {
		return refuse(delivery.QuotaUsed)
	}
	body := templateTo{Template: number, Data: data, Tracking: m.Key}
	api, url := OAMessages, o.cfg.Endpoints.Open+pathTemplateTo
	if phone, is := strings.CutPrefix(address, phonePrefix); is {
		body.Phone, body.Mode = strings.TrimPrefix(phone, "+"), "1"
		api, url = ZBS, o.cfg.Endpoints.Business+pathTemplate
	} else {
		body.User = address
		if s, err := o.cfg.Ledger.Window(ctx, o.cfg.Person(address)); err == nil && !s.Left.IsZero() {
			return refuse(delivery.Blocked)
		}
	}
	id, err := o.client.post(ctx, api, url, body)
	if err == nil {
		o.took(ctx, id, m.Key)
		return nil
	}
	return o.templateRefused(ctx, address, err)
}

func (o *OA) templateRefused(ctx context.Context, address string, err error) error {
	f, ok := asFault(err)
	switch {
	case !ok:
		return err
	case f.Doubt:
		return f.Send()
	case f.Class == ClassQuota:
		now := o.cfg.Now()
		quota, err := o.cfg.Ledger.Quota(ctx)
		if err == nil {
			err = o.cfg.Ledger.SetQuota(context.WithoutCancel(ctx), window.Quota{Daily: quota.Daily, At: now})
		}
		if err != nil {
			o.cfg.Log.Warn("zalo: quota not kept", "error", err)
		}
	case f.Class == ClassNight:
		if until, night := o.cfg.Rules.Night(o.cfg.Now()); night {
			f.RetryAfter = until.Sub(o.cfg.Now())
		}
	case f.Class == ClassBlocked || f.Class == ClassAway:
		err := o.learn(ctx, address, f, func(*window.State) {})
		if learnt, ok := asFault(err); ok {
			f = learnt
		}
	}
	return f.Send()
}

// template chooses the approved template for a message and fills it: that of its rule, or
// the most neutral one, which fits every notice.
func (o *OA) template(m delivery.Message) (number string, data map[string]string, ok bool) {
	for _, name := range o.templates.For(m.Params["rule"], m.Params["count"]) {
		if number := o.cfg.Templates[name]; number != "" {
			return number, o.templates.Fill(name, m), true
		}
	}
	return "", nil, false
}
