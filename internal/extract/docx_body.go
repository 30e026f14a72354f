package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// docxBody collects the blocks of a document body.
type docxBody struct {
	styles  docxStyles
	numbers docxNumbering

	depth  int
	blocks []string
	tables []*docxTable // open tables, outermost first
	paras  []*docxParagraph
	run    docxRun
	skip   int // depth at which skipping began, 0 when not skipping
}

// docxParagraph is an open paragraph; a text box inside one opens another.
type docxParagraph struct {
	text   strings.Builder
	style  string
	number string // numbering id
	level  string
}

type docxRun struct {
	font   string
	inside bool
	text   bool // inside w:t
}

// docxTable is an open table: rows of cells of paragraphs.
type docxTable struct {
	rows [][]docxCell
}

type docxCell struct{ paragraphs []string }

// skipped are elements whose content is not part of the text as printed.
var skipped = map[string]bool{
	"del": true, "moveFrom": true, "instrText": true, "Fallback": true, "delText": true,
	"pPrChange": true, "rPrChange": true, "sectPrChange": true, "tblPrChange": true, "tcPrChange": true,
}

// read walks the XML; an error leaves what was read before it.
func (b *docxBody) read(document []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(document))
	dec.Strict = false
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			b.closeAll()
			return fault(Malformed, err, "Nội dung DOCX (word/document.xml) bị hỏng ở byte %d.", dec.InputOffset())
		}
		switch t := token.(type) {
		case xml.StartElement:
			b.depth++
			if b.depth > 1000 {
				return fault(Malformed, nil, "Nội dung DOCX lồng nhau quá sâu.")
			}
			if b.skip == 0 && skipped[t.Name.Local] {
				b.skip = b.depth
			}
			if b.skip == 0 {
				b.open(t)
			}
		case xml.EndElement:
			if b.skip == 0 {
				b.close(t.Name.Local)
			}
			if b.skip == b.depth {
				b.skip = 0
			}
			b.depth--
		case xml.CharData:
			if b.skip == 0 && b.run.text {
				b.write(string(t))
			}
		}
	}
}

func (b *docxBody) open(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		b.paras = append(b.paras, &docxParagraph{})
	case "pStyle":
		if p := b.paragraph(); p != nil {
			p.style = attribute(e, "val")
		}
	case "numId":
		if p := b.paragraph(); p != nil {
			p.number = attribute(e, "val")
		}
	case "ilvl":
		if p := b.paragraph(); p != nil {
			p.level = attribute(e, "val")
		}
	case "r":
		b.run = docxRun{inside: true}
	case "rFonts":
		if b.run.inside {
			b.run.font = attribute(e, "ascii")
		}
	case "t":
		b.run.text = true
	case "tab", "ptab":
		if b.run.inside {
			b.write(" ")
		}
	case "br", "cr":
		b.write("\n")
	case "noBreakHyphen":
		b.write("-")
	case "sym":
		b.write(symbol(attribute(e, "char")))
	case "tbl":
		b.tables = append(b.tables, &docxTable{})
	case "tr":
		if t := b.table(); t != nil {
			t.rows = append(t.rows, nil)
		}
	case "tc":
		if t := b.table(); t != nil && len(t.rows) > 0 {
			t.rows[len(t.rows)-1] = append(t.rows[len(t.rows)-1], docxCell{})
		}
	}
}

func (b *docxBody) close(name string) {
	switch name {
	case "p":
		b.endParagraph()
	case "r":
		b.run = docxRun{}
	case "t":
		b.run.text = false
	case "tbl":
		b.endTable()
	}
}

func (b *docxBody) paragraph() *docxParagraph {
	if len(b.paras) == 0 {
		return nil
	}
	return b.paras[len(b.paras)-1]
}

func (b *docxBody) table() *docxTable {
	if len(b.tables) == 0 {
		return nil
	}
	return b.tables[len(b.tables)-1]
}

// write adds run text, made Unicode when its font is an old one.
func (b *docxBody) write(s string) {
	p := b.paragraph()
	if p == nil {
		return
	}
	name := b.run.font
	if name == "" {
		name = b.styles.font(p.style)
	}
	if enc, capitals := fontEncoding(name); enc != "" {
		s = fromLegacyRunes(s, enc)
		if capitals {
			s = strings.ToUpper(s)
		}
	}
	p.text.WriteString(s)
}

// endParagraph puts its automatic number before the text and hands it to where it stands.
func (b *docxBody) endParagraph() {
	p := b.paragraph()
	if p == nil {
		return
	}
	b.paras = b.paras[:len(b.paras)-1]
	text := strings.TrimSpace(p.text.String())
	if text == "" {
		return
	}
	number, level := p.number, p.level
	if number == "" {
		number, level = b.styles.numbering(p.style)
	}
	if mark := b.numbers.next(number, level); mark != "" {
		text = mark + " " + text
	}
	b.add(text)
}

// add puts a finished paragraph into the open cell, or else into the body.
func (b *docxBody) add(text string) {
	t := b.table()
	if t == nil || len(t.rows) == 0 || len(t.rows[len(t.rows)-1]) == 0 {
		b.blocks = append(b.blocks, text)
		return
	}
	row := t.rows[len(t.rows)-1]
	cell := &row[len(row)-1]
	cell.paragraphs = append(cell.paragraphs, text)
}

// endTable writes the rows; a table inside a cell becomes paragraphs of the cell.
func (b *docxBody) endTable() {
	t := b.table()
	if t == nil {
		return
	}
	b.tables = b.tables[:len(b.tables)-1]
	for _, line := range tableLines(t.rows) {
		b.add(line)
	}
}

func (b *docxBody) closeAll() {
	for len(b.paras) > 0 {
		b.endParagraph()
	}
	for len(b.tables) > 0 {
		b.endTable()
	}
}

func (b *docxBody) text() string { return strings.Join(b.blocks, "\n") }

// symbol is a letter of a symbol font by its hexadecimal code.
func symbol(code string) string {
	text, ok := glyphNameText("uni" + strings.ToUpper(code))
	if !ok {
		return ""
	}
	return bulletLetters.Replace(text)
}
