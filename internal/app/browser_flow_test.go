package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/motcua/motcua/assistant"
)

// walked is the service behind sampleApp. Its day is fixed, as what it holds; walkLater
// moves its clock, in nanoseconds.
var (
	walked    *App
	walkLater atomic.Int64
	walkBegan = time.Now()
)

func walkNow() time.Time {
	return time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC).Add(time.Since(walkBegan) + time.Duration(walkLater.Load()))
}

// goTo opens an address and waits for the page.
func goTo(t testing.TB, ctx context.Context, address string) *network.Response {
	t.Helper()
	return turned(t, ctx, chromedp.Navigate(address))
}

// press clicks something that leads to another page and waits for that page.
func press(t testing.TB, ctx context.Context, selector string) *network.Response {
	t.Helper()
	return turned(t, ctx, chromedp.Click(chromedp.CSS(selector)))
}

func turned(t testing.TB, ctx context.Context, step chromedp.Action[chromedp.Void]) *network.Response {
	t.Helper()
	r, err := chromedp.RunResponse(within(t, ctx), step)
	if err != nil {
		t.Fatalf("no page came: %v", err)
	}
	return r
}

// enter signs in and waits until the page asked for is there.
func enter(t testing.TB, ctx context.Context, at, persona, path string) {
	t.Helper()
	goTo(t, ctx, at+"/dang-nhap?ve="+url.QueryEscape(path))
	press(t, ctx, `a[href^="/dang-nhap/bat-dau"]`)
	press(t, ctx, `button[value="`+persona+`"]`)
	if here := look[string](t, ctx, `location.pathname + location.search`); here != path {
		t.Fatalf("signed in as %s, at %s instead of %s", persona, here, path)
	}
}

// shown is what the page says to a reader.
func shown(t testing.TB, ctx context.Context) string {
	t.Helper()
	return look[string](t, ctx, `document.querySelector("main").innerText`)
}

// says fails unless the page says all of these.
func says(t testing.TB, ctx context.Context, words ...string) {
	t.Helper()
	page := shown(t, ctx)
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("the page does not say %q:\n%.900s", w, page)
		}
	}
}

// scriptless switches the scripts of pages off.
func scriptless(t testing.TB, ctx context.Context) {
	t.Helper()
	do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
}

// withAndWithoutScript runs a flow in a tab with scripts and in one without.
func withAndWithoutScript(t *testing.T, flow func(t *testing.T, at string, ctx context.Context)) {
	for _, off := range []bool{false, true} {
		name := "with script"
		if off {
			name = "without script"
		}
		t.Run(name, func(t *testing.T) {
			at, ctx := served(t), browser(t)
			do(t, ctx, chromedp.EmulateViewport(1280, 900))
			if off {
				scriptless(t, ctx)
			}
			flow(t, at, ctx)
		})
	}
}

const openPassage = `document.querySelector(".sources details[open] .passage")`

var inForce = regexp.MustCompile(`Hiệu lực .*\d{2}/\d{2}/\d{4}`)

func TestACitationOpensTheQuotedWordsWithTheirDaysInForce(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, at string, ctx context.Context) {
		goTo(t, ctx, at+"/")
		do(t, ctx, chromedp.SendKeys(chromedp.CSS("#q"), "Đăng ký khai sinh cho con cần giấy tờ gì"), chromedp.Click(chromedp.CSS(`form.ask button[type="submit"]`)))
		waitFor(t, ctx, `document.querySelector(".answer .checks a.mark") !== null && document.querySelector(".sources details") !== null`)
		do(t, ctx, chromedp.Click(chromedp.CSS(".checks a.mark")))
		waitFor(t, ctx, openPassage+` !== null`)
		if proof := look[string](t, ctx, openPassage+`.querySelector(".proof").innerText`); !inForce.MatchString(proof) {
			t.Errorf("the passage does not tell its days in force: %q", proof)
		}
		marks := look[[]string](t, ctx, `Array.from(`+openPassage+`.querySelectorAll("mark")).map(m => m.textContent)`)
		sum := sha256.Sum256([]byte(strings.Join(marks, "\n")))
		if told := look[string](t, ctx, openPassage+`.querySelector(".sha").textContent`); len(marks) == 0 || !strings.HasPrefix(told, hex.EncodeToString(sum[:6])) {
			t.Errorf("the words marked are not the bytes quoted (%s): %q", told, marks)
		}
		if plain := look[string](t, ctx, `getComputedStyle(`+openPassage+`.querySelector("mark")).backgroundColor`); plain == "rgba(0, 0, 0, 0)" {
			t.Error("the quote is not highlighted")
		}
	})
}

// askedBack is a question that fits several procedures, with what each is called.
func askedBack(t *testing.T) (question string, labels []string) {
	t.Helper()
	for _, q := range []string{"đăng ký kết hôn", "cấp lại giấy tờ", "xin bản sao", "đăng ký xe", "đổi bằng lái", "đổi giấy", "làm hộ chiếu", "thành lập công ty"} {
		a, err := walked.Ask(t.Context(), assistant.Question{Text: q, Channel: "portal", AskedAt: walkNow()})
		if err != nil {
			t.Fatal(err)
		}
		if a.Status == assistant.NeedsDetail && len(a.Options) > 1 {
			for _, o := range a.Options {
				labels = append(labels, o.Label)
			}
			return q, labels
		}
	}
	t.Fatal("no question is asked back")
	return "", nil
}

func TestAQuestionThatFitsSeveralProceduresIsAnsweredByPressingOne(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, at string, ctx context.Context) {
		question, labels := askedBack(t)
		goTo(t, ctx, at+"/?q="+url.QueryEscape(question))
		if got := look[[]string](t, ctx, `Array.from(document.querySelectorAll(".options button b")).map(b => b.textContent)`); !slices.Equal(got, labels) {
			t.Fatalf("%q offers %q, the assistant %q", question, got, labels)
		}
		do(t, ctx, chromedp.Click(chromedp.CSS(`.options button:last-of-type`)))
		waitFor(t, ctx, `document.querySelector(".answer .proc-head h2") !== null`)
		if got, want := look[string](t, ctx, `document.querySelector(".proc-head h2").textContent`), labels[len(labels)-1]; got != want {
			t.Errorf("pressed %q, answered %q", want, got)
		}
		address := look[string](t, ctx, `location.href`)
		goTo(t, ctx, address)
		if got := look[string](t, ctx, `document.querySelector(".proc-head h2").textContent`); got != labels[len(labels)-1] {
			t.Errorf("the address %s leads to %q", address, got)
		}
	})
}
