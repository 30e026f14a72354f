package mine

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// spousePage is what pages/spouse.html shows.
type spousePage struct {
	Form    *page.Form
	Code    string // a fresh one, shown once
	Until   string
	Spouses []string
}

func (a *Area) spouse(w http.ResponseWriter, r *http.Request) {
	a.showSpouse(w, r, http.StatusOK, spousePage{})
}

func (a *Area) showSpouse(w http.ResponseWriter, r *http.Request, status int, data spousePage) {
	h, err := a.household(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "household", err)
		return
	}
	for _, e := range h.me.Edges {
		if e.Kind == lifeevents.SpouseOf && !e.Withdrawn && e.Validity.Holds(a.today()) {
			said := lifeevents.Text{VI: "Đã ghi nhận từ " + e.Source.Name().VI, EN: "On file from: " + e.Source.Name().EN}
			data.Spouses = append(data.Spouses, said.In(lang(r)))
		}
	}
	a.show(w, r, status, "spouse.html", page.Page{VI: "Vợ hoặc chồng", EN: "Spouse", Data: data})
}

// codeOf reads a code as people type it.
func codeOf(text string) string {
	return strings.ToUpper(strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' || c == '.' {
			return -1
		}
		return c
	}, text))
}

// spouseInvite makes a code that the other side takes up after signing in.
func (a *Area) spouseInvite(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	code := rand.Text()[:16]
	v := lifeevents.Invite{From: me(r), Tell: f.Value("cho-biet") == "yes", Expires: a.Now().Add(lifeevents.InviteLife)}
	if err := a.Book.Invite(r.Context(), code, v); err != nil {
		a.Site.Broken(w, r, "invite", err)
		return
	}
	a.showSpouse(w, r, http.StatusOK, spousePage{Code: code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:], Until: clock(v.Expires)})
}

// spouseAccept ties the two together: both have signed in, both have said yes. Each is told
// of the other's affairs only where both want it.
func (a *Area) spouseAccept(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	code := codeOf(f.Value("ma"))
	v, err := a.Book.Invited(r.Context(), code, a.Now())
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		f.Wrong("ma", "Mã không đúng, đã dùng, hoặc đã quá bảy ngày.", "The code is wrong, used, or older than seven days.")
	case err != nil:
		a.Site.Broken(w, r, "invite", err)
		return
	case v.From == me(r):
		f.Wrong("ma", "Mã này do chính bạn tạo; người kia mới là người nhập.", "You made this code yourself; the other side enters it.")
	}
	if f.Value("dong-y") != "yes" {
		f.Wrong("dong-y", "Hãy đánh dấu ô xác nhận.", "Please tick the box to confirm.")
	}
	if !f.OK() {
		a.showSpouse(w, r, http.StatusUnprocessableEntity, spousePage{Form: f})
		return
	}
	out, err := a.Declarer.Spouses(r.Context(), "vo-chong-"+code, v.From, me(r), v.Tell && f.Value("cho-biet") == "yes", a.Now())
	if err == nil && out.OK {
		err = a.Book.UseInvite(r.Context(), code, a.Now())
	}
	switch {
	case errors.Is(err, corpus.ErrNotFound): // the same code in two windows: the tie stands already
	case err != nil:
		a.Site.Broken(w, r, "spouses", err)
		return
	case !out.OK:
		f.Wrong("", out.Says, out.Says)
		a.showSpouse(w, r, http.StatusUnprocessableEntity, spousePage{Form: f})
		return
	}
	a.Site.Tell(w, r, "done", "Hai bên đã xác nhận là vợ chồng.", "Both of you have confirmed.")
	http.Redirect(w, r, Section, http.StatusSeeOther)
}
