package mine

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// onePage is how many notices stand on a page of the inbox.
const onePage = 20

// inboxPage is what pages/inbox.html shows.
type inboxPage struct {
	Lines      []letterLine
	Prev, Next string
	Unread     int
}

// letterLine is one notice in the list.
type letterLine struct {
	Code, Title, Day, Channel string
	Unread                    bool
}

// letterPage is what pages/letter.html shows.
type letterPage struct {
	letterLine
	Body    string
	Notice  lifeevents.Notice
	Why     delivery.Explanation
	State   string
	Planned bool // still in the list of matters
	Late    string
}

func (a *Area) inbox(w http.ResponseWriter, r *http.Request) {
	at, err := strconv.Atoi(r.URL.Query().Get("tu"))
	if err != nil || at < 0 {
		at = 0
	}
	list, err := a.Inbox.Told(r.Context(), me(r), at, onePage+1)
	if err != nil {
		a.Site.Broken(w, r, "inbox", err)
		return
	}
	data := inboxPage{}
	if len(list) > onePage {
		list, data.Next = list[:onePage], "/toi/tin?tu="+strconv.Itoa(at+onePage)
	}
	if at > 0 {
		data.Prev = "/toi/tin?tu=" + strconv.Itoa(max(0, at-onePage))
	}
	for i := range list {
		data.Lines = append(data.Lines, a.letterLine(&list[i], r))
	}
	if data.Unread, err = a.unread(r); err != nil {
		a.Site.Broken(w, r, "inbox", err)
		return
	}
	a.show(w, r, http.StatusOK, "inbox.html", page.Page{VI: "Hộp thư", EN: "Inbox", Data: data})
}

func (a *Area) letterLine(t *Told, r *http.Request) letterLine {
	l := letterLine{Code: a.Composer.Codes.Of(t.ID), Unread: t.State == delivery.Sent, Channel: a.channelName(t.Channel, lang(r))}
	if !t.At.IsZero() {
		l.Day = civil.On(t.At).VN()
	}
	if rule, ok := a.Rules().Rule(t.Notice.Rule, t.Notice.Version); ok {
		words, _ := rule.Words(t.Notice, lang(r), lifeevents.Own)
		l.Title = words.Title
	} else {
		l.Title = t.Notice.Topic.Name().In(lang(r))
	}
	return l
}

func (a *Area) channelName(name, lang string) string {
	vi, en := "Cổng", "Portal"
	for _, d := range a.Doors {
		if d.Name == name {
			vi, en = d.VI, d.EN
		}
	}
	if lang == "en" {
		return en
	}
	return vi
}

// unreadMost bounds how far back unread notices are counted.
const unreadMost = 100

func (a *Area) unread(r *http.Request) (n int, err error) {
	list, err := a.Inbox.Told(r.Context(), me(r), 0, unreadMost)
	for i := range list {
		if list[i].State == delivery.Sent {
			n++
		}
	}
	return n, err
}

// newest stands in an address for the code of the latest notice.
const newest = "moi-nhat"

// letter shows one notice by its code; opening it marks it as read.
func (a *Area) letter(w http.ResponseWriter, r *http.Request) {
	code := r.PathValue("code")
	if code == newest {
		list, err := a.Inbox.Told(r.Context(), me(r), 0, 1)
		if err != nil {
			a.Site.Broken(w, r, "inbox", err)
			return
		}
		if len(list) > 0 {
			code = a.Composer.Codes.Of(list[0].ID)
		}
	}
	number, ok := a.Composer.Codes.Check(code)
	if !ok {
		a.Site.NotFound(w, r)
		return
	}
	t, err := a.Inbox.Coded(r.Context(), number)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		a.Site.NotFound(w, r)
		return
	case err != nil:
		a.Site.Broken(w, r, "inbox", err)
		return
	case t.Notice.Person != me(r):
		a.Site.Deny(w, r, "notice of another person")
		return
	}
	if err := a.Inbox.Opened(r.Context(), t.ID, a.Now()); err != nil {
		a.Site.Broken(w, r, "inbox", err)
		return
	}
	data := letterPage{letterLine: a.letterLine(&t, r), Notice: t.Notice, State: t.State.Name().In(lang(r))}
	rule, known := a.Rules().Rule(t.Notice.Rule, t.Notice.Version)
	if known {
		words, _ := rule.Words(t.Notice, lang(r), lifeevents.Own)
		data.Body, data.Late = words.Body, rule.Texts.Late.In(lang(r))
	} else {
		rule = nil
	}
	data.Why = a.Composer.Explain(t.ID, t.Notice, rule, lang(r))
	data.Why.Doubt = doubtOf(t.Notice, rule, lang(r))
	if h, err := a.household(r.Context(), me(r)); err == nil {
		m, _ := h.find(t.Notice.Slot)
		data.Planned = m != nil
	}
	a.show(w, r, http.StatusOK, "letter.html", page.Page{VI: data.Title, EN: data.Title, Data: data})
}

// readAll marks everything as read.
func (a *Area) readAll(w http.ResponseWriter, r *http.Request) {
	list, err := a.Inbox.Told(r.Context(), me(r), 0, unreadMost)
	for i := 0; i < len(list) && err == nil; i++ {
		if list[i].State == delivery.Sent {
			err = a.Inbox.Opened(r.Context(), list[i].ID, a.Now())
		}
	}
	if err != nil {
		a.Site.Broken(w, r, "inbox", err)
		return
	}
	a.Site.Tell(w, r, "done", "Đã đánh dấu đọc hết.", "All marked as read.")
	http.Redirect(w, r, "/toi/tin", http.StatusSeeOther)
}

// clock writes an instant as people in Vietnam do.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(civil.Zone).Format("15:04 02/01/2006")
}
