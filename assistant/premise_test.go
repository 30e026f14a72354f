package assistant

import (
	"strings"
	"testing"
)

func premiseIDs(t *testing.T, question, on string) []string {
	t.Helper()
	step, err := NewPremise()
	if err != nil {
		t.Fatal(err)
	}
	turn := &Turn{Text: question, Reading: Reading{AsOf: day(on)}}
	if err := step.Run(t.Context(), turn); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for i, c := range turn.Answer.Corrections {
		ids = append(ids, c.ID)
		if !step.stands(turn.Answer.Citations[i], day(on)) {
			t.Errorf("the citation of %s does not stand", c.ID)
		}
	}
	return ids
}

func TestBeliefsTheLawHasEndedAreCorrected(t *testing.T) {
	for q, want := range map[string]string{
		"làm khai sinh có cần sổ hộ khẩu không":                "so-ho-khau",
		"lam so tam tru o dau":                                 "so-tam-tru",
		"CMND 9 số còn dùng được không":                        "cmnd",
		"đăng ký kết hôn cần giấy độc thân không":              "giay-doc-than",
		"nộp hồ sơ hộ kinh doanh ở UBND huyện phải không":      "cap-huyen",
		"khai sinh trễ có bị phạt không":                       "phat-khai-sinh-tre",
		"đăng ký tạm trú hợp đồng thuê nhà có phải công chứng": "cong-chung-thue-nha",
		"đổi bằng lái ở sở giao thông vận tải":                 "gplx-so-gtvt",
		"nộp thuế môn bài khi nào":                             "mon-bai",
		"sáp nhập tỉnh có phải đổi căn cước không":             "doi-giay-to-sap-nhap",
	} {
		if got := premiseIDs(t, q, "2026-11-21"); strings.Join(got, ",") != want {
			t.Errorf("%q: corrected %v; want %s", q, got, want)
		}
	}
}

func TestABeliefIsNotCorrectedBeforeItBecameWrong(t *testing.T) {
	for q, on := range map[string]string{
		"làm khai sinh có cần sổ hộ khẩu không": "2022-12-31", "nộp ở UBND huyện được không": "2025-06-30", "đăng ký kết hôn cần giấy độc thân không": "2025-12-31",
	} {
		if got := premiseIDs(t, q, on); len(got) != 0 {
			t.Errorf("%q on %s: corrected %v; it was right then", q, on, got)
		}
	}
}

func TestOrdinaryQuestionsAreNotCorrected(t *testing.T) {
	for _, q := range []string{
		"xin giấy xác nhận tình trạng hôn nhân để mua đất", "kết hôn với người Đài Loan cần giấy độc thân không", "đăng ký tạm trú ở đâu",
		"bỏ sổ hộ khẩu từ khi nào", "quán cà phê sân thượng cần giấy phép gì",
	} {
		if got := premiseIDs(t, q, "2026-11-21"); len(got) != 0 {
			t.Errorf("%q: corrected %v", q, got)
		}
	}
}

func TestAPremiseThatSaysTooLittleIsRefused(t *testing.T) {
	good := "- {id: x, cues: [a], from: 2020-01-01, vi: a, en: b, basis: [{instrument: 1/2020/QH14}], source: s, verified_on: 2026-01-01, confidence: high}"
	if _, err := loadPremises([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, drop := range []string{"id: x, ", "cues: [a], ", "from: 2020-01-01, ", "basis: [{instrument: 1/2020/QH14}], ", "source: s, ", ", confidence: high", "en: b, "} {
		if _, err := loadPremises([]byte(strings.Replace(good, drop, "", 1))); err == nil {
			t.Errorf("an entry without %q passed", drop)
		}
	}
}
