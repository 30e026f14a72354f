package zalo_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/zalo"
)

func TestAnOperatorLetsTheAccountInOnce(t *testing.T) {
	b := newBench(t, nil)
	if s, err := b.oa.Standing(t.Context()); err != nil || s.Authorised {
		t.Fatalf("before: %+v, %v", s, err)
	}
	b.authorise()
	s, err := b.oa.Standing(t.Context())
	if err != nil || !s.Authorised || s.Until.Sub(b.clock.Now()) != 25*time.Hour || s.Worry || s.Doubtful {
		t.Errorf("after: %+v, %v", s, err)
	}
	raw, _, err := b.kept.Load(t.Context(), "tokens")
	if err != nil || strings.Contains(string(raw), "A-") || strings.Contains(string(raw), "access") {
		t.Errorf("tokens stand open in the store: %q, %v", raw, err)
	}
}

func TestNobodyStartsWithoutTheSetupSecret(t *testing.T) {
	b := newBench(t, nil)
	w := &browser{h: b.oa.Door(portal, setup)}
	for i := range 5 {
		if got := w.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {"sai"}}); got.Code != http.StatusForbidden {
			t.Errorf("wrong secret %d: status %d", i+1, got.Code)
		}
	}
	if got := w.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {setup}}); got.Code != http.StatusTooManyRequests {
		t.Errorf("after five wrong ones: status %d", got.Code)
	}
	b.clock.add(time.Minute)
	if got := w.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {setup}}); got.Code != http.StatusSeeOther {
		t.Errorf("a minute later: status %d", got.Code)
	}
	none := &browser{h: b.oa.Door(portal, "")}
	if got := none.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {""}}); got.Code != http.StatusForbidden {
		t.Errorf("no secret set: status %d", got.Code)
	}
}

func TestAReturnThatFitsNoStartIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(b *bench, w *browser, back string) string{
		"another browser":  func(_ *bench, w *browser, back string) string { w.cookie = nil; return back },
		"another state":    func(_ *bench, _ *browser, back string) string { return back + "x" },
		"too late":         func(b *bench, _ *browser, back string) string { b.clock.add(10 * time.Minute); return back },
		"another account":  func(_ *bench, _ *browser, back string) string { return strings.Replace(back, oaID, "999", 1) },
		"a code of others": func(_ *bench, _ *browser, back string) string { return strings.Replace(back, "code=", "code=x", 1) },
		"no code":          func(_ *bench, _ *browser, back string) string { return strings.Replace(back, "code=", "nocode=", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, nil)
			w := &browser{h: b.oa.Door(portal, setup)}
			first := w.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {setup}})
			back := spoil(b, w, b.consent(first.Header().Get("Location")))
			if got := w.get(http.MethodGet, back, nil); got.Code < 400 {
				t.Errorf("status %d", got.Code)
			}
			if s, err := b.oa.Standing(t.Context()); err != nil || s.Authorised {
				t.Errorf("authorised all the same: %v", err)
			}
		})
	}
}

func TestAReturnWorksOnce(t *testing.T) {
	b := newBench(t, nil)
	w := &browser{h: b.oa.Door(portal, setup)}
	first := w.get(http.MethodPost, portal+zalo.DoorPath, url.Values{"ma": {setup}})
	cookie := w.cookie
	back := b.consent(first.Header().Get("Location"))
	if got := w.get(http.MethodGet, back, nil); got.Code != http.StatusOK {
		t.Fatalf("status %d: %s", got.Code, got.Body)
	}
	w.cookie = cookie
	if got := w.get(http.MethodGet, back, nil); got.Code != http.StatusBadRequest {
		t.Errorf("a second time: status %d", got.Code)
	}
}
