package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
)

// seenEvery bounds how often the use of a session is written down.
const seenEvery = time.Minute

const tokenSize = 32

// cookieName has the prefix by which browsers keep other hosts and plain HTTP away from a
// cookie.
func (d *Door) cookieName(name string) string {
	if d.Plain {
		return name
	}
	return "__Host-" + name
}

// cookie goes to this host only, over TLS only, unseen by scripts. life below zero takes
// it back.
func (d *Door) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: d.cookieName(name), Value: value, Path: "/", MaxAge: int(max(life.Seconds(), -1)),
		Secure: !d.Plain, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

const sessionCookie = "phien"

// enter begins a new session, whatever there was before.
func (d *Door) enter(w http.ResponseWriter, r *http.Request, v page.Viewer) error {
	if old, ok := d.sessionName(r); ok {
		if err := d.Sessions.End(r.Context(), old); err != nil {
			return err
		}
	}
	token := make([]byte, tokenSize)
	_, _ = rand.Read(token) // never fails
	if err := d.Sessions.Begin(r.Context(), sha256.Sum256(token), v, d.Site.Now()); err != nil {
		return err
	}
	if v.Works() {
		ctx := page.WithViewer(r.Context(), v)
		if err := d.Site.Record(ctx, "sign-in", page.SignInPath, "done", ""); err != nil {
			return err
		}
	}
	http.SetCookie(w, d.cookie(sessionCookie, base64.RawURLEncoding.EncodeToString(token), d.Life))
	return nil
}

// sessionName is the name of the session the browser shows.
func (d *Door) sessionName(r *http.Request) (name [32]byte, ok bool) {
	c, err := r.Cookie(d.cookieName(sessionCookie))
	if err != nil {
		return name, false
	}
	token, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(token) != tokenSize {
		return name, false
	}
	return sha256.Sum256(token), true
}

// Know puts who is looking into the context of every request that may need it.
func (d *Door) Know(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := d.sessionName(r)
		if !ok || strings.HasPrefix(r.URL.Path, "/static/") {
			next.ServeHTTP(w, r)
			return
		}
		v, err := d.viewer(r.Context(), name)
		if err != nil { // nobody is let in on a fault
			d.Site.Broken(w, r, "session", err)
			return
		}
		next.ServeHTTP(w, r.WithContext(page.WithViewer(r.Context(), v)))
	})
}

// viewer is who the session belongs to, or only whose it was once it has run out.
func (d *Door) viewer(ctx context.Context, name [32]byte) (page.Viewer, error) {
	now := d.Site.Now()
	v, begun, seen, err := d.Sessions.Find(ctx, name)
	if err != nil || !v.SignedIn() {
		return page.Viewer{}, err
	}
	if now.Sub(seen) >= d.Idle || now.Sub(begun) >= d.Life {
		return page.Viewer{Former: v.Person}, nil
	}
	if now.Sub(seen) >= seenEvery {
		if err := d.Sessions.Seen(ctx, name, now); err != nil {
			return page.Viewer{}, err
		}
	}
	sum := sha256.Sum256(append([]byte("form"), name[:]...))
	v.Session = hex.EncodeToString(sum[:])
	return v, nil
}

// leave ends the session.
func (d *Door) leave(w http.ResponseWriter, r *http.Request) {
	if name, ok := d.sessionName(r); ok {
		if !d.Site.Genuine(r) && page.ViewerOf(r.Context()).SignedIn() {
			d.Site.Problem(w, r, http.StatusForbidden, "Biểu mẫu này đã cũ. Hãy bấm Đăng xuất lần nữa.", "This form is stale. Please sign out again.")
			return
		}
		if err := d.Sessions.End(r.Context(), name); err != nil {
			d.Site.Broken(w, r, "sign out", err)
			return
		}
	}
	http.SetCookie(w, d.cookie(sessionCookie, "", -1))
	d.Site.Tell(w, r, "done", "Bạn đã đăng xuất.", "You have signed out.")
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
