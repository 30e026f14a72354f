package app

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/motcua/motcua/internal/civil"
)

// quoted is a string as a script writes it.
func quoted(s string) string { return strconv.QuoteToASCII(s) }

// turning are the characters that hide text or turn its direction, as a script's pattern.
const turning = `/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/`

// unharmed fails when text of a person has become part of the page or turns it.
func unharmed(t testing.TB, ctx context.Context, where string) {
	t.Helper()
	if look[bool](t, ctx, `window.taken === true || document.querySelector("main script:not([type='application/ld+json']), main img, main b[id=taken]") !== null`) {
		t.Errorf("%s: what somebody typed became markup", where)
	}
	if bad := look[string](t, ctx, `[document.title, document.body.innerText, document.documentElement.outerHTML].map(s => (s.match(new RegExp(".{0,30}" + `+turning+`.source + ".{0,30}")) || [""])[0]).join("")`); bad != "" {
		t.Errorf("%s: a mark that turns or hides text stands in the page: %q", where, bad)
	}
	if way := look[string](t, ctx, `getComputedStyle(document.querySelector("main")).direction`); way != "ltr" {
		t.Errorf("%s: the page runs %s", where, way)
	}
}

const (
	nastyMarkup = `<script>window.taken=true</script><img src=x onerror="window.taken=true"><b id=taken>đậm</b>`
	nastyMarks  = "tạm\u200b trú \u202egnuht\u2066 ở\ufeff đâu"
)

func TestAQuestionNeverBecomesMarkupAndNeverTurnsThePage(t *testing.T) {
	at, ctx := served(t), browser(t)
	question := nastyMarkup + " đăng ký " + nastyMarks
	for _, path := range []string{"/?q=%s", "/?q=%s&in=1", "/?q=tạm+trú&place=%s", "/thu-tuc?q=%s", "/van-ban?q=%s", "/so-sanh?dieu=%s&tu=2026-01-01", "/tham-quyen?viec=%s", "/kiem-tin?ma=%s", "/lien-he?ve=%s"} {
		goTo(t, ctx, at+fmt.Sprintf(path, url.QueryEscape(question)))
		unharmed(t, ctx, path)
	}
	goTo(t, ctx, at+"/")
	look[any](t, ctx, `document.querySelector("#q").value = `+quoted(question)+`; null`)
	do(t, ctx, chromedp.Click(chromedp.CSS(`form.ask button[type="submit"]`)))
	waitFor(t, ctx, `document.querySelector("#cau-hoi") !== null && document.querySelector("[data-live]").textContent === "Đã có câu trả lời"`)
	if said := look[string](t, ctx, `document.querySelector("#cau-hoi").textContent`); !strings.Contains(said, "<script>window.taken=true</script>") || !strings.Contains(said, "tạm trú") {
		t.Errorf("the question is shown as %q", said)
	}
	look[any](t, ctx, `document.querySelector("#q").value = ""; null`) // what one types is one's own
	unharmed(t, ctx, "an answer that came as a stream")
}

func TestAChildsNameNeverBecomesMarkupAndNeverTurnsThePage(t *testing.T) {
	at, ctx := served(t), browser(t)
	enter(t, ctx, at, "me-tre", "/toi")
	declareChild(t, ctx, at, "", civil.On(walkNow()).AddDays(-6))
	do(t, ctx, chromedp.SetValue(chromedp.CSS("#ten-goi"), "<img src=x onerror=taken=true>\u202etíM\u200b éB"))
	press(t, ctx, saveButton)
	says(t, ctx, "<img src=x onerror=taken=true>tíM éB")
	for _, path := range []string{"/toi", "/toi/khai/can-cuoc", "/toi/du-lieu", "/toi/tin"} {
		goTo(t, ctx, at+path)
		unharmed(t, ctx, path)
	}
	goTo(t, ctx, at+"/toi")
	matter := look[string](t, ctx, `(c => c ? c.querySelector("h3 a").href : "")(Array.from(document.querySelectorAll(".cards .card")).find(c => c.innerText.includes("onerror")))`)
	if matter == "" {
		t.Fatal("nothing is planned for the child")
	}
	goTo(t, ctx, matter)
	says(t, ctx, "<img src=x")
	unharmed(t, ctx, "a matter of the child")
}

// formToken is the form's own, of the form on the page that goes there.
func formToken(t testing.TB, ctx context.Context, action string) string {
	t.Helper()
	return look[string](t, ctx, `document.querySelector('form[action="`+action+`"] input[name="the"]').value`)
}

func TestAForgedFormChangesNothing(t *testing.T) {
	const action = "/toi/dong-y/papers/portal"
	at, his, hers := served(t), browser(t), browser(t)
	enter(t, hers, at, "me-tre", action)
	token := formToken(t, hers, action)
	enter(t, his, at, "ve-huu", action)
	before := len(ledger(t, "ve-huu"))
	for name, forge := range map[string]string{
		"without a token":          `document.querySelector('form[action="` + action + `"] input[name="the"]').remove()`,
		"with a made-up token":     `document.querySelector('form[action="` + action + `"] input[name="the"]').value = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`,
		"with a token of somebody": `document.querySelector('form[action="` + action + `"] input[name="the"]').value = ` + quoted(token),
	} {
		goTo(t, his, at+action)
		do(t, his, chromedp.Click(chromedp.CSS("#dong-y")))
		look[any](t, his, forge+"; null")
		if r := press(t, his, `form[action="`+action+`"] .buttons button`); r.Status != http.StatusForbidden {
			t.Errorf("%s: %d", name, r.Status)
		}
	}
	goTo(t, his, at+action)
	token = formToken(t, his, action) // even a right one
	foreign := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<form method="post" action="%s%s"><input name="dong-y" value="yes"><input name="the" value="%s"><button>Nhận quà</button></form>`, at, action, token)
	}))
	defer foreign.Close()
	goTo(t, his, foreign.URL)
	if r := press(t, his, "button"); r.Status != http.StatusForbidden {
		t.Errorf("from another site: %d", r.Status)
	}
	if n := len(ledger(t, "ve-huu")); n != before {
		t.Errorf("forged forms wrote %d lines", n-before)
	}
}

func TestAStaleFormChangesNothingUntilItIsSentAgain(t *testing.T) {
	const action = "/toi/dong-y/papers/portal"
	at, ctx := served(t), browser(t)
	enter(t, ctx, at, "ve-huu", action)
	do(t, ctx, chromedp.Click(chromedp.CSS("#dong-y")))
	other, cancel := chromedp.NewContext(ctx) // a second tab of the same browser
	t.Cleanup(cancel)
	if err := chromedp.Do(other); err != nil {
		t.Fatal(err)
	}
	goTo(t, other, at+"/toi")
	do(t, other, chromedp.Click(chromedp.CSS(`details.drop summary[aria-label^="Tài khoản"]`)))
	press(t, other, `form[action="/dang-xuat"] button`)
	enter(t, other, at, "ve-huu", "/toi")
	before := len(ledger(t, "ve-huu"))
	if r := press(t, ctx, `form[action="`+action+`"] .buttons button`); r.Status != http.StatusForbidden {
		t.Errorf("a form of an earlier session: %d", r.Status)
	}
	says(t, ctx, "thuộc một phiên cũ")
	if n := len(ledger(t, "ve-huu")); n != before {
		t.Errorf("a stale form wrote %d lines", n-before)
	}
	press(t, ctx, `form[action="`+action+`"] button`)
	if n := len(ledger(t, "ve-huu")); n != before+1 {
		t.Errorf("sent again, %d lines were written", n-before)
	}
}
