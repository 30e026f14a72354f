package place

import (
	"strings"
	"testing"
)

func TestDescriptionsSayWhatIsUncertain(t *testing.T) {
	for text, want := range map[string]string{
		"phường Điện Biên, Ba Đình":     "tùy địa chỉ cụ thể",
		"xã Kiến An, Chợ Mới, An Giang": "mới có một nguồn",
		"phường Hải Châu II, Hải Châu":  "Chưa có dữ liệu",
		"huyện Đông Sơn, Thanh Hóa":     "từ trước ngày 1/7/2025",
		"quận 1":                        "không còn là đơn vị hành chính từ 1/7/2025",
		"Hà Nội":                        "giữ nguyên",
		"tỉnh Hòa Bình":                 "nay thuộc Tỉnh Phú Thọ",
		"đặc khu Côn Đảo":               "Huyện Côn Đảo",
		"phường Bình Thạnh, TP HCM":     "gồm địa bàn trước đây của",
	} {
		ms := Find(text)
		if len(ms) == 0 {
			t.Errorf("%q names nothing", text)
			continue
		}
		if got := Describe(ms[0].Unit); !strings.Contains(got, want) {
			t.Errorf("%q: %s", text, got)
		}
	}
}
