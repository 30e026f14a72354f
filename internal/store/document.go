package store

import (
	"errors"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/civil"
)

// DocumentRow is kind, code, title, issuer, issued, first day and last day of a document.
func DocumentRow(d ingest.Document) ([]any, error) {
	switch {
	case d.Instrument != nil:
		in := d.Instrument
		return []any{
			"instrument", corpus.NumberKey(in.Number), in.Title, in.Issuer, in.Issued.String(),
			in.Validity.From.String(), in.Validity.Until.String(),
		}, nil
	case d.Procedure != nil:
		p := d.Procedure
		v := p.Prov.Validity
		return []any{"procedure", corpus.NumberKey(p.Code), p.Name, p.Ministry, "", v.From.String(), v.Until.String()}, nil
	}
	return nil, errors.New("store: the build function gave no document")
}

// Head is the row of an instrument on the shelf; the days are those of its row.
func Head(code, title, issuer, issued, from, until string) (h corpus.Head, err error) {
	h = corpus.Head{Number: strings.ToUpper(code), Title: title, Issuer: issuer} // the table holds the key
	h.Type = corpus.TypeOfNumber(h.Number)
	if h.Issued, err = civil.Parse(issued); err != nil {
		return h, err
	}
	h.Validity, err = Days(from, until)
	return h, err
}
