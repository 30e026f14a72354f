package delivery

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/lifeevents"
)

var composer = Composer{
	Codes: NewCodes([]byte("một khóa thử đủ dài")), Portal: "https://motcua.example/nhac",
	Sender: lifeevents.Text{VI: "Ủy ban nhân dân phường Bến Nghé", EN: "Bến Nghé ward"},
}

func TestOutsideChannelsGetOneNeutralSentenceAndALink(t *testing.T) {
	c := aCase(zalo)
	c.Notice.Sensitivity = lifeevents.N2
	m := composer.Compose([]*Case{c}, c.ID)
	code := composer.Codes.Of(7)
	want := "Bạn có một việc về giấy tờ.\nXem tại https://motcua.example/nhac/" + code + " (đăng nhập để đọc).\nMã tin nhắn: " + code +
		". Nhập mã này trên Cổng để biết tin có thật hay không."
	if m.Text != want || m.Title != "" || len(m.Parts) != 0 || len(m.Key) > 48 {
		t.Errorf("message %+v\nwant %s", m, want)
	}
	second := aCase(zalo)
	second.ID = 8
	m = composer.Compose([]*Case{c, second}, c.ID)
	if !strings.HasPrefix(m.Text, "Bạn có 2 việc mới") || strings.Contains(m.Text, "giấy tờ") || strings.Contains(m.Text, "14/05") {
		t.Errorf("several at once: %s", m.Text)
	}
	for _, v := range m.Params {
		if strings.Contains(v, "nam") || strings.Contains(v, "14/05") {
			t.Errorf("parameter %q", v)
		}
	}
}

func TestAnOwnMessageSaysWhatWhyAndHowToStop(t *testing.T) {
	c := aCase(nil)
	c.Notice.Why = lifeevents.Why{Trigger: lifeevents.Text{VI: "đủ 14 tuổi (14/05/2026)"}, Stop: lifeevents.Text{VI: "Tắt ở mục Nhắc việc của tôi."}}
	second := aCase(nil)
	second.ID = 8
	m := composer.Compose([]*Case{c, second}, 7)
	for _, want := range []string{"1. Làm thẻ căn cước\nHạn 14/05/2026.", "2. Làm thẻ căn cước", "Vì sao tôi nhận tin này: đủ 14 tuổi",
		"Người gửi: Ủy ban nhân dân phường Bến Nghé.", "Tắt ở mục Nhắc việc của tôi.", composer.Codes.Of(7)} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q is missing in:\n%s", want, m.Text)
		}
	}
	if m.Title != "Hôm nay có 2 việc cần biết" || m.Parts[1].Code != composer.Codes.Of(8) {
		t.Errorf("title %q, parts %+v", m.Title, m.Parts)
	}
}

func TestWhyNamesDataSourceLawGroundAndStop(t *testing.T) {
	c := aCase(nil)
	c.Notice.Why.Used = []lifeevents.Used{
		{Kind: "document", Key: "id_card", Source: lifeevents.IdentityRegister, On: day("2026-01-02")},
		{Kind: "job_ended", Source: lifeevents.Declaration, On: day("2026-03-01")},
	}
	e := composer.Explain(7, c.Notice, c.Rule, "vi")
	if len(e.Data) != 2 || e.Data[0].What != "thẻ căn cước" || e.Data[0].Source != "Cơ sở dữ liệu căn cước" || e.Data[0].Said != "02/01/2026" ||
		e.Data[1].What != "thôi việc, mất việc" || e.Ground != "thực hiện nhiệm vụ của cơ quan nhà nước theo luật" || e.Topic != "Giấy tờ tùy thân" {
		t.Errorf("explanation %+v", e)
	}
}
