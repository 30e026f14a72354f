package zalo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/sqlite"
)

const (
	appID     = "1234567890123456789"
	appSecret = "bi-mat-ung-dung-Zx81"
	oaID      = "4318657068771012646"
	oaSecret  = "bi-mat-webhook-Qw72"
	setup     = "ma-cai-dat-cua-nguoi-van-hanh"
	portal    = "https://cong.thu.vn"
	lan       = "2512523625412515"
)

// morning is a Monday at nine in Vietnam.
var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, civil.Zone)

// clock moves only when somebody waits or a test says so.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.add(d)
	return ctx.Err()
}

// bench is one account over a real store with a fake Zalo behind it.
type bench struct {
	t     *testing.T
	clock *clock
	fake  *channeltest.Zalo
	db    *sqlite.DB
	box   *secret.Box
	kept  *sqlite.Zalo
	inbox *sqlite.Inbox
	oa    *zalo.OA
	log   *bytes.Buffer
	left  []string
	cfg   zalo.Config
}

func newBench(t *testing.T, change func(*zalo.Config)) *bench {
	t.Helper()
	b := &bench{t: t, clock: &clock{now: morning}, log: &bytes.Buffer{}}
	b.fake = channeltest.NewZalo(appID, appSecret, oaID, oaSecret)
	b.fake.Now, b.fake.Back = b.clock.Now, portal+zalo.DoorBackPath
	var err error
	if b.db, err = sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kho.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.db.Close(); err != nil {
			t.Error(err)
		}
	})
	keys, err := secret.OpenKeys(filepath.Join(t.TempDir(), "khoa"))
	if err != nil {
		t.Fatal(err)
	}
	b.box, b.kept = secret.NewBox(keys), b.db.Zalo()
	if b.inbox, err = b.db.Inbox(b.box, bytes.Repeat([]byte{7}, 32)); err != nil {
		t.Fatal(err)
	}
	b.cfg = zalo.Config{
		Account:   zalo.Account{AppID: appID, AppSecret: appSecret, OAID: oaID, OASecret: oaSecret},
		Endpoints: zalo.Endpoints{OAuth: "https://oauth.thu", Open: "https://open.thu", Business: "https://business.thu"},
		Vault:     b.kept, Ledger: b.kept, Sealer: b.box, Person: func(user string) []byte { return b.inbox.KeyOf(zalo.Name, user) }, Charged: true,
		HTTP: &http.Client{Transport: b.fake, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		Now:  b.clock.Now, Sleep: b.clock.sleep, Log: slog.New(slog.NewTextHandler(&locked{b: b.log}, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Left: func(_ context.Context, user string, _ time.Time) error { b.left = append(b.left, user); return nil },
	}
	if change != nil {
		change(&b.cfg)
	}
	b.oa = b.another()
	t.Cleanup(b.clean)
	return b
}

type locked struct {
	mu sync.Mutex
	b  *bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// another is one more process on the same store.
func (b *bench) another() *zalo.OA {
	b.t.Helper()
	oa, err := zalo.New(b.cfg)
	if err != nil {
		b.t.Fatal(err)
	}
	return oa
}

// clean checks what every test must leave behind.
func (b *bench) clean() {
	if broken := b.fake.Violations(); len(broken) > 0 {
		b.t.Errorf("protocol broken: %q", broken)
	}
	b.holdsNoSecret("log", b.log.String())
}

func (b *bench) holdsNoSecret(where, words string) {
	b.t.Helper()
	for _, s := range []string{appSecret, oaSecret, setup, lan, "A-", "R-", "84912"} {
		if strings.Contains(words, s) {
			b.t.Errorf("%s holds %q: %s", where, s, words)
		}
	}
}

// browser keeps one cookie, as the operator's does.
type browser struct {
	h      http.Handler
	cookie *http.Cookie
}

func (w *browser) get(method, target string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if w.cookie != nil {
		r.AddCookie(w.cookie)
	}
	rec := httptest.NewRecorder()
	w.h.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		w.cookie = c
	}
	return rec
}

// consent is Zalo's page: it brings the operator back.
func (b *bench) consent(address string) string {
	b.t.Helper()
	resp, err := b.cfg.HTTP.Get(address) //nolint:noctx // a fake without a network
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.Header.Get("Location")
}

// authorise goes the operator's whole way.
func (b *bench) authorise() *bench {
	b.t.Helper()
	w := &browser{h: b.oa.Door(portal, setup)}
	first := w.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {setup}})
	if first.Code != http.StatusSeeOther {
		b.t.Fatalf("started with status %d: %s", first.Code, first.Body)
	}
	if last := w.get(http.MethodGet, b.consent(first.Header().Get("Location")), nil); last.Code != http.StatusOK || !strings.Contains(last.Body.String(), "Đã nối") {
		b.t.Fatalf("came back with status %d: %s", last.Code, last.Body)
	}
	return b
}

// take posts to the webhook.
func (b *bench) take(p channeltest.ZaloPost) int {
	b.t.Helper()
	return take(b.t, b.oa.Webhook(b.inbox), p)
}

func take(t *testing.T, h http.Handler, p channeltest.ZaloPost) int {
	t.Helper()
	r, err := p.Request(t.Context(), "https://cong.thu.vn/webhook/zalo")
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

// waiting claims all that is stored of messages.
func (b *bench) waiting() []channels.Claimed {
	b.t.Helper()
	var out []channels.Claimed
	for {
		list, err := b.inbox.Claim(b.t.Context(), zalo.Name, b.clock.Now(), 100, time.Minute)
		if err != nil {
			b.t.Fatal(err)
		}
		if len(list) == 0 {
			return out
		}
		for _, c := range list {
			if err := b.inbox.Settle(b.t.Context(), c, nil, b.clock.Now()); err != nil {
				b.t.Fatal(err)
			}
		}
		out = append(out, list...)
	}
}

func timestampOf(t *testing.T, body []byte) string {
	t.Helper()
	var e struct{ Timestamp string }
	if err := json.Unmarshal(body, &e); err != nil {
		t.Fatal(err)
	}
	return e.Timestamp
}

// stored is everything in the files of the store, checkpointed or not.
func (b *bench) stored() []byte {
	b.t.Helper()
	var all []byte
	for _, name := range []string{b.db.Path(), b.db.Path() + "-wal"} {
		raw, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			b.t.Fatal(err)
		}
		all = append(all, raw...)
	}
	return all
}
