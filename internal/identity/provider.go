package identity

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/motcua/motcua/channels/portal/page"
)

// askWithin bounds what the provider is asked while somebody waits.
const askWithin = 10 * time.Second

// Provider is who vouches for people. Its address is looked up when somebody first signs
// in, and again until that has worked: the service starts without it.
type Provider struct {
	Issuer, ClientID, ClientSecret string
	// Redirect is the address of ReturnPath as the provider knows it.
	Redirect string
	Scopes   []string
	Claims   Claims
	// Key makes pseudonyms: see Pseudonym.
	Key []byte
	// HTTP talks to the provider; nil is a client of its own.
	HTTP *http.Client
	// Local, when set, turns the provider's address for people into one of this site; for
	// the sample provider, which lives inside it.
	Local func(address string) string

	mu    sync.Mutex
	known *oidc.Provider
}

// found is the provider with its addresses and keys.
func (p *Provider) found(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil {
		return p.known, nil
	}
	// The keys are fetched again later with this context: it must outlive the request.
	known, err := oidc.NewProvider(p.client(context.WithoutCancel(ctx)), p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("identity: provider: %w", err)
	}
	p.known = known
	return known, nil
}

func (p *Provider) client(ctx context.Context) context.Context {
	c := p.HTTP
	if c == nil {
		c = &http.Client{Timeout: askWithin}
	}
	return oidc.ClientContext(ctx, c)
}

func (p *Provider) oauth(known *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: known.Endpoint(), RedirectURL: p.Redirect,
		Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...),
	}
}

// begin is where to send somebody who wants to sign in.
func (p *Provider) begin(ctx context.Context, a attempt) (string, error) {
	known, err := p.found(ctx)
	if err != nil {
		return "", err
	}
	to := p.oauth(known).AuthCodeURL(a.State, oauth2.S256ChallengeOption(a.Verifier), oidc.Nonce(a.Nonce))
	if p.Local != nil {
		to = p.Local(to)
	}
	return to, nil
}

// errForged is an answer of the provider that does not belong to the question.
var errForged = errors.New("identity: the answer does not belong to this sign-in")

// finish trades the code for who it is.
func (p *Provider) finish(ctx context.Context, a attempt, code string) (page.Viewer, error) {
	known, err := p.found(ctx)
	if err != nil {
		return page.Viewer{}, err
	}
	ctx, cancel := context.WithTimeout(p.client(ctx), askWithin)
	defer cancel()
	token, err := p.oauth(known).Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return page.Viewer{}, fmt.Errorf("identity: code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := known.VerifierContext(p.client(context.WithoutCancel(ctx)), &oidc.Config{ClientID: p.ClientID}).Verify(ctx, raw)
	if err != nil {
		return page.Viewer{}, fmt.Errorf("identity: token: %w", err)
	}
	if id.Nonce != a.Nonce || id.Subject == "" {
		return page.Viewer{}, errForged
	}
	said := map[string]any{}
	if err := id.Claims(&said); err != nil {
		return page.Viewer{}, fmt.Errorf("identity: claims: %w", err)
	}
	v := p.Claims.viewer(said)
	v.Person = Pseudonym(p.Key, id.Issuer, id.Subject)
	return v, nil
}
