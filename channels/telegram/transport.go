package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/channels"
)

// maxAnswer is the largest answer of the server that is read.
const maxAnswer = 4 << 20

// transport stands between library and network: it bounds answers, turns pages of proxies
// into an error of their own, tells whether a request was sent at all, and stores polled
// updates before the library moves on.
type transport struct{ a *Adapter }

// statusError is an answer that is not the Bot API's.
type statusError struct{ status int }

func (e *statusError) Error() string { return fmt.Sprintf("HTTP %d", e.status) }

// unsentError is a request that never left.
type unsentError struct{ err error }

func (e *unsentError) Error() string { return e.err.Error() }
func (e *unsentError) Unwrap() error { return e.err }

// Do sends a request.
func (t *transport) Do(r *http.Request) (*http.Response, error) {
	var wrote atomic.Bool
	ctx := httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	resp, err := t.a.o.Transport.RoundTrip(r.WithContext(ctx))
	if err != nil {
		var dial *net.OpError
		if !wrote.Load() || errors.As(err, &dial) && dial.Op == "dial" {
			return nil, &unsentError{bare(err)}
		}
		return nil, bare(err)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if closed := resp.Body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, bare(err)
	}
	if !json.Valid(body) || body[0] != '{' {
		return nil, &statusError{resp.StatusCode}
	}
	if strings.HasSuffix(r.URL.Path, "/getUpdates") {
		if body, err = t.a.keepUpdates(r.Context(), body); err != nil {
			return nil, err
		}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// bare drops the address, which holds the token, from an error of net/http.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// keepUpdates stores polled updates and gives the library their numbers alone: it then
// asks for the next ones, which tells the server that these have arrived. Where storing
// fails the poll fails, and the server gives them again.
func (a *Adapter) keepUpdates(ctx context.Context, body []byte) ([]byte, error) {
	var polled struct {
		OK     bool              `json:"ok"`
		Result []json.RawMessage `json:"result"`
	}
	if json.Unmarshal(body, &polled) != nil || !polled.OK {
		return body, nil //nolint:nilerr // an error of the server: the library reads it
	}
	type number struct {
		ID int64 `json:"update_id"`
	}
	numbers := make([]number, 0, len(polled.Result))
	var list []channels.Incoming
	for _, raw := range polled.Result {
		var n number
		if err := json.Unmarshal(raw, &n); err != nil {
			return nil, errors.New("telegram: cập nhật không có số")
		}
		numbers = append(numbers, n)
		if in, ok := readUpdate(raw, a.o.Now()); ok {
			list = append(list, in)
		}
	}
	if err := a.acceptAll(ctx, list); err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"ok": true, "result": numbers})
}

// acceptAll stores updates at once, in the order of their numbers.
func (a *Adapter) acceptAll(ctx context.Context, list []channels.Incoming) error {
	for _, in := range list {
		if _, err := a.o.Inbox.Accept(ctx, in); err != nil {
			return fmt.Errorf("telegram: không lưu được tin đến: %w", err)
		}
	}
	return nil
}

// clean takes the token out of any words that might hold it.
func (a *Adapter) clean(err error) error {
	if err == nil || !strings.Contains(err.Error(), a.o.Token) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), a.o.Token, "…"))
}

// withinAnswer bounds calls that are only a courtesy.
const withinAnswer = 3 * time.Second
