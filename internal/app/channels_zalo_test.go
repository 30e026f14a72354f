package app

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/internal/config"
)

// eventually waits for something that other goroutines do.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatal("never: " + what)
}

func TestTheSampleAnswersOnZalo(t *testing.T) {
	cfg := config.Default()
	cfg.Data = t.TempDir()
	for range 2 { // and again on the same folder, with a new fake behind it
		a, err := New(t.Context(), onServer(t, cfg), slog.New(slog.DiscardHandler), MadeUp())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Handler(); err != nil {
			t.Fatal(err)
		}
		stop := a.chatting(t.Context())
		const lan = "2512523625412501"
		a.sampleZalo.Follow(lan)
		a.sampleZalo.Type(lan, "đăng ký khai sinh cần giấy tờ gì")
		eventually(t, "an answer about birth registration", func() bool {
			for _, m := range a.sampleZalo.Shown(lan) {
				if !m.Mine && strings.Contains(strings.ToLower(m.Text), "khai sinh") {
					return true
				}
			}
			return false
		})
		stop()
		if broken := a.sampleZalo.Violations(); len(broken) > 0 {
			t.Errorf("%q", broken)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheDoctorTellsHowTheAccountStands(t *testing.T) {
	cfg := config.Default()
	cfg.Data, cfg.ZaloAppID, cfg.ZaloOAID, cfg.ZaloAppSecret, cfg.ZaloOASecret = t.TempDir(), sampleZaloApp, sampleZaloOA, "khoa-ung-dung", "khoa-webhook"
	now := morning
	a, err := New(t.Context(), onServer(t, cfg), slog.New(slog.DiscardHandler), Clock(func() time.Time { return now }))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	look := func() Finding {
		t.Helper()
		for _, f := range a.lookChats(t.Context()) {
			if f.Name == "Zalo" {
				return f
			}
		}
		t.Fatal("nothing is said of Zalo")
		return Finding{}
	}
	if f := look(); f.OK || !strings.Contains(f.Mend, zalo.DoorPath) {
		t.Errorf("before authorising: %+v", f)
	}
	fake := channeltest.NewZalo(sampleZaloApp, "khoa-ung-dung", sampleZaloOA, "khoa-webhook")
	fake.Now = a.now
	oa := a.withFakeZalo(t, fake)
	if err := oa.Authorise(t.Context(), fake.Grant(sampleChallenge()), sampleVerifier); err != nil {
		t.Fatal(err)
	}
	if f := look(); !f.OK || !strings.Contains(f.State, "23/11/2026") {
		t.Errorf("authorised: %+v", f)
	}
	if err := a.store.Zalo().Alarm(t.Context(), "oa", -321, now); err != nil {
		t.Fatal(err)
	}
	if f := look(); f.OK || !strings.Contains(f.State, "hết tiền") || f.Mend != "nạp tiền" {
		t.Errorf("out of money: %+v", f)
	}
	now = now.Add(61 * 24 * time.Hour)
	if f := look(); f.OK || !strings.Contains(f.Mend, "21/02/2027") || strings.Contains(f.State, "hết tiền") {
		t.Errorf("after 61 days: %+v", f)
	}
	for _, s := range []string{"khoa-ung-dung", "khoa-webhook"} {
		if f := look(); strings.Contains(f.State+f.Mend, s) {
			t.Errorf("a secret is shown: %+v", f)
		}
	}
}

// withFakeZalo is one more process of the account, with the fake for a network.
func (a *App) withFakeZalo(t *testing.T, fake *channeltest.Zalo) *zalo.OA {
	t.Helper()
	cfg, _, err := a.zaloConfig(a.chats)
	if err != nil {
		t.Fatal(err)
	}
	overFake(&cfg, fake)
	oa, err := zalo.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return oa
}
