package app

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
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
	t.Error("none of these questions is asked back: find one that is")
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
