package zalo

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/zalo/window"
)

// Limits of posts. Zalo tries again 30 s, 5, 15, 30 and 60 minutes after; a signed post
// that is older than a day and that tail is a replay.
const (
	maxPost   = 64 << 10
	oldestAge = 24*time.Hour + 2*time.Hour
	ahead     = 5 * time.Minute // clocks differ
	postTime  = 1500 * time.Millisecond
)

// counts of posts since the start.
type counts struct{ accepted, repeated, forged, stale, ignored, failed atomic.Int64 }

// Counts tells what became of posts since the start.
type Counts struct {
	Accepted int64 // stored, or carried out
	Repeated int64 // seen before
	Forged   int64 // not signed by this account, or no event at all
	Stale    int64 // signed, too old or from the future
	Ignored  int64 // signed, nothing to us
	Failed   int64 // answered with 5xx: Zalo will come again
}

// Counts reads them.
func (o *OA) Counts() Counts {
	c := &o.counts
	return Counts{c.accepted.Load(), c.repeated.Load(), c.forged.Load(), c.stale.Load(), c.ignored.Load(), c.failed.Load()}
}

// Webhook takes Zalo's posts: authenticate, read, store, answer 200. What is not signed gets
// 200 as well and nothing happens: whoever probes learns nothing, and nobody sends it again.
// 503 is for what could not be stored.
func (o *OA) Webhook(inbox channels.Inbox) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST", http.StatusMethodNotAllowed)
			return
		}
		// Zalo waits two seconds; nothing it posts takes longer than that to store.
		ctx, cancel := context.WithTimeout(r.Context(), postTime)
		defer cancel()
		if err := o.post(ctx, inbox, w, r); err != nil {
			o.counts.failed.Add(1)
			o.cfg.Log.Error("zalo: a post could not be stored", "error", err)
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
}

// post returns an error only where Zalo should come again.
func (o *OA) post(ctx context.Context, inbox channels.Inbox, w http.ResponseWriter, r *http.Request) error {
	given, ok := readSignature(r.Header.Get(signatureHeader))
	if !ok || r.ContentLength > maxPost {
		o.counts.forged.Add(1)
		return nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPost))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		o.counts.forged.Add(1)
		return nil
	case err != nil:
		return errors.New("thân yêu cầu bị cắt giữa chừng")
	}
	e, signed, unread := o.read(given, body)
	if !signed {
		o.counts.forged.Add(1)
		return nil
	}
	if unread != nil || e.Kind == Ignored || e.Kind == Ours {
		o.counts.ignored.Add(1)
		return nil //nolint:nilerr // signed and unreadable: sending it again would not help
	}
	now := o.cfg.Now()
	if now.Sub(e.At) > oldestAge || e.At.Sub(now) > ahead {
		o.counts.stale.Add(1)
		return nil
	}
	if e.At.After(now) {
		e.At = now
	}
	return o.take(ctx, inbox, e)
}

// read checks the signature over the bytes as they came; app and timestamp stand in them.
func (o *OA) read(given [32]byte, body []byte) (e Event, signed bool, err error) {
	app, timestamp, ok := signedFields(body)
	if !ok || app != o.cfg.Account.AppID || !o.cfg.Account.signed(given, body, timestamp) {
		return Event{}, false, nil
	}
	e, err = ParseEvent(body)
	if err == nil && e.Account != "" && e.Account != o.cfg.Account.OAID {
		err = ErrEvent // another account of the same app
	}
	return e, true, err
}

// take does what an event calls for. Everything here may happen twice. That a person wrote,
// which opens their window, is kept with what they wrote.
func (o *OA) take(ctx context.Context, inbox channels.Inbox, e Event) error {
	switch e.Kind {
	case Received, Seen:
		return o.receipt(ctx, e)
	case Follow, Unfollow:
		err := o.cfg.Ledger.Change(ctx, o.cfg.Person(e.User), o.cfg.Now(), func(s *window.State) bool {
			if e.Kind == Follow {
				s.Return(e.At)
				return true
			}
			return s.Leave(e.At)
		})
		if err != nil {
			return err
		}
	}
	fresh, err := inbox.Accept(ctx, incoming(e))
	switch {
	case err != nil:
		return err
	case fresh:
		o.counts.accepted.Add(1)
	default:
		o.counts.repeated.Add(1)
	}
	return nil
}

// incoming is an event as the conversation knows it.
func incoming(e Event) channels.Incoming {
	in := channels.Incoming{Channel: Name, Chat: e.User, MessageID: e.ID(), ReceivedAt: e.At}
	switch e.Kind {
	case Follow:
		in.Kind = channels.Started
	case Unfollow:
		in.Kind = channels.Left
	case Words:
		in.Kind, in.Text = channels.Words, e.Text
		if action, pressed := cutAction(e.Text); pressed {
			in.Kind, in.Text, in.Action = channels.Pressed, "", action
		}
		if in.Text == "" && in.Action == "" {
			in.Kind = channels.OtherFor
		}
	case Other:
		in.Kind = channels.OtherFor
	case Received, Seen, Ours, Ignored:
		in.Kind = channels.Silent
	}
	return in
}

// receipt moves notices on. Receipts of templates hold our key; those of the chat the
// number Zalo gave the message.
func (o *OA) receipt(ctx context.Context, e Event) error {
	keys := []string{e.Tracking}
	if e.Tracking == "" {
		keys = keys[:0]
		for _, id := range e.MessageIDs {
			key, err := o.cfg.Ledger.Key(ctx, id)
			if err != nil {
				return err
			}
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		if key == "" {
			continue
		}
		if err := o.cfg.Ledger.Arrived(ctx, key, e.At, e.Kind == Seen); err != nil {
			return err
		}
	}
	o.counts.accepted.Add(1)
	return nil
}
