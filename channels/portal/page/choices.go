package page

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// choice is something a reader may set for their browser: the name of its cookie, which is
// also the name of its parameter, and its values, the usual one first.
type choice struct {
	name   string
	values []string
}

var choices = []choice{
	{"lang", []string{"vi", "en"}},
	{"theme", []string{"auto", "light", "dark"}},
	{"size", []string{"normal", "large"}},
}

// Choices are what the reader chose.
type Choices struct{ Lang, Theme, Size string }

// ChoicesOf reads them from the cookies; anything unknown is the usual value.
func ChoicesOf(r *http.Request) Choices {
	var got [3]string
	for i, c := range choices {
		got[i] = c.values[0]
		if k, err := r.Cookie(c.name); err == nil && slices.Contains(c.values, k.Value) {
			got[i] = k.Value
		}
	}
	return Choices{Lang: got[0], Theme: got[1], Size: got[2]}
}

// Lang is the language of the pages for this reader: "vi" or "en".
func Lang(r *http.Request) string { return ChoicesOf(r).Lang }

// choose sets what the query names and goes back to where the reader was.
func (s *Site) choose(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	for _, c := range choices {
		if v := q.Get(c.name); slices.Contains(c.values, v) {
			http.SetCookie(w, &http.Cookie{Name: c.name, Value: v, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: r.TLS != nil})
		}
	}
	http.Redirect(w, r, LocalPath(q.Get("ve"), "/"), http.StatusSeeOther)
}

// LocalPath is to when it is an address of this site, else usual: nobody is sent away by a
// link that somebody else made.
func LocalPath(to, usual string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return usual
	}
	return to
}
