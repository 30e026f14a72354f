package app

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/config"
)

// citizen is somebody with a browser without script: links, forms and cookies.
type citizen struct {
	t      testing.TB
	at     string
	client *http.Client
}

func (c *citizen) read(r *http.Response, err error) string {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %v\n%s", r.Request.URL, r.StatusCode, err, raw)
	}
	return html.UnescapeString(string(raw))
}

func (c *citizen) open(path string) string {
	c.t.Helper()
	return c.read(c.client.Get(c.at + path))
}

var hiddenInput = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// send fills in a form that stands on a page and sends it; what stands hidden goes along.
func (c *citizen) send(from, action string, fields url.Values) string {
	c.t.Helper()
	page := c.open(from)
	_, form, found := strings.Cut(page, `action="`+action+`"`)
	if !found {
		c.t.Fatalf("%s has no form that goes to %s", from, action)
	}
	form, _, _ = strings.Cut(form, "</form>")
	sent := url.Values{}
	for _, m := range hiddenInput.FindAllStringSubmatch(form, -1) {
		sent.Set(m[1], m[2])
	}
	for name, values := range fields {
		sent[name] = values
	}
	return c.read(c.client.PostForm(c.at+action, sent))
}

// comes signs in as one of the made-up people.
func comes(t testing.TB, at, persona string) *citizen {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &citizen{t, at, &http.Client{Jar: jar}}
	start := regexp.MustCompile(`href="(/dang-nhap/bat-dau[^"]*)"`).FindStringSubmatch(c.open("/dang-nhap?ve=/"))
	if start == nil {
		t.Fatal("there is no way to sign in")
	}
	if in := c.send(start[1], "/mau/dinh-danh", url.Values{"persona": {persona}}); !strings.Contains(in, "/dang-xuat") {
		t.Fatalf("%s is not signed in", persona)
	}
	return c
}

// serveSample runs the whole service as `serve --sample` does, on a morning; it returns
// where.
func serveSample(t *testing.T) (*App, string) {
	t.Helper()
	cfg := config.Default()
	cfg.Data, cfg.RatePerMinute, cfg.Listen = folder(t), 0, "127.0.0.1:0"
	began := time.Now()
	a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler), MadeUp(), Clock(func() time.Time { return morning.Add(time.Since(began)) }))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	at, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- a.Serve(ctx, func(addr string) { at <- "http://" + addr }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	select {
	case where := <-at:
		return a, where
	case err := <-ended:
		ended <- err
		t.Fatalf("it does not serve: %v", err)
		return nil, ""
	}
}

// TestAChatLinkedOnThePortalGetsTheNoticeItsOwnerAgreedTo goes the whole way over HTTP on
// both channels: sign in, take a code, bring it to the chat, agree, declare something, and
// read what comes on the phone.
func TestAChatLinkedOnThePortalGetsTheNoticeItsOwnerAgreedTo(t *testing.T) {
	a, at := serveSample(t)
	for _, c := range []struct {
		channel, title, persona string
		bring                   func(me *citizen, code, link string)
		shown                   func() []channeltest.Shown
		broken                  func() []string
	}{
		{"telegram", "Telegram", "chu-tiem", func(_ *citizen, _, link string) { // by the deep link, as a tap on it does
			_, payload, _ := strings.Cut(link, "?start=")
			a.sampleTelegram.Open(5550003, payload)
		}, func() []channeltest.Shown { return a.sampleTelegram.Shown(5550003) }, a.sampleTelegram.Violations},
		{"zalo", "Zalo", "ve-huu", func(me *citizen, code, _ string) { // typed on the trial phone
			me.send("/sample/dien-thoai?ai=2", "/sample/dien-thoai/zalo", url.Values{"chu": {code}})
		}, func() []channeltest.Shown { return a.sampleZalo.Shown("8880002") }, a.sampleZalo.Violations},
	} {
		t.Run(c.channel, func(t *testing.T) {
			heard := func(words string) (n int) {
				for _, m := range c.shown() {
					if !m.Mine && strings.Contains(m.Text, words) {
						n++
					}
				}
				return n
			}
			me := comes(t, at, c.persona)
			page := me.send("/toi/kenh", "/toi/kenh/"+c.channel, nil)
			code := regexp.MustCompile(`class="code">([0-9A-Z-]+)<`).FindStringSubmatch(page)
			if code == nil {
				t.Fatalf("no code on the page:\n%s", page)
			}
			link := regexp.MustCompile(`href="(https://[^"]+)" rel="external"`).FindStringSubmatch(page)
			c.bring(me, code[1], strings.Join(link[min(len(link), 1):], ""))
			eventually(t, "the chat says it is linked", func() bool { return heard("Đã liên kết cuộc trò chuyện này") == 1 })
			if page := me.open("/toi/kenh"); !strings.Contains(page, `action="/toi/kenh/`+c.channel+`/huy"`) {
				t.Fatal("the portal does not show the link")
			}

			const neutral = "Bạn có một lời nhắc về giấy tờ" // how the rules for lost papers speak outside the portal
			lose := func(paper string, daysAgo int) {
				me.send("/toi/khai/mat-giay-to", "/toi/khai/mat-giay-to", url.Values{"giay": {paper}, "ngay": {civil.On(morning).AddDays(-daysAgo).String()}})
			}
			told := func(title, over string, n int) func() bool {
				line := regexp.MustCompile(title + `(?s:.{0,200}?)23/11/2026 · ` + over + ` `)
				return func() bool { return len(line.FindAllString(me.open("/toi/tin"), -1)) == n }
			}
			lose("id_card", 0)
			eventually(t, "without consent the portal alone tells", told("Xin cấp lại giấy tờ bị mất", "Cổng", 1))
			if heard(neutral) != 0 {
				t.Error("a chat was told of something its owner has not agreed to")
			}

			me.send("/toi/dong-y/papers/"+c.channel, "/toi/dong-y/papers/"+c.channel, url.Values{"dong-y": {"yes"}})
			lose("passport", 0)
			eventually(t, "the notice on the phone", func() bool { return heard(neutral) == 1 })
			eventually(t, "the inbox says over what it went", told("Trình báo mất hộ chiếu", c.title, 1))
			for _, m := range c.shown() {
				for _, private := range []string{"hộ chiếu", "ăn cước", "Lê Thị", "Trần Văn"} {
					if !m.Mine && strings.Contains(m.Text, neutral) && strings.Contains(m.Text, private) {
						t.Errorf("the notice names %q: %s", private, m.Text)
					}
				}
			}

			me.send("/toi/kenh", "/toi/kenh/"+c.channel+"/huy", nil)
			if ledger := me.open("/toi/dong-y"); !regexp.MustCompile(`<td>mọi việc</td><td>` + c.title + `</td><td>rút lại</td>`).MatchString(ledger) {
				t.Error("the ledger does not show that unlinking withdrew consent")
			}
			before := len(c.shown())
			lose("passport", 1)
			eventually(t, "once unlinked the portal alone tells", func() bool {
				return regexp.MustCompile(`Trình báo mất hộ chiếu[^·]{0,400}· Cổng `).MatchString(me.open("/toi/tin"))
			})
			if after := c.shown(); len(after) != before {
				t.Errorf("an unlinked chat was told %v", after[before:])
			}
			if broken := c.broken(); len(broken) > 0 {
				t.Errorf("%q", broken)
			}
		})
	}
}
