package parse

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

// ErrNotInstrument is returned for a text in which neither an official number nor an
// article was found: a news story, a form, a list.
var ErrNotInstrument = errors.New("không phải văn bản pháp luật: không thấy số hiệu và điều khoản")

// GapError tells, beside an instrument that was read, that its articles do not count up
// without gaps: Missing were not found, Doubled stand twice (the first is kept).
type GapError struct {
	Instrument string
	Missing    []string
	Doubled    []string
}

func (e *GapError) Error() string {
	var parts []string
	if len(e.Missing) > 0 {
		parts = append(parts, "thiếu Điều "+strings.Join(e.Missing, ", "))
	}
	if len(e.Doubled) > 0 {
		parts = append(parts, "lặp Điều "+strings.Join(e.Doubled, ", "))
	}
	return fmt.Sprintf("%s: %s", e.Instrument, strings.Join(parts, "; "))
}

// Instrument reads one legal document from its plain text, one line of the page or one
// paragraph a line: head (issuing body, number, day, form, title, what it is based on),
// phần, chương, mục, điều, khoản, điểm, signature, annexes, and what its closing articles
// do to other instruments. Articles quoted inside amending ones are words, not articles.
//
// The error is ErrNotInstrument with a zero Instrument, or a *GapError beside the
// instrument as far as it was read.
func Instrument(text string, src corpus.Source) (corpus.Instrument, error) {
	lines := cleanLines(norm.NFC.String(strings.ToValidUTF8(text, "�")))
	cut := findParts(lines)
	in := corpus.Instrument{Source: src}
	readHead(&in, joinCells(lines[:cut.body]))
	readTail(&in, joinCells(lines[cut.tail:cut.annex]))
	gap := readBody(&in, lines[cut.body:cut.tail])
	in.Annexes = readAnnexes(lines[cut.annex:])
	if len(in.Articles) == 0 || in.Number == "" && in.Type == corpus.Other {
		return corpus.Instrument{}, ErrNotInstrument
	}
	if in.Number == "" {
		in.Number = strings.TrimSpace(in.Type.Vietnamese() + " không số " + in.Issued.VN())
	}
	readDays(&in)
	if span, ok := KnownSpan(in.Number); ok { // postponed or brought forward by another law
		in.Validity.From = span.From
	}
	in.Relations = append(in.Relations, Relations(in, knownNames())...)
	in.Confidence = corpus.High
	if gap != nil {
		gap.Instrument = in.Number
		in.Confidence = corpus.Medium
		return in, gap
	}
	return in, nil
}
