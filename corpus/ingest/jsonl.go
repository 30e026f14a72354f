package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/parse"
)

// Readers are those of this package, for JSON lines. Which kind a file holds is told by
// the keys of its first record.
func Readers() []Reader {
	return []Reader{CodifiedReader{}, EnactedReader{}, PortalReader{}, CodifiedHTMLReader{}}
}

// hasKeys reports whether the first JSON object in head has all these keys. Lines that
// are no object are passed over: one bad line must not hide what a file is.
func hasKeys(head []byte, keys ...string) bool {
	for line := range bytes.Lines(head) {
		if line = bytes.TrimSpace(line); len(line) == 0 || line[0] != '{' {
			continue
		}
		var object map[string]json.RawMessage
		if json.Unmarshal(line, &object) != nil {
			object = keysOfCut(line) // the first record may be longer than the head
		}
		found := 0
		for _, k := range keys {
			if _, ok := object[k]; ok {
				found++
			}
		}
		if len(object) > 0 {
			return found == len(keys)
		}
	}
	return false
}

// keysOfCut reads the keys of an object that breaks off.
func keysOfCut(line []byte) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	d := json.NewDecoder(bytes.NewReader(line))
	if _, err := d.Token(); err != nil {
		return nil
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			break
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			break
		}
		if s, ok := key.(string); ok {
			out[s] = value
		}
	}
	return out
}

// CodifiedReader reads the codified law as JSON lines, one article each.
type CodifiedReader struct{}

// Reads wants the codified law's own key.
func (CodifiedReader) Reads(_ string, head []byte) bool {
	return hasKeys(head, "pd_id", "note", "text")
}

// Recipe names the parser.
func (CodifiedReader) Recipe() string { return "codified-1" }

// Layers yields one layer per instrument.
func (CodifiedReader) Layers(_ context.Context, in Input) iter.Seq2[Layer, error] {
	return instrumentLayers(in, Codified, parse.Codified(in.Open, in.Source))
}

// instrumentLayers names each instrument's place by its number.
func instrumentLayers(in Input, class Class, instruments iter.Seq2[corpus.Instrument, error]) iter.Seq2[Layer, error] {
	return func(yield func(Layer, error) bool) {
		for instrument, err := range instruments {
			if err != nil {
				var line *parse.LineError
				if !errors.As(err, &line) {
					yield(Layer{}, err)
					return
				}
				if !yield(Layer{}, &Fault{Line: line.Line, Why: line.Reason}) {
					return
				}
				continue
			}
			l := Layer{Class: class, Edition: in.Edition, Document: Document{Instrument: &instrument}}
			l.Place = l.Document.Subject()
			if !yield(l, nil) {
				return
			}
		}
	}
}

// PortalReader reads records of the national portal, one JSON object a line.
type PortalReader struct{}

// Reads wants the portal's code.
func (PortalReader) Reads(_ string, head []byte) bool {
	return hasKeys(head, "ma_thu_tuc", "ten_thu_tuc")
}

// Recipe names the parser.
func (PortalReader) Recipe() string { return "portal-3" }

// Layers yields one layer per record, in the order of the file, once all of it is read:
// only then is it known which codes share one name. The place is the code; a second
// record with a code already met is left out and told.
func (PortalReader) Layers(_ context.Context, in Input) iter.Seq2[Layer, error] {
	return func(yield func(Layer, error) bool) {
		first := map[string]int{}
		var set []corpus.Procedure
		var end error
		src := in.Source
		src.Name, src.SHA256 = "", "" // the parser fills in the portal's name and the digest of the line
		for l, err := range lines(in) {
			if err != nil && !isFault(err) {
				end = err
				break
			}
			var p corpus.Procedure
			if err == nil {
				p, err = parse.PortalRecord(l.text, src)
			}
			if err == nil && first[p.ID] > 0 {
				err = &Fault{Why: fmt.Sprintf("mã %s đã có ở dòng %d, giữ bản ghi trước", p.Code, first[p.ID])}
			}
			if err != nil {
				if !yield(Layer{}, &Fault{Line: l.n, Why: reason(err)}) {
					return
				}
				continue
			}
			first[p.ID] = l.n
			set = append(set, p)
		}
		parse.CheckPortalSet(set)
		for i := range set {
			if !yield(Layer{Place: set[i].ID, Class: Portal, Edition: in.Edition, Document: Document{Procedure: &set[i]}}, nil) {
				return
			}
		}
		if end != nil {
			yield(Layer{}, end)
		}
	}
}

// reason is an error without what the Fault around it says already.
func reason(err error) string {
	var f *Fault
	var p *parse.PortalError
	switch {
	case errors.As(err, &f):
		return f.Why
	case errors.As(err, &p):
		return p.Reason
	}
	return err.Error()
}

func isFault(err error) bool {
	var f *Fault
	return errors.As(err, &f)
}

// line is one line with its number, from 1; text is valid until the next.
type line struct {
	n    int
	text []byte
}

// lines yields the lines that are not blank. One longer than the parser takes is a
// Fault. Where the stream breaks off, the whole lines before the break come first, then
// the error.
func lines(in Input) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		f, err := in.Open()
		if err != nil {
			yield(line{}, err)
			return
		}
		defer f.Close()
		s := bufio.NewReaderSize(f, 1<<16)
		var buf []byte
		for n := 1; ; n++ {
			var long bool
			buf, long, err = readLine(s, buf[:0])
			if err != nil && !errors.Is(err, io.EOF) {
				yield(line{}, err)
				return
			}
			last := err != nil
			switch text := bytes.TrimSpace(buf); {
			case long:
				if !yield(line{n: n}, &Fault{Why: fmt.Sprintf("dòng dài quá %d byte", parse.MaxPortalLine)}) {
					return
				}
			case len(text) > 0:
				if !yield(line{n, text}, nil) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}

// readLine appends one line to buf; of a line that is too long it keeps only the start.
func readLine(r *bufio.Reader, buf []byte) (line []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(buf)+len(part) > parse.MaxPortalLine {
			long = true
		} else {
			buf = append(buf, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return buf, long, err
		}
	}
}
