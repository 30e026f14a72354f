package extract

import (
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

var articleLine = regexp.MustCompile(`(?m)^Điều (\d+)\. `)

// articleNumbers lists the articles whose heading stands at the start of a line.
func articleNumbers(text string) []int {
	var out []int
	for _, m := range articleLine.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		out = append(out, n)
	}
	return out
}

func TestRealInstrumentsHaveTheirArticlesWithoutGaps(t *testing.T) {
	for name, last := range map[string]int{
		"luat-congbao-b01.pdf": 46, "luat-congbao-c02.pdf": 53, "f01.pdf": 55,
		"nghi-dinh-65-2018.pdf": 0, "thong-tu-02-2021-btc.pdf": 7, "nghi-dinh-23-2018.doc": 0, "nghi-dinh-82-2018.doc": 0,
	} {
		t.Run(name, func(t *testing.T) {
			path := sharedFile(t, "data/documents/"+name)
			if strings.HasSuffix(name, ".doc") && findTool("antiword") == "" && findTool("catdoc") == "" {
				t.Skip("needs antiword or catdoc, which are not installed")
			}
			doc, err := File(t.Context(), path, Options{NoOCR: true})
			if err != nil {
				t.Fatal(err)
			}
			numbers := articleNumbers(doc.Text())
			for i, n := range numbers {
				if n != i+1 {
					t.Fatalf("article %d stands where %d should: %v", n, i+1, numbers)
				}
			}
			if len(numbers) < 5 || last > 0 && len(numbers) != last {
				t.Errorf("%d articles, want %d", len(numbers), last)
			}
			if share := SyllableShare(doc.Text()); share < 0.99 {
				t.Errorf("only %.3f of the words are syllables", share)
			}
			if !norm.NFC.IsNormalString(doc.Text()) {
				t.Error("not NFC")
			}
		})
	}
}

// signatureWords stand in the electronic signature that is pasted on a gazette page, and
// in its running header; they are no part of the law.
var signatureWords = regexp.MustCompile(`(?m)^\s*(?:\d+\s+)?CÔNG BÁO/Số.*$|^\s*Người ký:.*$|^\s*Email:.*$|^\s*Cơ quan: VĂN PHÒNG.*$|^\s*Thời gian ký:.*$|^\s*\d{1,3}\s*$`)

func TestNoWordOfARealPDFIsLost(t *testing.T) {
	program := findTool("pdftotext")
	if program == "" {
		t.Skip("needs pdftotext to compare with, which is not installed")
	}
	for _, name := range []string{"luat-congbao-b01.pdf", "luat-congbao-c02.pdf", "luat-congbao-d01.pdf", "f01.pdf", "nghi-dinh-65-2018.pdf", "thong-tu-02-2021-btc.pdf", "mau-dc01.pdf", "da-nang-174-thu-tuc.pdf"} {
		t.Run(name, func(t *testing.T) {
			path := sharedFile(t, "data/documents/"+name)
			other, err := exec.Command(program, "-layout", path, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			doc, err := File(t.Context(), path, Options{NoOCR: true})
			if err != nil {
				t.Fatal(err)
			}
			theirs := signatureWords.ReplaceAllString(norm.NFC.String(string(other)), "")
			lost, added := missingWords(doc.Text(), theirs), missingWords(theirs, doc.Text())
			t.Logf("lost %.5f, added %.5f", lost, added)
			if lost > 0.005 || added > 0.01 {
				t.Errorf("lost %.4f, added %.4f of the words", lost, added)
			}
		})
	}
}

func TestTheSameFormReadsAlikeFromDOCXAndPDF(t *testing.T) {
	word, err := File(t.Context(), sharedFile(t, "data/documents/mau-dc01.docx"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	printed, err := File(t.Context(), sharedFile(t, "data/documents/mau-dc01.pdf"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if lost := missingWords(printed.Text(), word.Text()); lost > 0.03 {
		t.Errorf("the PDF lacks %.3f of the words of the DOCX", lost)
	}
	if added := missingWords(word.Text(), printed.Text()); added > 0.03 {
		t.Errorf("the PDF has %.3f more words than the DOCX", added)
	}
}

func TestScansAndBrokenLayersAreListedWithTheirReasons(t *testing.T) {
	for name, want := range map[string]struct{ pages, unread int }{
		"scan-a01.pdf": {23, 23}, "thong-tu-148-2020-bca.scan.pdf": {6, 6}, "qd-3588-bgddt.broken-ocr.pdf": {18, 1},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := File(t.Context(), sharedFile(t, "data/documents/"+name), Options{NoOCR: true})
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Pages) != want.pages || len(doc.Unread()) != want.unread {
				t.Errorf("%d pages, %d unread; want %v", len(doc.Pages), len(doc.Unread()), want)
			}
			for _, p := range doc.Unread() {
				checkSentence(t, p.Unread)
				if p.Text != "" {
					t.Errorf("page %d is unread and has text", p.Number)
				}
			}
		})
	}
}

func TestSeedsAreReadWhole(t *testing.T) {
	for _, name := range []string{"chuong-trinh-chinh-phu-so-2025", "ke-hoach-du-lieu-lien-thong", "qd-1751-chien-luoc-du-lieu", "qd-2629-chinh-phu-so", "qd-942-chien-luoc-chinh-phu-so"} {
		doc, err := File(t.Context(), sharedFile(t, fmt.Sprintf("seeds/%s.txt", name)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if share := SyllableShare(doc.Text()); share < 0.98 || doc.Format != TXT || len(doc.Warnings) != 0 {
			t.Errorf("%s: %.3f, %s, %q", name, share, doc.Format, doc.Warnings)
		}
	}
}
