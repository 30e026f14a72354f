package zalo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
)

// Client makes requests of the Official Account: at its pace, with a token that works, and
// reads what comes back by the table.
type Client struct {
	ends   Endpoints
	tokens *Tokens
	table  *Table
	pace   *Pace
	http   *http.Client
	now    func() time.Time
	log    *slog.Logger
	ledger Ledger
}

// answer is what Zalo says to a message; HTTP is 200 also where it refuses.
type answer struct {
	Error   int    `json:"error"`
	Message string `json:"message"`
	Data    struct {
		MessageID text `json:"message_id"` // of a consultation message
		MsgID     text `json:"msg_id"`     // of a template
		Quota     *struct {
			Daily     text `json:"dailyQuota"`
			Remaining text `json:"remainingQuota"`
		} `json:"quota"`
	} `json:"data"`
}

func (a *answer) id() string {
	if a.Data.MessageID != "" {
		return string(a.Data.MessageID)
	}
	return string(a.Data.MsgID)
}

// post makes one request, and once more where the token was the trouble. A refusal is a
// *Fault. id is the number Zalo gave the message.
func (c *Client) post(ctx context.Context, api API, url string, body any) (id string, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return "", fault(ClassContent, false, "nội dung không ghi được thành JSON")
	}
	token, err := c.token(ctx, "")
	if err != nil {
		return "", err
	}
	id, err = c.once(ctx, api, url, token, raw)
	if f, ok := asFault(err); ok && f.Class == ClassToken && !f.Doubt {
		if token, err = c.token(ctx, token); err != nil {
			return "", err
		}
		id, err = c.once(ctx, api, url, token, raw)
	}
	c.heed(ctx, err)
	return id, err
}

// token fetches one, other than bad.
func (c *Client) token(ctx context.Context, bad string) (string, error) {
	var token string
	var err error
	if bad == "" {
		token, err = c.tokens.Access(ctx)
	} else {
		token, err = c.tokens.Renew(ctx, bad)
	}
	switch {
	case err == nil:
		return token, nil
	case errors.Is(err, ErrNotAuthorised):
		return "", fault(ClassToken, false, "chưa được Official Account ủy quyền")
	}
	return "", fault(ClassToken, false, "chưa lấy được khóa truy cập")
}

func (c *Client) once(ctx context.Context, api API, url, token string, body []byte) (string, error) {
	if after, err := c.pace.Wait(ctx); err != nil {
		f := fault(ClassRate, false, "đang xếp hàng")
		f.RetryAfter, f.queued = after, true
		return "", f
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return "", fault(ClassContent, false, "địa chỉ gọi không dùng được")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header["access_token"] = []string{token} // as documented, not in canonical form
	r, err := roundTrip(c.http, req)
	if err != nil {
		return "", err
	}
	return c.read(ctx, api, r)
}

// read takes the answer apart.
func (c *Client) read(ctx context.Context, api API, r reply) (string, error) {
	var a answer
	readable := json.Unmarshal(r.body, &a) == nil
	switch {
	case r.status == http.StatusTooManyRequests:
		f := fault(ClassRate, false, "HTTP 429")
		f.RetryAfter = r.after
		return "", f
	case r.status >= 500:
		// A gateway that waited in vain may have lost the answer to what was carried out.
		return "", fault(ClassTemporary, r.status == http.StatusGatewayTimeout, "HTTP %d", r.status).ofServer()
	case !readable:
		return "", fault(ClassTemporary, r.status == http.StatusOK, "câu trả lời không đọc được (HTTP %d)", r.status)
	case a.Error != 0:
		return "", &Fault{Meaning: c.table.Of(api, a.Error)}
	case r.status != http.StatusOK:
		return "", fault(ClassContent, false, "HTTP %d", r.status)
	}
	if q := a.Data.Quota; q != nil {
		c.quota(ctx, string(q.Daily), string(q.Remaining))
	}
	return a.id(), nil
}

func (c *Client) quota(ctx context.Context, daily, remaining string) {
	d, err1 := strconv.Atoi(daily)
	r, err2 := strconv.Atoi(remaining)
	if err1 != nil || err2 != nil {
		return
	}
	if err := c.ledger.SetQuota(context.WithoutCancel(ctx), window.Quota{Daily: d, Remaining: r, At: c.now()}); err != nil {
		c.log.Warn("zalo: quota not kept", "error", err)
	}
}

// heed slows down where Zalo asks for it, and says aloud what somebody must mend.
func (c *Client) heed(ctx context.Context, err error) {
	f, ok := asFault(err)
	if !ok {
		return
	}
	if f.Class == ClassRate && !f.queued {
		if f.RetryAfter == 0 {
			// Limits are by the minute: into the next one, spread out.
			f.RetryAfter = time.Minute + time.Duration(rand.Int64N(int64(10*time.Second)))
		}
		c.pace.Hold(c.now().Add(f.RetryAfter))
	}
	if classes[f.Class].alarm {
		c.log.Error("zalo: somebody must look", "api", f.API, "code", f.Code, "means", f.VI, "do", f.Do, "why", f.cause)
		if f.Code != 0 {
			if err := c.ledger.Alarm(context.WithoutCancel(ctx), string(f.API), f.Code, c.now()); err != nil {
				c.log.Warn("zalo: alarm not kept", "error", err)
			}
		}
	}
}
