package zalo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Times of tokens.
const (
	refreshAt       = 0.8                 // share of an access token's life after which it is renewed
	refreshWorries  = 60 * 24 * time.Hour // age of a refresh token that somebody should hear of
	refreshDies     = 90 * 24 * time.Hour // where Zalo does not say
	refreshWithin   = 20 * time.Second    // one request
	refreshLease    = time.Minute         // longer than that
	refreshPatience = 40 * time.Second    // how long another process is waited for
	refreshRest     = time.Minute
	refreshLook     = 250 * time.Millisecond
)

// pair is what the vault keeps, sealed.
type pair struct {
	Access      string    `json:"access"`
	Refresh     string    `json:"refresh"`
	Got         time.Time `json:"got"`
	Until       time.Time `json:"until"`         // of Access
	RefreshTill time.Time `json:"refresh_until"` // of Refresh
	// Asked is when Refresh was last handed to Zalo; zero: never. Where no answer followed it
	// may be burned.
	Asked time.Time `json:"asked,omitzero"`
	// Burned is when Zalo refused Refresh for good: somebody must authorise anew.
	Burned time.Time `json:"burned,omitzero"`
}

func (p pair) due(now time.Time) bool {
	return !now.Before(p.Got.Add(time.Duration(refreshAt * float64(p.Until.Sub(p.Got)))))
}

// Tokens hands out the access token and renews it. Among all processes on one store exactly
// one renews at a time; the new pair is on disk before anybody uses it.
type Tokens struct {
	safe
	account Account
	base    string
	http    *http.Client
	table   *Table
	now     func() time.Time
	sleep   func(context.Context, time.Duration) error
	holder  string
	log     *slog.Logger

	mu      sync.Mutex // held while renewing
	rest    time.Time  // until when a token that still works is not renewed again, after a failure
	kept    pair
	version int64
	seen    sync.RWMutex // guards kept and version
}

// ErrNotAuthorised is what Access returns until an administrator of the Official Account
// has let this app in, and again once Zalo refuses the refresh token.
var ErrNotAuthorised = errors.New("zalo: Official Account chưa ủy quyền cho ứng dụng này, hoặc phải ủy quyền lại")

// Access is a token fit for use. While an old one still works and its renewal fails, the
// old one is returned.
func (t *Tokens) Access(ctx context.Context) (string, error) {
	p, _, err := t.current(ctx)
	if err != nil {
		return "", err
	}
	now := t.now()
	if p.Access != "" && !p.due(now) {
		return p.Access, nil
	}
	fresh, err := t.renew(ctx, "")
	if err != nil && p.Access != "" && now.Before(p.Until) {
		return p.Access, nil // renew has logged why
	}
	return fresh, err
}

// Renew is asked for by who was told that a token does not work. It returns another one.
func (t *Tokens) Renew(ctx context.Context, bad string) (string, error) { return t.renew(ctx, bad) }

// current is the pair as this process knows it, read once from the vault.
func (t *Tokens) current(ctx context.Context) (pair, int64, error) {
	t.seen.RLock()
	p, v := t.kept, t.version
	t.seen.RUnlock()
	if v > 0 {
		return p, v, nil
	}
	return t.reload(ctx)
}

func (t *Tokens) reload(ctx context.Context) (pair, int64, error) {
	var p pair
	v, err := t.load(ctx, pairName, &p)
	if err == nil && v == 0 {
		return p, 0, ErrNotAuthorised
	}
	if err != nil {
		return p, v, err
	}
	t.keep(p, v)
	return p, v, nil
}

func (t *Tokens) keep(p pair, v int64) {
	t.seen.Lock()
	defer t.seen.Unlock()
	if v >= t.version {
		t.kept, t.version = p, v
	}
}

// renew returns a token other than bad: one that another process got meanwhile, or a new one.
func (t *Tokens) renew(ctx context.Context, bad string) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	// Once asked for, a new pair must be stored, whoever still waits for it.
	keep := context.WithoutCancel(ctx)
	for end := t.now().Add(refreshPatience); ; {
		p, _, err := t.reload(ctx)
		if err != nil {
			return "", err
		}
		if p.Access != bad && !p.due(t.now()) {
			return p.Access, nil
		}
		if !p.Burned.IsZero() {
			return "", ErrNotAuthorised
		}
		works := p.Access != bad && t.now().Before(p.Until)
		if works && t.now().Before(t.rest) {
			return p.Access, nil
		}
		held, err := t.vault.Lease(ctx, refreshRight, t.holder, t.now(), refreshLease)
		if err != nil {
			return "", err
		}
		if held {
			token, err := t.refresh(keep, bad)
			if err != nil {
				t.rest = t.now().Add(refreshRest)
			}
			return token, errors.Join(err, t.vault.Free(keep, refreshRight, t.holder))
		}
		if works {
			return p.Access, nil // another process is at it
		}
		if !t.now().Before(end) {
			return "", errors.New("zalo: một tiến trình khác đang làm mới khóa mà chưa xong")
		}
		if err := t.sleep(ctx, refreshLook); err != nil {
			return "", err
		}
	}
}

// refresh runs under the lease. The pair is read again: whoever held the lease before may
// have renewed it.
func (t *Tokens) refresh(ctx context.Context, bad string) (string, error) {
	p, version, err := t.reload(ctx)
	if err != nil {
		return "", err
	}
	if p.Access != bad && !p.due(t.now()) {
		return p.Access, nil
	}
	doubtful := !p.Asked.IsZero()
	p.Asked = t.now()
	if done, err := t.swap(ctx, pairName, version, p, t.now()); err != nil || !done {
		return "", errors.Join(err, errNotStored(done))
	}
	version++
	fresh, err := t.ask(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {p.Refresh}, "app_id": {t.account.AppID}})
	if f, ok := asFault(err); ok && !f.Doubt && f.Class == ClassToken {
		p.Burned = t.now()
		_, saved := t.swap(ctx, pairName, version, p, t.now())
		t.log.Error("zalo: refresh token refused; the Official Account must authorise again", "after_lost_answer", doubtful, "error", err)
		return "", errors.Join(ErrNotAuthorised, saved)
	}
	if err != nil {
		t.log.Warn("zalo: token not renewed", "error", err)
		return "", err
	}
	done, err := t.swap(ctx, pairName, version, fresh, t.now())
	if err != nil || !done {
		return "", errors.Join(err, errNotStored(done))
	}
	t.keep(fresh, version+1)
	t.log.Info("zalo: token renewed", "until", fresh.Until)
	return fresh.Access, nil
}

func errNotStored(done bool) error {
	if done {
		return nil
	}
	return errors.New("zalo: khóa vừa được thay bởi một lần ủy quyền khác")
}

// First stores the pair of a fresh authorisation.
func (t *Tokens) First(ctx context.Context, code, verifier string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	fresh, err := t.ask(ctx, url.Values{"grant_type": {"authorization_code"}, "code": {code}, "code_verifier": {verifier}, "app_id": {t.account.AppID}})
	if err != nil {
		return err
	}
	keep := context.WithoutCancel(ctx)
	for range 3 { // a renewal of the old pair may come in between once; the new one replaces it
		_, version, err := t.vault.Load(keep, pairName)
		if err != nil {
			return err
		}
		done, err := t.swap(keep, pairName, version, fresh, t.now())
		if err != nil {
			return err
		}
		if done {
			t.keep(fresh, version+1)
			return nil
		}
	}
	return errNotStored(false)
}

// Standing is what a doctor looks at.
type Standing struct {
	Authorised  bool
	Until       time.Time // of the access token
	Renewed     time.Time // the refresh token is as old as that
	RefreshTill time.Time
	Worry       bool // the refresh token ages: nothing has renewed it for long
	Doubtful    bool // an answer to a renewal was lost: the next one may fail
}

// Standing reads the vault.
func (t *Tokens) Standing(ctx context.Context) (Standing, error) {
	p, _, err := t.reload(ctx)
	if errors.Is(err, ErrNotAuthorised) {
		return Standing{}, nil
	}
	if err != nil {
		return Standing{}, err
	}
	now := t.now()
	return Standing{
		Authorised: p.Burned.IsZero() && now.Before(p.RefreshTill), Until: p.Until, Renewed: p.Got, RefreshTill: p.RefreshTill,
		Worry: now.Sub(p.Got) > refreshWorries, Doubtful: !p.Asked.IsZero(),
	}, nil
}

// Run renews the token at its time until ctx ends, and says so once a day while the refresh
// token ages.
func (t *Tokens) Run(ctx context.Context) {
	var told time.Time
	for ctx.Err() == nil {
		_, err := t.Access(ctx)
		if err != nil && ctx.Err() == nil && !errors.Is(err, ErrNotAuthorised) {
			t.log.Warn("zalo: no token", "error", err)
		}
		if s, err := t.Standing(ctx); err == nil && s.Authorised && s.Worry && t.now().Sub(told) > 24*time.Hour {
			told = t.now()
			t.log.Error("zalo: refresh token ages; authorise again before it dies", "renewed", s.Renewed, "dies", s.RefreshTill)
		}
		if t.sleep(ctx, t.nap()) != nil {
			return
		}
	}
}

// nap is until the token is due, an hour at most: machines sleep, and clocks are set.
func (t *Tokens) nap() time.Duration {
	t.seen.RLock()
	defer t.seen.RUnlock()
	if t.version == 0 {
		return time.Minute
	}
	life := t.kept.Until.Sub(t.kept.Got)
	due := t.kept.Got.Add(time.Duration(refreshAt * float64(life)))
	return min(time.Hour, max(due.Sub(t.now()), time.Minute))
}

// AuthoriseURL is Zalo's page where an administrator of the account lets this app in.
func (t *Tokens) AuthoriseURL(back, challenge, state string) string {
	return t.base + pathPermission + "?" + url.Values{
		"app_id": {t.account.AppID}, "redirect_uri": {back}, "code_challenge": {challenge}, "state": {state},
	}.Encode()
}

// fault makes a fault that holds no number.
func fault(class Class, doubt bool, format string, args ...any) *Fault {
	return &Fault{Meaning: Meaning{Class: class}, Doubt: doubt, cause: fmt.Sprintf(format, args...)}
}
