package app

import (
	"context"
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// speaking gives pages what only some browsers have: ears that hear one sentence and a
// voice that writes down what it says. The pages and their script are the real ones.
const speaking = `
window.heardIn = ""; window.spoken = [];
window.SpeechRecognition = function () {};
window.SpeechRecognition.prototype.start = function () {
  window.heardIn = this.lang;
  this.onresult({results: [[{transcript: "đăng ký tạm trú cần giấy tờ gì"}]]});
  this.onend();
};
window.SpeechRecognition.prototype.stop = function () {};
Object.defineProperty(window, "speechSynthesis", {value: {
  cancel: function () {},
  speak: function (u) { window.spoken.push(u.lang + " " + u.text); if (u.onend) { u.onend(); } }
}});`

// silent takes away what some browsers do not have.
const silent = `
delete window.SpeechRecognition; delete window.webkitSpeechRecognition;
Object.defineProperty(window, "SpeechRecognition", {value: undefined});
Object.defineProperty(window, "webkitSpeechRecognition", {value: undefined});
Object.defineProperty(window, "speechSynthesis", {value: undefined});`

// before runs a script in every page before the page's own.
func before(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}

func TestAQuestionMayBeSpokenAndItsAnswerHeard(t *testing.T) {
	at, ctx := served(t), browser(t)
	do(t, ctx, before(speaking))
	goTo(t, ctx, at+"/")
	do(t, ctx, chromedp.Click(chromedp.CSS("[data-dictate]")))
	if got := look[string](t, ctx, `document.querySelector("#q").value`); got != "đăng ký tạm trú cần giấy tờ gì" {
		t.Errorf("what was said became %q", got)
	}
	if lang := look[string](t, ctx, `window.heardIn`); lang != "vi-VN" {
		t.Errorf("listened for %q", lang)
	}
	if focus := look[string](t, ctx, `document.activeElement.id`); focus != "q" {
		t.Errorf("after listening the focus is at %q", focus)
	}
	goTo(t, ctx, at+"/?q="+url.QueryEscape("đăng ký tạm trú cần giấy tờ gì"))
	do(t, ctx, chromedp.Click(chromedp.CSS("[data-read]")))
	if n := look[int](t, ctx, `window.spoken.filter(s => s.startsWith("vi-VN ") && s.length > 10).length`); n < 2 {
		t.Errorf("%d passages were read out", n)
	}
	if !look[bool](t, ctx, `window.spoken.join(" ").includes("tạm trú")`) {
		t.Error("the answer is not in what was read out")
	}
	if on := look[string](t, ctx, `document.querySelector("[data-read]").getAttribute("aria-pressed")`); on != "false" {
		t.Error("the button still says that it reads")
	}
}

func TestABrowserWithoutVoiceOffersNone(t *testing.T) {
	at, ctx := served(t), browser(t)
	do(t, ctx, before(silent))
	goTo(t, ctx, at+"/?q="+url.QueryEscape("đăng ký tạm trú cần giấy tờ gì"))
	if look[int](t, ctx, `document.querySelectorAll("[data-dictate]:not([hidden]), [data-read]:not([hidden])").length`) != 0 {
		t.Error("a button that does nothing is shown")
	}
}
