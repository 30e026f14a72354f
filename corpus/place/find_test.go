package place

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFindToleratesHowPeopleWriteAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"Quận 1 TP HCM":                             "Quận 1, Thành phố Hồ Chí Minh",
		"TP.HCM, Q.1, P. Bến Nghé":                  "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh",
		"phuong ben nghe q1 sai gon":                "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh",
		"xã Tân Tiến huyện Văn Giang tỉnh Hưng Yên": "Xã Tân Tiến, Huyện Văn Giang, Tỉnh Hưng Yên",
		"Đà Nẵng":                                   "Thành phố Đà Nẵng",
		"Sài Gòn":                                   "Thành phố Hồ Chí Minh",
		"TPHCM":                                     "Thành phố Hồ Chí Minh",
		"HN":                                        "Thành phố Hà Nội",
		"P05 Q10 TPHCM":                             "Phường 5, Quận 10, Thành phố Hồ Chí Minh",
		"dich vong cau giay ha noi":                 "Phường Dịch Vọng, Quận Cầu Giấy, Thành phố Hà Nội",
		"TT. Trâu Quỳ, H. Gia Lâm, HN":              "Thị trấn Trâu Quỳ, Huyện Gia Lâm, Thành phố Hà Nội",
		"phường 4 tây ninh":                         "Phường 4, Thành phố Tây Ninh, Tỉnh Tây Ninh",
		"Bình Thạnh":                                "Quận Bình Thạnh, Thành phố Hồ Chí Minh",
		"quan 2":                                    "Thành phố Thủ Đức, Thành phố Hồ Chí Minh",
		"tỉnh Thừa Thiên Huế":                       "Thành phố Huế",
		"Hoà Khánh Bắc, Liên Chiểu":                 "Phường Hòa Khánh Bắc, Quận Liên Chiểu, Thành phố Đà Nẵng",
	} {
		for _, form := range []string{text, norm.NFD.String(text)} {
			got := Find(form)
			if len(got) == 0 || Path(got[0].Unit) != want {
				t.Errorf("Find(%q) = %s, want %s", text, first(got), want)
			}
		}
	}
}

func first(ms []Match) string {
	if len(ms) == 0 {
		return "nothing"
	}
	return Path(ms[0].Unit)
}

func TestPlacesInAQuestionCarryTheirBytes(t *testing.T) {
	for q, want := range map[string]string{
		"đăng ký tạm trú ở quận Bình Thạnh thì nộp ở đâu":    "quận Bình Thạnh",
		"Tôi ở xã Hòa Bình huyện Vĩnh Bảo, giờ là xã nào?":   "xã Hòa Bình huyện Vĩnh Bảo",
		"Chuyển hộ khẩu từ Thanh Hóa ra Hà Nội":              "Thanh Hóa|Hà Nội",
		"UBND phường Dịch Vọng, quận Cầu Giấy, Hà Nội ở đâu": "phường Dịch Vọng, quận Cầu Giấy, Hà Nội",
		"dang ky khai sinh o tp hcm":                         "tp hcm",
		"xa hoa binh huyen vinh bao hai phong":               "xa hoa binh huyen vinh bao hai phong",
		"toi o thu duc muon dang ky khai sinh":               "thu duc",
		"bảo hiểm xã hội an giang nộp ở đâu":                 "an giang",
		"Làm an toàn lao động ở An Giang cần gì":             "An Giang",
		"số 5 đường Nguyễn Thái Bình, Quận 1":                "Quận 1",
		norm.NFD.String("ở quận Bình Thạnh thì nộp ở đâu"):   norm.NFD.String("quận Bình Thạnh"),
		"Tôi ở Tân Tiến, muốn làm căn cước":                  "Tân Tiến",
		"nhà ở Dịch Vọng Hậu, Cầu Giấy. Quận 1 thì sao":      "Dịch Vọng Hậu, Cầu Giấy|Quận 1",
	} {
		var got []string
		for _, m := range FindIn(q) {
			got = append(got, q[m.Start:m.End])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", q, got, want)
		}
	}
}

func TestOrdinaryWordsAreNoPlaces(t *testing.T) {
	for _, q := range []string{
		"an toàn lao động là gì", "đánh giá lại hồ sơ", "danh gia lai ho so nha dat",
		"giữ gìn hòa bình trong khu phố", "hợp tác xã Tân Tiến cần giấy gì", "hoan thanh hoa don dien tu",
		"nha co hai phong ngu can giay phep khong", "con tôi tên Nguyễn Thái Bình sinh năm 2020",
		"cơ quan nào cấp sổ đỏ", "thời hạn tính từ ngày 1 tháng 7", "tạm vắng tại xã thì khai ở đâu",
		"tinh thu nhap chiu thue", "bảo hiểm xã hội một lần", "điều 5 khoản 1", "tân tiến và hiện đại",
		"xã hội hóa giáo dục", "co quan cong an o dau", "phương án phòng cháy", "tôi tên Lê Hoàng Mai",
		"nếu được UBND cấp xã cho phép", "người Việt Nam định cư ở nước ngoài", "neu duoc ubnd cap xa cho phep",
		"Đoàn Thanh niên Cộng sản Hồ Chí Minh", "tư tưởng Hồ Chí Minh",
	} {
		for _, m := range FindIn(q) {
			t.Errorf("%q: %q taken for %s", q, m.Text, Path(m.Matches[0].Unit))
		}
	}
}

func TestManyNamesakesAreShownAsAmbiguous(t *testing.T) {
	for q, want := range map[string]bool{
		"ở huyện Châu Thành":                 true,
		"ở xã Tân Tiến":                      true,
		"ở huyện Châu Thành tỉnh Tiền Giang": false,
		"ở quận Bình Thạnh":                  false,
		"ở Hà Nội":                           false,
	} {
		ms := FindIn(q)
		if len(ms) != 1 || ms[0].Ambiguous() != want {
			t.Errorf("%q: %+v, want ambiguous %v", q, ms, want)
		}
	}
}

func TestAPlaceWithoutItsMarksRanksBelowTheExactOne(t *testing.T) {
	ms := Find("xã Bình Thanh, Kiến Xương, tỉnh Thái Bình")
	if len(ms) == 0 || ms[0].Unit.Name != "Xã Bình Thanh" {
		t.Errorf("got %s", first(ms))
	}
	for _, m := range Find("Bình Thành") {
		if m.Unit.Bare() != "Bình Thành" {
			t.Errorf("marks typed in full give %s", Path(m.Unit))
		}
	}
}

func FuzzFindIn(f *testing.F) {
	for _, s := range []string{
		"đăng ký ở P.5, Q.10 TP.HCM", "q1q1q1q1", "phường phường 1 2 3", "xã", "TP.", "Bình Bình Thạnh Thạnh, Bình",
		strings.Repeat("Hà Nội ", 50), "a\xffb quận 1\x00", norm.NFD.String("quận Gò Vấp"),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			s = s[:2000]
		}
		end := 0
		for _, m := range FindIn(s) {
			if m.Start < end || m.End <= m.Start || m.End > len(s) || s[m.Start:m.End] != m.Text {
				t.Fatalf("mention [%d,%d) after %d in %q", m.Start, m.End, end, s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(m.Text) {
				t.Errorf("%q is cut inside a letter", m.Text)
			}
			if len(m.Matches) == 0 || len(m.Matches) > MaxMatches || m.Total < len(m.Matches) {
				t.Errorf("%d matches of %d for %q", len(m.Matches), m.Total, m.Text)
			}
			end = m.End
		}
		if got := Find(s); len(got) > MaxMatches {
			t.Errorf("%d matches", len(got))
		}
	})
}

func TestEveryUnitIsFoundByItsOwnPath(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 23
	}
	missed := 0
	units := load().units
	for i := 0; i < len(units); i += step {
		u := units[i]
		if u.Earlier {
			continue
		}
		found := false
		for _, m := range Find(Path(u)) {
			found = found || m.Unit == u
		}
		if !found {
			missed++
			t.Logf("%s finds %s", Path(u), first(Find(Path(u))))
		}
	}
	if missed > 0 {
		t.Errorf("%d units are not found by their own full name", missed)
	}
}
