package zalo_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/zalo"
)

func TestTheSignatureIsAPlainHashOfWhatCame(t *testing.T) {
	// Checked by hand with sha256sum over the four texts one after the other.
	body := []byte(`{"app_id":"111","sender":{"id":"222"},"recipient":{"id":"333"},"event_name":"user_send_text","message":{"text":"làm lại căn cước","msg_id":"abc"},"timestamp":"1790000000000"}`)
	got := zalo.Sign("111", body, "1790000000000", "khóa-OA")
	const want = "2623c8f99a8bee4302869bb1d868d93bdd5ed40e9fe143558f5216b94e3988c5"
	if hex.EncodeToString(got[:]) != want {
		t.Errorf("signed %x", got)
	}
	m := hmac.New(sha256.New, []byte("khóa-OA"))
	m.Write([]byte("111" + string(body) + "1790000000000"))
	if bytes.Equal(m.Sum(nil), got[:]) {
		t.Error("the same as an HMAC")
	}
}

func TestOnlyWhatTheAccountSignedDoesAnything(t *testing.T) {
	b := newBench(t, nil)
	good := b.fake.Type(lan, "xin chào")
	for name, spoil := range map[string]func(*channeltest.ZaloPost){
		"no signature":     func(p *channeltest.ZaloPost) { p.Signature = "" },
		"not hexadecimal":  func(p *channeltest.ZaloPost) { p.Signature = "mac=" + strings.Repeat("z", 64) },
		"cut":              func(p *channeltest.ZaloPost) { p.Signature = p.Signature[:20] },
		"of another body":  func(p *channeltest.ZaloPost) { p.Body = bytes.Replace(p.Body, []byte("chào"), []byte("chao"), 1) },
		"spaces added":     func(p *channeltest.ZaloPost) { p.Body = append([]byte(" "), p.Body...) },
		"no JSON":          func(p *channeltest.ZaloPost) { p.Body = []byte("chào") },
		"an HMAC":          func(p *channeltest.ZaloPost) { p.Signature = hmacOf(t, p.Body) },
		"another app":      func(p *channeltest.ZaloPost) { p.Body = bytes.Replace(p.Body, []byte(appID), []byte("999"), 1) },
		"a very long body": func(p *channeltest.ZaloPost) { p.Body = append(p.Body, bytes.Repeat([]byte(" "), 70<<10)...) },
		"two apps in a body": func(p *channeltest.ZaloPost) {
			p.Body = bytes.Replace(p.Body, []byte(`{`), []byte(`{"app_id":"1",`), 1)
		},
	} {
		p := good
		p.Body = bytes.Clone(good.Body)
		spoil(&p)
		if code := b.take(p); code != http.StatusOK {
			t.Errorf("%s: status %d tells the prober something", name, code)
		}
	}
	if list := b.waiting(); len(list) != 0 || b.oa.Counts().Forged != 10 {
		t.Errorf("%d stored, %+v", len(list), b.oa.Counts())
	}
	good.Signature = strings.TrimPrefix(good.Signature, "mac=")
	if code := b.take(good); code != http.StatusOK || len(b.waiting()) != 1 {
		t.Errorf("without mac=: status %d", code)
	}
}

func hmacOf(t *testing.T, body []byte) string {
	m := hmac.New(sha256.New, []byte(oaSecret))
	m.Write([]byte(appID + string(body) + timestampOf(t, body)))
	return "mac=" + hex.EncodeToString(m.Sum(nil))
}

func TestWhatIsOldOrFromTheFutureIsNotTaken(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		taken int
	}{{0, 1}, {26 * time.Hour, 1}, {26*time.Hour + time.Second, 0}, {-5 * time.Minute, 1}, {-5*time.Minute - time.Second, 0}} {
		b := newBench(t, nil)
		b.clock.add(100 * time.Hour)
		p := b.fake.Type(lan, "xin chào")
		b.clock.add(c.after)
		if code := b.take(p); code != http.StatusOK || len(b.waiting()) != c.taken {
			t.Errorf("after %v: status %d, %+v", c.after, code, b.oa.Counts())
		}
	}
}

func TestEachEventIsWhatItMeansToTheConversation(t *testing.T) {
	b := newBench(t, nil)
	for _, c := range []struct {
		post channeltest.ZaloPost
		want channels.Incoming
	}{
		{b.fake.Type(lan, "làm lại căn cước"), channels.Incoming{Kind: channels.Words, Text: "làm lại căn cước"}},
		{b.fake.Type(lan, "#mc:ask:2"), channels.Incoming{Kind: channels.Pressed, Action: "ask:2"}},
		{b.fake.Type(lan, "#mc:Xóa hết!"), channels.Incoming{Kind: channels.Words, Text: "#mc:Xóa hết!"}},
		{b.fake.SendOther(lan, "image"), channels.Incoming{Kind: channels.OtherFor}},
		{b.fake.SendOther(lan, "sticker"), channels.Incoming{Kind: channels.OtherFor}},
		{b.fake.SendOther(lan, "location"), channels.Incoming{Kind: channels.OtherFor}},
		{b.fake.Follow(lan), channels.Incoming{Kind: channels.Started}},
		{b.fake.Unfollow(lan), channels.Incoming{Kind: channels.Left}},
	} {
		if code := b.take(c.post); code != http.StatusOK {
			t.Fatalf("status %d", code)
		}
		list := b.waiting()
		if len(list) != 1 {
			t.Fatalf("%s: %d stored", c.post.Body, len(list))
		}
		got := list[0].Incoming
		if got.Chat != lan || got.Channel != zalo.Name || got.Kind != c.want.Kind || got.Text != c.want.Text || got.Action != c.want.Action || !got.ReceivedAt.Equal(morning) {
			t.Errorf("%s: %+v", c.post.Body, got)
		}
	}
	for _, p := range []channeltest.ZaloPost{
		b.fake.Event("oa_send_text", map[string]any{"sender": map[string]string{"id": oaID}, "recipient": map[string]string{"id": lan}}),
		b.fake.Event("user_thinks_of_something_new", map[string]any{"sender": map[string]string{"id": lan}}),
		b.fake.Event("user_send_text", map[string]any{"sender": map[string]string{"id": lan}, "recipient": map[string]string{"id": "another account"}}),
		b.fake.Event("user_send_text", nil),
		b.fake.See(lan),
	} {
		if code := b.take(p); code != http.StatusOK || len(b.waiting()) != 0 {
			t.Errorf("%s: status %d, or stored", p.Body, code)
		}
	}
}

func TestARepeatedPostIsStoredOnce(t *testing.T) {
	b := newBench(t, nil)
	for _, p := range []channeltest.ZaloPost{b.fake.Type(lan, "một"), b.fake.Follow(lan), b.fake.Unfollow(lan)} {
		for range 3 {
			if code := b.take(p); code != http.StatusOK {
				t.Fatal(code)
			}
		}
	}
	if list := b.waiting(); len(list) != 3 || b.oa.Counts().Repeated != 6 {
		t.Errorf("%d stored, %+v", len(list), b.oa.Counts())
	}
}

// full is an inbox that cannot store.
type full struct{ channels.Inbox }

func (full) Accept(context.Context, channels.Incoming) (bool, error) {
	return false, errors.New("đĩa đầy")
}

func TestWhatCannotBeStoredIsNotAcknowledged(t *testing.T) {
	b := newBench(t, nil)
	if code := take(t, b.oa.Webhook(full{}), b.fake.Type(lan, "xin chào")); code != http.StatusServiceUnavailable {
		t.Errorf("status %d: Zalo would not come again", code)
	}
}

// slow is an inbox that takes longer than Zalo waits.
type slow struct{ channels.Inbox }

func (slow) Accept(ctx context.Context, _ channels.Incoming) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}

func TestZaloIsAnsweredWithinTwoSecondsWhateverTheStoreDoes(t *testing.T) {
	b := newBench(t, nil)
	began := time.Now()
	code := take(t, b.oa.Webhook(slow{}), b.fake.Type(lan, "xin chào"))
	if took := time.Since(began); code != http.StatusServiceUnavailable || took > 2*time.Second {
		t.Errorf("status %d after %v", code, took)
	}
}

func TestOnlyPostsAreTaken(t *testing.T) {
	b := newBench(t, nil)
	w := httptest.NewRecorder()
	b.oa.Webhook(b.inbox).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/webhook/zalo", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("status %d", w.Code)
	}
}

func TestTheWindowFollowsWhatPeopleDo(t *testing.T) {
	b := newBench(t, nil).authorise()
	say := func(want error) {
		t.Helper()
		if err := b.say(b.oa, "một lời"); (err == nil) != (want == nil) {
			t.Errorf("at %v: %v, want %v", b.clock.Now(), err, want)
		}
	}
	closed := errors.New("closed")
	say(closed) // never wrote
	b.take(b.fake.Follow(lan))
	say(closed) // to follow opens nothing
	b.open()
	say(nil)
	b.clock.add(7*24*time.Hour - 2*time.Minute)
	say(nil)
	b.clock.add(2 * time.Minute)
	say(closed)
	b.take(b.fake.SendOther(lan, "sticker"))
	say(nil)
	b.take(b.fake.Unfollow(lan))
	say(closed)
	if f := b.fake.Figures(); f.OutsideWindow != 0 || f.Consultations != 3 {
		t.Errorf("%+v", f)
	}
}

func TestWithoutChargedMessagesTheNinthIsNotSent(t *testing.T) {
	b := newBench(t, func(c *zalo.Config) { c.Charged = false }).authorise().open()
	for i := range 10 {
		if err := b.say(b.oa, "một lời"); (err == nil) != (i < 8) {
			t.Errorf("message %d: %v", i+1, err)
		}
	}
	if f := b.fake.Figures(); f.Consultations != 8 || f.Charged != 0 {
		t.Errorf("%+v", f)
	}
}

func TestAMessageThatZaloDidNotTakeIsNotCounted(t *testing.T) {
	b := newBench(t, func(c *zalo.Config) { c.Charged = false }).authorise().open()
	b.fake.Fail("/v3.0/oa/message/cs", channeltest.Fault{Status: 200, Body: `{"error":-200}`, Times: 20})
	for range 20 {
		if b.say(b.oa, "một lời") == nil {
			t.Fatal("taken")
		}
		b.clock.add(time.Second)
	}
	for i := range 8 {
		if err := b.say(b.oa, "một lời"); err != nil {
			t.Errorf("message %d: %v", i+1, err)
		}
	}
}

func TestAWindowThatZaloSaysIsShutStaysShutUntilThePersonWrites(t *testing.T) {
	b := newBench(t, nil).authorise().open()
	b.clock.add(time.Hour)
	b.fake.Fail("/v3.0/oa/message/cs", channeltest.Fault{Status: 200, Body: `{"error":-230}`})
	if b.say(b.oa, "một") == nil {
		t.Fatal("taken")
	}
	calls := len(b.fake.Calls(""))
	if b.say(b.oa, "hai") == nil || len(b.fake.Calls("")) != calls {
		t.Error("asked again although Zalo has said no")
	}
	b.clock.add(time.Hour)
	b.open()
	if err := b.say(b.oa, "ba"); err != nil {
		t.Error(err)
	}
}

func TestTheStoreNamesNobody(t *testing.T) {
	b := newBench(t, nil).open()
	if raw := b.stored(); len(raw) == 0 || bytes.Contains(raw, []byte(lan)) {
		t.Error("a person's number stands in the file")
	}
}

func FuzzEventsNeverPanic(f *testing.F) {
	f.Add([]byte(`{"app_id":"1","event_name":"follow","follower":{"id":5},"timestamp":"17"}`))
	f.Add([]byte(`{"app_id":1,"event_name":"user_seen_message","message":{"msg_ids":[1,"2"]},"timestamp":17}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := zalo.ParseEvent(body)
		if err == nil && (e.ID() == "" || e.Name == "" || e.AppID == "") {
			t.Errorf("%q: %+v", body, e)
		}
	})
}
