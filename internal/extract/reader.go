package extract

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/corpus/parse"
)

// Reader reads one published document a file: PDF, DOCX, DOC, RTF, HTML, TXT. It
// implements ingest.Reader.
type Reader struct{ Options Options }

// Reads wants any format this package reads, and files whose name promises one: those are
// told apart with a reason.
func (Reader) Reads(name string, head []byte) bool {
	switch sniffBytes(head) {
	case PDF, DOCX, DOC, RTF, HTML, CodifiedHTML, TXT:
		return true
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf", ".docx", ".doc", ".rtf", ".html", ".htm", ".txt":
		return true
	}
	return false
}

// Recipe names the reader and its version.
func (Reader) Recipe() string { return "document-1" }

// Layers yields the document as an instrument. A text that is no legal instrument (a
// form, a leaflet) is kept page by page under the file's name, with low confidence. Pages
// that could not be read are told as faults.
func (r Reader) Layers(ctx context.Context, in ingest.Input) iter.Seq2[ingest.Layer, error] {
	return func(yield func(ingest.Layer, error) bool) {
		doc, err := File(ctx, in.Path, r.Options)
		if err != nil {
			r.failed(err, yield)
			return
		}
		for _, p := range doc.Unread() {
			if !yield(ingest.Layer{}, &ingest.Fault{Page: p.Number, Why: p.Unread, Stored: true}) {
				return
			}
		}
		instrument, err := parse.Instrument(doc.Text(), in.Source)
		var gap *parse.GapError
		switch {
		case errors.Is(err, parse.ErrNotInstrument):
			instrument = sheets(doc, in)
			if len(instrument.Annexes) == 0 {
				yield(ingest.Layer{}, &ingest.Fault{Why: "không trang nào đọc được chữ"})
				return
			}
			err = &ingest.Fault{Why: "không phải văn bản quy phạm; giữ từng trang để tra cứu, độ tin cậy thấp", Stored: true}
		case errors.As(err, &gap):
			err = &ingest.Fault{Why: gap.Error(), Stored: true}
		}
		if err != nil && !yield(ingest.Layer{}, err) {
			return
		}
		l := ingest.Layer{Class: ingest.Issued, Edition: in.Edition, Document: ingest.Document{Instrument: &instrument}}
		l.Place = l.Document.Subject()
		yield(l, nil)
	}
}

func (Reader) failed(err error, yield func(ingest.Layer, error) bool) {
	var f *Fault
	if errors.As(err, &f) {
		yield(ingest.Layer{}, &ingest.Fault{Page: f.Page, Why: f.Sentence})
		return
	}
	yield(ingest.Layer{}, err)
}

// sheets keeps a text that is no instrument: one annex a page.
func sheets(doc Document, in ingest.Input) corpus.Instrument {
	out := corpus.Instrument{
		Number: filepath.Base(in.Name), Type: corpus.Other, Title: titleOf(doc, in.Name), Source: in.Source, Confidence: corpus.Low,
	}
	for _, p := range doc.Pages {
		if strings.TrimSpace(p.Text) != "" {
			out.Annexes = append(out.Annexes, corpus.Annex{Number: corpus.PageAnnex + strconv.Itoa(p.Number), Title: out.Title, Text: p.Text})
		}
	}
	return out
}

// titleOf is the document's own title, else its first line of some length, else the name
// of the file.
func titleOf(doc Document, name string) string {
	for line := range strings.SplitSeq(doc.Text(), "\n") {
		if line = strings.TrimSpace(line); len(line) > 12 && SyllableShare(line) > 0.6 {
			return line
		}
	}
	if doc.Title != "" {
		return doc.Title
	}
	return filepath.Base(name)
}
