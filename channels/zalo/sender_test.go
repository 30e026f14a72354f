package zalo_test

import (
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/lifeevents/delivery"
)

const phone = "tel:84912345678"

// approved are templates as an operator has them after approval.
var approved = map[string]string{"giay-to": "278101", "viec-moi": "278102", "nhieu-viec": "278103"}

func withTemplates(c *zalo.Config) { c.Templates = approved }

func (b *bench) approve() *bench {
	b.fake.Approve("278101", map[string]int{"ma_tin": 30})
	b.fake.Approve("278102", map[string]int{"ma_tin": 30})
	b.fake.Approve("278103", map[string]int{"ma_tin": 30, "so_viec": 20})
	return b
}

// notice is what the outbox hands over: E13 is about papers, E03 is sensitive.
func notice(rule, count string) delivery.Message {
	m := delivery.Message{
		Key: "mc-123", Person: "p-nam", Topic: "papers", Code: "7K3QM-X9D2A", Link: portal + "/toi/tin/7K3QM-X9D2A",
		Params: map[string]string{"count": count, "code": "7K3QM-X9D2A"},
		Text:   "Bạn có một lời nhắc về giấy tờ. Mời mở Cổng để xem việc cần làm.\nXem tại " + portal + "/toi/tin/7K3QM-X9D2A (đăng nhập để đọc).\nMã tin nhắn: 7K3QM-X9D2A.",
	}
	if rule != "" {
		m.Params["rule"] = rule
	}
	return m
}

func (b *bench) send(address string, m delivery.Message) *delivery.SendError {
	b.t.Helper()
	err := b.oa.Send(b.t.Context(), address, m)
	if err == nil {
		return nil
	}
	b.holdsNoSecret("error", err.Error())
	var refusal *delivery.SendError
	if !errors.As(err, &refusal) {
		b.t.Fatalf("not a refusal: %v", err)
	}
	return refusal
}

// templatesSent are the template numbers that went out, in order.
func (b *bench) templatesSent() string {
	var out []string
	for _, c := range b.fake.Calls("") {
		if c.Answer == 0 && strings.HasSuffix(c.Path, "/template") {
			_, rest, _ := strings.Cut(string(c.Body), `"template_id":"`)
			number, _, _ := strings.Cut(rest, `"`)
			out = append(out, number)
		}
	}
	return strings.Join(out, " ")
}

func TestANoticeGoesAsMessageWhileTheWindowIsOpenAndAsTemplateAfter(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve().open()
	if err := b.send(lan, notice("E13", "1")); err != nil || b.templatesSent() != "" {
		t.Errorf("open: %v, templates %q", err, b.templatesSent())
	}
	b.clock.add(8 * 24 * time.Hour)
	if err := b.send(lan, notice("E13", "1")); err != nil || b.templatesSent() != "278101" {
		t.Errorf("closed: %v, templates %q", err, b.templatesSent())
	}
	if f := b.fake.Figures(); f.OutsideWindow != 0 || f.Consultations != 1 || f.Templates != 1 {
		t.Errorf("%+v", f)
	}
}

func TestTheTemplateIsThatOfTheRuleElseTheNeutralOne(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve()
	b.fake.Known(lan, "", time.Time{})
	for _, m := range []delivery.Message{notice("E13", "1"), notice("E03", "1"), notice("E07", "1"), notice("", "3"), notice("E-unknown", "1")} {
		if err := b.send(lan, m); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.templatesSent(); got != "278101 278102 278102 278103 278102" {
		t.Errorf("sent %s", got)
	}
}

func TestWithoutTemplateTheNoticeGoesToTheNextChannel(t *testing.T) {
	b := newBench(t, nil).authorise()
	b.fake.Known(lan, "", time.Time{})
	if err := b.send(lan, notice("E13", "1")); err == nil || err.Reason != delivery.WindowClosed || !err.Permanent {
		t.Errorf("%+v", err)
	}
	if len(b.fake.Calls("")) != 0 {
		t.Error("Zalo was asked in vain")
	}
}

func TestAWrongGuessOfTheWindowIsMendedByTheTemplate(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve().open()
	b.fake.Fail("/v3.0/oa/message/cs", channeltest.Fault{Status: 200, Body: `{"error":-230}`})
	if err := b.send(lan, notice("E13", "1")); err != nil || b.templatesSent() != "278101" {
		t.Errorf("%v, templates %q", err, b.templatesSent())
	}
}

func TestNothingIsSentAtNight(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve().open()
	b.clock.add(13 * time.Hour) // 22:00
	for _, address := range []string{lan, phone} {
		err := b.send(address, notice("E13", "1"))
		if err == nil || err.Reason != delivery.Quiet || err.Permanent || err.RetryAfter != 8*time.Hour {
			t.Errorf("%s: %+v", address, err)
		}
	}
	if len(b.fake.Calls("")) != 0 {
		t.Error("Zalo was asked")
	}
	if err := b.say(b.oa, "trả lời ban đêm"); err != nil {
		t.Errorf("an answer to one who writes at night: %v", err)
	}
}

func TestAQuotaThatIsUsedUpIsKnownUntilTheNextDay(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve()
	b.fake.Daily = 2
	b.fake.Known(lan, "", time.Time{})
	for range 2 {
		if err := b.send(lan, notice("E13", "1")); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		if err := b.send(lan, notice("E13", "1")); err == nil || err.Reason != delivery.QuotaUsed || !err.Permanent {
			t.Fatalf("%+v", err)
		}
	}
	if f := b.fake.Figures(); f.OverQuota != 0 || f.Templates != 2 {
		t.Errorf("Zalo had to refuse: %+v", f)
	}
	b.clock.add(24 * time.Hour)
	if err := b.send(lan, notice("E13", "1")); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

func TestAQuotaThatOthersUsedUpIsLearntOnce(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve()
	b.fake.Daily = 0
	b.fake.Known(lan, "", time.Time{})
	for range 5 {
		if err := b.send(lan, notice("E13", "1")); err == nil || err.Reason != delivery.QuotaUsed {
			t.Fatalf("%+v", err)
		}
	}
	if f := b.fake.Figures(); f.OverQuota != 1 {
		t.Errorf("asked %d times", f.OverQuota)
	}
}

func TestWhoBlocksIsLeftAloneAndTheirConsentEnds(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve().open()
	b.fake.Unfollow(lan) // its event is on its way
	for range 2 {
		if err := b.send(lan, notice("E13", "1")); err == nil || err.Reason != delivery.Blocked || !err.Permanent {
			t.Errorf("%+v", err)
		}
	}
	if strings.Join(b.left, ",") != lan || len(b.fake.Calls("")) != 1 {
		t.Errorf("told of %q, %d requests", b.left, len(b.fake.Calls("")))
	}
	c := newBench(t, withTemplates).authorise().approve()
	c.fake.Known(lan, "", time.Time{})
	c.fake.RefuseTemplates(lan)
	for range 2 {
		if err := c.send(lan, notice("E13", "1")); err == nil || err.Reason != delivery.Blocked {
			t.Errorf("templates: %+v", err)
		}
	}
	if len(c.left) != 1 || len(c.fake.Calls("")) != 1 {
		t.Errorf("templates: told of %d, %d requests", len(c.left), len(c.fake.Calls("")))
	}
}

func TestAPhoneNumberGetsTemplatesOnly(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve()
	b.fake.Known(lan, "84912345678", morning)
	if err := b.send(phone, notice("E13", "1")); err != nil {
		t.Fatal(err)
	}
	if calls := b.fake.Calls("/message/template"); len(calls) != 1 || len(b.fake.Calls("")) != 1 {
		t.Errorf("%d requests", len(b.fake.Calls("")))
	}
	if err := b.send("tel:84900000000", notice("E13", "1")); err == nil || err.Reason != delivery.BadAddress || !err.Permanent {
		t.Errorf("no such number: %+v", err)
	}
}

func TestAnAddressThatIsNoneIsRefusedWithoutAsking(t *testing.T) {
	b := newBench(t, withTemplates).authorise()
	for _, address := range []string{"", "p-nam"} { // the pseudonym stands where no address is kept
		if err := b.send(address, notice("E13", "1")); err == nil || err.Reason != delivery.BadAddress || !err.Permanent {
			t.Errorf("%q: %+v", address, err)
		}
	}
	if len(b.fake.Calls("")) != 0 {
		t.Error("Zalo was asked")
	}
}

func TestALostAnswerLeavesAMessageUnknownAndCounted(t *testing.T) {
	b := newBench(t, func(c *zalo.Config) { withTemplates(c); c.Charged = false }).authorise().approve().open()
	b.fake.Fail("/v3.0/oa/message/cs", channeltest.Fault{Lose: true})
	if err := b.send(lan, notice("E13", "1")); err == nil || !err.Ambiguous || err.Permanent {
		t.Errorf("%+v", err)
	}
	if b.templatesSent() != "" {
		t.Error("a template went after it: said twice")
	}
	for i := range 8 {
		if err := b.say(b.oa, "một lời"); (err == nil) != (i < 7) {
			t.Errorf("message %d: %v", i+2, err)
		}
	}
	b.fake.Fail("/v3.0/oa/message/template", channeltest.Fault{Lose: true})
	if err := b.send(lan, notice("E13", "1")); err == nil || !err.Ambiguous {
		t.Errorf("template: %+v", err)
	}
}

func TestTooManyIsHonouredToTheSecond(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve().open()
	b.fake.Fail("/v3.0/oa/message/cs", channeltest.Fault{Status: 429, RetryAfter: 37})
	if err := b.send(lan, notice("E13", "1")); err == nil || err.Reason != delivery.RateLimit || err.RetryAfter != 37*time.Second || err.Permanent {
		t.Errorf("%+v", err)
	}
	before := b.clock.Now()
	if err := b.send(lan, notice("E13", "1")); err != nil || b.clock.Now().Sub(before) < 37*time.Second {
		t.Errorf("%v after %v", err, b.clock.Now().Sub(before))
	}
	b.fake.Fail("/v3.0/oa/message/cs", channeltest.Fault{Status: 200, Body: `{"error":-32}`})
	if err := b.send(lan, notice("E13", "1")); err == nil || err.Reason != delivery.RateLimit || err.RetryAfter < time.Minute {
		t.Errorf("by number: %+v", err)
	}
}

func TestTheRateIsNeverPassed(t *testing.T) {
	b := newBench(t, nil).authorise()
	b.fake.PerMinute = 600
	b.open()
	for range 2000 {
		if err := b.say(b.oa, "một lời"); err != nil {
			t.Fatal(err)
		}
	}
	if f := b.fake.Figures(); f.TooMany != 0 {
		t.Errorf("%+v", f)
	}
}

var golden = flag.Bool("golden", false, "write the request bodies anew")

// TestRequestsAreAsDocumented keeps the bodies, written after the documents, as files.
func TestRequestsAreAsDocumented(t *testing.T) {
	b := newBench(t, withTemplates).authorise().approve().open()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(b.oa.Deliver(t.Context(), lan, channels.Say("Lệ phí: miễn phí.", "Thời hạn: trong ngày.")))
	must(b.oa.Deliver(t.Context(), lan, channels.Say("Bạn hỏi việc nào?").With(
		channels.Button{Label: "Đăng ký khai sinh", Action: "ask:1"}, channels.Button{Label: "Mở Cổng", URL: portal + "/thu-tuc"})))
	must(b.oa.Send(t.Context(), lan, notice("E13", "1")))
	b.fake.Known("999", "84912345678", time.Time{})
	must(b.oa.Send(t.Context(), "999", notice("", "3")))
	must(b.oa.Send(t.Context(), phone, notice("E13", "1")))
	calls := b.fake.Calls("")
	names := []string{"tra-loi", "tra-loi-co-nut", "nhac-viec-tu-van", "mau-tin-theo-nguoi", "mau-tin-theo-so"}
	if len(calls) != len(names) {
		t.Fatalf("%d requests", len(calls))
	}
	for i, name := range names {
		path := filepath.Join("testdata", name+".txt")
		if *golden {
			if err := os.WriteFile(path, []byte(calls[i].String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil || string(want) != calls[i].String() {
			t.Errorf("%s (%v): sent\n%s", name, err, calls[i])
		}
	}
}

func TestEveryLineOfTheTableCallsForSomethingTheOutboxKnows(t *testing.T) {
	table, err := zalo.Errors("")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[zalo.Class]int{}
	for _, m := range table.All() {
		seen[m.Class]++
		f := &zalo.Fault{Meaning: table.Of(m.API, m.Code)}
		if got := f.Send(); !got.Reason.Known() || f.Class != m.Class {
			t.Errorf("%s %d: %+v", m.API, m.Code, got)
		}
	}
	if len(seen) != 13 {
		t.Errorf("classes used: %v", maps.Keys(seen))
	}
	if m := table.Of(zalo.OAMessages, -144); m.Class != "quota" {
		t.Errorf("a template's number from the account's server: %+v", m)
	}
	if m := table.Of(zalo.OAMessages, -99999); m.Class != "temporary" || m.Sure != "low" {
		t.Errorf("a number nobody knows: %+v", m)
	}
}

func TestTheTableIsChangedByAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "loi.yaml")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`- {api: oa, code: -216, class: config, vi: "đổi nghĩa", do: "xem lại", sure: high}`)
	table, err := zalo.Errors(path)
	if err != nil || table.Of(zalo.OAMessages, -216).Class != "config" || table.Of(zalo.OAMessages, -220).Class != "token" {
		t.Errorf("%v", err)
	}
	for _, bad := range []string{`- {api: oa, code: 5, class: none, vi: x, do: y, sure: high}`, `- {api: oa, code: 5, class: rate, vi: "", do: y, sure: high}`, `- {mã: 5}`, `[`} {
		write(bad)
		if _, err := zalo.Errors(path); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}
