// Package fetch is a polite HTTP client for official sources.
//
// It asks robots.txt first, keeps a pause between requests to one host, asks only for
// what changed, and gives up at limits of size, time and redirects. Addresses inside
// private networks are refused at the moment of connecting, after the name was resolved,
// so that no name and no redirect can lead there. It uses no proxy: one would hide where
// a connection goes.
package fetch

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"

	"golang.org/x/time/rate"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
)

// Options limits the client. A zero field means its default.
type Options struct {
	// UserAgent names us to the server and in robots.txt; default names the project.
	UserAgent string
	MaxBytes  int64 // of one body; default 512 MiB
	// Timeout is for one fetch with all its redirects and the reading of the body;
	// default 10 minutes. HeaderTimeout is for an answer to begin; default 30 seconds.
	Timeout       time.Duration
	HeaderTimeout time.Duration
	// Pause is the least time between two requests to one host; default 1 second. A
	// longer Crawl-delay of the host counts instead, up to a minute.
	Pause        time.Duration
	MaxRedirects int // default 5; -1 for none
	// AllowPrivate lets addresses of private networks and of this machine be fetched.
	AllowPrivate bool
	// Now is the clock for the moment of retrieval; default time.Now.
	Now func() time.Time
}

const agent = "MotCua"

func (o Options) withDefaults() Options {
	if o.UserAgent == "" {
		o.UserAgent = agent + "/1.0 (+https://github.com/motcua/motcua)"
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 512 << 20
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Minute
	}
	if o.HeaderTimeout == 0 {
		o.HeaderTimeout = 30 * time.Second
	}
	if o.Pause == 0 {
		o.Pause = time.Second
	}
	switch {
	case o.MaxRedirects == 0:
		o.MaxRedirects = 5
	case o.MaxRedirects < 0:
		o.MaxRedirects = 0
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Client fetches; safe for several goroutines.
type Client struct {
	opt  Options
	http *http.Client

	mu    sync.Mutex
	hosts map[string]*host
}

// host is what is known of one scheme and host.
type host struct {
	pace   *rate.Limiter
	robots robots
}

var _ ingest.Fetcher = (*Client)(nil)

// New makes a client; it does not touch the network.
func New(o Options) *Client {
	o = o.withDefaults()
	dialer := &net.Dialer{Timeout: 15 * time.Second}
	if !o.AllowPrivate {
		dialer.Control = refusePrivate
	}
	return &Client{
		opt: o, hosts: map[string]*host{},
		http: &http.Client{
			Transport: &http.Transport{
				DialContext: dialer.DialContext, ResponseHeaderTimeout: o.HeaderTimeout, TLSHandshakeTimeout: 15 * time.Second,
				MaxIdleConnsPerHost: 1, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true,
				// The digest is taken from the bytes as the server keeps them.
				DisableCompression: true, MaxResponseHeaderBytes: 1 << 20,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// refusePrivate runs with the address a name was resolved to.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if ip := at.Addr().Unmap(); !public(ip) {
		return &Error{Code: Private, Sentence: "địa chỉ " + ip.String() + " thuộc mạng nội bộ, không được phép tải"}
	}
	return nil
}

// reserved are blocks that are not private by name but lead inside as well, or nowhere.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
}

func public(ip netip.Addr) bool {
	for _, block := range reserved {
		if block.Contains(ip) {
			return false
		}
	}
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !ip.IsLoopback() && !ip.IsLinkLocalUnicast()
}

// Fetch gets an address. Its errors are *Error.
func (c *Client) Fetch(ctx context.Context, address string, before ingest.Validators) (ingest.Fetched, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	out, err := c.follow(ctx, cancel, address, before)
	if err != nil {
		err = explain(ctx, err) // before cancel: afterwards every end looks like ours
		cancel()
		return ingest.Fetched{}, err
	}
	if out.Body == nil {
		cancel()
	}
	return out, nil
}

// follow goes from redirect to redirect; each step asks robots.txt and waits its turn.
func (c *Client) follow(ctx context.Context, cancel func(), address string, before ingest.Validators) (ingest.Fetched, error) {
	target, err := parse(address)
	if err != nil {
		return ingest.Fetched{}, err
	}
	for hop := 0; ; hop++ {
		res, err := c.get(ctx, target, before)
		if err != nil {
			return ingest.Fetched{}, err
		}
		next, err := redirect(res, target)
		if err != nil || next == nil {
			if err != nil {
				return ingest.Fetched{}, err
			}
			return c.accept(ctx, cancel, res, address, target)
		}
		if hop >= c.opt.MaxRedirects {
			return ingest.Fetched{}, &Error{Code: Redirects, Sentence: "chuyển hướng quá nhiều lần"}
		}
		target = next
	}
}

func parse(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, &Error{Code: BadAddress, Sentence: "không phải một địa chỉ http hoặc https", Err: err}
	}
	u.Fragment, u.User = "", nil
	return u, nil
}

// redirect reads where an answer leads; nil for one that is no redirect.
func redirect(res *http.Response, from *url.URL) (*url.URL, error) {
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	res.Body.Close()
	to, err := from.Parse(res.Header.Get("Location"))
	if err != nil {
		return nil, &Error{Code: Redirects, Sentence: "máy chủ chuyển hướng tới một địa chỉ hỏng", Err: err}
	}
	return parse(to.String())
}

// get asks once, after robots.txt and the pause.
func (c *Client) get(ctx context.Context, target *url.URL, before ingest.Validators) (*http.Response, error) {
	h := c.host(target)
	if err := h.robots.allow(ctx, c, h, target); err != nil {
		return nil, err
	}
	if err := h.pace.Wait(ctx); err != nil {
		return nil, err
	}
	req, err := c.request(ctx, target.String())
	if err != nil {
		return nil, err
	}
	if before.ETag != "" {
		req.Header.Set("If-None-Match", before.ETag)
	}
	if before.Modified != "" {
		req.Header.Set("If-Modified-Since", before.Modified)
	}
	return c.http.Do(req)
}

func (c *Client) request(ctx context.Context, address string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, &Error{Code: BadAddress, Sentence: "không phải một địa chỉ http hoặc https", Err: err}
	}
	req.Header.Set("User-Agent", c.opt.UserAgent)
	req.Header.Set("Accept-Language", "vi, en;q=0.5")
	return req, nil
}

func (c *Client) host(u *url.URL) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := u.Scheme + "://" + u.Host
	h := c.hosts[key]
	if h == nil {
		h = &host{pace: rate.NewLimiter(rate.Every(c.opt.Pause), 1)}
		c.hosts[key] = h
	}
	return h
}

// accept turns a final answer into what ingestion reads.
func (c *Client) accept(ctx context.Context, cancel func(), res *http.Response, address string, final *url.URL) (ingest.Fetched, error) {
	out := ingest.Fetched{
		Source:     corpus.Source{URL: address, RetrievedAt: c.opt.Now().UTC().Truncate(time.Second)},
		Validators: ingest.Validators{ETag: res.Header.Get("ETag"), Modified: res.Header.Get("Last-Modified")},
	}
	if res.StatusCode == http.StatusNotModified {
		res.Body.Close()
		out.Unchanged = true
		return out, nil
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		return out, statusError(res.StatusCode)
	}
	if res.ContentLength > c.opt.MaxBytes {
		res.Body.Close()
		return out, tooLarge(c.opt.MaxBytes)
	}
	out.FileName = fileName(res.Header, final)
	out.Source.Name = out.FileName
	out.Body = &body{ctx: ctx, from: res.Body, left: c.opt.MaxBytes, max: c.opt.MaxBytes, cancel: cancel}
	return out, nil
}
