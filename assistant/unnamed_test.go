package assistant

import (
	"strings"
	"testing"
)

func TestAModelServerIsToldNoNamesAndHouses(t *testing.T) {
	for text, gone := range map[string]string{
		"Tôi tên là Nguyễn Văn Canary, đăng ký tạm trú cần gì?":      "Canary",
		"tên tôi là Trần Thị Canary thì làm lại căn cước ở đâu":      "Canary",
		"Con tôi Lê Canary Bình sinh năm 2020 làm hộ chiếu thế nào?": "Canary",
		"Nhà tôi ở số 12 đường Canary Chân, xin phép xây dựng":       "Canary",
		"ông Canary xây nhà lấn sang đất tôi":                        "Canary",
	} {
		got := unnamed(text)
		if strings.Contains(got, gone) || len(got) < 15 {
			t.Errorf("%q became %q", text, got)
		}
	}
	for _, kept := range []string{
		"Đăng ký tạm trú ở Đà Nẵng cần gì?", "Theo Luật Cư Trú thì khi nào phải đăng ký tạm trú?", "lệ phí cấp Giấy Khai Sinh", "Điều 15 60/2014/QH13 nói gì",
	} {
		if got := unnamed(kept); got != kept {
			t.Errorf("%q became %q", kept, got)
		}
	}
}
