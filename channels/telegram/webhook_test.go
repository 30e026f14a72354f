package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/telegram"
)

// fullInbox cannot store anything.
type fullInbox struct{ channels.Inbox }

func (fullInbox) Accept(context.Context, channels.Incoming) (bool, error) {
	return false, errors.New("đĩa đầy")
}

// keepsInbox remembers what it is given.
type keepsInbox struct {
	channels.Inbox
	got []channels.Incoming
}

func (k *keepsInbox) Accept(_ context.Context, in channels.Incoming) (bool, error) {
	k.got = append(k.got, in)
	return true, nil
}

func adapter(t *testing.T, inbox channels.Inbox, server http.RoundTripper) *telegram.Adapter {
	t.Helper()
	a, err := telegram.New(telegram.Options{Token: testToken, Secret: testSecret, Inbox: inbox, Transport: server, Server: "http://fake", Rate: 1e6, Bulk: 1e6, PerChat: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheWebhookSays200OnlyOnceAnUpdateIsStored(t *testing.T) {
	good := channeltest.NewTelegram(testToken, "b").Type(5, "xin chào")
	for _, c := range []struct {
		name, secret string
		inbox        channels.Inbox
		body         []byte
		want, stored int
	}{
		{"good", testSecret, &keepsInbox{}, good, 200, 1},
		{"wrong secret", "sai" + testSecret, &keepsInbox{}, good, 401, 0},
		{"no secret", "", &keepsInbox{}, good, 401, 0},
		{"store is full", testSecret, fullInbox{}, good, 503, 0},
		{"broken JSON", testSecret, &keepsInbox{}, []byte(`{"update_id": 1`), 400, 0},
		{"too large", testSecret, &keepsInbox{}, append([]byte(`{"update_id":1,"x":"`), append(bytes.Repeat([]byte("a"), 300<<10), `"}`...)...), 413, 0},
		{"a group", testSecret, &keepsInbox{}, bytes.ReplaceAll(good, []byte(`"private"`), []byte(`"group"`)), 200, 0},
		{"another bot", testSecret, &keepsInbox{}, bytes.ReplaceAll(good, []byte(`"is_bot":false`), []byte(`"is_bot":true`)), 200, 0},
		{"a kind not asked for", testSecret, &keepsInbox{}, []byte(`{"update_id":7,"poll":{"id":"1"}}`), 200, 0},
	} {
		w := post(adapter(t, c.inbox, nil).Handler(), c.secret, c.body)
		stored := 0
		if k, ok := c.inbox.(*keepsInbox); ok {
			stored = len(k.got)
		}
		if w.Code != c.want || stored != c.stored || w.Body.Len() > 0 {
			t.Errorf("%s: status %d, stored %d, body %q", c.name, w.Code, stored, w.Body)
		}
	}
	w := httptest.NewRecorder()
	adapter(t, &keepsInbox{}, nil).Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != http.MethodPost {
		t.Errorf("GET: %d", w.Code)
	}
}

func TestUpdatesBecomeWhatTheConversationKnows(t *testing.T) {
	fake := channeltest.NewTelegram(testToken, "b")
	keeps := &keepsInbox{}
	h := adapter(t, keeps, nil).Handler()
	for _, u := range [][]byte{fake.Open(5, "7K3QMX9D2A"), fake.Type(5, "tie\u0302\u0301ng Vie\u0323\u0302t"), fake.SendSticker(5), fake.Press(5, "c:1:2"), fake.Block(5), fake.Unblock(5)} {
		post(h, testSecret, u)
	}
	want := []struct {
		kind         channels.Kind
		text, action string
	}{
		{channels.Words, "/start 7K3QMX9D2A", ""}, {channels.Words, "tiếng Việt", ""}, {channels.OtherFor, "", ""},
		{channels.Pressed, "", "c:1:2"}, {channels.Left, "", ""}, {channels.Silent, "", ""},
	}
	if len(keeps.got) != len(want) {
		t.Fatalf("stored %d", len(keeps.got))
	}
	for i, w := range want {
		in := keeps.got[i]
		if in.Kind != w.kind || in.Text != w.text || in.Action != w.action || in.Chat != "5" || in.MessageID == "" || w.kind == channels.Pressed && in.Token == "" {
			t.Errorf("%d: %+v", i, in)
		}
	}
}

// TestAPolledUpdateIsAskedForAgainUntilItIsStored: the offset moves on only afterwards.
func TestAPolledUpdateIsAskedForAgainUntilItIsStored(t *testing.T) {
	fake := channeltest.NewTelegram(testToken, "b")
	fake.Type(5, "câu hỏi")
	for _, c := range []struct {
		inbox channels.Inbox
		lost  bool
	}{{fullInbox{}, false}, {&keepsInbox{}, true}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		adapter(t, c.inbox, fake).Poll(ctx)
		cancel()
		confirmed := false
		for _, r := range fake.Requests("getUpdates") {
			confirmed = confirmed || r.Fields["offset"] > "1000" && len(r.Fields["offset"]) == 4 && r.Fields["offset"] != "1001"
		}
		if confirmed != c.lost {
			t.Errorf("stored %v, confirmed %v", c.lost, confirmed)
		}
		if k, ok := c.inbox.(*keepsInbox); ok && (len(k.got) != 1 || k.got[0].Text != "câu hỏi") {
			t.Errorf("stored %+v", k.got)
		}
	}
}

// TestRequestsAreAsTheDocumentHasThem compares every request with its golden file; -update
// in the environment (UPDATE_GOLDEN=1) writes them anew.
func TestRequestsAreAsTheDocumentHasThem(t *testing.T) {
	fake := channeltest.NewTelegram(testToken, "motcua_thu_bot")
	fake.Gap = -1
	a := adapter(t, &keepsInbox{}, fake)
	fake.Known(5)
	fake.Press(5, "c:1:0")
	part := channels.Reply{
		Lines: []channels.Line{{Text: "Giấy tờ <cần> chuẩn bị & nộp:", Bold: true}, {Text: "• Giấy chứng sinh [1]"}},
		Links: []channels.Link{{Mark: 1, Title: "Thủ tục 1.001193", URL: "https://dichvucong.gov.vn/?a=1&b=2"}},
		Buttons: []channels.Button{
			{Label: "1. Đăng ký khai sinh có yếu tố nước ngoài", Action: "c:1:0"}, {Label: "Hữu ích", Action: "u:1"}, {Label: "Chưa đúng", Action: "w:1"},
			{Label: "Mở Cổng", URL: "https://motcua.example/toi/kenh"},
		},
	}
	if err := errors.Join(a.Hello(t.Context()), a.Announce(t.Context(), "https://motcua.example/webhook/telegram"), a.Deliver(t.Context(), "5", part)); err != nil {
		t.Fatal(err)
	}
	a.Working(t.Context(), channels.Incoming{Kind: channels.Words, Chat: "5"})
	a.Working(t.Context(), channels.Incoming{Kind: channels.Pressed, Chat: "5", Token: "700001"})
	if err := a.Announce(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range fake.Requests("") {
		b.WriteString(r.String())
	}
	const golden = "testdata/requests.txt"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != b.String() {
		t.Errorf("%v; requests are now\n%s", err, b.String())
	}
	if broken := fake.Violations(); len(broken) > 0 {
		t.Errorf("broken: %q", broken)
	}
	if a.DeepLink("7K3QM-X9D2A") != "https://t.me/motcua_thu_bot?start=7K3QMX9D2A" {
		t.Errorf("deep link %q", a.DeepLink("7K3QM-X9D2A"))
	}
}

func TestNothingInAnErrorOfSetUpHoldsTheToken(t *testing.T) {
	var log bytes.Buffer
	a, err := telegram.New(telegram.Options{Token: testToken, Secret: testSecret, Inbox: &keepsInbox{}, Server: "http://127.0.0.1:1", Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	words := ""
	for _, err := range []error{a.Hello(t.Context()), a.Announce(t.Context(), "https://motcua.example"), a.Deliver(t.Context(), "5550001", channels.Say("bí mật"))} {
		if err == nil {
			t.Fatal("a server that is not there answered")
		}
		words += err.Error() + "\n"
	}
	a.Poll(ctx)
	for _, secret := range []string{testToken, testSecret, "5550001", "bí mật"} {
		if strings.Contains(words+log.String(), secret) {
			t.Errorf("%q stands in %s%s", secret, words, log.String())
		}
	}
	if _, err := telegram.New(telegram.Options{Token: "xyz" + testToken, Inbox: &keepsInbox{}}); err == nil || strings.Contains(err.Error(), testToken) {
		t.Errorf("a wrong token: %v", err)
	}
}
