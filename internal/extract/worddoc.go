package extract

import (
	"bytes"
	"context"
	"encoding/xml"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordTools read Word 97–2003 documents; we have no reader of our own for the format.
// antiword's DocBook keeps tables apart, so it comes first.
var wordTools = []struct {
	name string
	args []string
}{
	{"antiword", []string{"-m", "UTF-8.txt", "-x", "db"}},
	{"catdoc", []string{"-d", "utf-8", "-w"}},
}

// lostShare is the share of catdoc's words that antiword may lack; it drops whole stretches
// of forms with nested tables without a word of warning.
const lostShare = 0.02

// readDOC reads with the outside programs that are installed. Where both are, the words of
// the second check that the first lost none.
func readDOC(ctx context.Context, path string, opt Options) (Document, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return Document{}, fault(NotFound, err, "Không mở được tệp.")
	}
	var read []Document
	var last error
	installed := false
	for _, tool := range wordTools {
		program := findTool(tool.name)
		if program == "" {
			continue
		}
		installed = true
		command := append(append([]string{program}, tool.args...), absolute)
		out, err := runTool(ctx, opt, opt.MaxWall, tool.name, command...)
		if ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
		var doc Document
		if err == nil {
			doc, err = wordText(out)
		}
		if err != nil {
			last = err
			continue
		}
		read = append(read, doc)
	}
	switch {
	case len(read) == 2 && missingWords(read[0].Text(), read[1].Text()) > lostShare:
		return read[1], nil
	case len(read) > 0:
		return read[0], nil
	case !installed:
		return Document{}, fault(ToolMissing, nil, "Muốn đọc tệp DOC cần cài antiword hoặc catdoc, hoặc lưu lại thành DOCX.")
	}
	return Document{}, last
}

// missingWords is the share of the words of whole that part lacks, counting repetitions.
func missingWords(part, whole string) float64 {
	have := map[string]int{}
	for _, w := range letterWords(part) {
		have[w]++
	}
	words := letterWords(whole)
	missing := 0
	for _, w := range words {
		if have[w]--; have[w] < 0 {
			missing++
		}
	}
	return float64(missing) / float64(max(len(words), 1))
}

func letterWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// wordText cleans what the tools print: DocBook of antiword, plain text of catdoc with
// tabs between the cells of a table.
func wordText(out []byte) (Document, error) {
	text := tabbedRows(dropSpecks(string(out)))
	if bytes.HasPrefix(out, []byte("<?xml")) {
		text = docBookText(out)
	}
	text, enc, err := decodeText([]byte(text))
	if err != nil {
		return Document{}, err
	}
	if text = tidy(text); text == "" {
		return Document{}, fault(Empty, nil, "Tệp DOC không có chữ nào.")
	}
	doc := onePage(DOC, text)
	if w := enc.warning(); w != "" {
		doc.Warnings = append(doc.Warnings, w)
	}
	return doc, nil
}

// dropSpecks removes lines of one or two letters beyond ASCII: catdoc prints bytes of
// drawings so.
func dropSpecks(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		bare := strings.TrimSpace(l)
		if n := utf8.RuneCountInString(bare); n == 0 || n > 2 || n == len(bare) || IsSyllable(bare) && n == 2 {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// docBook collects paragraphs and tables from antiword's output.
type docBook struct {
	blocks []string
	rows   [][]docxCell
	text   strings.Builder
	cells  int // open table cells
	skip   int // open elements of the file's properties
}

// docBookText reads antiword's DocBook; where the XML breaks, what came before stays.
func docBookText(data []byte) string {
	var b docBook
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	for {
		token, err := dec.Token()
		if err != nil {
			b.flush()
			b.endTable()
			return strings.Join(b.blocks, "\n")
		}
		switch t := token.(type) {
		case xml.StartElement:
			b.open(t.Name.Local)
		case xml.EndElement:
			b.close(t.Name.Local)
		case xml.CharData:
			if b.skip == 0 {
				b.text.Write(t)
			}
		}
	}
}

func (b *docBook) open(name string) {
	switch name {
	case "bookinfo":
		b.skip++
	case "para", "title", "informaltable":
		b.flush()
	case "row":
		b.rows = append(b.rows, nil)
	case "entry":
		b.text.Reset()
		b.cells++
		if n := len(b.rows); n > 0 {
			b.rows[n-1] = append(b.rows[n-1], docxCell{})
		}
	}
}

func (b *docBook) close(name string) {
	switch name {
	case "bookinfo":
		b.skip--
	case "para", "title", "entry":
		b.flush()
		if name == "entry" {
			b.cells--
		}
	case "informaltable":
		b.endTable()
	}
}

// flush ends a paragraph; in a cell every line is one.
func (b *docBook) flush() {
	for _, paragraph := range strings.Split(b.text.String(), "\n") {
		paragraph = tidyLine(paragraph)
		switch n := len(b.rows); {
		case paragraph == "":
		case b.cells > 0 && n > 0 && len(b.rows[n-1]) > 0:
			cell := &b.rows[n-1][len(b.rows[n-1])-1]
			cell.paragraphs = append(cell.paragraphs, paragraph)
		default:
			b.blocks = append(b.blocks, paragraph)
		}
	}
	b.text.Reset()
}

func (b *docBook) endTable() {
	b.blocks = append(b.blocks, tableLines(b.rows)...)
	b.rows, b.cells = nil, 0
}
