package identity

import (
	"context"
	"embed"
	"io/fs"
	"net/http"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/lifeevents"
)

//go:embed pages/*.html
var pages embed.FS

// ReturnPath is where the provider sends people back to; StartPath sends them there.
const (
	StartPath  = "/dang-nhap/bat-dau"
	ReturnPath = "/dang-nhap/tro-ve"
)

// Sessions keeps who is signed in. A name is the SHA-256 of the session's cookie.
type Sessions interface {
	Begin(ctx context.Context, name [32]byte, v page.Viewer, now time.Time) error
	// Find is the viewer, when the session began and when it was last used; the zero Viewer
	// when there is none.
	Find(ctx context.Context, name [32]byte) (v page.Viewer, begun, seen time.Time, err error)
	Seen(ctx context.Context, name [32]byte, now time.Time) error
	End(ctx context.Context, name [32]byte) error
	EndAll(ctx context.Context, person lifeevents.PersonID) error
}

// Sealer hides what a browser carries for us while somebody signs in.
type Sealer interface {
	Seal(record string, plain []byte) ([]byte, error)
	Open(record string, sealed []byte) ([]byte, error)
}

// Door lets people in and out. It implements page.Area.
type Door struct {
	Site     *page.Site
	Provider *Provider
	// Name is how the provider is called on the button: "VNeID".
	Name     string
	Sessions Sessions
	Sealer   Sealer
	// Idle ends a session that is not used, Life ends every one.
	Idle, Life time.Duration
	// Plain allows cookies over plain HTTP: for a loopback address only.
	Plain bool

	tpl *page.Templates
}

// Routes adds the pages of signing in and out.
func (d *Door) Routes(mux *http.ServeMux) error {
	own, err := fs.Sub(pages, "pages")
	if err != nil {
		return err
	}
	if d.tpl, err = d.Site.Templates(own); err != nil {
		return err
	}
	mux.HandleFunc("GET "+page.SignInPath, d.show)
	mux.HandleFunc("GET "+StartPath, d.start)
	mux.HandleFunc("GET "+ReturnPath, d.back)
	mux.HandleFunc("POST "+page.SignOutPath, d.leave)
	return nil
}

// signInPage is what pages/sign-in.html shows.
type signInPage struct {
	Name, Start string
	// Ended tells that a session has run out.
	Ended bool
}

func (d *Door) show(w http.ResponseWriter, r *http.Request) {
	to := page.LocalPath(r.URL.Query().Get("ve"), "/")
	v := page.ViewerOf(r.Context())
	if v.SignedIn() {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	d.tpl.Show(w, r, http.StatusOK, "sign-in.html", page.Page{
		VI: "Đăng nhập", EN: "Sign in", Data: signInPage{Name: d.Name, Start: StartPath + "?" + query("ve", to), Ended: v.Former != ""},
	})
}

// start sends somebody to the provider, with what is needed to know them again sealed in
// their own browser.
func (d *Door) start(w http.ResponseWriter, r *http.Request) {
	a := newAttempt(page.LocalPath(r.URL.Query().Get("ve"), "/"), d.Site.Now())
	to, err := d.Provider.begin(r.Context(), a)
	if err == nil {
		err = d.carry(w, a)
	}
	if err != nil {
		d.Site.Log.ErrorContext(r.Context(), "identity: cannot begin", "error", err)
		d.Site.Problem(w, r, http.StatusServiceUnavailable, "Hệ thống định danh chưa trả lời. Hãy thử lại sau ít phút.", "The identity service does not answer. Please try again in a few minutes.")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// back is where the provider sends people. Whatever does not fit what this browser set out
// with is turned away.
func (d *Door) back(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	a, ok := d.carried(w, r)
	q := r.URL.Query()
	if !ok || !a.fits(q.Get("state"), d.Site.Now()) {
		d.Site.Problem(w, r, http.StatusBadRequest, "Lần đăng nhập này đã quá hạn hoặc bắt đầu ở trình duyệt khác. Hãy đăng nhập lại.", "This sign-in is too old or was begun in another browser. Please sign in again.")
		return
	}
	if q.Get("error") != "" { // the person changed their mind, or the provider said no
		d.Site.Tell(w, r, "info", "Bạn chưa đăng nhập.", "You have not signed in.")
		http.Redirect(w, r, page.SignInPath+"?"+query("ve", a.To), http.StatusSeeOther)
		return
	}
	v, err := d.Provider.finish(r.Context(), a, q.Get("code"))
	if err == nil {
		err = d.enter(w, r, v)
	}
	if err != nil {
		d.Site.Log.WarnContext(r.Context(), "identity: sign-in refused", "error", err)
		d.Site.Problem(w, r, http.StatusForbidden, "Không xác nhận được lần đăng nhập này. Hãy thử lại.", "This sign-in could not be confirmed. Please try again.")
		return
	}
	http.Redirect(w, r, a.To, http.StatusSeeOther)
}
