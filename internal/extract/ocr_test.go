package extract

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// scannedPDF turns a text PDF into one whose only page is a picture of it, drawn by the
// same outside program that recognition uses.
func scannedPDF(t *testing.T, text []byte) []byte {
	t.Helper()
	render := findTool("pdftoppm")
	if render == "" || findTool("tesseract") == "" {
		t.Skip("needs pdftoppm and tesseract with Vietnamese, which are not installed")
	}
	path := writeTemp(t, "goc.pdf", text)
	picture, err := exec.Command(render, "-r", "200", "-jpeg", "-singlefile", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	return picturePDF(t, picture)
}

// picturePDF shows one JPEG over a whole A4 page.
func picturePDF(t *testing.T, jpeg []byte) []byte {
	t.Helper()
	var m pdfMaker
	m.add("<< /Type /Catalog /Pages 2 0 R >>")
	m.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >> >>")
	m.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width 1653 /Height 2339 /ColorSpace /%s /BitsPerComponent 8 /Filter /DCTDecode", jpegSpace(jpeg)), string(jpeg))
	m.stream("", "595 0 0 842 0 0 cm /I Do")
	return m.bytes(1)
}

// jpegSpace reads the number of colours from the picture's frame header.
func jpegSpace(jpeg []byte) string {
	i := bytes.Index(jpeg, []byte{0xff, 0xc0})
	if i >= 0 && i+9 < len(jpeg) && jpeg[i+9] == 1 {
		return "DeviceGray"
	}
	return "DeviceRGB"
}

// fakeScan is a page with a picture and no text, for tests that draw nothing real.
func fakeScan(t *testing.T) []byte { return picturePDF(t, []byte("\xff\xd8 not a picture")) }

// visiblePDF writes text with a standard font, whose letters a program can draw.
func visiblePDF(lines ...string) []byte {
	var m pdfMaker
	var c strings.Builder
	for i, l := range lines {
		shown, err := charmap.Windows1252.NewEncoder().String(l)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(&c, "BT /F1 20 Tf 60 %d Td (%s) Tj ET\n", 760-40*i, shown)
	}
	return pagesPDF(&m, m.add("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"), []string{c.String()})
}

func TestAScannedPageIsRecognisedAndMarked(t *testing.T) {
	// The standard fonts have no Vietnamese, so the words are ones that need few marks.
	scan := scannedPDF(t, visiblePDF("Công an xã thông báo cho toàn dân", "hai con trâu cày trong thôn ba", "ban ngày cho ai không trông coi"))
	doc := readBytes(t, "quet.pdf", scan, Options{})
	if !doc.Pages[0].OCR || len(doc.Unread()) != 0 || len(doc.Warnings) != 1 {
		t.Fatalf("not recognised: %+v", doc)
	}
	if missing := missingWords(doc.Text(), "thông báo toàn dân con trong thôn ngày cho ai không trông coi"); missing > 0.25 {
		t.Errorf("%.0f %% of the words are missing: %q", 100*missing, doc.Text())
	}
}

func TestAScanWithoutTheProgramsIsListedWithTheReason(t *testing.T) {
	t.Setenv("PATH", "")
	doc := readBytes(t, "quet.pdf", fakeScan(t), Options{})
	unread := doc.Unread()
	if len(unread) != 1 || !strings.Contains(unread[0].Unread, "ảnh quét") || !strings.Contains(unread[0].Unread, "Tesseract") {
		t.Fatalf("unread %+v", unread)
	}
	checkSentence(t, unread[0].Unread)
}

func TestRecognitionThatIsSwitchedOffIsSaid(t *testing.T) {
	doc := readBytes(t, "quet.pdf", fakeScan(t), Options{NoOCR: true})
	if u := doc.Unread(); len(u) != 1 || !strings.Contains(u[0].Unread, "đang tắt") {
		t.Fatalf("unread %+v", u)
	}
}

func TestLettersThatMakeNoVietnameseAreNotKeptAsText(t *testing.T) {
	t.Setenv("PATH", "")
	broken := visiblePDF("BO GIAO DVC VA DAO TAO CONG 110A XA HOT CHV NGHIA", "Can ca.Nght clink so 303 ngay 19 thcing 11 nom 2025", "cna Chinhphn quy dinh chirc ming, nhiem vy, quydn hgn", "va ea eciu to chirc cria bo, ca quan ngang b6 hra ch9n")
	doc := readBytes(t, "hong.pdf", broken, Options{})
	if u := doc.Unread(); len(u) != 1 || doc.Text() != "" {
		t.Fatalf("unread %+v, text %q", u, doc.Text())
	}
}

func TestADOCWithoutTheProgramsSaysWhatToInstall(t *testing.T) {
	t.Setenv("PATH", "")
	_, err := File(context.Background(), writeTemp(t, "a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")), Options{})
	if CodeOf(err) != ToolMissing || !strings.Contains(err.Error(), "antiword") {
		t.Fatalf("got %v", err)
	}
}

func TestABrokenDOCEndsInASentence(t *testing.T) {
	if findTool("antiword") == "" && findTool("catdoc") == "" {
		t.Skip("needs antiword or catdoc, which are not installed")
	}
	_, err := File(context.Background(), writeTemp(t, "a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")), Options{})
	if code := CodeOf(err); code != ToolFailed && code != Empty && code != BadText {
		t.Fatalf("got %v (%s)", err, code)
	}
	if !strings.HasPrefix(err.Error(), "a.doc: ") {
		t.Errorf("the message does not name the file: %v", err)
	}
}

func TestWordsOfARecognisedLineKeepTheirColumns(t *testing.T) {
	table := "level\tpage\n" +
		"5\t1\t1\t1\t1\t1\t100\t100\t200\t40\t95\tCHÍNH\n" + "5\t1\t1\t1\t1\t2\t320\t100\t200\t40\t95\tPHỦ\n" +
		"5\t1\t1\t1\t1\t3\t900\t100\t300\t40\t95\tCỘNG\n" + "5\t1\t1\t1\t1\t4\t1220\t100\t300\t40\t95\tHÒA\n" +
		"5\t1\t1\t1\t2\t1\t950\t180\t300\t40\t95\tĐộc\n" + "5\t1\t1\t1\t2\t2\t1270\t180\t300\t40\t3\tvết\n"
	var got []string
	for _, l := range layoutWords(readWords(table, 72.0/300, 842)) {
		got = append(got, l.Text)
	}
	if want := "CHÍNH PHỦ/CỘNG HÒA/Độc"; strings.Join(got, "/") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "/"), want)
	}
}

func TestDustAtTheEdgesOfARecognisedLineIsDropped(t *testing.T) {
	for seen, want := range map[string]string{
		"_3. Cơ sở dữ liệu ˆ": "3. Cơ sở dữ liệu", ".NHỮNG QUY ĐỊNH CHUNG": "NHỮNG QUY ĐỊNH CHUNG", "'Việt Nam. `": "Việt Nam.",
		"“Điều 7. Kiểm định": "“Điều 7. Kiểm định", "- Lưu: VT": "- Lưu: VT", "ˆ": "",
	} {
		if got := dropSpots(seen); got != want {
			t.Errorf("%q: %q, want %q", seen, got, want)
		}
	}
}
