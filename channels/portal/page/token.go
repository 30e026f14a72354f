package page

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
)

// tokenField is the name of the hidden field that binds a form to its session.
const tokenField = "the"

const nonceSize = 12

// token binds a form to a session. It differs each time, so that compressed pages do not
// betray it.
func (s *Site) token(session string) string {
	nonce := make([]byte, nonceSize)
	_, _ = rand.Read(nonce) // never fails
	return base64.RawURLEncoding.EncodeToString(slices.Concat(nonce, s.mac("form", session, nonce)))
}

// genuine reports whether the token was made here for the session.
func (s *Site) genuine(token, session string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < nonceSize {
		return false
	}
	return hmac.Equal(raw[nonceSize:], s.mac("form", session, raw[:nonceSize]))
}

func (s *Site) mac(use, of string, salt []byte) []byte {
	h := hmac.New(sha256.New, s.Key)
	h.Write([]byte(use + "\x00" + of + "\x00"))
	h.Write(salt)
	return h.Sum(nil)
}

// hidden is the field a form carries.
func (s *Site) hidden(r *http.Request) template.HTML {
	return template.HTML(`<input type="hidden" name="` + tokenField + `" value="` + s.token(ViewerOf(r.Context()).Session) + `">`) //nolint:gosec // base64 of our own
}

// Genuine reports whether a form carries the token of the viewer's session. Require asks
// this itself.
func (s *Site) Genuine(r *http.Request) bool {
	return parse(r) == nil && s.genuine(r.PostForm.Get(tokenField), ViewerOf(r.Context()).Session)
}
