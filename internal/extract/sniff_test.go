package extract

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"strings"
	"testing"
)

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAKindIsJudgedByBytesNotByName(t *testing.T) {
	lines := []byte("{\"a\":1}\n{\"a\":2}\n")
	for name, c := range map[string]struct {
		data []byte
		want Kind
	}{
		"pdf":            {textPDF(paragraphLines(72, 700, sampleLaw)), PDF},
		"docx":           {makeDOCX(t, wordBody(para("a"))), DOCX},
		"doc":            {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), DOC},
		"rtf":            {[]byte(`{\rtf1 a}`), RTF},
		"html":           {[]byte("\xef\xbb\xbf <!DOCTYPE html><p>a"), HTML},
		"html in UTF-16": {toUTF16("<html><body>chữ</body></html>", binary.LittleEndian, true), HTML},
		"codified law":   {[]byte("<link href='x'/><h3>Đề mục</h3><p class='pDieu'>Điều 1</p>"), CodifiedHTML},
		"txt":            {[]byte(motto), TXT},
		"txt in TCVN3":   {toTCVN3(motto), TXT},
		"json":           {[]byte("{\n \"a\": 1\n}"), JSON},
		"json list":      {[]byte(`[{"a":1}]`), JSON},
		"jsonl":          {lines, JSONL},
		"one long line":  {[]byte(`{"a":"` + strings.Repeat("b", 100_000) + "\"}\n"), JSONL},
		"empty":          {nil, EmptyFile},
		"white space":    {[]byte("\n \t"), EmptyFile},
		"jsonl.gz":       {gzipped(t, lines), "jsonl.gz"},
		"txt.gz":         {gzipped(t, []byte(motto)), "txt.gz"},
		"half a gzip":    {gzipped(t, lines)[:8], UnknownGzip},
		"noise":          {[]byte{0, 1, 2, 3, 4, 0, 0}, Unknown},
	} {
		if got := Sniff(writeTemp(t, "ten.pdf", c.data)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := Sniff(t.TempDir() + "/none"); got != Unknown {
		t.Errorf("no file: %s", got)
	}
}

func TestAGzippedTextIsReadAndHalfOfOneIsNamed(t *testing.T) {
	long := []byte(strings.Repeat(motto+"\n", 3000))
	whole := gzipped(t, long)
	if doc := readBytes(t, "a.txt.gz", whole, Options{}); !strings.HasPrefix(doc.Text(), motto) {
		t.Error("text differs")
	}
	_, err := readAll(writeTemp(t, "a.txt.gz", whole[:len(whole)/2]), TXT+gzipSuffix, Options{}.withDefaults())
	if CodeOf(err) != Truncated {
		t.Errorf("half: %v", err)
	}
	_, err = readAll(writeTemp(t, "a.txt.gz", whole), TXT+gzipSuffix, Options{MaxText: 1000}.withDefaults())
	if CodeOf(err) != TooLarge {
		t.Errorf("bomb: %v", err)
	}
}

func TestAWrongExtensionIsSaid(t *testing.T) {
	doc := readBytes(t, "luat.docx", textPDF(paragraphLines(72, 700, sampleLaw)), Options{})
	if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0], ".docx") || !strings.Contains(doc.Warnings[0], "PDF") {
		t.Errorf("warnings %q", doc.Warnings)
	}
}
