package app

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// declareChild fills the form for a newborn in.
func declareChild(t testing.TB, ctx context.Context, at, name string, born civil.Date) {
	t.Helper()
	goTo(t, ctx, at+"/toi/khai/con")
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#ten-goi"), name), chromedp.SetValue(chromedp.CSS("#ngay"), born.String()),
		chromedp.Click(chromedp.CSS(`input[name="gioi-tinh"][value="female"]`)), chromedp.Click(chromedp.CSS(`input[name="khai-sinh"][value="no"]`)))
}

// registerBy is the last day to register a birth: a day off moves it.
func registerBy(born civil.Date) civil.Date {
	return born.Deadline(civil.Span{N: 60, Unit: civil.Days}, civil.DaysOff())
}

const saveButton = `form[action^="/toi/khai/"] .buttons button`

// planOf is what the plan says of the birth of a child of that name; "" when nothing.
func planOf(t testing.TB, ctx context.Context, name string) string {
	t.Helper()
	return look[string](t, ctx, `(Array.from(document.querySelectorAll(".cards .card")).find(c => c.innerText.includes("Khai sinh cho") && c.innerText.includes(`+quoted(name)+`)) || {innerText: ""}).innerText`)
}

func TestABirthDeclaredIsPlannedWithItsReasonAndDeadline(t *testing.T) {
	n := 0
	withAndWithoutScript(t, func(t *testing.T, at string, ctx context.Context) {
		n++
		name, born := []string{"Bé Cún", "Bé Sóc"}[n-1], civil.On(walkNow()).AddDays(-4*n)
		enter(t, ctx, at, "me-tre", "/toi")
		if planOf(t, ctx, name) != "" {
			t.Fatal("the child is planned for before she is declared")
		}
		declareChild(t, ctx, at, name, born)
		press(t, ctx, saveButton)
		plan := planOf(t, ctx, name)
		for _, want := range []string{"Hạn " + registerBy(born).VN(), "Vì:", born.VN(), "Nếu trễ: "} {
			if !strings.Contains(plan, want) {
				t.Errorf("the plan does not say %q:\n%s\n%.1500s", want, plan, shown(t, ctx))
			}
		}
	})
}

func TestNobodyOpensTheNoticeOfSomebodyElseAndTheAttemptIsRecorded(t *testing.T) {
	at, hers, his := served(t), browser(t), browser(t)
	enter(t, hers, at, "me-tre", "/toi/tin")
	notice := look[string](t, hers, `document.querySelector("main .rows a[href^='/toi/tin/']").getAttribute("href")`)
	if r := goTo(t, hers, at+notice); r.Status != http.StatusOK {
		t.Fatalf("her own notice: %d", r.Status)
	}
	title := look[string](t, hers, `document.querySelector("h1").innerText`)
	enter(t, his, at, "ve-huu", "/toi/tin")
	if r := goTo(t, his, at+notice); r.Status != http.StatusForbidden {
		t.Errorf("somebody else's notice: %d", r.Status)
	}
	if strings.Contains(look[string](t, his, `document.documentElement.outerHTML`), title) {
		t.Error("the page that refuses tells what the notice is about")
	}
	him, err := walked.samplePerson("ve-huu")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := walked.audit.Entries(t.Context(), string(him), 0, 1)
	if err != nil || len(rows) != 1 || rows[0].Outcome != "denied" || rows[0].Object != "GET "+notice {
		t.Errorf("the attempt is not on record: %+v, %v", rows, err)
	}
}

// ledger is what a persona agreed to and withdrew.
func ledger(t testing.TB, persona string) []lifeevents.Consent {
	t.Helper()
	p, err := walked.samplePerson(persona)
	if err != nil {
		t.Fatal(err)
	}
	all, err := walked.life.People.Ledger(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAConsentIsWithdrawnByOneClickAndTheHistoryShowsIt(t *testing.T) {
	const withdraw = `form[action="/toi/rut/birth/portal"] button`
	withAndWithoutScript(t, func(t *testing.T, at string, ctx context.Context) {
		enter(t, ctx, at, "me-tre", "/toi/dong-y")
		before := len(ledger(t, "me-tre"))
		press(t, ctx, withdraw) // one click, and nothing is asked
		says(t, ctx, "Đã rút. Có hiệu lực ngay.")
		if look[bool](t, ctx, `document.querySelector('`+withdraw+`') !== null`) {
			t.Error("the topic still counts as agreed to")
		}
		newest := look[string](t, ctx, `document.querySelector("section[aria-labelledby=ls] tbody tr").innerText`)
		if !strings.Contains(newest, "rút lại") || !strings.Contains(newest, lifeevents.TopicBirth.Name().VI) || !strings.Contains(newest, civil.On(walkNow()).VN()) {
			t.Errorf("the history begins with %q", newest)
		}
		if all := ledger(t, "me-tre"); len(all) != before+1 || all[before].Withdrawn.IsZero() || all[before].Topic != lifeevents.TopicBirth {
			t.Errorf("the ledger has %d lines more", len(all)-before)
		}
		press(t, ctx, `a[href="/toi/dong-y/birth/portal"]`)
		do(t, ctx, chromedp.Click(chromedp.CSS("#dong-y")))
		press(t, ctx, `form[action="/toi/dong-y/birth/portal"] .buttons button`)
		if !look[bool](t, ctx, `document.querySelector('`+withdraw+`') !== null`) {
			t.Error("agreed again, and it does not show")
		}
	})
}

func TestASessionThatEndsInTheMiddleOfAFormLosesNothingTyped(t *testing.T) {
	n := 0
	withAndWithoutScript(t, func(t *testing.T, at string, ctx context.Context) {
		n++
		name, born := []string{"Bé Gấu", "Bé Nhím"}[n-1], civil.On(walkNow()).AddDays(-10-n)
		enter(t, ctx, at, "me-tre", "/toi")
		declareChild(t, ctx, at, name, born)
		walkLater.Store(int64(time.Duration(walked.cfg.SessionIdle) + time.Minute))
		t.Cleanup(func() { walkLater.Store(0) })
		if r := press(t, ctx, saveButton); r.Status != http.StatusUnauthorized {
			t.Fatalf("sent after the session had ended: %d", r.Status)
		}
		says(t, ctx, name, born.String(), "female", "Những gì bạn đã nhập vẫn còn đây")
		press(t, ctx, `main a.button[href^="/dang-nhap"]`)
		press(t, ctx, `a[href^="/dang-nhap/bat-dau"]`)
		press(t, ctx, `button[value="me-tre"]`)
		says(t, ctx, name, born.String())
		press(t, ctx, `form[action="/toi/khai/con"] button`)
		if plan := planOf(t, ctx, name); !strings.Contains(plan, registerBy(born).VN()) {
			t.Errorf("sent again, and not planned:\n%.900s", shown(t, ctx))
		}
		kept, err := walked.samplePerson("me-tre")
		if err != nil {
			t.Fatal(err)
		}
		views, err := walked.life.People.Views(t.Context(), []lifeevents.PersonID{kept})
		if err != nil || len(views) != 1 {
			t.Fatal(err)
		}
		children := slices.DeleteFunc(slices.Clone(views[0].Edges), func(e lifeevents.Edge) bool { return e.Kind != lifeevents.ParentOf || e.From != kept })
		names := map[string]int{}
		for _, e := range children {
			said, err := walked.life.People.Name(t.Context(), walked.life.Box, e.To)
			if err != nil {
				t.Fatal(err)
			}
			names[said]++
		}
		if names[name] != 1 {
			t.Errorf("the child was declared %d times", names[name])
		}
	})
}
