package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fuzzResources gives every stream the same font and a form that draws itself.
type fuzzResources struct{ content []byte }

func (fuzzResources) font(name string) *font {
	return &font{twoBytes: name == "F2", unicode: map[int]string{65: "Đ", 66: "\u0323"}, widths: map[int]float64{65: 500}, missing: 400, base: winAnsi}
}

func (r fuzzResources) form(string) ([]byte, resources, matrix, bool) {
	return r.content, nil, identity, true
}

func FuzzAContentStreamEndsAndGivesCleanLines(f *testing.F) {
	f.Add([]byte("BT /F1 12 Tf 72 700 Td (AB) Tj [(A) -200 (B)] TJ T* (x) ' 1 2 (y) \" ET 0 0 100 1 re f 1 1 m 1 90 l S"))
	f.Add([]byte("q 1 0 0 1 1e30 -1e30 cm /F2 1 Tf <0041004> Tj Q Q BI /W 1 ID \x00 EI /X Do"))
	f.Add([]byte("[[[[ << /A [ ( \\( \\777 <4"))
	f.Add([]byte("BT /F1 1e9 Tf 0 0 0 0 0 0 Tm (A) Tj /F1 9 Tf 1 1 -1 1 5 5 Tm (AAA) Tj"))
	f.Fuzz(func(t *testing.T, content []byte) {
		var in interpreter
		in.run(content, fuzzResources{content: content[:min(len(content), 16)]}, identity, 0)
		pages := []pdfPageText{{Number: 1, Width: 595, Height: 842, Lines: layoutPage(in.glyphs, in.rules, 595, 842)}}
		dropFurniture(pages)
		for _, text := range paragraphs(pages) {
			checkClean(t, text)
		}
	})
}

func checkClean(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) || strings.Contains(text, "\n\n") || strings.ContainsAny(text, "\r\x00") {
		t.Errorf("not clean: %q", text)
	}
}

func FuzzACharacterMapEnds(f *testing.F) {
	f.Add([]byte("2 beginbfchar <41> <0110> <42> <1EC1> endbfchar 1 beginbfrange <00> <FFFFFFFF> <0061> endbfrange"))
	f.Add([]byte("beginbfrange <0001> <0003> [<0041> <0042>] endbfrange"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for code := range readCharacterMap(data) {
			if code < 0 {
				t.Errorf("code %d", code)
			}
		}
	})
}

func FuzzADOCXBodyGivesCleanText(f *testing.F) {
	f.Add([]byte(wordBody(para("Điều 1."))["word/document.xml"]), []byte(`<w:numbering/>`))
	f.Add([]byte(`<p><tbl><tr><tc><p><r><t>a`), []byte(`<x><abstractNum abstractNumId="1"><lvl ilvl="0"><lvlText val="%1%2"/></lvl></abstractNum><num numId="1"><abstractNumId val="1"/></num></x>`))
	f.Add([]byte(`<tc><p><numId val="1"/><ilvl val="99"/></p></tc></tr></tbl>`), []byte(`<`))
	f.Fuzz(func(t *testing.T, document, numbering []byte) {
		body := docxBody{styles: readStyles(numbering), numbers: readNumbering(numbering)}
		_ = body.read(document)
		checkClean(t, tidy(body.text()))
	})
}

func FuzzAWebPageGivesCleanText(f *testing.F) {
	f.Add([]byte(`<table><tr><td>a<table><td>b</table><td>c`))
	f.Add([]byte("<p>Vi\xd6t Nam<br>x\xb7 h\xe9i"))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, err := readHTML(data, HTML); err == nil {
			checkClean(t, doc.Text())
		}
	})
}

func FuzzRTFGivesCleanText(f *testing.F) {
	f.Add([]byte(`{\rtf1{\fonttbl{\f1 .VnTime;}}\f1 C\'e9ng\par \u7841?\cell\row`))
	f.Add([]byte(`{\rtf1 \uc8\u-1\'\bin999999999 }}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, err := readRTF(data); err == nil {
			checkClean(t, doc.Text())
		}
	})
}

func FuzzBytesInAnyEncodingGiveCleanText(f *testing.F) {
	f.Add(toTCVN3(motto))
	f.Add(toVNI(motto))
	f.Add(to1258(motto))
	f.Add([]byte{0xff, 0xfe, 0x41})
	f.Add([]byte("Y\xec AY\x05\xde0")) // a letter and its mark with an unseen byte between
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, err := readTXT(data); err == nil {
			checkClean(t, doc.Text())
		}
		checkClean(t, tidy(tabbedRows(string(data))))
		checkClean(t, tidy(docBookText(data)))
	})
}
