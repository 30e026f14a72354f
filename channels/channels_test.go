package channels

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

func TestCommandsAreReadInPlainWordsWithAndWithoutMarks(t *testing.T) {
	for text, want := range map[string]command{
		"/trogiup": cmdHelp, "Trợ giúp": cmdHelp, "tro giup": cmdHelp, "/help@motcua_bot": cmdHelp, "?": cmdHelp,
		"Câu hỏi mới": cmdNew, "hoi viec khac": cmdNew, "Xóa dữ liệu của tôi": cmdForget, "xoá dữ liệu": cmdForget, "xoa het": cmdForget,
		"liên kết tài khoản": cmdLink, "7K3QM-X9D2A": cmdLink, "liên kết 7k3qmx9d2a": cmdLink, "Hủy liên kết": cmdUnlink, "huỷ liên kết": cmdUnlink,
		"nhắc việc của tôi": cmdReminders, "cho tôi xem nhắc việc": cmdReminders, "DỪNG": cmdStop, "dung nhac": cmdStop, "Dừng nhắc nhé": cmdStop, "tiếp tục": cmdResume,
		"gặp cán bộ": cmdOfficial, "Tôi muốn gặp cán bộ.": cmdOfficial, "cho tôi nói chuyện với người thật": cmdOfficial, "gap can bo giup toi": cmdOfficial,
		"dừng đăng ký kinh doanh cần gì": cmdNone, "xóa đăng ký thường trú": cmdNone, "cán bộ xã làm việc mấy giờ": cmdNone, "liên kết đào tạo nước ngoài": cmdNone,
		"đăng ký khai sinh": cmdNone, "tiếp tục đóng bảo hiểm": cmdNone, "": cmdNone, "1": cmdNone,
	} {
		if got, _ := readCommand(text); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestALongReplyIsSplitAtSentencesAndNothingIsLost(t *testing.T) {
	sentence := "Người đi đăng ký nộp hồ sơ tại UBND cấp xã, theo khoản 1. Điều 16 và TP. Hồ Chí Minh. "
	r := Reply{Lines: []Line{{Text: "Giấy tờ:", Bold: true}, {Text: strings.TrimSpace(strings.Repeat(sentence, 40))}}, Links: []Link{{Mark: 1, Title: "Nguồn", URL: "https://a.vn"}}, Buttons: []Button{{Label: "Hữu ích", Action: "u:1"}}}
	parts := Split(r, Traits{MaxText: 500, MaxButtons: 3})
	if len(parts) < 8 {
		t.Fatalf("%d parts", len(parts))
	}
	var words []string
	for i, p := range parts {
		if n := Units(p.Plain()); n > 500 {
			t.Errorf("part %d has %d units", i, n)
		}
		for _, l := range p.Lines {
			words = append(words, strings.Fields(l.Text)...)
			if i < len(parts)-1 && !strings.HasSuffix(l.Text, "Minh.") && !l.Bold {
				t.Errorf("part %d ends with %q", i, l.Text[max(0, len(l.Text)-30):])
			}
		}
		if (len(p.Buttons) > 0) != (i == len(parts)-1) {
			t.Errorf("part %d has %d buttons", i, len(p.Buttons))
		}
	}
	if got, want := strings.Join(words, " "), "Giấy tờ: "+r.Lines[1].Text; got != want {
		t.Error("words were lost or moved")
	}
}

func FuzzSplitKeepsEveryWordWithinTheLimit(f *testing.F) {
	f.Add("một hai ba. bốn năm! sáu", 20)
	f.Add(strings.Repeat("dài", 300)+" 🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", 33)
	f.Add("\xff\xfe \u0301\u0301", 10)
	f.Fuzz(func(t *testing.T, text string, most int) {
		if most < 8 || most > 5000 || len(text) > 20_000 {
			t.Skip("a limit no channel has, or a text longer than any answer")
		}
		r := Say(text)
		var in, out strings.Builder
		for _, l := range r.Lines {
			in.WriteString(strings.Join(strings.Fields(l.Text), ""))
		}
		for _, p := range Split(r, Traits{MaxText: most}) {
			n := 0
			for _, l := range p.Lines {
				n += Units(l.Text) + 1
				out.WriteString(strings.Join(strings.Fields(l.Text), ""))
			}
			if n > most {
				t.Fatalf("%d units of %d", n, most)
			}
		}
		if in.String() != out.String() {
			t.Fatalf("%q became %q", in.String(), out.String())
		}
	})
}

func TestOfficeHoursKnowBreaksWeekendsAndDaysOff(t *testing.T) {
	h, err := ParseHours("07:30-11:30,13:30-17:00", civil.DaysOff())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		now, next string
		open      bool
	}{
		{"2026-11-20 08:00", "2026-11-20 07:30", true}, {"2026-11-20 12:00", "2026-11-20 13:30", false}, {"2026-11-20 17:00", "2026-11-23 07:30", false},
		{"2026-11-21 09:00", "2026-11-23 07:30", false}, {"2026-11-23 07:29", "2026-11-23 07:30", false}, {"2026-12-31 18:00", "2027-01-04 07:30", false},
	} {
		at := func(s string) time.Time {
			x, err := time.ParseInLocation("2006-01-02 15:04", s, civil.Zone)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		if open, next := h.Open(at(c.now)); open != c.open || !next.Equal(at(c.next)) {
			t.Errorf("%s: open %v, next %s, want %s", c.now, open, next.In(civil.Zone), c.next)
		}
	}
	for _, bad := range []string{"", "8-17", "17:00-07:30", "07:30-11:30,11:00-17:00"} {
		if _, err := ParseHours(bad, nil); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestSourcesAreNumberedOnceInTheOrderTheyAreUsed(t *testing.T) {
	a := assistant.Answer{
		ID: "a1", Status: assistant.Answered, AsOf: civil.New(2026, 11, 20), Disclosure: "Do máy soạn.",
		Sentences: []assistant.Sentence{{Text: "Giấy tờ:", Frame: true}, {Text: "• Tờ khai", Marks: []int{4, 2}}, {Text: "• Căn cước", Marks: []int{2}, Doubt: "chưa rõ"}},
		Citations: []assistant.Citation{
			{Mark: 1, Label: "Thủ tục 1", Title: "Không dùng"}, {Mark: 2, Label: "Thủ tục 2", Title: "Khai sinh", Digest: true}, {Mark: 4, Label: "Thủ tục 2", Title: "Khai sinh", Digest: true},
		},
		Card:    &assistant.Card{Procedure: "2", Sections: []assistant.Section{{Basis: []string{"Điều 16 Luật 60/2014/QH13"}}}},
		Related: []assistant.Option{{Unit: "tthc:3", Label: "Đăng ký lại khai sinh"}},
	}
	r := sayAnswer(a, Offer{Turn: 3, Choices: []Choice{{Unit: "tthc:3", Label: "Đăng ký lại khai sinh", Asks: true}}}, "")
	want := "Giấy tờ:\n• Tờ khai [1]\n• Căn cước [1] (chưa chắc chắn: chưa rõ)\nCăn cứ: Điều 16 Luật 60/2014/QH13.\n\nThủ tục liên quan:\n1. Đăng ký lại khai sinh\n\nQuy định áp dụng ngày 20/11/2026. Do máy soạn.\n[1] Thủ tục 2 – Khai sinh (tóm lược)"
	if got := r.Plain(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var actions []string
	for _, b := range r.Buttons {
		actions = append(actions, b.Action)
	}
	if !slices.Equal(actions, []string{"c:3:0", "u:3", "w:3"}) {
		t.Errorf("buttons %q", actions)
	}
}

func TestResumingGivesBackExactlyWhatStoodBeforeTheStop(t *testing.T) {
	on := func(day int, topic lifeevents.Topic, channel string) lifeevents.Consent {
		return lifeevents.Consent{Topic: topic, Channel: channel, Given: time.Unix(int64(day), 0)}
	}
	off := func(day int, topic lifeevents.Topic, channel string) lifeevents.Consent {
		return lifeevents.Consent{Topic: topic, Channel: channel, Withdrawn: time.Unix(int64(day), 0)}
	}
	ledger := []lifeevents.Consent{
		on(1, "child", "telegram"), on(1, "tax", "telegram"), on(1, "birth", "zalo"), off(2, "tax", "telegram"), on(3, "school", "*"), off(4, "*", "telegram"),
	}
	topics := func(list []lifeevents.Consent) (out []string) {
		for _, c := range list {
			out = append(out, string(c.Topic))
		}
		return out
	}
	if got := topics(beforeStop(ledger, "telegram")); !slices.Equal(got, []string{"child", "school"}) {
		t.Errorf("got %q", got)
	}
	if got := topics(beforeStop(append(ledger, off(5, "*", "telegram")), "telegram")); !slices.Equal(got, []string{"child", "school"}) {
		t.Errorf("after stopping twice %q", got)
	}
	if got := beforeStop(append(ledger, on(5, "papers", "telegram")), "telegram"); got != nil {
		t.Errorf("something stands and yet %q", topics(got))
	}
}

func TestLongAnswersWaitWhereMessagesAreCounted(t *testing.T) {
	var s Chat
	parts := []Reply{Say("một"), Say("hai"), Say("ba"), Say("bốn")}
	got := ration(&s, parts, Traits{PerMessage: 3})
	if len(got) != 3 || len(s.Rest) != 2 || !strings.Contains(got[2].Plain(), "Còn 2 tin") {
		t.Errorf("said %v, kept %v", got, s.Rest)
	}
	u := &turn{c: &Claimed{State: s}}
	if r := u.more(); r.Plain() != "ba\nbốn" || len(u.c.State.Rest) != 0 {
		t.Errorf("more is %q", r.Plain())
	}
}

func TestALinkCodeIsReadHoweverItIsTyped(t *testing.T) {
	for _, typed := range []string{"7K3QM-X9D2A", "7k3qmx9d2a", " 7K3QM X9D2A ", "7K3QM.X9D2A"} {
		if ReadCode(typed) != "7K3QMX9D2A" || !looksLikeCode(typed) {
			t.Errorf("%q is read as %q", typed, ReadCode(typed))
		}
	}
	for _, words := range []string{"nguyễn văn", "khai sinh o", "0123456789012", "UUUUU-UUUU1"} {
		if looksLikeCode(words) {
			t.Errorf("%q is taken for a code", words)
		}
	}
}

func TestTooManyButtonsLoseTheLastChoicesAndNoOther(t *testing.T) {
	r := Say("chữ")
	for _, action := range []string{"c:1:0", "c:1:1", "c:1:2", "c:1:3", "u:1", "w:1"} {
		r.Buttons = append(r.Buttons, Button{Label: action, Action: action})
	}
	for most, want := range map[int]string{6: "c:1:0 c:1:1 c:1:2 c:1:3 u:1 w:1", 5: "c:1:0 c:1:1 c:1:2 u:1 w:1", 3: "c:1:0 u:1 w:1", 1: "u:1"} {
		var got []string
		for _, b := range Split(r, Traits{MaxText: 100, MaxButtons: most})[0].Buttons {
			got = append(got, b.Action)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("of %d: %q, want %q", most, got, want)
		}
	}
}
