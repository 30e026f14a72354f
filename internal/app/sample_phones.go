package app

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/civil"
)

//go:embed phones
var phoneFiles embed.FS

// phonesPath is where one types as a citizen in a sample.
const phonesPath = "/sample/dien-thoai"

// samplePeople are whose phones they are.
var samplePeople = []string{"Lan", "Bình", "Hoa"}

// phone is one fake platform as a person holds it.
type phone struct {
	name, title string
	user        func(who int) string
	shown       func(user string) []channeltest.Shown
	write       func(user, text string)
	press       func(user, data string)
	open, leave func(user string)
	calls       func() []string // what we sent last, latest first
}

// phones is an area of the portal: two phones, and what is sent to them.
type phones struct {
	a    *App
	list []phone
	tpl  *page.Templates
}

// samplePhones is the area, and its entry in the menu; nil outside a sample.
func (a *App) samplePhones() *phones {
	if !a.sample {
		return nil
	}
	a.site.Menu = append(a.site.Menu[:len(a.site.Menu):len(a.site.Menu)], page.Link{Path: phonesPath, Icon: "send", VI: "Điện thoại thử", EN: "Trial phones"})
	p := &phones{a: a}
	if f := a.sampleTelegram; f != nil {
		number := func(user string) int64 { n, _ := strconv.ParseInt(user, 10, 64); return n } // ours, above
		p.list = append(p.list, phone{
			name: "telegram", title: "Telegram", user: func(who int) string { return strconv.Itoa(5550000 + who) },
			shown: func(u string) []channeltest.Shown { return f.Shown(number(u)) },
			write: func(u, text string) { f.Type(number(u), text) }, press: func(u, data string) { f.Press(number(u), data) },
			open: func(u string) { f.Unblock(number(u)); f.Open(number(u), "") }, leave: func(u string) { f.Block(number(u)) },
			calls: func() (out []string) {
				for _, r := range f.Requests("sendMessage") {
					out = append(out, r.String())
				}
				return out
			},
		})
	}
	if f := a.sampleZalo; f != nil {
		p.list = append(p.list, phone{
			name: "zalo", title: "Zalo", user: func(who int) string { return strconv.Itoa(8880000 + who) }, shown: f.Shown,
			write: func(u, text string) { f.Type(u, text) }, press: func(u, data string) { f.Press(u, data) },
			open: func(u string) { f.Follow(u) }, leave: func(u string) { f.Unfollow(u) },
			calls: func() (out []string) {
				for _, c := range f.Calls("") {
					out = append(out, c.String())
				}
				return out
			},
		})
	}
	return p
}

// Static implements what the site asks of areas with files of their own.
func (p *phones) Static() fs.FS {
	static, err := fs.Sub(phoneFiles, "phones/static")
	if err != nil {
		panic(err) // embedded
	}
	return static
}

// Routes implements page.Area.
func (p *phones) Routes(mux *http.ServeMux) error {
	own, err := fs.Sub(phoneFiles, "phones/pages")
	if err != nil {
		return err
	}
	if p.tpl, err = p.a.site.Templates(own, template.FuncMap{"inc": func(i int) int { return i + 1 }}); err != nil {
		return err
	}
	mux.HandleFunc("GET "+phonesPath, p.show)
	mux.HandleFunc("POST "+phonesPath+"/{channel}", p.act)
	return nil
}

// phonesPage is what dien-thoai.html shows.
type phonesPage struct {
	Who    int
	People []string
	Phones []phoneView
}

type phoneView struct {
	Name, Title string
	Messages    []messageView
	Calls       []string
}

type messageView struct {
	channeltest.Shown
	Body template.HTML
	At   string
}

// most bounds what a page shows of each phone.
const mostMessages, mostCalls = 40, 3

func (p *phones) show(w http.ResponseWriter, r *http.Request) {
	data := phonesPage{Who: whose(r.FormValue("ai")), People: samplePeople}
	for _, ph := range p.list {
		v := phoneView{Name: ph.name, Title: ph.title}
		all := ph.shown(ph.user(data.Who))
		for _, m := range all[max(0, len(all)-mostMessages):] {
			body := template.HTML(template.HTMLEscapeString(m.Text)) //nolint:gosec // escaped
			if m.HTML != "" && !m.Mine {
				body = template.HTML(m.HTML) //nolint:gosec // the fake has parsed it: a few tags and links alone
			}
			v.Messages = append(v.Messages, messageView{m, body, m.At.In(civil.Zone).Format("15:04")})
		}
		calls := ph.calls()
		for i := len(calls) - 1; i >= max(0, len(calls)-mostCalls); i-- {
			v.Calls = append(v.Calls, calls[i])
		}
		data.Phones = append(data.Phones, v)
	}
	p.tpl.Show(w, r, http.StatusOK, "dien-thoai.html", page.Page{VI: "Điện thoại thử", EN: "Trial phones", Section: phonesPath, Styles: []string{"phones.css"}, Wide: true, Data: data})
}

func whose(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > len(samplePeople) {
		return 1
	}
	return n
}

// answerWithin is how long a page waits for an answer before it shows without it.
const answerWithin = 4 * time.Second

func (p *phones) act(w http.ResponseWriter, r *http.Request) {
	f, ok := p.a.site.ReadForm(w, r)
	if !ok {
		return
	}
	who := whose(f.Value("ai"))
	for _, ph := range p.list {
		if ph.name != r.PathValue("channel") {
			continue
		}
		user := ph.user(who)
		before := len(ph.shown(user))
		switch {
		case f.Value("nut") != "":
			ph.press(user, f.Value("nut"))
		case f.Value("viec") == "mo":
			ph.open(user)
		case f.Value("viec") == "chan":
			ph.leave(user)
		case f.Value("chu") != "":
			ph.write(user, f.Value("chu"))
		}
		p.wait(r, ph, user, before)
		http.Redirect(w, r, phonesPath+"?ai="+strconv.Itoa(who)+"#"+ph.name, http.StatusSeeOther)
		return
	}
	p.a.site.NotFound(w, r)
}

// wait until the phone shows something of ours and is then still for a moment.
func (p *phones) wait(r *http.Request, ph phone, user string, before int) {
	end := time.Now().Add(answerWithin)
	for last := before; time.Now().Before(end); {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(400 * time.Millisecond):
		}
		all := ph.shown(user)
		if n := len(all); n > before && n == last && !all[n-1].Mine {
			return
		}
		last = len(all)
	}
}
