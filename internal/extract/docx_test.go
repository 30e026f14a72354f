package extract

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// makeDOCX packs parts, by name, into a document.
func makeDOCX(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml", "docProps/core.xml"} {
		body, ok := parts[name]
		if !ok {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordBody(inner string) map[string]string {
	return map[string]string{"word/document.xml": `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + inner + `</w:body></w:document>`}
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func TestParagraphsAndTablesOfADOCXStandInOrder(t *testing.T) {
	cell := func(s string) string { return "<w:tc>" + para(s) + "</w:tc>" }
	parts := wordBody(para("Điều 1. Mức thu") +
		"<w:tbl><w:tr>" + cell("TT") + cell("Tên phí") + cell("Mức thu") + "</w:tr><w:tr>" + cell("1") + cell("Phí") + cell("") + "</w:tr></w:tbl>" +
		`<w:p><w:r><w:t xml:space="preserve">chia </w:t></w:r><w:r><w:t>đôi</w:t><w:tab/><w:t>tab</w:t></w:r></w:p>`)
	parts["word/header1.xml"] = "<w:hdr>" + para("CÔNG BÁO") + "</w:hdr>"
	parts["docProps/core.xml"] = `<c:coreProperties xmlns:c="c" xmlns:dc="dc"><dc:title>Thông tư</dc:title></c:coreProperties>`
	doc := readBytes(t, "a.docx", makeDOCX(t, parts), Options{})
	wantText(t, doc, "Điều 1. Mức thu", "TT | Tên phí | Mức thu", "1 | Phí", "chia đôi tab")
	if doc.Title != "Thông tư" || doc.Format != DOCX {
		t.Errorf("title %q, format %s", doc.Title, doc.Format)
	}
}

func TestDeletedTextAndFieldCodesOfADOCXAreLeftOut(t *testing.T) {
	doc := readBytes(t, "a.docx", makeDOCX(t, wordBody(
		`<w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`+
			`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+para("trong khung")+`</w:txbxContent></mc:Choice><mc:Fallback>`+para("trong khung")+`</mc:Fallback></mc:AlternateContent></w:r></w:p>`)), Options{})
	wantText(t, doc, "mới", "trong khung")
}

func TestAutomaticNumbersOfADOCXAreWritten(t *testing.T) {
	item := func(level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	parts := wordBody(item("0", "Một") + item("1", "điểm") + item("1", "điểm nữa") + item("0", "Hai") + item("1", "lại từ đầu") +
		`<w:p><w:pPr><w:pStyle w:val="Dieu"/></w:pPr><w:r><w:t>Phạm vi</w:t></w:r></w:p>`)
	parts["word/numbering.xml"] = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="3">
		<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
		<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
		<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum>
		<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="4"/></w:num></w:numbering>`
	parts["word/styles.xml"] = `<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr></w:style></w:styles>`
	wantText(t, readBytes(t, "a.docx", makeDOCX(t, parts), Options{}), "1. Một", "a) điểm", "b) điểm nữa", "2. Hai", "a) lại từ đầu", "Điều 5. Phạm vi")
}

func TestAnOldFontInADOCXIsReadAsUnicode(t *testing.T) {
	doc := readBytes(t, "a.docx", makeDOCX(t, wordBody(`<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr><w:t>Céng hßa</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t xml:space="preserve"> x· héi</w:t></w:r></w:p>`)), Options{})
	wantText(t, doc, "CỘNG HÒA xã hội")
}

func TestABrokenDOCXSaysWhatIsWrong(t *testing.T) {
	good := makeDOCX(t, wordBody(para(sampleLaw)))
	bomb := makeDOCX(t, wordBody(para(strings.Repeat("a", 9<<20))))
	var other bytes.Buffer
	z := zip.NewWriter(&other)
	if _, err := z.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	}
	_ = z.Close()
	for name, c := range map[string]struct {
		data []byte
		want Code
	}{
		"half of it":   {good[:len(good)/2], Truncated},
		"a bomb":       {bomb, TooLarge},
		"broken xml":   {makeDOCX(t, map[string]string{"word/document.xml": "<w:document><w:body><w:p"}), Malformed},
		"no text":      {makeDOCX(t, wordBody(para(" "))), Empty},
		"a workbook":   {other.Bytes(), Unsupported},
		"nested a lot": {makeDOCX(t, wordBody(strings.Repeat("<w:p>", 5000))), Malformed},
	} {
		_, err := readDOCX(c.data, Options{MaxText: 8 << 20}.withDefaults())
		if CodeOf(err) != c.want {
			t.Errorf("%s: %v (%s), want %s", name, err, CodeOf(err), c.want)
		}
	}
}

func TestALayoutTableIsReadColumnByColumn(t *testing.T) {
	row := func(a, b string) string {
		return "<w:tr><w:tc>" + para(a) + "</w:tc><w:tc>" + para(b) + "</w:tc></w:tr>"
	}
	doc := readBytes(t, "a.docx", makeDOCX(t, wordBody("<w:tbl>"+row("CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")+row("Số: 65/2018/NĐ-CP", "Hà Nội, ngày 12 tháng 5 năm 2018")+"</w:tbl>")), Options{})
	wantText(t, doc, "CHÍNH PHỦ", "Số: 65/2018/NĐ-CP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 12 tháng 5 năm 2018")
}
