package zalo_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// exerciseStore remembers the database, which the account needs as well.
type exerciseStore struct {
	db   *sqlite.DB
	keys *secret.Keys
}

func (e *exerciseStore) open(t channeltest.TB) channeltest.Store {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kho.db"))
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("%v", err)
		}
	})
	keys, err := secret.OpenKeys(filepath.Join(t.TempDir(), "khoa"))
	if err != nil {
		t.Fatalf("%v", err)
	}
	e.db, e.keys = db, keys
	box, err := db.Inbox(secret.NewBox(keys), bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return channeltest.Store{Inbox: box, Links: box, Handovers: box, People: db.People(), Leave: func(ctx context.Context, p lifeevents.PersonID, _ time.Time) ([]lifeevents.Consent, error) {
		return db.People().Ledger(ctx, p)
	}}
}

// people drives the fake by bodies alone; the signature follows from them.
type people struct{ *channeltest.Zalo }

func (p people) Say(chat, text string) []byte         { return p.Type(chat, text).Body }
func (p people) Push(chat, action string) []byte      { return p.Press(chat, "#mc:"+action).Body }
func (p people) Leave(chat string) []byte             { return p.Unfollow(chat).Body }
func (p people) Seen(chat string) []channeltest.Shown { return p.Shown(chat) }
func (p people) Suffer(faults ...channeltest.Fault)   { p.Fail("/v3.0/oa/message/cs", faults...) }
func (p people) Broken() []string                     { return p.Violations() }

func (e *exerciseStore) start(t channeltest.TB, inbox channels.Inbox, links channels.Links, log *slog.Logger) channeltest.Running {
	fake := channeltest.NewZalo(appID, appSecret, oaID, oaSecret)
	fake.Back, fake.PerMinute = portal+zalo.DoorBackPath, 1<<30
	kept := e.db.Zalo()
	client := &http.Client{Transport: fake, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	oa, err := zalo.New(zalo.Config{
		Account:   zalo.Account{AppID: appID, AppSecret: appSecret, OAID: oaID, OASecret: oaSecret},
		Endpoints: zalo.Endpoints{OAuth: "https://oauth.thu", Open: "https://open.thu", Business: "https://business.thu"},
		Vault:     kept, Ledger: kept, Sealer: secret.NewBox(e.keys), Person: func(user string) []byte { return inbox.(*sqlite.Inbox).KeyOf(zalo.Name, user) }, Charged: true, HTTP: client, PerMinute: 1 << 30, Log: log,
		Left: func(ctx context.Context, user string, at time.Time) error {
			return links.Left(ctx, zalo.Name, user, at, "thử")
		},
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	w := &browser{h: oa.Door(portal, setup)}
	first := w.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {setup}})
	resp, err := client.Get(first.Header().Get("Location")) //nolint:noctx // a fake without a network
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer resp.Body.Close()
	if last := w.get(http.MethodGet, resp.Header.Get("Location"), nil); last.Code != http.StatusOK {
		t.Fatalf("status %d", last.Code)
	}
	hook := oa.Webhook(inbox)
	return channeltest.Running{
		Adapter: oa, Sender: oa, Platform: people{fake},
		Take: func(body []byte) int {
			_, rest, _ := bytes.Cut(body, []byte(`"timestamp":"`))
			at, _, _ := bytes.Cut(rest, []byte(`"`))
			r := httptest.NewRequest(http.MethodPost, "/webhook/zalo", bytes.NewReader(body))
			r.Header.Set("X-Zevent-Signature", fake.Sign(body, string(at)))
			rec := httptest.NewRecorder()
			hook.ServeHTTP(rec, r)
			return rec.Code
		},
	}
}

func TestZaloPassesTheExercise(t *testing.T) {
	number := func(body string) channeltest.Fault { return channeltest.Fault{Status: 200, Body: body} }
	for _, c := range channeltest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			e := &exerciseStore{}
			c.Check(t, channeltest.Subject{
				Channel: zalo.Name, Chats: [3]string{"2512523625412501", "2512523625412502", "2512523625412503"}, Store: e.open, Start: e.start,
				Secrets: []string{appSecret, oaSecret, setup},
				Retries: []channeltest.RetryCase{
					{Name: "blocked", Fault: number(`{"error":-217}`), Reason: delivery.Blocked, Permanent: true},
					{Name: "no such person", Fault: number(`{"error":-201}`), Reason: delivery.BadAddress, Permanent: true},
					{Name: "window shut", Fault: number(`{"error":-230}`), Reason: delivery.WindowClosed, Permanent: true},
					{Name: "account locked", Fault: number(`{"error":-204}`), Reason: delivery.Refused, Down: true},
					{Name: "too many", Fault: channeltest.Fault{Status: 429, RetryAfter: 2}, Reason: delivery.RateLimit, RetryAfter: 2 * time.Second},
					{Name: "generic", Fault: number(`{"error":-200}`), Reason: delivery.Temporary},
					{Name: "unknown number", Fault: number(`{"error":-98765}`), Reason: delivery.Temporary},
					{Name: "server error", Fault: channeltest.Fault{Status: 500}, Reason: delivery.Temporary, Down: true},
					{Name: "page of a proxy", Fault: channeltest.Fault{Status: 502, Body: "<html>" + appSecret + "</html>"}, Reason: delivery.Temporary, Down: true},
					{Name: "gateway timeout", Fault: channeltest.Fault{Status: 504}, Reason: delivery.TimedOut, Ambiguous: true, Down: true},
					{Name: "taken, unreadable", Fault: number(`<html>`), Reason: delivery.TimedOut, Ambiguous: true},
					{Name: "lost answer", Fault: channeltest.Fault{Lose: true}, Reason: delivery.TimedOut, Ambiguous: true},
				},
			})
		})
	}
}
