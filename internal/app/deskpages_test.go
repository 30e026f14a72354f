package app

import (
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/desk"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
)

// office is the desk of an App over a fresh folder, for viewers of our choice.
type office struct {
	*testing.T

	app    *App
	server *httptest.Server
	viewer page.Viewer
}

func newOffice(t *testing.T) *office {
	t.Helper()
	at := morning
	o := &office{T: t, app: lifeApp(t, t.TempDir(), &at)}
	for _, open := range []func() error{o.app.openLife, o.app.openSite, o.app.openChats} {
		if err := open(); err != nil {
			t.Fatal(err)
		}
	}
	o.app.site.SignIn, o.app.site.Log = true, slog.New(slog.DiscardHandler)
	area := o.app.deskPages(o.app.site)
	if err := o.app.site.Open(area.Static()); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	if err := area.Routes(mux); err != nil {
		t.Fatal(err)
	}
	o.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r.WithContext(page.WithViewer(r.Context(), o.viewer)))
	}))
	t.Cleanup(o.server.Close)
	return o
}

// as lets the next requests come from somebody with these roles.
func (o *office) as(name string, roles ...page.Role) {
	o.viewer = page.Viewer{Person: lifeevents.PersonID(name), Display: name, Roles: roles, Unit: "UBND xã Mẫu", Assurance: page.Verified, Session: "s-" + name}
}

var tokenOf = regexp.MustCompile(`name="([^"]+)" value="([^"]+)"`)

func (o *office) do(method, path string, form url.Values) (int, string, string) {
	o.Helper()
	req, err := http.NewRequestWithContext(o.Context(), method, o.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		o.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		o.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		o.Fatal(err)
	}
	return res.StatusCode, html.UnescapeString(string(body)), res.Header.Get("Location")
}

func (o *office) get(path string) string {
	o.Helper()
	status, body, _ := o.do(http.MethodGet, path, nil)
	if status != http.StatusOK {
		o.Fatalf("GET %s: %d\n%.600s", path, status, body)
	}
	return body
}

// post sends a form with the token of the page from.
func (o *office) post(from, path string, pairs ...string) (int, string) {
	o.Helper()
	form := url.Values{}
	if m := tokenOf.FindStringSubmatch(o.get(from)); m != nil {
		form.Set(m[1], m[2])
	}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	status, body, _ := o.do(http.MethodPost, path, form)
	return status, body
}

func (o *office) posted(from, path string, pairs ...string) {
	o.Helper()
	if status, body := o.post(from, path, pairs...); status != http.StatusSeeOther {
		o.Fatalf("POST %s %v: %d\n%.900s", path, pairs, status, body)
	}
}

func TestEveryPageOfTheDeskIsForItsRolesOnly(t *testing.T) {
	o := newOffice(t)
	all := []page.Role{page.Official, page.Editor, page.Administrator, page.Evaluator}
	for path, roles := range map[string][]page.Role{
		"":              all,
		"/hang-doi":     {page.Official, page.Editor},
		"/dinh-chinh":   {page.Official, page.Editor},
		"/chua-tra-loi": {page.Official, page.Editor, page.Evaluator},
		"/ra-soat":      {page.Editor, page.Administrator},
		"/quy-tac":      {page.Official, page.Editor, page.Administrator},
		"/quy-tac/E13":  {page.Official, page.Editor, page.Administrator},
		"/so-lieu":      all,
		"/cong-tac":     {page.Administrator},
	} {
		o.viewer = page.Viewer{}
		if status, _, to := o.do(http.MethodGet, desk.Path+path, nil); status != http.StatusSeeOther || !strings.HasPrefix(to, page.SignInPath) {
			t.Errorf("%s without a sign-in: %d %s", path, status, to)
		}
		for _, role := range append(all, page.Citizen) {
			want := http.StatusForbidden
			for _, r := range roles {
				if r == role {
					want = http.StatusOK
				}
			}
			o.as("ai-do", role)
			if status, _, _ := o.do(http.MethodGet, desk.Path+path, nil); status != want {
				t.Errorf("%s as %s: %d, want %d", path, role, status, want)
			}
		}
	}
}

func TestAnOfficialTakesAnswersForwardsAndClosesAConversation(t *testing.T) {
	o := newOffice(t)
	inbox := o.app.chats.inbox
	ticket, err := inbox.Request(t.Context(), "zalo", "chat-1", channels.PersonAsked, morning)
	if err != nil {
		t.Fatal(err)
	}
	here := desk.Path + "/tro-chuyen/" + strconv.FormatInt(ticket.ID, 10)
	o.as("can-bo-a", page.Official)
	if body := o.get(desk.Path + "/hang-doi"); !strings.Contains(body, here) || !strings.Contains(body, "Đang chờ") {
		t.Error("the queue does not show who waits")
	}
	o.posted(here, here, "viec", "nhan")
	if held, err := inbox.IsHeld(t.Context(), "zalo", "chat-1"); err != nil || !held {
		t.Fatalf("not held: %v", err)
	}
	if status, _ := o.post(here, here, "viec", "gui", "loi", " "); status != http.StatusUnprocessableEntity {
		t.Error("nothing was sent as an answer")
	}
	o.posted(here, here, "viec", "gui", "loi", "Mời bạn mang giấy chứng sinh đến UBND xã.")
	if body := o.get(here); !strings.Contains(body, "giấy chứng sinh đến UBND xã") {
		t.Error("what was sent is not in the thread")
	}
	if status, body := o.post(here, here, "viec", "soan"); status != http.StatusSeeOther || body == "x" {
		t.Errorf("a draft without a question: %d", status)
	}
	o.as("can-bo-b", page.Official)
	if body := o.get(here); strings.Contains(body, "giấy chứng sinh") {
		t.Error("somebody else reads a conversation that is held")
	}
	o.as("can-bo-a", page.Official)
	o.posted(here, here, "viec", "chuyen", "don-vi", "Công an xã Mẫu", "ghi-chu", "gọi lại số 0912345678")
	o.as("can-bo-c", page.Official)
	o.viewer.Unit = "Công an xã Mẫu"
	if body := o.get(desk.Path + "/hang-doi"); !strings.Contains(body, "Chuyển đến Công an xã Mẫu") || strings.Contains(body, "0912345678") {
		t.Error("the other office does not see the forwarded conversation, or sees a phone number")
	}
	o.posted(here, here, "viec", "nhan")
	o.posted(here, here, "viec", "dong")
	if held, err := inbox.IsHeld(t.Context(), "zalo", "chat-1"); err != nil || held {
		t.Errorf("still held: %v", err)
	}
}

func TestAReportedAnswerIsTakenCorrectedAndTheCorrectionReachesWhoAsks(t *testing.T) {
	o := newOffice(t)
	const question = "lệ phí đăng ký khai sinh quá hạn là bao nhiêu"
	answer, err := o.app.Ask(t.Context(), assistant.Question{Text: question, Channel: "portal", AskedAt: morning})
	if err != nil {
		t.Fatal(err)
	}
	item, err := o.app.Give(t.Context(), assistant.Feedback{Answer: answer.ID, Reason: assistant.FactWrong, At: morning})
	if err != nil || item == 0 {
		t.Fatalf("item %d, %v", item, err)
	}
	here := desk.Path + "/sai/" + strconv.FormatInt(item, 10)
	o.as("bien-tap", page.Editor)
	o.posted(here, here, "viec", "nhan")
	if status, body := o.post(here, here+"/dinh-chinh", "loi", "Theo nghị quyết của tỉnh.", "can-cu", "điều gì đó", "co-quan", "Sở Tư pháp", "den", "2027-03-01"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Theo nghị quyết của tỉnh.") {
		t.Errorf("a basis that cannot be read: %d; what was typed must stay", status)
	}
	o.posted(here, here+"/dinh-chinh", "loi", "Lệ phí khai sinh quá hạn do Hội đồng nhân dân tỉnh quyết định.", "can-cu", "Điều 15 60/2014/QH13", "co-quan", "Sở Tư pháp", "den", "2027-03-01")
	if body := o.get(desk.Path + "/dinh-chinh"); !strings.Contains(body, "Hội đồng nhân dân tỉnh quyết định") {
		t.Error("the correction is not listed")
	}
	again, err := o.app.Ask(t.Context(), assistant.Question{Text: question, Channel: "portal", AskedAt: morning})
	if err != nil || !strings.Contains(again.Text, "Hội đồng nhân dân tỉnh quyết định") {
		t.Errorf("who asks again is not told: %v\n%s", err, again.Text)
	}
}

func TestASwitchNeedsAReasonAndHoldsAtOnce(t *testing.T) {
	o := newOffice(t)
	o.as("quan-tri", page.Administrator)
	here := desk.Path + "/cong-tac"
	if status, _ := o.post(here, here, "cong-tac", "assistant", "viec", "tat", "ly-do", ""); status != http.StatusUnprocessableEntity {
		t.Errorf("switched without a reason: %d", status)
	}
	if status, _ := o.post(here, here, "cong-tac", "toaster", "viec", "tat", "ly-do", "thử cho vui"); status != http.StatusNotFound {
		t.Errorf("an unknown switch: %d", status)
	}
	o.posted(here, here, "cong-tac", "assistant", "viec", "tat", "ly-do", "dữ liệu lệ phí sai")
	if a, err := o.app.Ask(t.Context(), assistant.Question{Text: "đăng ký tạm trú ở đâu", AskedAt: morning}); err != nil || a.Status != assistant.Paused {
		t.Errorf("%s, %v", a.Status, err)
	}
	o.posted(here, here, "cong-tac", "assistant", "viec", "bat", "ly-do", "đã sửa xong dữ liệu")
	if body := o.get(here); strings.Count(body, "dữ liệu lệ phí sai") != 1 || !strings.Contains(body, "đã sửa xong dữ liệu") {
		t.Error("the log does not tell both turns")
	}
}

func TestARuleIsPausedWithAReasonAndTriedWithoutSending(t *testing.T) {
	o := newOffice(t)
	o.as("bien-tap", page.Editor)
	here := desk.Path + "/quy-tac/E13"
	if body := o.get(here + "?tu=2026-11-01&den=2026-12-01"); !strings.Contains(body, "người được nhắc") {
		t.Error("the dry run says nothing")
	}
	if body := o.get(here + "?tu=2026-11-01&den=2020-12-01"); !strings.Contains(body, "Ngày cuối phải sau ngày đầu") {
		t.Error("a span that ends before it begins is not told")
	}
	o.posted(here, here, "viec", "dung", "ly-do", "căn cứ đang được xem lại")
	if _, off := o.app.switches.Off(t.Context(), switches.Rule("E13")); !off {
		t.Error("the rule runs on")
	}
	if body := o.get(desk.Path + "/quy-tac"); !strings.Contains(body, "Tạm dừng") {
		t.Error("the list does not show the pause")
	}
}

func TestALetterIsTakenAndAnsweredByOneOfficial(t *testing.T) {
	o := newOffice(t)
	letter, code, err := o.app.store.Letters().Write(t.Context(), "/thu-tuc", "Trang này thiếu mẫu đơn.", morning)
	if err != nil {
		t.Fatal(err)
	}
	here := desk.Path + "/thu/" + strconv.FormatInt(letter.Number, 10)
	o.as("can-bo-a", page.Official)
	o.posted(here, here, "viec", "nhan")
	o.as("can-bo-b", page.Official)
	if status, _ := o.post(desk.Path+"/hang-doi", here, "viec", "tra-loi", "loi", "xen vào"); status != http.StatusSeeOther && status != http.StatusForbidden {
		t.Errorf("somebody else's letter: %d", status)
	}
	o.as("can-bo-a", page.Official)
	o.posted(here, here, "viec", "tra-loi", "loi", "Cảm ơn bạn, mẫu đơn đã được bổ sung.")
	got, err := o.app.store.Letters().Read(t.Context(), letter.Number, code)
	if err != nil || got.Answer != "Cảm ơn bạn, mẫu đơn đã được bổ sung." {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAFormWithoutItsTokenChangesNothing(t *testing.T) {
	o := newOffice(t)
	o.as("quan-tri", page.Administrator)
	status, _, _ := o.do(http.MethodPost, desk.Path+"/cong-tac", url.Values{"cong-tac": {"assistant"}, "viec": {"tat"}, "ly-do": {"giả mạo biểu mẫu"}})
	if _, off := o.app.switches.Off(t.Context(), switches.Assistant); off || status == http.StatusSeeOther {
		t.Errorf("a forged form turned the switch: %d", status)
	}
}

func TestThePublicPageHidesSmallCounts(t *testing.T) {
	o := newOffice(t)
	for range 3 {
		if _, err := o.app.Ask(t.Context(), assistant.Question{Text: "đăng ký tạm trú ở đâu", Channel: "portal", AskedAt: morning}); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.app.counter.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if body := o.get(desk.PublicPath + ".json"); !strings.Contains(body, `"asked": null`) {
		t.Errorf("three questions are told: %.400s", body)
	}
	if body := o.get(desk.PublicPath + ".csv"); !strings.Contains(body, "asked,,<5") {
		t.Errorf("%.300s", body)
	}
	if body := o.get(desk.PublicPath); !strings.Contains(body, "< 5") {
		t.Error("the page tells small counts")
	}
	o.as("danh-gia", page.Evaluator)
	if body := o.get(desk.Path + "/so-lieu?ngay=7"); !strings.Contains(body, "<svg") {
		t.Error("officials see no picture")
	}
}
