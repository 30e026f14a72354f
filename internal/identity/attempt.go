package identity

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"
)

// attemptLife is how long somebody may take to sign in.
const attemptLife = 10 * time.Minute

const attemptRecord = "sign-in"

// attempt is one sign-in under way. It travels sealed in the person's own browser, so
// that nothing is kept for those who never come back.
type attempt struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"`
	To       string    `json:"t"` // where the person wanted to go
	At       time.Time `json:"a"`
}

func newAttempt(to string, now time.Time) attempt {
	return attempt{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), To: to, At: now}
}

// fits reports whether the provider's answer belongs to this attempt.
func (a attempt) fits(state string, now time.Time) bool {
	return subtle.ConstantTimeCompare([]byte(state), []byte(a.State)) == 1 && now.Sub(a.At) < attemptLife
}

// carry gives the attempt to the browser.
func (d *Door) carry(w http.ResponseWriter, a attempt) error {
	raw, err := json.Marshal(a)
	if err != nil {
		return err
	}
	sealed, err := d.Sealer.Seal(attemptRecord, raw)
	if err != nil {
		return err
	}
	http.SetCookie(w, d.cookie("dang-nhap", base64.RawURLEncoding.EncodeToString(sealed), attemptLife))
	return nil
}

// carried takes the attempt back; it serves once.
func (d *Door) carried(w http.ResponseWriter, r *http.Request) (a attempt, ok bool) {
	c, err := r.Cookie(d.cookieName("dang-nhap"))
	if err != nil {
		return a, false
	}
	http.SetCookie(w, d.cookie("dang-nhap", "", -1))
	sealed, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return a, false
	}
	raw, err := d.Sealer.Open(attemptRecord, sealed)
	if err != nil {
		return a, false
	}
	return a, json.Unmarshal(raw, &a) == nil
}

func query(name, value string) string { return url.Values{name: {value}}.Encode() }
