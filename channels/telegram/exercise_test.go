package telegram_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/telegram"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

const (
	testToken  = "123456789:AAtestTESTtestTESTtestTESTtestTEST0"
	testSecret = "bi-mat-cua-webhook_0123456789"
)

func store(t channeltest.TB) channeltest.Store {
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
	box, err := db.Inbox(secret.NewBox(keys), bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return channeltest.Store{Inbox: box, Links: box, Handovers: box, People: db.People(), Leave: func(ctx context.Context, p lifeevents.PersonID, _ time.Time) ([]lifeevents.Consent, error) {
		return db.People().Ledger(ctx, p)
	}}
}

// people drives the fake by the platform's numbers as text.
type people struct{ *channeltest.Telegram }

func number(chat string) int64 {
	n, err := strconv.ParseInt(chat, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func (p people) Say(chat, text string) []byte         { return p.Type(number(chat), text) }
func (p people) Push(chat, action string) []byte      { return p.Press(number(chat), action) }
func (p people) Leave(chat string) []byte             { return p.Block(number(chat)) }
func (p people) Seen(chat string) []channeltest.Shown { return p.Shown(number(chat)) }
func (p people) Suffer(faults ...channeltest.Fault)   { p.Fail("sendMessage", faults...) }
func (p people) Broken() []string                     { return p.Violations() }

func start(t channeltest.TB, inbox channels.Inbox, links channels.Links, log *slog.Logger) channeltest.Running {
	fake := channeltest.NewTelegram(testToken, "motcua_thu_bot")
	fake.PerSecond, fake.Gap = 1<<20, -1
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	a, err := telegram.New(telegram.Options{
		Token: testToken, Secret: testSecret, Inbox: inbox, Server: server.URL, Rate: 1e6, Bulk: 1e6, PerChat: time.Nanosecond, Log: log,
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	left := func(ctx context.Context, chat string) error {
		return links.Left(ctx, telegram.Name, chat, time.Now(), "thử")
	}
	return channeltest.Running{
		Adapter: a, Sender: a.Channel(left, delivery.Limits{}).Sender, Platform: people{fake},
		Take: func(update []byte) int { return post(a.Handler(), testSecret, update).Code },
	}
}

func post(h http.Handler, secret string, body []byte) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func subject() channeltest.Subject {
	return channeltest.Subject{
		Channel: telegram.Name, Chats: [3]string{"5550001", "5550002", "5550003"}, Store: store, Start: start,
		Secrets: []string{testToken, testSecret, strings.Split(testToken, ":")[1]},
		Retries: []channeltest.RetryCase{
			{Name: "blocked", Fault: channeltest.Fault{Status: 403}, Reason: delivery.Blocked, Permanent: true},
			{Name: "no such chat", Fault: channeltest.Fault{Status: 400}, Reason: delivery.BadAddress, Permanent: true},
			{Name: "wrong token", Fault: channeltest.Fault{Status: 401}, Reason: delivery.Refused, Down: true},
			{Name: "too many", Fault: channeltest.Fault{Status: 429, RetryAfter: 2}, Reason: delivery.RateLimit, RetryAfter: 2 * time.Second},
			{Name: "server error", Fault: channeltest.Fault{Status: 500}, Reason: delivery.Temporary, Down: true},
			{Name: "page of a proxy", Fault: channeltest.Fault{Status: 502, Body: "<html>502 " + testToken + "</html>"}, Reason: delivery.Temporary, Down: true},
			{Name: "gateway timeout", Fault: channeltest.Fault{Status: 504, Body: "<html>504</html>"}, Reason: delivery.Temporary, Down: true, Ambiguous: true},
			{Name: "lost answer", Fault: channeltest.Fault{Lose: true}, Reason: delivery.TimedOut, Ambiguous: true},
		},
	}
}

func TestTelegramPassesTheExercise(t *testing.T) {
	for _, c := range channeltest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.Check(t, subject())
		})
	}
}
