package parse

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
)

const decree = `CHÍNH PHỦ
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 12/2020/NĐ-CP
Hà Nội, ngày 05 tháng 3 năm 2020

NGHỊ ĐỊNH
QUY ĐỊNH VỀ THÍ DỤ

Căn cứ Luật Hộ tịch ngày 20 tháng 11 năm 2014;
Căn cứ Nghị định số 01/2017/NĐ-CP ngày 01 tháng 01 năm 2017 của Chính phủ sửa đổi Nghị định số 02/2010/NĐ-CP;
Theo đề nghị của Bộ trưởng Bộ Tư pháp;
Chính phủ ban hành Nghị định quy định về thí dụ.

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về thí dụ.
Mục 1
VIỆC THỨ NHẤT
Điều 2. Hồ sơ
1. Hồ sơ gồm:
a) Tờ khai;
b) Bản sao theo
Điều 5 của Nghị định này.
2. Nộp một bộ.
Chương II
ĐIỀU KHOẢN THI HÀNH
Điều 3. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2020.
2. Nghị định này thay thế Nghị định số 05/2011/NĐ-CP ngày 01 tháng 02 năm 2011 của Chính phủ về thí dụ, Nghị định số 06/2012/NĐ-CP sửa đổi Nghị định số 05/2011/NĐ-CP và Nghị định số 07/2013/NĐ-CP.
3. Bãi bỏ khoản 2 Điều 7 Nghị định số 08/2014/NĐ-CP.

Nơi nhận:
- Lưu: VT.
TM. CHÍNH PHỦ
THỦ TƯỚNG

Nguyễn Văn An

PHỤ LỤC I
MẪU TỜ KHAI
(Ban hành kèm theo Nghị định số 12/2020/NĐ-CP)
Họ và tên:
Điều 1. Không phải điều
`

func read(t *testing.T, text string) corpus.Instrument {
	t.Helper()
	in, err := Instrument(text, corpus.Source{})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestTheHeadOfAnInstrument(t *testing.T) {
	in := read(t, decree)
	if in.Number != "12/2020/NĐ-CP" || in.Type != corpus.Decree || in.Issuer != "Chính phủ" || in.Issued != day("2020-03-05") {
		t.Errorf("%s %s %s %s", in.Number, in.Type, in.Issuer, in.Issued)
	}
	if in.Title != "Quy định về thí dụ" || in.Signer != "Nguyễn Văn An" || in.Validity.From != day("2020-05-01") {
		t.Errorf("%q %q %v", in.Title, in.Signer, in.Validity)
	}
}

func TestTheTreeOfAnInstrument(t *testing.T) {
	in := read(t, decree)
	var got []string
	for _, a := range in.Articles {
		var under []string
		for _, h := range a.Under {
			under = append(under, h.String())
		}
		got = append(got, a.Number+" "+a.Heading+" < "+strings.Join(under, " / "))
	}
	want := []string{
		"1 Phạm vi điều chỉnh < Chương I QUY ĐỊNH CHUNG",
		"2 Hồ sơ < Chương I QUY ĐỊNH CHUNG / Mục 1 VIỆC THỨ NHẤT",
		"3 Hiệu lực thi hành < Chương II ĐIỀU KHOẢN THI HÀNH",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if p := in.Articles[1].Clauses[0].Points[1].Text; p != "Bản sao theo Điều 5 của Nghị định này." {
		t.Errorf("a line that starts with Điều 5 of a sentence became %q", p)
	}
	if len(in.Annexes) != 1 || in.Annexes[0].Number != "I" || in.Annexes[0].Title != "MẪU TỜ KHAI" || !strings.Contains(in.Annexes[0].Text, "Họ và tên") {
		t.Errorf("annexes %+v", in.Annexes)
	}
}

func TestWhatAnInstrumentDoesToOthers(t *testing.T) {
	var got []string
	for _, r := range read(t, decree).Relations {
		got = append(got, r.From.Key()+" "+string(r.Kind)+" "+r.To.Key()+" "+r.Effective.String())
		if r.Evidence == "" {
			t.Error("no evidence")
		}
	}
	want := []string{
		"12/2020/nđ-cp based_on 60/2014/qh13 ", "12/2020/nđ-cp based_on 01/2017/nđ-cp ",
		"12/2020/nđ-cp#3#2 replaces 05/2011/nđ-cp 2020-05-01", "12/2020/nđ-cp#3#2 replaces 06/2012/nđ-cp 2020-05-01",
		"12/2020/nđ-cp#3#3 repeals 08/2014/nđ-cp#7#2 2020-05-01",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestQuotedArticlesAreWordsOfTheAmendingOne(t *testing.T) {
	in := read(t, "Luật số: 56/2014/QH13\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT QUỐC TỊCH VIỆT NAM\nĐiều 1. Sửa đổi, bổ sung một số điều của Luật Quốc tịch Việt Nam số 24/2008/QH12\n"+
		"1. Sửa đổi khoản 2 Điều 13 như sau:\n“Điều 2. Người có quốc tịch\n1. Một.\n2. Hai.”\n2. Bổ sung Điều 26a vào sau Điều 26 như sau:\n“Điều 26a. Mới\nLời.”.\n3. Bãi bỏ Điều 26.\n"+
		"Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 26 tháng 6 năm 2014.\nLuật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIII, kỳ họp thứ 7 thông qua ngày 24 tháng 6 năm 2014.\nCHỦ TỊCH QUỐC HỘI\nNguyễn Sinh Hùng")
	if len(in.Articles) != 2 || len(in.Articles[0].Clauses) != 3 {
		t.Fatalf("%+v", in.Articles)
	}
	if in.Issued != day("2014-06-24") || in.Validity.From != day("2014-06-26") {
		t.Errorf("%v %v", in.Issued, in.Validity)
	}
	var got []string
	for _, r := range in.Relations {
		got = append(got, string(r.Kind)+" "+r.To.Key())
	}
	want := []string{"amends 24/2008/qh12", "amends 24/2008/qh12#13#2", "amends 24/2008/qh12#26a", "repeals 24/2008/qh12#26"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAGapIsNamedBesideTheInstrument(t *testing.T) {
	in, err := Instrument("Số: 1/2020/NĐ-CP\nNGHỊ ĐỊNH\nVỀ THÍ DỤ\nĐiều 1. Một\nLời một.\nĐiều 2. Hai\nLời hai.\nĐiều 5. Năm\nLời năm.\nĐiều 2. Hai nữa\nLời.", corpus.Source{})
	var gap *GapError
	if !errors.As(err, &gap) {
		t.Fatalf("error is %v", err)
	}
	if err.Error() != "01/2020/NĐ-CP: thiếu Điều 3, 4; lặp Điều 2" || len(in.Articles) != 3 {
		t.Errorf("%v, %d articles", err, len(in.Articles))
	}
}

func TestDaysOfEffect(t *testing.T) {
	for text, want := range map[string]string{
		"Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024, trừ trường hợp quy định tại khoản 2 Điều này.": "2024-07-01",
		"Nghị quyết này có hiệu lực thi hành từ ngày ký.":                                                          "2020-03-05",
		"Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký.":                                                     "2020-04-19",
		"Thông tư này có hiệu lực thi hành sau 15 ngày kể từ ngày đăng Công báo.":                                  "",
		"Thông tư này có hiệu lực sau 6 tháng kể từ ngày ký ban hành.":                                             "2020-09-05",
		"Thông tư này có hiệu lực thi hành sau 45 (bốn mươi lăm) ngày kể từ ngày ký.":                              "2020-04-19",
		"Thẻ có hiệu lực kể từ ngày 01/01/2020.":                                                                   "",
		"Quyết định này có hiệu lực kể từ ngày 1/6/2020":                                                           "2020-06-01",
	} {
		d, _ := effectDay(text, day("2020-03-05"))
		if d.String() != want {
			t.Errorf("%q: %v, want %q", text, d, want)
		}
	}
}

func TestWhatIsNoInstrumentIsRefused(t *testing.T) {
	for _, text := range []string{"", "Hôm nay trời đẹp.\nPhó Thủ tướng vừa ký Quyết định số 2629/QĐ-TTg.", strings.Repeat("\x00\xff", 500), strings.Repeat("Điều ", 1000)} {
		if in, err := Instrument(text, corpus.Source{}); !errors.Is(err, ErrNotInstrument) || in.Number != "" {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

// TestRealGazetteLawsAreReadWhole reads laws from the gazette as pdftotext gives them.
func TestRealGazetteLawsAreReadWhole(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not here")
	}
	for _, c := range []struct {
		file, number, title, from, signer string
		articles                          int
	}{
		{"luat-congbao-b01.pdf", "26/2023/QH15", "Luật Căn cước", "2024-07-01", "Vương Đình Huệ", 46},
		{"luat-congbao-c02.pdf", "20/2023/QH15", "Luật Giao dịch điện tử", "2024-07-01", "Vương Đình Huệ", 53},
		{"f01.pdf", "55/2024/QH15", "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ", "2025-07-01", "Trần Thanh Mẫn", 55},
		{"nghi-dinh-65-2018.pdf", "65/2018/NĐ-CP", "Quy định chi tiết thi hành một số Điều của Luật Đường sắt", "2018-07-01", "Nguyễn Xuân Phúc", 55},
		{"thong-tu-02-2021-btc.pdf", "02/2021/TT-BTC", "Quy định mức thu, chế độ thu, nộp, quản lý và sử dụng phí kiểm định phương tiện phòng cháy và chữa cháy", "2021-02-22", "Vũ Thị Mai", 7},
	} {
		t.Run(c.file, func(t *testing.T) {
			out, err := exec.Command("pdftotext", sharedFile(t, "data/documents/"+c.file), "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			in := read(t, string(out))
			if in.Number != c.number || in.Title != c.title || in.Validity.From != day(c.from) || in.Signer != c.signer || len(in.Articles) != c.articles {
				t.Errorf("%s %q %v %q %d articles", in.Number, in.Title, in.Validity.From, in.Signer, len(in.Articles))
			}
			for _, a := range in.Articles {
				if a.Heading == "" || a.FullText() == "" {
					t.Errorf("Điều %s lacks heading or words", a.Number)
				}
			}
		})
	}
}

func FuzzInstrument(f *testing.F) {
	f.Add(decree)
	f.Add("|CHÍNH PHỦ|CỘNG HÒA|\n|Số: 1/2020/NĐ-CP|Hà Nội, ngày 1 tháng 1 năm 2020|\nNGHỊ ĐỊNH\n“Điều 1. x\nĐiều 1. y\n\"\nPHỤ LỤC\nPHỤ LỤC")
	f.Add("QUYẾT ĐỊNH:\nCăn cứ ; ;\nĐiều 1.\nĐiều 99999.\nĐiều 3a: X\nTM.")
	f.Fuzz(func(t *testing.T, text string) {
		in, err := Instrument(text, corpus.Source{})
		var gap *GapError
		switch {
		case err == nil, errors.As(err, &gap):
			if in.Number == "" {
				t.Error("read, but without a number")
			}
		case in.Number != "":
			t.Error("an instrument beside a refusal")
		}
		for _, a := range in.Articles {
			if !utf8.ValidString(a.FullText()) {
				t.Error("invalid text")
			}
		}
	})
}
