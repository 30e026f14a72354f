package intake

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Format of a file of records.
type Format string

// The formats. NDJSON lines are CloudEvents in JSON; CSV columns are listed at Columns.
const (
	NDJSON Format = "ndjson"
	CSV    Format = "csv"
)

// FormatOf reads the name of a file: .csv, or .ndjson and .jsonl, each also with .gz.
func FormatOf(name string) (f Format, zipped, ok bool) {
	name, zipped = strings.CutSuffix(strings.ToLower(name), ".gz")
	switch {
	case strings.HasSuffix(name, ".csv"):
		return CSV, zipped, true
	case strings.HasSuffix(name, ".ndjson"), strings.HasSuffix(name, ".jsonl"):
		return NDJSON, zipped, true
	}
	return "", zipped, false
}

// mostLine bounds one line of a file, in bytes; part is how many records go in at once.
const (
	mostLine = 1 << 20
	part     = 500
)

// Import is what came of a file.
type Import struct {
	Lines    int           `json:"lines"`
	Accepted int           `json:"accepted"`
	Known    int           `json:"known"`
	Refused  int           `json:"refused"`
	Took     time.Duration `json:"took"`
}

// Import reads records to the end and reports every one that was refused, or accepted with
// a finding. progress is told of lines done, after each part. It stops at the first error
// of the store or of reading; what was taken until then stays, and the same file may be
// imported again.
func (d *Desk) Import(ctx context.Context, r io.Reader, f Format, zipped bool, now time.Time, progress func(Import), report func(Result)) (sum Import, err error) {
	start := time.Now()
	defer func() { sum.Took = time.Since(start) }()
	if zipped {
		z, err := gzip.NewReader(r)
		if err != nil {
			return sum, fmt.Errorf("tệp không phải gzip: %w", err)
		}
		defer func() { _ = z.Close() }() // read to its end, or its fault is told
		r = z
	}
	next := ndjsonLines(r, now)
	if f == CSV {
		if next, err = csvLines(r, now); err != nil {
			return sum, err
		}
	}
	for done := false; !done; {
		var list []Entry
		for len(list) < part && !done {
			e, err := next()
			if errors.Is(err, io.EOF) {
				done = true
			} else if err != nil {
				return sum, fmt.Errorf("đọc tệp sau dòng %d: %w", sum.Lines, err)
			} else {
				list = append(list, e)
			}
		}
		results, err := d.Take(ctx, list, now)
		if err != nil {
			return sum, err
		}
		sum.add(results, report)
		progress(sum)
	}
	return sum, nil
}

func (sum *Import) add(results []Result, report func(Result)) {
	for _, res := range results {
		sum.Lines++
		switch res.Outcome {
		case Accepted:
			sum.Accepted++
		case Known:
			sum.Known++
		default:
			sum.Refused++
		}
		if res.Outcome == Refused || len(res.Findings) > 0 {
			report(res)
		}
	}
}

// ndjsonLines reads one CloudEvent a line; blank lines are passed over, a line too long is
// refused and skipped without being held.
func ndjsonLines(r io.Reader, now time.Time) func() (Entry, error) {
	in, line := bufio.NewReaderSize(r, 1<<16), 0
	return func() (Entry, error) {
		for {
			raw, long, err := readLine(in)
			if err != nil {
				return Entry{}, err
			}
			line++
			text := strings.TrimSpace(string(raw))
			if line == 1 {
				text = strings.TrimPrefix(text, "\ufeff")
			}
			switch {
			case long:
				return Entry{Line: line, Err: refuse(CodeTooLarge, "Dòng dài quá %d MB.", mostLine>>20)}, nil
			case text == "":
				continue
			}
			e := parseStructured([]byte(text), now)
			e.Line = line
			return e, nil
		}
	}
}

// readLine returns the next line without its end; long where it passed mostLine and was dropped.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		piece, err := in.ReadSlice('\n')
		if len(line)+len(piece) > mostLine {
			long, line = true, nil
		}
		if !long {
			line = append(line, piece...)
		}
		switch {
		case err == nil:
			return line, long, nil
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && (len(line) > 0 || long):
			return line, long, nil
		}
		return nil, false, err
	}
}
