package extract

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readBytes writes data to a file of that name and reads it back through File.
func readBytes(t testing.TB, name string, data []byte, opt Options) Document {
	t.Helper()
	doc, err := File(context.Background(), writeTemp(t, name, data), opt)
	if err != nil {
		t.Fatalf("%v (%v)", err, CodeOf(err))
	}
	return doc
}

func wantText(t *testing.T, doc Document, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, strings.Split(doc.Text(), "\n")); diff != "" {
		t.Errorf("text differs (-want +got):\n%s", diff)
	}
}

func TestLinesOfOneParagraphAreJoinedAndArticlesStartLines(t *testing.T) {
	first := "Văn bản này quy định trình tự tiếp nhận hồ sơ, giải quyết hồ sơ và trả kết quả cho người dân tại bộ phận một cửa của xã, phường theo quy định tại Điều 12 của văn bản khác."
	lines := []placed{{72, 780, "Điều 1. Phạm vi điều chỉnh"}}
	lines = append(lines, paragraphLines(72, 764, first)...)
	lines = append(lines, placed{72, 700, "Điều 2. Đối tượng áp dụng"})
	wantText(t, readBytes(t, "a.pdf", textPDF(lines), Options{}), "Điều 1. Phạm vi điều chỉnh", first, "Điều 2. Đối tượng áp dụng")
}

func TestAParagraphGoesOnOverThePageEnd(t *testing.T) {
	long := "Người dân nộp hồ sơ tại bộ phận một cửa, nhận giấy hẹn, theo dõi việc giải quyết hồ sơ và nhận kết quả đúng ngày hẹn; trường hợp chậm trả kết quả thì cơ quan phải xin lỗi bằng văn bản và hẹn lại ngày trả."
	all := paragraphLines(72, 780, long)
	pages := [][]placed{all[:2], nil}
	for i, l := range all[2:] {
		pages[1] = append(pages[1], placed{72, 780 - 16*float64(i), l.text})
	}
	doc := readBytes(t, "a.pdf", textPDF(pages...), Options{})
	wantText(t, doc, long)
	if doc.Pages[0].Text != long || doc.Pages[1].Text != "" {
		t.Errorf("the paragraph must stand on the page where it begins: %+v", doc.Pages)
	}
}

func TestRunningHeadersAndPageNumbersGoAndRealLinesStay(t *testing.T) {
	var pages [][]placed
	var want []string
	for n := 1; n <= 6; n++ {
		body := fmt.Sprintf("Điều %d. Nội dung riêng của trang thứ %d", n, n)
		want = append(want, body)
		pages = append(pages, []placed{
			{200, 810, fmt.Sprintf("CÔNG BÁO/Số %d/Ngày 08-01-2024", 35)}, {500, 810, fmt.Sprint(32 + n)},
			{72, 770, body}, {290, 40, fmt.Sprintf("Trang %d/6", n)},
		})
	}
	wantText(t, readBytes(t, "a.pdf", textPDF(pages...), Options{}), want...)
}

func TestTwoColumnsAreReadOneAfterTheOther(t *testing.T) {
	var lines []placed
	for i := range 6 { // drawn row by row, as some programs do
		y := 700 - 16*float64(i)
		lines = append(lines, placed{72, y, fmt.Sprintf("cột trái dòng %d;", i+1)}, placed{330, y, fmt.Sprintf("cột phải dòng %d;", i+1)})
	}
	got := readBytes(t, "a.pdf", textPDF(lines), Options{}).Text()
	if l, r := strings.Index(got, "cột trái dòng 6"), strings.Index(got, "cột phải dòng 1"); l < 0 || r < l {
		t.Errorf("the left column must come first and whole:\n%s", got)
	}
}

func TestTheHeadOfAnInstrumentIsReadColumnByColumn(t *testing.T) {
	doc := readBytes(t, "a.pdf", textPDF([]placed{
		{80, 780, "CHÍNH PHỦ"}, {250, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{290, 764, "Độc lập - Tự do - Hạnh phúc"},
		{80, 750, "Số: 65/2018/NĐ-CP"}, {300, 738, "Hà Nội, ngày 12 tháng 5 năm 2018"},
		{260, 700, "NGHỊ ĐỊNH"},
	}), Options{})
	wantText(t, doc, "CHÍNH PHỦ", "Số: 65/2018/NĐ-CP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
		"Hà Nội, ngày 12 tháng 5 năm 2018", "NGHỊ ĐỊNH")
}

func TestADrawnTableBecomesRows(t *testing.T) {
	var f typeface
	var c strings.Builder
	for _, x := range []float64{72, 120, 400, 500} {
		fmt.Fprintf(&c, "%g 600 m %g 700 l S\n", x, x)
	}
	for _, y := range []float64{600, 650, 700} {
		fmt.Fprintf(&c, "72 %g 428 0.5 re f\n", y)
	}
	for _, l := range []placed{
		{75, 680, "TT"}, {125, 680, "Tên phí"}, {405, 680, "Mức thu"},
		{75, 636, "1"}, {125, 636, "Phí kiểm định"}, {125, 620, "phương tiện"}, {405, 636, "130.000"},
	} {
		fmt.Fprintf(&c, "BT /F1 12 Tf %g %g Td %s Tj ET\n", l.x, l.y, f.encode(l.text))
	}
	var m pdfMaker
	doc := readBytes(t, "a.pdf", pagesPDF(&m, f.object(&m), []string{c.String()}), Options{})
	wantText(t, doc, "TT | Tên phí | Mức thu", "1 | Phí kiểm định phương tiện | 130.000")
}

func TestTextInAFormAndAfterAnInlineImageIsRead(t *testing.T) {
	var f typeface
	inside := fmt.Sprintf("BT /F1 12 Tf 72 650 Td %s Tj ET", f.encode("Điều 2. Trong biểu mẫu"))
	page := fmt.Sprintf("BT /F1 12 Tf 72 700 Td %s Tj ET\nBI /W 2 /H 2 /BPC 8 /CS /G ID \x00(EI\xff EI\n/X Do", f.encode("Điều 1. Trên trang"))
	var m pdfMaker
	fontObject := f.object(&m)
	form := m.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 %d 0 R >> >>", fontObject), inside)
	content := m.stream("", page)
	tree := len(m.objects) + 2
	m.add(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> /XObject << /X %d 0 R >> >> >>", tree, content, fontObject, form))
	m.add(fmt.Sprintf("<< /Type /Pages /Kids [%d 0 R] /Count 1 >>", tree-1))
	doc := readBytes(t, "a.pdf", m.bytes(m.add(fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", tree))), Options{})
	wantText(t, doc, "Điều 1. Trên trang", "Điều 2. Trong biểu mẫu")
}

func TestToUnicodeWinsOverTheEncodingAndTStarAddsNoLetter(t *testing.T) {
	var m pdfMaker
	cmap := m.stream("", "2 beginbfchar <41> <0110> <42> <1EC1> endbfchar 1 beginbfrange <43> <44> <0061> endbfrange")
	fontObject := m.add(fmt.Sprintf("<< /Type /Font /Subtype /TrueType /BaseFont /Thu /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [500 500 500 500] /ToUnicode %d 0 R >>", cmap))
	doc := readBytes(t, "a.pdf", pagesPDF(&m, fontObject, []string{"BT /F1 12 Tf 14 TL 72 700 Td (AB) Tj T* (CD) ' 1 2 (A) \" ET"}), Options{})
	wantText(t, doc, "Đề", "ab", "Đ")
}

func TestAnOldFontIsReadAsUnicode(t *testing.T) {
	var m pdfMaker
	fontObject := m.add("<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+.VnTime /Encoding /WinAnsiEncoding >>")
	capitals := m.add("<< /Type /Font /Subtype /TrueType /BaseFont /.VnTimeH /Encoding /WinAnsiEncoding >>")
	_ = capitals
	doc := readBytes(t, "a.pdf", pagesPDF(&m, fontObject, []string{"BT /F1 12 Tf 72 700 Td (C\\351ng h\\337a x\\267 h\\351i ch\\361 ngh\\334a Vi\\326t Nam) Tj ET"}), Options{})
	wantText(t, doc, "Cộng hòa xã hội chủ nghĩa Việt Nam")
}

func TestATurnedPageReadsUpright(t *testing.T) {
	var f typeface
	c := fmt.Sprintf("BT /F1 12 Tf 0 1 -1 0 100 72 Tm %s Tj 0 1 -1 0 120 72 Tm %s Tj ET", f.encode("Điều 1. Dòng trên."), f.encode("Điều 2. Dòng dưới."))
	var m pdfMaker
	wantText(t, readBytes(t, "a.pdf", pagesPDF(&m, f.object(&m), []string{c}), Options{}), "Điều 1. Dòng trên.", "Điều 2. Dòng dưới.")
}

func TestBoldMadeByPrintingTwiceIsReadOnce(t *testing.T) {
	var f typeface
	c := fmt.Sprintf("BT /F1 12 Tf 72 700 Td %s Tj ET BT /F1 12 Tf 72.3 700 Td %s Tj ET", f.encode("Chương I"), f.encode("Chương I"))
	var m pdfMaker
	wantText(t, readBytes(t, "a.pdf", pagesPDF(&m, f.object(&m), []string{c}), Options{}), "Chương I")
}

func TestTextFromOtherFormsOfUnicodeLeavesAsNFC(t *testing.T) {
	doc := readBytes(t, "a.pdf", textPDF([]placed{{72, 700, "Điê\u0300u 1. Cu\u031b tru\u0301"}}), Options{})
	wantText(t, doc, "Điều 1. Cư trú")
}

func TestARowCutByThePageEndIsJoinedAndARowUnderASpanIsNot(t *testing.T) {
	pages := []pdfPageText{
		{Number: 1, Lines: []line{{Text: "71. | Khoa học 7 | Ngô Tuấn", Row: true}}},
		{Number: 2, Lines: []line{{Text: "| | Cường, Mai Thị Tình", Row: true}, {Text: "72. | Toán 7 | Hà", Row: true}}},
		{Number: 3, Lines: []line{{Text: "| Toán 7, tập hai | Hà", Row: true}}},
	}
	got := strings.Join(paragraphs(pages), "\n")
	want := "71. | Khoa học 7 | Ngô Tuấn Cường, Mai Thị Tình\n72. | Toán 7 | Hà\n| Toán 7, tập hai | Hà"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
