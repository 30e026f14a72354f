package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ledongthuc/pdf"
)

// errUnpacked is panicked through the object reader when streams unpack to more than the
// limit; the page's recover turns it into a Fault.
var errUnpacked = errors.New("unpacked streams exceed the limit")

// pdfFile reads objects of one PDF. Its methods may panic on broken objects, as the
// library under it does; readPage recovers.
type pdfFile struct {
	reader   *pdf.Reader
	maxPages int
	unpacked int64            // bytes left to unpack in the whole file
	fonts    map[string]*font // by the text of their dictionaries, which name their streams
}

// pdfPage is a page with the values it inherits from the nodes above it.
type pdfPage struct{ page, resources, box, rotate pdf.Value }

// pages walks the page tree downwards, so a cycle through /Parent is never entered, and
// stops at a depth no real file has, so a cycle through /Kids ends too.
func (f *pdfFile) pages() (out []pdfPage, err error) {
	defer recoverAs(&err, Malformed, "Danh mục trang của PDF bị hỏng.")
	root := f.reader.Trailer().Key("Root").Key("Pages")
	if root.Kind() != pdf.Dict {
		return nil, fault(Malformed, nil, "PDF không có danh mục trang.")
	}
	visited := 0
	err = f.walk(pdfPage{page: root}, 0, &visited, &out)
	return out, err
}

func (f *pdfFile) walk(node pdfPage, depth int, visited *int, out *[]pdfPage) error {
	const deepest = 40
	*visited++
	if depth > deepest || *visited > 8*f.maxPages+1000 {
		return fault(Cyclic, nil, "Cây trang của PDF lặp vòng: một nhánh trỏ ngược về chính nó.")
	}
	v := node.page
	inherit(&node.resources, v.Key("Resources"))
	inherit(&node.box, v.Key("MediaBox"))
	inherit(&node.rotate, v.Key("Rotate"))
	kids := v.Key("Kids")
	if kids.Kind() != pdf.Array {
		if v.Kind() != pdf.Dict {
			return nil
		}
		if len(*out) >= f.maxPages {
			return fault(TooLarge, nil, "PDF có hơn %d trang, quá giới hạn.", f.maxPages)
		}
		*out = append(*out, node)
		return nil
	}
	for i := 0; i < kids.Len(); i++ {
		child := node
		child.page = kids.Index(i)
		if err := f.walk(child, depth+1, visited, out); err != nil {
			return err
		}
	}
	return nil
}

func inherit(field *pdf.Value, own pdf.Value) {
	if !own.IsNull() {
		*field = own
	}
}

// stream unpacks one stream; what comes before damaged data is kept.
func (f *pdfFile) stream(v pdf.Value) []byte {
	if v.Kind() != pdf.Stream {
		return nil
	}
	var b bytes.Buffer
	n := f.copyStream(&b, v)
	f.unpacked -= n
	if f.unpacked < 0 {
		panic(errUnpacked)
	}
	return b.Bytes()
}

// copyStream keeps what was read before a fault in the middle of a stream.
func (f *pdfFile) copyStream(b *bytes.Buffer, v pdf.Value) (n int64) {
	defer func() {
		if recover() != nil {
			n = int64(b.Len())
		}
	}()
	rd := v.Reader()
	defer rd.Close()
	n, _ = io.Copy(b, io.LimitReader(rd, f.unpacked+1))
	return n
}

// content joins the content streams of a page; an operator never spans two of them.
func (f *pdfFile) content(page pdf.Value) []byte {
	c := page.Key("Contents")
	if c.Kind() != pdf.Array {
		return f.stream(c)
	}
	var b bytes.Buffer
	for i := 0; i < c.Len(); i++ {
		b.Write(f.stream(c.Index(i)))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// geometry returns the upright size of the page in points and the matrix that turns its
// user space upright.
func (p pdfPage) geometry() (width, height float64, m matrix) {
	x0, y0, x1, y1 := 0.0, 0.0, 595.0, 842.0
	if p.box.Len() == 4 {
		x0, y0, x1, y1 = p.box.Index(0).Float64(), p.box.Index(1).Float64(), p.box.Index(2).Float64(), p.box.Index(3).Float64()
	}
	if x1 < x0 {
		x0, x1 = x1, x0
	}
	if y1 < y0 {
		y0, y1 = y1, y0
	}
	width, height = x1-x0, y1-y0
	m = shift(-x0, -y0)
	switch turn := ((p.rotate.Int64() % 360) + 360) % 360; turn {
	case 90:
		return height, width, m.then(matrix{0, -1, 1, 0, 0, width})
	case 180:
		return width, height, m.then(matrix{-1, 0, 0, -1, width, height})
	case 270:
		return height, width, m.then(matrix{0, 1, -1, 0, height, 0})
	}
	return width, height, m
}

// pdfResources gives a content stream its fonts and forms.
type pdfResources struct {
	file  *pdfFile
	dict  pdf.Value
	fonts map[string]*font
}

func newResources(f *pdfFile, dict pdf.Value) *pdfResources {
	return &pdfResources{file: f, dict: dict, fonts: map[string]*font{}}
}

func (r *pdfResources) font(name string) *font {
	if f, ok := r.fonts[name]; ok {
		return f
	}
	var f *font
	if v := r.dict.Key("Font").Key(name); v.Kind() == pdf.Dict {
		f = r.file.cachedFont(v)
	}
	r.fonts[name] = f
	return f
}

// cachedFont loads each font once for all pages.
func (f *pdfFile) cachedFont(v pdf.Value) *font {
	key := v.String()
	if got, ok := f.fonts[key]; ok {
		return got
	}
	loaded := f.loadFont(v)
	f.fonts[key] = loaded
	return loaded
}

func (r *pdfResources) form(name string) ([]byte, resources, matrix, bool) {
	x := r.dict.Key("XObject").Key(name)
	if x.Kind() != pdf.Stream || x.Key("Subtype").Name() != "Form" {
		return nil, nil, identity, false
	}
	m := identity
	if v := x.Key("Matrix"); v.Len() == 6 {
		for i := range m {
			m[i] = v.Index(i).Float64()
		}
	}
	var own resources
	if v := x.Key("Resources"); v.Kind() == pdf.Dict {
		own = newResources(r.file, v)
	}
	return r.file.stream(x), own, m, true
}

// pictures counts the images a page may draw, also inside its forms one level down.
func (r *pdfResources) pictures() int {
	n := 0
	objects := r.dict.Key("XObject")
	for _, name := range objects.Keys() {
		x := objects.Key(name)
		switch x.Key("Subtype").Name() {
		case "Image":
			n++
		case "Form":
			inner := x.Key("Resources").Key("XObject")
			for _, k := range inner.Keys() {
				if inner.Key(k).Key("Subtype").Name() == "Image" {
					n++
				}
			}
		}
	}
	return n
}

// recoverAs turns a panic of the object reader into a Fault.
func recoverAs(err *error, code Code, sentence string) {
	x := recover()
	if x == nil {
		return
	}
	cause, ok := x.(error)
	if !ok {
		cause = fmt.Errorf("%v", x)
	}
	switch {
	case errors.Is(cause, errUnpacked):
		*err = fault(TooLarge, cause, "Dữ liệu nén trong PDF bung ra quá giới hạn.")
	case strings.Contains(cause.Error(), "EOF"):
		*err = fault(Truncated, cause, "PDF bị cụt: dữ liệu dừng giữa chừng.")
	default:
		*err = fault(code, cause, "%s", sentence)
	}
}
