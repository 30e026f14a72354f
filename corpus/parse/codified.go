package parse

import (
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/motcua/motcua/corpus"
)

// Opener opens the same input anew each time; gzip is undone by the caller.
type Opener func() (io.ReadCloser, error)

// LineError says what is wrong with one record of an input; the rest goes on.
type LineError struct {
	Name   string // file, empty if unknown
	Line   int    // from 1; 0 where records are not lines
	Reason string // Vietnamese, for people
}

func (e *LineError) Error() string {
	switch {
	case e.Line > 0 && e.Name != "":
		return fmt.Sprintf("%s, dòng %d: %s", e.Name, e.Line, e.Reason)
	case e.Line > 0:
		return fmt.Sprintf("dòng %d: %s", e.Line, e.Reason)
	case e.Name != "":
		return e.Name + ": " + e.Reason
	}
	return e.Reason
}

// codifiedRecord is one article of the codified law, from either form it comes in.
type codifiedRecord struct {
	ID      string   // pd_id: place in the codified law, target of cross-references
	Subject string   // "Đề mục 15.3 Hộ tịch"
	Label   string   // "Điều 15.3.LQ.1. Phạm vi điều chỉnh"
	Title   string   // heading of the article
	Chapter string   // innermost heading above it
	Note    string   // source instrument, days, changes
	Text    string   // words, one paragraph a line
	Law     string   // number as the input has it; used where the note names none
	Article string   // the same for the article
	Related []string // pd_ids
	URL     string   // page of the source instrument
	Line    int
}

// Codified reads the official codified law as JSON lines and yields its instruments with
// the articles the codified law holds, each once, when the last of its articles has been
// read (ties by first appearance). The input is read twice: first to learn which articles
// belong together and what cross-references point to, then to parse; memory holds only
// instruments that are not complete yet.
//
// A record that cannot be used yields a *LineError beside a zero Instrument; the rest goes
// on. Any other error ends the sequence.
func Codified(open Opener, src corpus.Source) iter.Seq2[corpus.Instrument, error] {
	return codified(src, func() iter.Seq2[codifiedRecord, error] { return jsonRecords(open) })
}

func codified(src corpus.Source, records func() iter.Seq2[codifiedRecord, error]) iter.Seq2[corpus.Instrument, error] {
	return func(yield func(corpus.Instrument, error) bool) {
		index := newCodifiedIndex()
		for r, err := range records() {
			if err == nil {
				index.note(r)
			} else if !isLineError(err) {
				yield(corpus.Instrument{}, err)
				return
			}
		}
		index.seal()
		g := &gatherer{index: index, src: src, open: map[string]*gathered{}}
		for r, err := range records() {
			if err != nil {
				if !yield(corpus.Instrument{}, err) || !isLineError(err) {
					return
				}
				continue
			}
			in, done, err := g.add(r)
			if err != nil && !yield(corpus.Instrument{}, err) {
				return
			}
			if done && !yield(in, nil) {
				return
			}
		}
		for _, in := range g.rest() {
			if !yield(in, nil) {
				return
			}
		}
	}
}

func isLineError(err error) bool {
	_, ok := errors.AsType[*LineError](err)
	return ok
}
