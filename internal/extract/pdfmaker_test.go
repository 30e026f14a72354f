package extract

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode/utf16"
)

// pdfMaker writes small PDF files object by object.
type pdfMaker struct {
	objects []string // object n is at n-1
	trailer string   // extra trailer entries
}

func (m *pdfMaker) add(body string) int {
	m.objects = append(m.objects, body)
	return len(m.objects)
}

func (m *pdfMaker) stream(dict, data string) int {
	return m.add(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data))
}

func (m *pdfMaker) flate(dict, data string) int {
	return m.stream(dict+" /Filter /FlateDecode", deflate(data))
}

func deflate(data string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(data))
	_ = w.Close()
	return b.String()
}

// bytes writes the file; root is the number of the catalogue.
func (m *pdfMaker) bytes(root int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(m.objects))
	for i, body := range m.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(m.objects)+1)
	for _, off := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(m.objects)+1, root, m.trailer, xref)
	return b.Bytes()
}

// typeface is a two-byte Identity-H font whose codes are given out as letters are used.
type typeface struct {
	codes map[rune]int
	order []rune
}

func (f *typeface) encode(text string) string {
	if f.codes == nil {
		f.codes = map[rune]int{}
	}
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range text {
		code, ok := f.codes[r]
		if !ok {
			code = len(f.order) + 1
			f.codes[r] = code
			f.order = append(f.order, r)
		}
		fmt.Fprintf(&b, "%04X", code)
	}
	b.WriteByte('>')
	return b.String()
}

// object adds the font to m: every letter is half an em wide.
func (f *typeface) object(m *pdfMaker) int {
	var cmap strings.Builder
	letters := append([]rune(nil), f.order...)
	sort.Slice(letters, func(i, j int) bool { return f.codes[letters[i]] < f.codes[letters[j]] })
	fmt.Fprintf(&cmap, "1 begincodespacerange <0000> <FFFF> endcodespacerange\n%d beginbfchar\n", len(letters))
	for _, r := range letters {
		fmt.Fprintf(&cmap, "<%04X> <", f.codes[r])
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&cmap, "%04X", u)
		}
		cmap.WriteString(">\n")
	}
	cmap.WriteString("endbfchar\n")
	unicodeMap := m.flate("", cmap.String())
	descendant := m.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Thu /DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>")
	return m.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /Thu /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", descendant, unicodeMap))
}

// placed is a line of text at a place on the page, 12 points high.
type placed struct {
	x, y float64
	text string
}

// textPDF writes one page per list of placed lines, drawing in the order given.
func textPDF(pages ...[]placed) []byte {
	var m pdfMaker
	var f typeface
	var contents []string
	for _, lines := range pages {
		var c strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&c, "BT /F1 12 Tf 1 0 0 1 %g %g Tm %s Tj ET\n", l.x, l.y, f.encode(l.text))
		}
		contents = append(contents, c.String())
	}
	return pagesPDF(&m, f.object(&m), contents)
}

// pagesPDF finishes a file whose pages all use one font, as /F1.
func pagesPDF(m *pdfMaker, fontObject int, contents []string) []byte {
	tree := len(m.objects) + 2*len(contents) + 1
	var kids []string
	for _, c := range contents {
		stream := m.flate("", c)
		page := m.add(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>", tree, stream, fontObject))
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
	}
	m.add(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids)))
	return m.bytes(m.add(fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", tree)))
}

// paragraphLines lays text out in lines of about 70 letters from the top of a page.
func paragraphLines(x, top float64, text string) []placed {
	var out []placed
	line := ""
	for _, w := range strings.Fields(text) {
		if len([]rune(line))+len([]rune(w)) > 70 {
			out = append(out, placed{x, top - 16*float64(len(out)), line})
			line = ""
		}
		line = strings.TrimSpace(line + " " + w)
	}
	return append(out, placed{x, top - 16*float64(len(out)), line})
}

func writeTemp(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
