package fetch

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"
)

// robots keeps a host's robots.txt for a day.
type robots struct {
	mu    sync.Mutex
	rules *robotstxt.RobotsData
	asked time.Time
}

const (
	robotsFor   = 24 * time.Hour
	robotsBytes = 512 << 10
	longestWait = time.Minute
)

// allow reports whether the host lets us read the address. A host without robots.txt
// allows everything; one whose robots.txt fails with a server error allows nothing, as
// the standard for crawlers (RFC 9309) asks.
func (r *robots) allow(ctx context.Context, c *Client, h *host, target *url.URL) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := c.opt.Now(); r.asked.IsZero() || now.Sub(r.asked) > robotsFor {
		if err := r.load(ctx, c, h, target); err != nil {
			return err
		}
		r.asked = now
	}
	if r.rules != nil && !r.rules.TestAgent(target.RequestURI(), agent) {
		return &Error{Code: Robots, Sentence: "máy chủ không cho chương trình tự động đọc trang này (robots.txt)"}
	}
	return nil
}

func (r *robots) load(ctx context.Context, c *Client, h *host, target *url.URL) error {
	status, text, err := c.robotsText(ctx, h, &url.URL{Scheme: target.Scheme, Host: target.Host, Path: "/robots.txt"})
	if err != nil {
		return err
	}
	rules, err := robotstxt.FromStatusAndBytes(status, text)
	if err != nil {
		// Nobody can obey what nobody can read; be careful and stay away.
		return &Error{Code: Robots, Sentence: "không đọc được robots.txt của máy chủ", Err: err}
	}
	r.rules = rules
	if wait := min(rules.FindGroup(agent).CrawlDelay, longestWait); wait > c.opt.Pause {
		h.pace.SetLimit(rate.Every(wait))
	}
	return nil
}

// robotsText follows redirects within the limit; nothing but the text counts.
func (c *Client) robotsText(ctx context.Context, h *host, at *url.URL) (int, []byte, error) {
	for range c.opt.MaxRedirects + 1 {
		if err := h.pace.Wait(ctx); err != nil {
			return 0, nil, err
		}
		req, err := c.request(ctx, at.String())
		if err != nil {
			return 0, nil, err
		}
		res, err := c.http.Do(req)
		if err != nil {
			return 0, nil, err
		}
		next, err := redirect(res, at)
		if err != nil {
			return 0, nil, err
		}
		if next == nil {
			defer res.Body.Close()
			text, err := io.ReadAll(io.LimitReader(res.Body, robotsBytes))
			return res.StatusCode, text, err
		}
		at = next
	}
	return http.StatusNotFound, nil, nil // a robots.txt that only leads on is none
}
