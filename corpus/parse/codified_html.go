package parse

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/motcua/motcua/corpus"
)

// maxPage is the largest page of the package read, in bytes; real ones have up to 30 MB.
const maxPage = 256 << 20

// IsCodifiedPage reports whether an HTML page is one subject (đề mục) of the official
// offline package of the codified law, by the start of it.
func IsCodifiedPage(start []byte) bool {
	s := string(start)
	return strings.Contains(s, "class='pDieu'") || strings.Contains(s, "class='pChuong'") || strings.Contains(s, "ViewDanhSachVB(")
}

// CodifiedPackage reads the pages of the official offline package found in dir of fsys,
// one subject a page, and yields what Codified yields; the index page and files without
// codified articles are passed over. A page that cannot be read yields a *LineError that
// names it, and the rest goes on.
func CodifiedPackage(fsys fs.FS, dir string, src corpus.Source) iter.Seq2[corpus.Instrument, error] {
	return codified(src, func() iter.Seq2[codifiedRecord, error] { return pageRecords(fsys, dir) })
}

func pageRecords(fsys fs.FS, dir string) iter.Seq2[codifiedRecord, error] {
	return func(yield func(codifiedRecord, error) bool) {
		entries, err := fs.ReadDir(fsys, dir)
		if err != nil {
			yield(codifiedRecord{}, err)
			return
		}
		for _, e := range entries { // ReadDir sorts by name
			if e.IsDir() || !strings.HasSuffix(strings.ToLower(e.Name()), ".html") {
				continue
			}
			records, err := readPage(fsys, path.Join(dir, e.Name()))
			if err != nil && !yield(codifiedRecord{}, &LineError{Name: e.Name(), Reason: err.Error()}) {
				return
			}
			for _, r := range records {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

var errBigPage = errors.New("trang lớn quá 256 MB, bỏ qua")

// readPage reads one page; an error comes beside the records before it.
func readPage(fsys fs.FS, name string) ([]codifiedRecord, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	limited := &io.LimitedReader{R: f, N: maxPage + 1}
	p := &pageReader{z: html.NewTokenizer(limited)}
	err = p.read()
	switch {
	case limited.N == 0:
		return nil, errBigPage
	case err != nil && !errors.Is(err, io.EOF):
		return p.out, fmt.Errorf("trang HTML hỏng: %w", err)
	}
	return p.out, nil
}

// pageReader goes through the tokens of a page. Paragraphs of class pChuong, pDieu,
// pGhiChu, pNoiDung and pChiDan follow each other; those inside pNoiDung have no class of
// the package and are its lines.
type pageReader struct {
	z       *html.Tokenizer
	out     []codifiedRecord
	subject string
	heads   []string // pChuong pieces since the last article: "Chương I", "QUY ĐỊNH CHUNG"
	above   string   // innermost heading: "Chương I QUY ĐỊNH CHUNG"
	part    string   // class now read
	anchor  string
	words   strings.Builder
}

func (p *pageReader) read() error {
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			p.close()
			return p.z.Err()
		case html.TextToken:
			p.text(string(p.z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			p.open()
		case html.EndTagToken:
			name, _ := p.z.TagName()
			p.end(string(name))
		}
	}
}

// text keeps a run of words; line ends of the source are white space only.
func (p *pageReader) text(s string) {
	if p.part != "" {
		p.words.WriteString(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s))
	}
}

var pageParts = []string{"pChuong", "pDieu", "pGhiChu", "pNoiDung", "pChiDan"}

func (p *pageReader) open() {
	raw, more := p.z.TagName()
	name := string(raw)
	attrs := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = p.z.TagAttr()
		attrs[string(k)] = string(v)
	}
	switch {
	case name == "h3":
		p.close()
		p.part = "subject"
	case slices.Contains(pageParts, attrs["class"]):
		p.close()
		p.part = attrs["class"]
	case name == "a":
		p.link(attrs)
	case name == "br" || isBlock(name):
		p.words.WriteByte('\n')
	case name == "td" || name == "th":
		p.words.WriteByte(' ')
	}
}

// link takes the anchor of an article, the page of its source, or a cross-reference.
func (p *pageReader) link(attrs map[string]string) {
	switch k := len(p.out) - 1; {
	case attrs["name"] != "" && (p.part == "pDieu" || p.part == "pChuong"):
		p.anchor = attrs["name"]
	case p.part == "pGhiChu" && k >= 0 && p.out[k].URL == "":
		p.out[k].URL = attrs["href"]
	case p.part == "pChiDan" && k >= 0:
		if _, rest, ok := strings.Cut(attrs["onclick"], "ViewNoiDungPhapDien('"); ok {
			if id, _, ok := strings.Cut(rest, "'"); ok {
				p.out[k].Related = append(p.out[k].Related, id)
			}
		}
	}
}

func isBlock(name string) bool {
	switch name {
	case "p", "div", "tr", "li", "table", "h1", "h2", "h4":
		return true
	}
	return false
}

func (p *pageReader) end(name string) {
	switch {
	case name == "h3" && p.part == "subject":
		p.close()
	case isBlock(name):
		p.words.WriteByte('\n')
	}
}

// close puts the words of the part just read where they belong.
func (p *pageReader) close() {
	text := pageText(p.words.String())
	p.words.Reset()
	line := oneLine(text)
	k := len(p.out) - 1
	switch p.part {
	case "subject":
		p.subject = line
	case "pChuong":
		p.heading(line)
	case "pDieu":
		p.heads = nil
		title := line
		if _, rest, ok := strings.Cut(line, ". "); ok {
			title = strings.TrimSpace(rest)
		}
		p.out = append(p.out, codifiedRecord{ID: p.anchor, Subject: p.subject, Chapter: p.above, Label: line, Title: title})
	case "pGhiChu":
		if k >= 0 {
			p.out[k].Note = line
		}
	case "pNoiDung":
		if k >= 0 {
			p.out[k].Text = text
		}
	}
	p.part = ""
}

// heading joins "Chương I" and the title that follows in a paragraph of its own.
func (p *pageReader) heading(line string) {
	if line == "" {
		return
	}
	if _, ok := headingOf(line + " x"); ok || len(p.heads) == 0 {
		p.heads = []string{line}
	} else {
		p.heads = append(p.heads, line)
	}
	p.above = strings.Join(p.heads, " ")
}

// pageText trims lines and drops empty ones.
func pageText(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = oneLine(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
