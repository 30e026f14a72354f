package assistant

import (
	"strings"
	"testing"
)

func TestPersonalNumbersAreMasked(t *testing.T) {
	for in, kind := range map[string]string{
		"Căn cước 001099012345 của tôi bị sai":      "số định danh",
		"cccd 001 099 012 345":                      "số định danh",
		"CMND 012345678 còn dùng được không":        "số CMND",
		"gọi tôi 0912 345 678 nhé":                  "số điện thoại",
		"sdt +84912345678":                          "số điện thoại",
		"sdt 0987.654.321":                          "số điện thoại",
		"thẻ 4111 1111 1111 1111 có nộp phí được k": "số thẻ",
		"stk 19012345678901 vietcombank":            "số tài khoản",
		"Số tài khoản: 0071000123456":               "số tài khoản",
		"mail cho tôi nguyen.an@vidu.vn":            "thư điện tử",
		"xe 29A-123.45 sang tên ở đâu":              "biển số xe",
		"xe máy 59X1 123.45 mất giấy tờ":            "biển số xe",
		"hộ chiếu B1234567 mất":                     "số CMND",
	} {
		masked, kinds := Mask(in)
		if len(kinds) != 1 || kinds[0] != kind || strings.ContainsAny(digitsLeft(masked), "0123456789") {
			t.Errorf("%q became %q, %v; want %s masked", in, masked, kinds, kind)
		}
	}
}

// digitsLeft drops short numbers: only long runs would betray a person.
func digitsLeft(s string) string {
	var out []string
	for _, f := range strings.Fields(s) {
		if len(digits(f)) >= 5 {
			out = append(out, f)
		}
	}
	return strings.Join(out, " ")
}

func TestNumbersOfTheLawAreNotMasked(t *testing.T) {
	for _, in := range []string{
		"Nghị định 123/2015/NĐ-CP và Luật 60/2014/QH13", "lệ phí 1.366.200 đồng một năm", "mã thủ tục 1.001193",
		"sinh ngày 12/03/2012", "phạt 2000000 đồng", "doanh thu 3.000.000.000 đồng", "thu nhập 15500000 một tháng",
		"Điều 21 khoản 2 điểm a", "CMND 9 số còn dùng được không", "từ 01/07/2025 đến 31/12/2026", "mẫu 01/TKN-CNKD", "giảm 50% đến 31/12/2026",
		"11 năm 6 tháng", "nhà 7 tầng 500 m2", "quận 10", "A1 125 cm3",
	} {
		if masked, kinds := Mask(in); masked != in {
			t.Errorf("%q became %q (%v)", in, masked, kinds)
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add("cccd 001099012345 sdt 0912345678")
	f.Fuzz(func(t *testing.T, s string) {
		once, _ := Mask(s)
		twice, again := Mask(once)
		if once != twice {
			t.Errorf("masking twice differs: %q → %q → %q (%v)", s, once, twice, again)
		}
	})
}

func TestAMaskedNumberIsNoWordOfTheQuestion(t *testing.T) {
	turn := &Turn{Question: Question{Text: "đăng ký khai sinh cần gì? số của tôi 0912345678, cccd 012345678901"}}
	if err := (Guard{}).Run(t.Context(), turn); err != nil {
		t.Fatal(err)
	}
	if turn.Text != "đăng ký khai sinh cần gì? số của tôi , cccd" || turn.Question.Text != "đăng ký khai sinh cần gì? số của tôi [số điện thoại], cccd [số định danh]" {
		t.Errorf("searched for %q; kept %q", turn.Text, turn.Question.Text)
	}
}
