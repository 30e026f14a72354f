package extract

import (
	"errors"
	"fmt"
	"path/filepath"
)

// Code names a reason why a document could not be read; a closed list, stable for machines.
type Code string

const (
	NotFound    Code = "extract.not_found"    // no such file, or it may not be opened
	Empty       Code = "extract.empty"        // no bytes, or no text in them
	Unsupported Code = "extract.unsupported"  // a format we do not read
	Malformed   Code = "extract.malformed"    // the structure is broken
	Truncated   Code = "extract.truncated"    // the file ends too early
	Cyclic      Code = "extract.cyclic"       // the structure refers to itself
	Encrypted   Code = "extract.encrypted"    // a password is needed
	TooLarge    Code = "extract.too_large"    // above the limit of bytes, pages or unpacked size
	TooSlow     Code = "extract.too_slow"     // above the limit of time
	OutOfMemory Code = "extract.memory"       // above the limit of memory
	Crashed     Code = "extract.crashed"      // the reader process ended without an answer
	ToolMissing Code = "extract.tool_missing" // an outside program is needed and not installed
	ToolFailed  Code = "extract.tool_failed"  // an outside program gave no text
	BadText     Code = "extract.bad_text"     // bytes that are text in no encoding we know
)

// Fault says why a document, or one page of it, could not be read. Page is 0 when the
// whole file is meant. Sentence is Vietnamese, without the file name.
type Fault struct {
	Code     Code
	File     string
	Page     int
	Sentence string
	Err      error
}

// Error names file and page, then the sentence.
func (f *Fault) Error() string {
	where := filepath.Base(f.File)
	if f.Page > 0 {
		where = fmt.Sprintf("%s, trang %d", where, f.Page)
	}
	return where + ": " + f.Sentence
}

// Unwrap returns the technical cause, which may be nil.
func (f *Fault) Unwrap() error { return f.Err }

// CodeOf returns the code of the first Fault in err's chain, or "".
func CodeOf(err error) Code {
	var f *Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}

// fault builds a Fault for the whole file; the caller of the package's readers adds File.
func fault(code Code, err error, format string, args ...any) *Fault {
	return &Fault{Code: code, Sentence: fmt.Sprintf(format, args...), Err: err}
}
