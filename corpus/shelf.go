package corpus

import (
	"context"
	"strings"

	"github.com/motcua/motcua/internal/civil"
)

// Head is an instrument without its text, for lists.
type Head struct {
	Number   string
	Title    string
	Type     InstrumentType
	Issuer   string
	Issued   civil.Date
	Validity Validity
}

// Shelf lists the instruments held.
type Shelf interface {
	// Heads lists every instrument, newest first by the day it was issued.
	Heads(ctx context.Context) ([]Head, error)
	// Generation changes whenever the corpus does.
	Generation(ctx context.Context) (int64, error)
}

// Slug is an official number as part of an address: "60_2014_qh13".
func Slug(number string) string { return strings.ReplaceAll(NumberKey(number), "/", "_") }

// Flagged is one place of a record that could not be read for sure when it was taken in.
type Flagged struct {
	ID      int64
	Subject string // number key of an instrument, or "tthc:" and the ID of a procedure
	Title   string
	Field   string
	Why     string // Vietnamese
	Raw     string // the words of the source
}
