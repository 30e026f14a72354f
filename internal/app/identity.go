package app

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/identity"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
)

// pseudonymFile holds the one key of pseudonyms and of the record of acts. Unlike the
// sealing keys it is never changed: see identity.PseudonymUse.
const pseudonymFile = "pseudonyms.keys"

// chatsKeyFile holds the key that makes the names of chats; never changed either.
const chatsKeyFile = "chats.key"

// keyPath is where a key file of the data folder stands.
func (a *App) keyPath(name string) string { return filepath.Join(a.cfg.Data, name) }

// sessionsKept is how long a session that has run out is remembered: a form sent in it can
// then be given back to its owner and to nobody else.
const sessionsKept = 24 * time.Hour

// sessions keeps who is signed in.
type sessions interface {
	identity.Sessions
	Sweep(ctx context.Context, before time.Time) error
}

// recordOfActs is what officials did.
type recordOfActs interface {
	page.Audit
	Verify(ctx context.Context) (rows int64, head string, err error)
	Entries(ctx context.Context, actor string, before int64, limit int) ([]store.AuditRow, error)
}

// pseudonymKeys opens that file, making it on the first start.
func (a *App) pseudonymKeys() (*secret.Keys, error) {
	return secret.OpenKeys(a.keyPath(pseudonymFile))
}

// openSite makes what all pages share. It is called before the areas are built.
func (a *App) openSite() error {
	keys, err := a.pseudonymKeys()
	if err != nil {
		return err
	}
	forForms, err := keys.Derive("forms")
	if err != nil {
		return err
	}
	forAudit, err := keys.Derive("audit")
	if err != nil {
		return err
	}
	a.audit = a.store.Audit(forAudit)
	a.site = &page.Site{
		Log: a.log, Now: a.now, Key: forForms, SignIn: a.cfg.OIDCIssuer != "" || a.sample, Sample: a.sample, Menu: menu, Audit: a.audit,
	}
	return nil
}

// door is the way to sign in; nil when there is none.
func (a *App) door() (*identity.Door, []page.Area, error) {
	if !a.site.SignIn {
		return nil, nil, nil
	}
	keys, err := a.pseudonymKeys()
	if err != nil {
		return nil, nil, err
	}
	key, err := keys.Derive(identity.PseudonymUse)
	if err != nil {
		return nil, nil, err
	}
	d := &identity.Door{
		Site: a.site, Sessions: a.store.Sessions(a.life.Box), Sealer: a.life.Box, Name: a.cfg.OIDCName,
		Idle: time.Duration(a.cfg.SessionIdle), Life: time.Duration(a.cfg.SessionLife),
	}
	if a.sample {
		s, err := identity.NewSample(a.site)
		if err != nil {
			return nil, nil, err
		}
		d.Provider, d.Name = s.Provider(key), "tài khoản mẫu"
		return d, []page.Area{d, s}, nil
	}
	d.Provider = a.provider(key)
	return d, []page.Area{d}, nil
}

// provider is the identity provider of the settings.
func (a *App) provider(key []byte) *identity.Provider {
	names := strings.Fields(a.cfg.OIDCClaims) // four, as the settings were checked
	return &identity.Provider{
		Issuer: a.cfg.OIDCIssuer, ClientID: a.cfg.OIDCClient, ClientSecret: string(a.cfg.OIDCSecret), Key: key,
		Redirect: a.cfg.BaseURL() + identity.ReturnPath, Scopes: strings.Fields(a.cfg.OIDCScopes),
		Claims: identity.Claims{Roles: names[0], Unit: names[1], Level: names[2], Name: names[3], Verified: strings.Fields(a.cfg.OIDCVerified)},
	}
}
