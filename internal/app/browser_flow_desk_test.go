package app

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/portal/desk"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/switches"
)

func TestWhatAnOfficialMakesOfADraftIsWhatThePersonReceives(t *testing.T) {
	at, ctx := served(t), browser(t)
	defer walked.chatting(t.Context())()
	const chat = 5550031
	phone := walked.sampleTelegram
	heard := func(words string) func() bool {
		return func() bool {
			return slices.ContainsFunc(phone.Shown(chat), func(m channeltest.Shown) bool { return !m.Mine && strings.Contains(m.Text, words) })
		}
	}
	phone.Open(chat, "")
	eventually(t, "a greeting", func() bool { return len(phone.Shown(chat)) > 1 })
	phone.Type(chat, "gặp cán bộ")
	waiting := func() (id int64) {
		all, err := walked.chats.inbox.Queue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range all {
			if k.Channel == "telegram" && k.State == "open" {
				id = k.ID
			}
		}
		return id
	}
	eventually(t, "a ticket", func() bool { return waiting() != 0 })

	enter(t, ctx, at, "can-bo", desk.Path+"/hang-doi")
	press(t, ctx, `main .rows a[href^="`+desk.Path+`/tro-chuyen/"]`)
	press(t, ctx, `button[name="viec"][value="nhan"]`)
	says(t, ctx, "trợ lý im lặng")
	here := look[string](t, ctx, `location.href`)
	phone.Type(chat, "đăng ký tạm trú cần giấy tờ gì")
	eventually(t, "the question before the official", func() bool {
		goTo(t, ctx, here)
		return strings.Contains(shown(t, ctx), "đăng ký tạm trú cần giấy tờ gì")
	})

	press(t, ctx, `button[name="viec"][value="soan"]`)
	says(t, ctx, "Bản nháp do máy soạn")
	draft := look[string](t, ctx, `document.querySelector("#loi").value`)
	if !strings.Contains(strings.ToLower(draft), "tạm trú") {
		t.Fatalf("the machine drafts %q", draft)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(draft), "\n")
	if heard(first)() {
		t.Error("the draft went out before anybody read it")
	}
	const mine = "Chị mang căn cước đến Công an phường, tôi đã báo trước cho chị."
	do(t, ctx, chromedp.Clear(chromedp.CSS("#loi")), chromedp.SendKeys(chromedp.CSS("#loi"), mine))
	press(t, ctx, `button[name="viec"][value="gui"]`)
	says(t, ctx, "Đã gửi cho người hỏi", mine)
	eventually(t, "the official's words on the phone", heard(mine))
	if heard(first)() {
		t.Errorf("what the machine drafted went along: %q", first)
	}
	press(t, ctx, `button[name="viec"][value="dong"]`)
	if broken := phone.Violations(); len(broken) > 0 {
		t.Errorf("%q", broken)
	}
}

// twoWordings puts a made-up law into the store as it was enacted and as it was
// consolidated two years later.
func twoWordings(t *testing.T) {
	t.Helper()
	const number, by = "901/2022/QH15", "902/2024/QH15"
	law := func(words string, from civil.Date) *corpus.Instrument {
		in := &corpus.Instrument{Number: number, Type: corpus.Law, Issuer: "Quốc hội", Title: "Luật Thử nghiệm", Issued: civil.New(2022, 6, 1), Validity: corpus.Validity{From: civil.New(2023, 1, 1)}}
		in.Articles = []corpus.Article{{Number: "7", Heading: "Thời hạn", Validity: corpus.Validity{From: from}, Clauses: []corpus.Clause{{Number: "1", Text: words}, {Number: "2", Text: "Không thu lệ phí."}}}}
		return in
	}
	enacted, merged := law("Cơ quan trả kết quả trong mười ngày làm việc.", civil.New(2023, 1, 1)), law("Cơ quan trả kết quả trong năm ngày làm việc.", civil.New(2025, 1, 1))
	merged.Relations = []corpus.Relation{{From: corpus.Provision{Instrument: by, Article: "1"}, Kind: corpus.Amends, To: corpus.Provision{Instrument: number, Article: "7"}, Effective: civil.New(2025, 1, 1), Evidence: "sửa đổi khoản 1 Điều 7"}}
	layers := func(yield func(ingest.Layer, error) bool) {
		_ = yield(ingest.Layer{Source: "thu", Place: "1", Class: ingest.Enacted, Document: ingest.Document{Instrument: enacted}}, nil) &&
			yield(ingest.Layer{Source: "thu", Place: "2", Class: ingest.Codified, Edition: civil.New(2025, 1, 1), Document: ingest.Document{Instrument: merged}}, nil)
	}
	report, err := ingest.Take(t.Context(), walked.ingesting(nil), ingest.Batch{Name: "thu", SHA256: "1", Recipe: "thu-1", Layers: layers})
	if err != nil || len(report.Faults) > 0 {
		t.Fatalf("%v %v", err, report.Faults)
	}
}

func TestTwoDaysOfAProvisionShowWhatWentAndWhatCame(t *testing.T) {
	at, ctx := served(t), browser(t)
	twoWordings(t)
	goTo(t, ctx, at+"/so-sanh")
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#dieu"), "Điều 7 901/2022/QH15"), chromedp.SetValue(chromedp.CSS("#tu"), "2024-05-01"), chromedp.SetValue(chromedp.CSS("#den"), "2026-05-01"))
	press(t, ctx, `main form[action="/so-sanh"] button`)
	words := func(tag string) string {
		return strings.Join(look[[]string](t, ctx, `Array.from(document.querySelectorAll(".diff `+tag+`")).map(e => e.textContent.trim())`), "|")
	}
	if gone, came := words("del"), words("ins"); gone != "mười" || came != "năm" {
		t.Errorf("struck %q, underlined %q:\n%s", gone, came, shown(t, ctx))
	}
	if line := look[string](t, ctx, `getComputedStyle(document.querySelector(".diff del")).textDecorationLine + " " + getComputedStyle(document.querySelector(".diff ins")).textDecorationLine`); line != "line-through underline" {
		t.Errorf("told apart by colour alone: %q", line)
	}
	says(t, ctx, "902/2024/QH15", "Không thu lệ phí.")
}

func TestALawThatIsReplacedIsNotInForceOnTheLaterDay(t *testing.T) {
	at, ctx := served(t), browser(t)
	goTo(t, ctx, at+escaped("/so-sanh?dieu=Điều 15 60/2014/QH13&tu=2026-01-01&den=2027-03-02"))
	says(t, ctx, "Ngày 01/01/2026: còn hiệu lực; ngày 02/03/2027: đã bị thay thế", "Bị thay thế bởi Luật 03/2026/QH16, từ 01/03/2027")
	if look[bool](t, ctx, `document.querySelector(".diff del, .diff ins") !== null`) {
		t.Error("words are marked though none differ")
	}
}

func TestAnAssistantSwitchedOffSaysSoWithTheReasonAndAnswersWhenItIsOnAgain(t *testing.T) {
	at, admin, citizen := served(t), browser(t), browser(t)
	t.Cleanup(func() {
		if _, off := walked.switches.Off(t.Context(), switches.Assistant); off {
			t.Error("the assistant stays off")
		}
	})
	const reason = "đang sửa dữ liệu lệ phí cư trú"
	const box = `input[name="cong-tac"][value="assistant"] ~ .field `
	enter(t, admin, at, "quan-tri", desk.Path+"/cong-tac")
	do(t, admin, chromedp.SendKeys(chromedp.CSS(box+"input"), reason))
	press(t, admin, box+`button[value="tat"]`)
	says(t, admin, "Đã tắt.", reason)
	ask := func() string {
		goTo(t, citizen, at+"/")
		do(t, citizen, chromedp.SendKeys(chromedp.CSS("#q"), "đăng ký tạm trú ở đâu"), chromedp.Click(chromedp.CSS(`form.ask button[type="submit"]`)))
		waitFor(t, citizen, `document.querySelector("#ket-qua .answer") !== null && document.querySelector("[data-live]").textContent === "Đã có câu trả lời"`)
		return look[string](t, citizen, `document.querySelector("#ket-qua").innerText`)
	}
	if said := ask(); !strings.Contains(said, "tạm dừng") || !strings.Contains(said, reason) || strings.Contains(said, "Nguồn") {
		t.Errorf("switched off, a citizen reads:\n%s", said)
	}
	do(t, admin, chromedp.SendKeys(chromedp.CSS(box+"input"), "đã sửa xong dữ liệu"))
	press(t, admin, box+`button[value="bat"]`)
	says(t, admin, "Đã bật lại.", "đã sửa xong dữ liệu")
	if said := ask(); strings.Contains(said, reason) || !strings.Contains(strings.ToLower(said), "tạm trú") || !strings.Contains(said, "Nguồn") {
		t.Errorf("switched on again, a citizen reads:\n%.600s", said)
	}
}
