package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"

	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/zalo"
)

// The made-up account of the sample, and its approved templates.
const (
	sampleZaloApp = "100000000000000001"
	sampleZaloOA  = "400000000000000001"
	// sampleVerifier is a PKCE verifier of the length Zalo wants; nothing is behind it.
	sampleVerifier = "mot-cua-sample-verifier-mot-cua-sample-veri"
)

// sampleZaloServer puts the fake in place of Zalo, unless a real account is named.
func (a *App) sampleZaloServer(cfg *zalo.Config) {
	if !a.sample || a.cfg.Zalo() {
		return
	}
	const secret, other = "sample app secret", "sample account secret" // of nothing real
	fake := channeltest.NewZalo(sampleZaloApp, secret, sampleZaloOA, other)
	fake.Now, fake.Back = a.now, a.cfg.BaseURL()+zalo.DoorBackPath
	cfg.Account = zalo.Account{AppID: sampleZaloApp, AppSecret: secret, OAID: sampleZaloOA, OASecret: other}
	overFake(cfg, fake)
	cfg.Templates = map[string]string{"viec-moi": "278102", "nhieu-viec": "278103"}
	fake.Approve("278102", map[string]int{"ma_tin": 30})
	fake.Approve("278103", map[string]int{"ma_tin": 30, "so_viec": 20})
	a.sampleZalo = fake
}

// overFake gives an account the fake for a network.
func overFake(cfg *zalo.Config, fake *channeltest.Zalo) {
	cfg.Endpoints = zalo.Endpoints{OAuth: "http://zalo.sample", Open: "http://zalo.sample", Business: "http://zalo.sample"}
	cfg.HTTP = &http.Client{Transport: fake}
}

func sampleChallenge() string {
	sum := sha256.Sum256([]byte(sampleVerifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// runSampleZalo lets the fake account in, posts what its people do to the webhook, and
// keeps the channel going.
func (a *App) runSampleZalo(ctx context.Context, oa *zalo.OA, hook http.Handler) {
	code := a.sampleZalo.Grant(sampleChallenge())
	if err := oa.Authorise(ctx, code, sampleVerifier); err != nil {
		a.log.ErrorContext(ctx, "app: sample zalo", "error", err)
		return
	}
	go a.sampleZalo.Post(ctx, &http.Client{Transport: straight{hook}}, "http://portal.sample"+zalo.WebhookPath)
	oa.Run(ctx)
}

// straight hands requests to a handler without a network.
type straight struct{ h http.Handler }

func (s straight) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	return w.Result(), r.Context().Err()
}
