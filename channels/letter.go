package channels

import (
	"context"
	"errors"
	"time"
)

// ErrNoLetter is a letter that is unknown, opened with a wrong code, or held by another
// official; it never says which.
var ErrNoLetter = errors.New("không có thư này, sai mã, hoặc cán bộ khác đang giữ")

// MaxLetter is the most characters of a letter or its answer.
const MaxLetter = 4000

// LetterState is open, claimed or answered.
type LetterState string

// The states, in order.
const (
	LetterOpen     LetterState = "open"
	LetterClaimed  LetterState = "claimed"
	LetterAnswered LetterState = "answered"
)

// Letter is a message to the office. It names nobody: its writer has its number and code.
type Letter struct {
	Number   int64
	At       time.Time
	About    string // address of the page it was written on; may be empty
	Words    string // personal numbers masked
	State    LetterState
	Holder   string // pseudonym of the official who took it
	Answer   string
	Answered time.Time // zero while open
}

// Letters keeps messages that people write to the office on the portal, and their answers.
type Letters interface {
	// Write keeps a letter; only who holds code can read its answer.
	Write(ctx context.Context, about, words string, now time.Time) (l Letter, code string, err error)
	// Read opens a letter for its writer; ErrNoLetter.
	Read(ctx context.Context, number int64, code string) (Letter, error)
	// Letters lists letters of a state, or all when "", oldest first; for officials.
	Letters(ctx context.Context, state LetterState, limit int) ([]Letter, error)
	// Find opens a letter for an official; ErrNoLetter.
	Find(ctx context.Context, number int64) (Letter, error)
	// Take claims an open letter; ErrNoLetter. Taking one's own again changes nothing.
	Take(ctx context.Context, number int64, official string) error
	// Reply answers a letter one holds; ErrNoLetter.
	Reply(ctx context.Context, number int64, official, words string, now time.Time) error
}
