package page

import (
	"mime"
	"net/http"
	"net/url"
)

// Require lets only viewers with the role through. One who has not signed in is sent to
// sign in and comes back; what they had typed waits for them. One without the role is told
// so, and that is recorded. A form must carry the token of its session ({{.Token}}).
// Every change an official makes is recorded before it happens; without a record it does
// not happen.
func (s *Site) Require(role Role, next http.HandlerFunc) http.HandlerFunc {
	return s.RequireLevel(role, Basic, next)
}

// RequireLevel is Require for what needs a surer sign-in.
func (s *Site) RequireLevel(role Role, level Assurance, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := ViewerOf(r.Context())
		safe := r.Method == http.MethodGet || r.Method == http.MethodHead
		switch {
		case !v.SignedIn() && safe:
			http.Redirect(w, r, SignInPath+"?ve="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		case !v.SignedIn():
			s.hold(w, r, heldExpired)
		case !v.Has(role):
			s.Deny(w, r, "role "+string(role))
		case v.Assurance < level:
			s.weak(w, r)
		case safe:
			next(w, r)
		default:
			s.change(w, r, v, next)
		}
	}
}

// change runs a handler that changes something.
func (s *Site) change(w http.ResponseWriter, r *http.Request, v Viewer, next http.HandlerFunc) {
	if err := parse(r); err != nil {
		s.unread(w, r, err)
		return
	}
	if !s.genuine(r.PostForm.Get(tokenField), v.Session) {
		if err := s.Record(r.Context(), "denied", r.Method+" "+r.URL.Path, "denied", "form of another session"); err != nil {
			s.Log.ErrorContext(r.Context(), "page: a denied attempt is not on record", "error", err)
		}
		s.hold(w, r, heldStale)
		return
	}
	if v.Works() {
		if err := s.Record(r.Context(), r.Pattern, r.URL.Path, "accepted", ""); err != nil {
			s.Broken(w, r, "audit", err)
			return
		}
	}
	next(w, r)
}

// Deny tells the viewer that this is not for them and records the attempt. Use it also for
// somebody else's ids. why is for the record and holds no personal data.
func (s *Site) Deny(w http.ResponseWriter, r *http.Request, why string) {
	if err := s.Record(r.Context(), "denied", r.Method+" "+r.URL.Path, "denied", why); err != nil {
		s.Log.ErrorContext(r.Context(), "page: a denied attempt is not on record", "error", err)
	}
	s.Problem(w, r, http.StatusForbidden,
		"Bạn không có quyền xem hoặc làm việc này.", "You may not see or do this.")
}

// weak tells that a surer sign-in is needed.
func (s *Site) weak(w http.ResponseWriter, r *http.Request) {
	s.Problem(w, r, http.StatusForbidden,
		"Việc này cần tài khoản định danh mức 2. Hãy đăng nhập lại bằng VNeID mức 2.", "This needs a level 2 identity. Please sign in again with VNeID level 2.")
}

// formMemory is how much of an upload is held in memory, in bytes; the rest goes to a file.
const formMemory = 1 << 20

// parse reads a form, with files or without.
func parse(r *http.Request) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && kind == "multipart/form-data" {
		return r.ParseMultipartForm(formMemory)
	}
	return r.ParseForm()
}
