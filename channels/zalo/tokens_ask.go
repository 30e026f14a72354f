package zalo

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// tokenAnswer is what the token server says; numbers of seconds come as strings.
type tokenAnswer struct {
	Access         string `json:"access_token"`
	Refresh        string `json:"refresh_token"`
	ExpiresIn      text   `json:"expires_in"`
	RefreshExpires text   `json:"refresh_token_expires_in"`
	Error          int    `json:"error"`
}

// ask makes one request for a pair. It is not tried again here: a refresh token works once.
func (t *Tokens) ask(ctx context.Context, form url.Values) (pair, error) {
	ctx, cancel := context.WithTimeout(ctx, refreshWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.base+pathToken, strings.NewReader(form.Encode()))
	if err != nil {
		return pair{}, fault(ClassTemporary, false, "địa chỉ máy chủ khóa không dùng được")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header["secret_key"] = []string{t.account.AppSecret} // as documented, not in canonical form
	r, err := roundTrip(t.http, req)
	if err != nil {
		return pair{}, err
	}
	var a tokenAnswer
	if json.Unmarshal(r.body, &a) != nil {
		return pair{}, fault(ClassTemporary, true, "máy chủ khóa trả lời không đọc được (HTTP %d)", r.status)
	}
	if a.Error != 0 {
		return pair{}, &Fault{Meaning: t.table.Of(OAuth, a.Error)}
	}
	if r.status != http.StatusOK || a.Access == "" || a.Refresh == "" {
		return pair{}, fault(ClassTemporary, r.status >= 500, "máy chủ khóa trả HTTP %d không có khóa", r.status)
	}
	now := t.now()
	return pair{
		Access: a.Access, Refresh: a.Refresh, Got: now,
		Until:       now.Add(seconds(a.ExpiresIn, time.Hour)), // an hour where it does not say: too early harms nothing
		RefreshTill: now.Add(seconds(a.RefreshExpires, refreshDies)),
	}, nil
}

func seconds(s text, otherwise time.Duration) time.Duration {
	n, err := strconv.ParseInt(string(s), 10, 64)
	if err != nil || n <= 0 || n > 10*365*24*3600 {
		return otherwise
	}
	return time.Duration(n) * time.Second
}
