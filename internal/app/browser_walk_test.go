package app

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestAskingShowsSourcesAndACitationOpensBesideTheAnswer(t *testing.T) {
	at, ctx := served(t), browser(t)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(at+"/"),
		chromedp.SendKeys(chromedp.CSS("#q"), "Đăng ký khai sinh cho con cần giấy tờ gì"), chromedp.Click(chromedp.CSS(`form.ask button[type="submit"]`)))
	waitFor(t, ctx, `document.querySelector(".answer .checks") !== null`)
	if to := look[string](t, ctx, `location.search`); !strings.Contains(to, "q=") {
		t.Errorf("the address does not hold the question: %q", to)
	}
	waitFor(t, ctx, `document.querySelector("[data-live]").textContent === "Đã có câu trả lời"`)
	do(t, ctx, chromedp.Click(chromedp.CSS(".checks a.mark")))
	waitFor(t, ctx, `document.querySelector(".sources details[open] mark") !== null && document.activeElement.id.startsWith("nguon-")`)
	if marked := look[string](t, ctx, `document.querySelector(".sources details[open] mark.here").textContent`); !strings.Contains(look[string](t, ctx, `document.querySelector(".checks label").textContent`), marked) {
		t.Errorf("the highlighted words %q are not those of the line", marked)
	}
	if beside := look[bool](t, ctx, `document.querySelector(".sources").getBoundingClientRect().left > document.querySelector(".card").getBoundingClientRect().right`); !beside {
		t.Error("the passage does not stand beside the answer")
	}
}

func TestAFollowUpStaysInTheConversation(t *testing.T) {
	at, ctx := served(t), browser(t)
	do(t, ctx, chromedp.Navigate(at+"/?q="+url.QueryEscape("Đăng ký khai sinh cần giấy tờ gì")), chromedp.SendKeys(chromedp.CSS("#q2"), "lệ phí bao nhiêu?"), chromedp.Click(chromedp.CSS(".follow button")))
	waitFor(t, ctx, `document.querySelector("#cau-hoi").textContent.startsWith("lệ phí") && document.querySelector(".answer .card") !== null`)
	if got := look[string](t, ctx, `document.querySelector(".proc-head h2").textContent`); got != "Đăng ký khai sinh" {
		t.Errorf("the follow-up was answered about %q", got)
	}
}

func TestClarifyingOptionsAreButtonsThatAnswer(t *testing.T) {
	at, ctx := served(t), browser(t)
	for _, q := range []string{"đổi giấy", "cấp lại", "làm giấy tờ xe", "đăng ký kết hôn với người nước ngoài hay trong nước", "xin cấp giấy phép", "cấp bản sao"} {
		do(t, ctx, chromedp.Navigate(at+"/?q="+url.QueryEscape(q)))
		if !look[bool](t, ctx, `document.querySelector(".options button") !== null`) {
			continue
		}
		label := look[string](t, ctx, `document.querySelector(".options button b").textContent`)
		do(t, ctx, chromedp.Click(chromedp.CSS(".options button")))
		waitFor(t, ctx, `document.querySelector(".answer .proc-head") !== null`)
		if got := look[string](t, ctx, `document.querySelector(".proc-head h2").textContent`); got != label {
			t.Errorf("%s: pressed %q, answered %q", q, label, got)
		}
		return
	}
	t.Skip("none of these questions is asked back on today's corpus")
}

func TestThePageWorksWithoutScript(t *testing.T) {
	at := served(t)
	r := plainGet(t, at+"/?q="+url.QueryEscape("Đăng ký khai sinh cần giấy tờ gì"))
	body := unpacked(t, r)
	for _, want := range []string{`class="checks"`, `id="nguon-`, `action="/gop-y"`, `name="conversation"`} {
		if !strings.Contains(body, want) {
			t.Errorf("without script there is no %s", want)
		}
	}
	if inline := regexp.MustCompile(`<script(>|[^>]*[^"]>)[^<]`).FindString(body); inline != "" || regexp.MustCompile(`\son[a-z]+=|style="`).MatchString(body) {
		t.Errorf("script or style stands in the page: %q", inline)
	}
}

func TestNoPageBreaksItsOwnPolicy(t *testing.T) {
	at, tabs := served(t), map[string]context.Context{}
	browser(t)
	for _, p := range walkedPages(t) {
		ctx := visit(t, tabs, at, p)
		if bad := look[[]string](t, ctx, `Array.from(document.querySelectorAll("[style],script:not([src]):not([type='application/ld+json']),[onclick],[onload]")).map(e => e.outerHTML.slice(0, 120))`); len(bad) > 0 {
			t.Errorf("%s: %v", p.Name, bad)
		}
		if lost := look[[]string](t, ctx, `performance.getEntriesByType("resource").filter(e => e.responseStatus >= 400).map(e => e.name)`); len(lost) > 0 {
			t.Errorf("%s: not found: %v", p.Name, lost)
		}
	}
}

func TestEveryPageFitsAPhoneAndTwoHundredPercent(t *testing.T) {
	at, tabs := served(t), map[string]context.Context{}
	browser(t)
	for _, p := range walkedPages(t) {
		ctx := visit(t, tabs, at, p)
		for _, width := range []int64{320, 640} { // 1280 at 400 % and at 200 %
			do(t, ctx, chromedp.EmulateViewport(width, 640))
			over := look[[]string](t, ctx, `document.documentElement.scrollWidth <= innerWidth ? [] : Array.from(document.querySelectorAll("body *")).filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll,.menu,.tabs,svg")).slice(0, 3).map(e => e.outerHTML.slice(0, 120))`)
			if len(over) > 0 {
				t.Errorf("%s at %d: wider than the screen: %s", p.Name, width, strings.Join(over, "\n  "))
			}
		}
		do(t, ctx, chromedp.EmulateViewport(390, 844))
		small := look[[]string](t, ctx, `Array.from(document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary")).filter(e => {
			// links in running text are judged by axe, which knows the exception for them
			if (!e.checkVisibility() || e.closest(".skip,label") || getComputedStyle(e).display === "inline") return false;
			const r = e.getBoundingClientRect();
			return r.width > 0 && (r.height < 24 || r.width < 24);
		}).map(e => e.outerHTML.slice(0, 120))`)
		if len(small) > 0 {
			t.Errorf("%s: targets under 24 pixels: %s", p.Name, strings.Join(small, "\n  "))
		}
	}
}

func TestTheKeyboardReachesEverythingInOrder(t *testing.T) {
	at, tabs := served(t), map[string]context.Context{}
	browser(t)
	for _, p := range walkedPages(t) {
		ctx := visit(t, tabs, at, p)
		do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(at+p.Path))
		want := look[int](t, ctx, `Array.from(document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0']")).filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !(e.type === "radio" && e.name && Array.from(document.getElementsByName(e.name)).indexOf(e) > 0)).length`)
		var seen []string
		for range min(want, 60) {
			do(t, ctx, chromedp.KeyEvent(kb.Tab))
			at := look[string](t, ctx, `(e => { if (!e || e === document.body) return "";
				const s = getComputedStyle(e), inside = e.closest(".ask-box");
				const shown = s.outlineStyle !== "none" || inside && getComputedStyle(inside).outlineStyle !== "none" || e.type === "date";
				e.dataset.walk = e.dataset.walk || String(Math.random());
				return (shown ? "" : "UNSEEN ") + e.dataset.walk + " " + e.outerHTML.slice(0, 90) })(document.activeElement)`)
			if strings.HasPrefix(at, "UNSEEN") {
				t.Errorf("%s: the focus cannot be seen on %s", p.Name, at)
			}
			if at != "" && !slices.Contains(seen, at) {
				seen = append(seen, at)
			}
		}
		if len(seen) < min(want, 60)*8/10 { // a date field takes several stops
			t.Errorf("%s: the keyboard reached %d of %d", p.Name, len(seen), want)
		}
	}
}

func TestSignInWorksInARealBrowserAndFormsOfOthersDoNot(t *testing.T) {
	at, ctx := served(t), browser(t)
	signIn(t, ctx, at, "me-tre", "/")
	waitFor(t, ctx, `document.body.innerText.includes("Nguyễn Thị Lan")`)
	if seen := look[string](t, ctx, `document.cookie`); strings.Contains(seen, "phien") {
		t.Errorf("a script can read the session: %q", seen)
	}
	do(t, ctx, chromedp.Navigate(at+"/ban-lam-viec"))
	waitFor(t, ctx, `document.body.innerText.includes("không có quyền")`)
	do(t, ctx, chromedp.Click(chromedp.CSS(`details.drop summary[aria-label^="Tài khoản"]`)), chromedp.Click(chromedp.CSS(`form[action="/dang-xuat"] button`)))
	waitFor(t, ctx, `document.body.innerText.includes("Bạn đã đăng xuất")`)
}

func TestTheAskPageIsLight(t *testing.T) {
	at := served(t)
	for _, path := range []string{"/", "/?q=" + url.QueryEscape("Đăng ký khai sinh cần giấy tờ gì")} {
		body := plainGet(t, at+path)
		total, requests := weight(t, body), 1
		page := unpackedBytes
		for _, m := range regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`).FindAllStringSubmatch(page, -1) {
			r := plainGet(t, at+m[1])
			total, requests = total+weight(t, r), requests+1
			if strings.HasSuffix(m[1], ".css") {
				for _, f := range regexp.MustCompile(`url\((/static/[^)]+)\)`).FindAllStringSubmatch(unpackedBytes, -1) {
					if !strings.Contains(page, f[1]) { // the others are preloaded and counted
						total, requests = total+weight(t, plainGet(t, at+f[1])), requests+1
					}
				}
			}
		}
		t.Logf("%s: %d bytes over the wire in %d requests", path, total, requests)
		if total > 100<<10 || requests > 10 {
			t.Errorf("%s: %d bytes in %d requests; at most 102400 in 10", path, total, requests)
		}
	}
}

// unpackedBytes is the text of what weight has read last.
var unpackedBytes string

// weight is what a response took on the wire, headers included.
func weight(t *testing.T, r *http.Response) int {
	t.Helper()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	n := len(raw)
	for name, values := range r.Header {
		n += len(name) + len(strings.Join(values, "")) + 4
	}
	unpackedBytes = inflate(t, r, raw)
	return n
}

func TestTextIsPaintedBeforeAnyScriptRuns(t *testing.T) {
	at := served(t)
	page := unpacked(t, plainGet(t, at+"/"))
	for _, m := range regexp.MustCompile(`<script[^>]*src=[^>]*>`).FindAllString(page, -1) {
		if !strings.Contains(m, "defer") {
			t.Errorf("%s holds the page up", m)
		}
	}
	ctx := browser(t)
	do(t, ctx, chromedp.Navigate(at+"/"))
	waitFor(t, ctx, `performance.getEntriesByName("first-contentful-paint").length === 1`)
	t.Logf("first contentful paint after %.0f ms", look[float64](t, ctx, `performance.getEntriesByName("first-contentful-paint")[0].startTime`))
}

func TestSearchEnginesReadTheProcedureAsAGovernmentService(t *testing.T) {
	at, ctx := served(t), browser(t)
	do(t, ctx, chromedp.Navigate(at+"/thu-tuc/1.001193"))
	if got := look[string](t, ctx, `(d => d["@type"] + "|" + d.identifier + "|" + d.name + "|" + d.availableChannel.length)(JSON.parse(document.querySelector("script[type='application/ld+json']").textContent))`); !strings.HasPrefix(got, "GovernmentService|1.001193|Đăng ký khai sinh|") {
		t.Errorf("%q", got)
	}
}
