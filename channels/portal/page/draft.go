package page

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// Limits of what is held for people whose session ended while they typed. It stays in
// memory, is never written down, and opens only in the browser that sent it.
const (
	draftLife  = time.Hour
	draftsMost = 256
	draftMax   = 64 << 10
	draftName  = "nhap"
)

// Reasons to hold a form back.
const (
	heldExpired = "expired" // the session ended
	heldStale   = "stale"   // the form belongs to an earlier session, or was forged
)

type draft struct {
	action string
	values url.Values
	person lifeevents.PersonID // whose session ended, when known
	kept   time.Time
}

type drafts struct {
	mu  sync.Mutex
	all map[string]draft
}

// keep holds a draft and names it. The oldest makes room.
func (d *drafts) keep(x draft) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all == nil {
		d.all = map[string]draft{}
	}
	oldest := ""
	for name, y := range d.all {
		if x.kept.Sub(y.kept) > draftLife {
			delete(d.all, name)
		} else if oldest == "" || y.kept.Before(d.all[oldest].kept) {
			oldest = name
		}
	}
	if len(d.all) >= draftsMost {
		delete(d.all, oldest)
	}
	name := rand.Text()
	d.all[name] = x
	return name
}

// take hands a draft out and forgets it.
func (d *drafts) take(name string, now time.Time) (draft, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	x, ok := d.all[name]
	delete(d.all, name)
	return x, ok && now.Sub(x.kept) <= draftLife
}

// heldPage is what layout/held.html shows.
type heldPage struct {
	Why    string
	Action string
	Fields []heldField
	Resume string // where to go after signing in
}

type heldField struct{ Name, Value string }

// hold keeps a form that could not be taken and offers to send it again.
func (s *Site) hold(w http.ResponseWriter, r *http.Request, why string) {
	if err := parse(r); err != nil {
		s.unread(w, r, err)
		return
	}
	values := url.Values{}
	size := 0
	for name, v := range r.PostForm {
		if name != tokenField {
			values[name] = v
			size += len(name) + len(url.Values{name: v}.Encode())
		}
	}
	p := heldPage{Why: why, Action: r.URL.RequestURI(), Fields: fieldsOf(values)}
	status := http.StatusForbidden
	if why == heldExpired {
		status = http.StatusUnauthorized
		if size <= draftMax {
			name := s.drafts.keep(draft{action: p.Action, values: values, person: ViewerOf(r.Context()).Former, kept: s.Now()})
			http.SetCookie(w, &http.Cookie{Name: draftName, Value: name, Path: ResumePath, MaxAge: int(draftLife.Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
			p.Resume = SignInPath + "?ve=" + url.QueryEscape(ResumePath+"/"+name)
		}
	}
	s.base.Show(w, r, status, "held.html", Page{VI: "Chưa gửi được", EN: "Not sent yet", Data: p})
}

func fieldsOf(values url.Values) (out []heldField) {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range values[name] {
			out = append(out, heldField{name, v})
		}
	}
	return out
}

// resume shows what was typed, ready to send in the new session.
func (s *Site) resume(w http.ResponseWriter, r *http.Request) {
	name, v := r.PathValue("draft"), ViewerOf(r.Context())
	if !v.SignedIn() {
		http.Redirect(w, r, SignInPath+"?ve="+url.QueryEscape(ResumePath+"/"+name), http.StatusSeeOther)
		return
	}
	cookie, err := r.Cookie(draftName)
	if err != nil || cookie.Value != name {
		s.Deny(w, r, "draft of another browser")
		return
	}
	x, ok := s.drafts.take(name, s.Now())
	if ok && x.person != "" && x.person != v.Person {
		s.Deny(w, r, "draft of another person")
		return
	}
	if !ok {
		s.Problem(w, r, http.StatusGone, "Nội dung đã nhập không còn được giữ (quá một giờ). Xin nhập lại.", "What you typed is no longer held (over an hour). Please type it again.")
		return
	}
	s.base.Show(w, r, http.StatusOK, "held.html", Page{VI: "Gửi lại nội dung đã nhập", EN: "Send again what you typed", Data: heldPage{Action: x.action, Fields: fieldsOf(x.values)}})
}
