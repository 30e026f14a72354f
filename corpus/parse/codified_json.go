package parse

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"unicode/utf8"
)

// maxLine is the longest JSON line read, in bytes; the longest real one has 0.6 MB.
const maxLine = 16 << 20

// codifiedLine is one line as published by the crawlers of the codified law.
type codifiedLine struct {
	ID      string   `json:"pd_id"`
	Subject string   `json:"demuc"`
	Label   string   `json:"label"`
	Title   string   `json:"title"`
	Chapter string   `json:"chapter"`
	Note    string   `json:"note"`
	Text    string   `json:"text"`
	Law     string   `json:"law_id"`
	Article string   `json:"article_id"`
	Related []string `json:"related"`
	Pages   []string `json:"vbpl"`
}

func jsonRecords(open Opener) iter.Seq2[codifiedRecord, error] {
	return func(yield func(codifiedRecord, error) bool) {
		for line, err := range jsonLines(open) {
			if err != nil {
				if !yield(codifiedRecord{}, err) || !isLineError(err) {
					return
				}
				continue
			}
			var l codifiedLine
			if reason := decodeLine(line.text, &l); reason != "" {
				if !yield(codifiedRecord{}, &LineError{Line: line.n, Reason: reason}) {
					return
				}
				continue
			}
			r := codifiedRecord{ID: l.ID, Subject: l.Subject, Label: l.Label, Title: l.Title, Chapter: l.Chapter, Note: l.Note,
				Text: l.Text, Law: l.Law, Article: l.Article, Related: l.Related, Line: line.n}
			if len(l.Pages) > 0 {
				r.URL = l.Pages[0]
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

type numberedLine struct {
	n    int
	text []byte // valid until the next line
}

// jsonLines yields the lines of an input, blank ones left out. An overlong line is a
// *LineError; a stream that breaks off is a plain error, after the lines before it.
func jsonLines(open Opener) iter.Seq2[numberedLine, error] {
	return func(yield func(numberedLine, error) bool) {
		f, err := open()
		if err != nil {
			yield(numberedLine{}, err)
			return
		}
		defer f.Close()
		r := bufio.NewReaderSize(f, 1<<16)
		var buf []byte
		for n := 1; ; n++ {
			buf, err = readLine(r, buf[:0])
			switch {
			case errors.Is(err, errLongLine):
				if !yield(numberedLine{}, &LineError{Line: n, Reason: "dòng dài quá 16 MB, bỏ qua"}) {
					return
				}
				continue
			case err != nil && !errors.Is(err, io.EOF):
				yield(numberedLine{}, &LineError{Line: n, Reason: "tệp bị cắt ngang hoặc hỏng, chỉ đọc được đến đây (" + err.Error() + ")"})
				return
			}
			if len(bytes.TrimSpace(buf)) > 0 && !yield(numberedLine{n, buf}, nil) {
				return
			}
			if errors.Is(err, io.EOF) {
				return
			}
		}
	}
}

var errLongLine = errors.New("line too long")

// readLine reads to the next newline, skipping the rest of a line that is too long.
func readLine(r *bufio.Reader, buf []byte) ([]byte, error) {
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if !long {
			buf = append(buf, part...)
		}
		if len(buf) > maxLine {
			long, buf = true, buf[:0]
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long && (err == nil || errors.Is(err, io.EOF)) {
			return nil, errLongLine
		}
		return buf, err
	}
}

// decodeLine fills v; it returns what is wrong, in Vietnamese, or "".
func decodeLine(line []byte, v any) string {
	line = bytes.TrimPrefix(bytes.TrimSpace(line), []byte("\ufeff"))
	if !utf8.Valid(line) {
		return "có byte không phải UTF-8"
	}
	if len(line) == 0 || line[0] != '{' {
		return "không phải một đối tượng JSON"
	}
	if err := json.Unmarshal(line, v); err != nil {
		var typ *json.UnmarshalTypeError
		if errors.As(err, &typ) {
			return "trường “" + typ.Field + "” sai kiểu"
		}
		return "JSON hỏng hoặc bị cắt ngang"
	}
	return ""
}
