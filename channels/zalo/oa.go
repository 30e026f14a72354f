package zalo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
)

// Name of the channel, as in consents and the outbox.
const Name = "zalo"

// Config is what an Official Account needs; zero fields take the defaults named.
type Config struct {
	Account   Account
	Endpoints Endpoints // default Real()
	Vault     Vault
	Sealer    Sealer
	Ledger    Ledger
	// Person names a person in the ledger, as the inbox names their chat.
	Person func(user string) []byte
	Rules  window.Rules // default window.Published()
	// PerMinute is how many requests are made a minute. Default 540: nine a second, a tenth
	// under the figure that goes about and that Zalo has not published.
	PerMinute int
	// Charged: consultation messages may be sent where Zalo charges for them.
	Charged bool
	// Templates are the numbers of approved templates by our name of the template.
	Templates map[string]string
	Errors    *Table // default Errors("")
	// Left is told that a person wants no more of us, by their number.
	Left  func(ctx context.Context, user string, at time.Time) error
	HTTP  *http.Client                               // default with 15 s of patience
	Now   func() time.Time                           // default time.Now
	Sleep func(context.Context, time.Duration) error // default waits
	Log   *slog.Logger                               // default discards
}

// OA is one Official Account: the adapter of the conversation, the sender of notices, the
// webhook and the page that authorises.
type OA struct {
	cfg       Config
	tokens    *Tokens
	client    *Client
	templates *Catalogue
	counts    counts
}

// New checks the configuration.
func New(cfg Config) (*OA, error) {
	if err := cfg.defaults(); err != nil {
		return nil, err
	}
	catalogue, err := OpenCatalogue()
	if err != nil {
		return nil, err
	}
	for name := range cfg.Templates {
		if !catalogue.Has(name) {
			return nil, fmt.Errorf("zalo: không có mẫu tin nào tên %q", name)
		}
	}
	tokens := &Tokens{
		safe: safe{cfg.Vault, cfg.Sealer}, account: cfg.Account, base: cfg.Endpoints.OAuth, http: cfg.HTTP, table: cfg.Errors,
		now: cfg.Now, sleep: cfg.Sleep, holder: rand.Text(), log: cfg.Log,
	}
	client := &Client{
		ends: cfg.Endpoints, tokens: tokens, table: cfg.Errors, pace: NewPace(cfg.PerMinute, cfg.Now, cfg.Sleep),
		http: cfg.HTTP, now: cfg.Now, log: cfg.Log, ledger: cfg.Ledger,
	}
	return &OA{cfg: cfg, tokens: tokens, client: client, templates: catalogue}, nil
}

func (c *Config) defaults() error {
	a := c.Account
	if a.AppID == "" || a.AppSecret == "" || a.OAID == "" || a.OASecret == "" {
		return errors.New("zalo: thiếu app id, khóa ứng dụng, OA id hoặc khóa webhook của OA")
	}
	if c.Vault == nil || c.Sealer == nil || c.Ledger == nil || c.Person == nil {
		return errors.New("zalo: thiếu nơi lưu, khóa mã hóa hoặc cách đặt tên người dùng")
	}
	if c.Endpoints == (Endpoints{}) {
		c.Endpoints = Real()
	}
	if c.Rules == (window.Rules{}) {
		c.Rules = window.Published()
	}
	if c.PerMinute <= 0 {
		c.PerMinute = 540
	}
	if c.Errors == nil {
		var err error
		if c.Errors, err = Errors(""); err != nil {
			return err
		}
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: 15 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Sleep == nil {
		c.Sleep = wait
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Left == nil {
		c.Left = func(context.Context, string, time.Time) error { return nil }
	}
	return nil
}

// Run renews tokens at their time and forgets what is old, until ctx ends.
func (o *OA) Run(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			if err := o.cfg.Ledger.Sweep(ctx, o.cfg.Now().Add(-remembered)); err != nil && ctx.Err() == nil {
				o.cfg.Log.Warn("zalo: sweep", "error", err)
			}
			if o.cfg.Sleep(ctx, 6*time.Hour) != nil {
				return
			}
		}
	}()
	o.tokens.Run(ctx)
	<-done
}

// remembered is how long windows, numbers of messages and alarms are kept: the longest any
// of them matters is the 30 days of somebody who cannot be reached.
const remembered = 45 * 24 * time.Hour

// Standing tells how the account's authorisation stands.
func (o *OA) Standing(ctx context.Context) (Standing, error) { return o.tokens.Standing(ctx) }

// Authorise trades the code that Zalo brought back for tokens and stores them.
func (o *OA) Authorise(ctx context.Context, code, verifier string) error {
	return o.tokens.First(ctx, code, verifier)
}
