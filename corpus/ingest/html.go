package ingest

import (
	"context"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/motcua/motcua/corpus/parse"
)

// CodifiedHTMLReader reads the official offline package of the codified law: a folder of
// pages with an index, one subject a page. Laws run across pages, so the whole folder is
// read when its index is met, and the pages beside an index are passed over.
type CodifiedHTMLReader struct{}

// codifiedIndex is the name of the package's index page.
const codifiedIndex = "BoPhapDien.html"

// Reads wants the index or a page of the package.
func (CodifiedHTMLReader) Reads(name string, head []byte) bool {
	if strings.EqualFold(filepath.Base(name), codifiedIndex) {
		return true
	}
	return strings.EqualFold(filepath.Ext(name), ".html") && parse.IsCodifiedPage(head)
}

// Recipe names the parser.
func (CodifiedHTMLReader) Recipe() string { return "codified-html-1" }

// Layers yields one layer per instrument.
func (CodifiedHTMLReader) Layers(_ context.Context, in Input) iter.Seq2[Layer, error] {
	dir, page := filepath.Split(in.Path)
	fsys := os.DirFS(dir)
	if !strings.EqualFold(page, codifiedIndex) {
		if _, err := fs.Stat(fsys, codifiedIndex); err == nil {
			return func(func(Layer, error) bool) {}
		}
		fsys = onlyFile{fsys, page}
	}
	return instrumentLayers(in, Codified, parse.CodifiedPackage(fsys, ".", in.Source))
}

// onlyFile is a folder that shows one file.
type onlyFile struct {
	fs.FS
	name string
}

// ReadDir implements fs.ReadDirFS.
func (o onlyFile) ReadDir(dir string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(o.FS, dir)
	for _, e := range all {
		if e.Name() == o.name {
			return []fs.DirEntry{e}, err
		}
	}
	return nil, err
}
