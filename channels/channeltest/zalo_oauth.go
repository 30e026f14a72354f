package channeltest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// permission is the page on which the account's administrator lets the app in: here they
// always do, at once.
func (f *Zalo) permission(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if r.Method != http.MethodGet || q.Get("app_id") != f.AppID || q.Get("redirect_uri") != f.Back || len(q.Get("code_challenge")) != 43 || q.Get("state") == "" {
		f.violate("permission: app_id, redirect_uri, code_challenge or state wrong or missing")
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	code := f.grant(q.Get("code_challenge"))
	back := f.Back + "?" + url.Values{"code": {code}, "oa_id": {f.OAID}, "state": {q.Get("state")}}.Encode()
	http.Redirect(w, r, back, http.StatusFound)
}

// Grant is an administrator letting the app in without a browser: the code Zalo would bring
// back.
func (f *Zalo) Grant(challenge string) (code string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.grant(challenge)
}

func (f *Zalo) grant(challenge string) string {
	code := rand.Text()
	f.codes[code] = zaloCode{challenge, f.Now().Add(10 * time.Minute)}
	return code
}

// zaloPair is a pair of tokens; seconds come as a string.
type zaloPair struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Expires string `json:"expires_in"`
}

// zaloOAuthRefusal is how the token server refuses.
type zaloOAuthRefusal struct {
	Error       int    `json:"error"`
	Name        string `json:"error_name"`
	Description string `json:"error_description"`
}

func (f *Zalo) tokens(r *http.Request, body []byte) any {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form, err := url.ParseQuery(string(body))
	if r.Method != http.MethodPost || kind != "application/x-www-form-urlencoded" || err != nil {
		f.violate("access_token: %s with Content-Type %q", r.Method, kind)
		return zaloOAuthRefusal{-14001, "Invalid request", ""}
	}
	if zaloHeader(r, "secret_key") != f.AppSecret || form.Get("app_id") != f.AppID {
		return zaloOAuthRefusal{-14004, "Invalid app", ""}
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		return f.firstPair(form)
	case "refresh_token":
		return f.nextPair(form)
	}
	f.violate("access_token: grant_type %q", form.Get("grant_type"))
	return zaloOAuthRefusal{-14001, "Invalid request", ""}
}

func (f *Zalo) fields(form url.Values, want ...string) {
	for name, values := range form {
		if !slices.Contains(want, name) || len(values) != 1 {
			f.violate("access_token: field %s", name)
		}
	}
}

func (f *Zalo) firstPair(form url.Values) any {
	f.fields(form, "app_id", "grant_type", "code", "code_verifier")
	code, known := f.codes[form.Get("code")]
	delete(f.codes, form.Get("code")) // once, right or wrong
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	if !known || !f.Now().Before(code.until) || len(form.Get("code_verifier")) != 43 || base64.RawURLEncoding.EncodeToString(sum[:]) != code.challenge {
		return zaloOAuthRefusal{-14010, "Invalid authorization code", ""}
	}
	return f.pair()
}

func (f *Zalo) nextPair(form url.Values) any {
	f.fields(form, "app_id", "grant_type", "refresh_token")
	fresh, known := f.refresh[form.Get("refresh_token")]
	if known && !fresh {
		f.figures.Burned++
	}
	if !fresh {
		return zaloOAuthRefusal{-14014, "Invalid refresh token", ""}
	}
	f.refresh[form.Get("refresh_token")] = false
	f.figures.Refreshes++
	return f.pair()
}

func (f *Zalo) pair() zaloPair {
	p := zaloPair{"A-" + rand.Text(), "R-" + rand.Text(), strconv.Itoa(int(f.Life / time.Second))}
	f.access[p.Access], f.refresh[p.Refresh] = f.Now().Add(f.Life), true
	return p
}

// Expire ends every access token at once, as when an administrator changes a password.
func (f *Zalo) Expire() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.access)
}

// Burn makes every refresh token useless.
func (f *Zalo) Burn() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for token := range f.refresh {
		f.refresh[token] = false
	}
}
