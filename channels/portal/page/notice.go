package page

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
)

// noticeCookie carries a message to the next page.
const noticeCookie = "loi-nhan"

// Notice is a message shown once, on the next page.
type Notice struct {
	Kind   string `json:"k"` // "done", "info" or "problem"
	VI, EN string
}

// Tell shows a message on the next page, usually before a redirect after a form was taken.
func (s *Site) Tell(w http.ResponseWriter, r *http.Request, kind, vi, en string) {
	raw, err := json.Marshal(Notice{Kind: kind, VI: vi, EN: en})
	if err != nil { // three texts always marshal
		return
	}
	body := base64.RawURLEncoding.EncodeToString(raw)
	mac := base64.RawURLEncoding.EncodeToString(s.mac("notice", body, nil))
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Value: body + "." + mac, Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
}

// notice takes the waiting message; one not made here is dropped.
func (s *Site) notice(w http.ResponseWriter, r *http.Request) *Notice {
	c, err := r.Cookie(noticeCookie)
	if err != nil || r.Method != http.MethodGet {
		return nil
	}
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
	body, sum, _ := strings.Cut(c.Value, ".")
	mac, err := base64.RawURLEncoding.DecodeString(sum)
	if err != nil || !hmac.Equal(mac, s.mac("notice", body, nil)) {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return nil
	}
	var n Notice
	if json.Unmarshal(raw, &n) != nil {
		return nil
	}
	return &n
}
