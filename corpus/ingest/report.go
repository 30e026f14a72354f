package ingest

import (
	"fmt"
	"time"
)

// Tally counts documents.
type Tally struct {
	Read    int `json:"read"`    // documents found in the sources
	Added   int `json:"added"`   // not there before
	Changed int `json:"changed"` // there before, with other words
	Kept    int `json:"kept"`    // there before, the same
	Removed int `json:"removed"` // gone from a source that was read to its end
	Flagged int `json:"flagged"` // stored, with something a person should look at
	Skipped int `json:"skipped"` // not stored; the faults say why
	Chunks  int `json:"chunks"`  // chunks written
}

// Add counts in what another part of the work did.
func (t *Tally) Add(o Tally) {
	t.Read += o.Read
	t.Added += o.Added
	t.Changed += o.Changed
	t.Kept += o.Kept
	t.Removed += o.Removed
	t.Flagged += o.Flagged
	t.Skipped += o.Skipped
	t.Chunks += o.Chunks
}

// Fault is one thing that could not be taken in, told in one sentence.
type Fault struct {
	Source string `json:"source"`
	// Line or Page counts from 1; zero where there is none.
	Line int `json:"line,omitempty"`
	Page int `json:"page,omitempty"`
	// Why is a Vietnamese clause without file or line.
	Why string `json:"why"`
	// Stored: the document was taken in all the same, and this is a warning.
	Stored bool `json:"stored,omitempty"`
}

// String is the sentence for people, such as "laws.jsonl, dòng 12: không phải một đối tượng JSON".
func (f Fault) String() string {
	at := f.Source
	if f.Line > 0 {
		at += fmt.Sprintf(", dòng %d", f.Line)
	}
	if f.Page > 0 {
		at += fmt.Sprintf(", trang %d", f.Page)
	}
	return at + ": " + f.Why + "."
}

// Error makes a Fault usable as an error.
func (f Fault) Error() string { return f.String() }

// Report is what one run did.
type Report struct {
	Sources []SourceReport `json:"sources"`
	Total   Tally          `json:"total"`
	Took    time.Duration  `json:"took"`
}

// SourceReport is what one run did with one source.
type SourceReport struct {
	Name string `json:"name"`
	// Unchanged: the bytes are those of the last finished run; nothing was parsed.
	Unchanged bool    `json:"unchanged"`
	Tally     Tally   `json:"tally"`
	Faults    []Fault `json:"faults,omitempty"`
}
