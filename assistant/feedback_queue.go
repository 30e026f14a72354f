package assistant

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// ItemState is where an item of the officials' queue stands:
//
//	open → claimed → answered → closed
//	  ↖______/  \________________↗
type ItemState string

// The states.
const (
	ItemOpen     ItemState = "open"
	ItemClaimed  ItemState = "claimed"
	ItemAnswered ItemState = "answered"
	ItemClosed   ItemState = "closed"
)

// Known reports whether s is one of the states.
func (s ItemState) Known() bool {
	return s == ItemOpen || s == ItemClaimed || s == ItemAnswered || s == ItemClosed
}

// Item is an answer somebody called wrong, for an official to look at. Question and Text
// are masked; they are empty once their time has run out or their owner deleted them.
type Item struct {
	ID       int64           `json:"id"`
	Answer   string          `json:"answer"`
	State    ItemState       `json:"state"`
	Opened   time.Time       `json:"opened"`
	Changed  time.Time       `json:"changed"`
	Holder   string          `json:"holder,omitempty"` // pseudonym of the official
	Reason   FeedbackReason  `json:"reason"`
	Text     string          `json:"text,omitempty"`
	Question string          `json:"question,omitempty"`
	AsOf     civil.Date      `json:"as_of"`
	Status   Status          `json:"status"`
	Units    []corpus.UnitID `json:"units,omitempty"`
	// Outcome is what the official found; Correction the one signed for it, if any.
	Outcome    string `json:"outcome,omitempty"`
	Correction string `json:"correction,omitempty"`
}

// LogEntry is one move of one item; the log is only ever added to.
type LogEntry struct {
	At   time.Time `json:"at"`
	Who  string    `json:"who"`
	Was  ItemState `json:"was,omitempty"`
	Now  ItemState `json:"now"`
	Note string    `json:"note,omitempty"`
}

// Move is what an official does with an item.
type Move struct {
	To         ItemState
	By         string // pseudonym
	Note       string
	Correction string // ID of the correction signed for it; only with ItemAnswered
	At         time.Time
}

// Queue keeps the items.
type Queue interface {
	// Items lists those in a state ("" is any), oldest first, at most limit.
	Items(ctx context.Context, state ItemState, limit int) ([]Item, error)
	// Item returns one with its log, oldest first; ErrNotKept.
	Item(ctx context.Context, id int64) (Item, []LogEntry, error)
	// Change runs f on the item and keeps what it returns with a log entry, in one
	// transaction: of two officials who claim at once, the second sees the first. ErrNotKept.
	Change(ctx context.Context, id int64, f func(Item) (Item, LogEntry, error)) (Item, error)
}

// claimLease is how long a claim keeps others away; after it anyone may take the item.
const claimLease = 72 * time.Hour

// Faults of a move.
var (
	ErrTaken     = errors.New("assistant: the item is claimed by another official")
	ErrNotYours  = errors.New("assistant: the item is not claimed by this official")
	ErrWrongMove = errors.New("assistant: the item cannot move so from its state")
	ErrPseudonym = errors.New("assistant: a pseudonym has 3 to 32 characters of a-z, 0-9 and -")
)

var rePseudonym = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{2,31}$`)

// Apply is the rule of the queue: what an item becomes by a move.
func (m Move) Apply(i Item) (Item, LogEntry, error) {
	entry := LogEntry{At: m.At, Who: m.By, Was: i.State, Now: m.To, Note: cleanWords(m.Note)}
	if err := m.allowed(i); err != nil {
		return i, entry, err
	}
	i.State, i.Changed = m.To, m.At
	switch m.To {
	case ItemOpen:
		i.Holder = ""
	case ItemClaimed:
		i.Holder = m.By
	default:
		if entry.Note != "" {
			i.Outcome = entry.Note
		}
		if m.Correction != "" {
			i.Correction = m.Correction
		}
	}
	return i, entry, nil
}

func (m Move) allowed(i Item) error {
	mine := i.Holder == m.By
	switch {
	case !rePseudonym.MatchString(m.By):
		return ErrPseudonym
	case m.To == ItemClaimed && i.State == ItemOpen:
		return nil
	case m.To == ItemClaimed && i.State == ItemClaimed:
		if !mine && m.At.Sub(i.Changed) < claimLease {
			return ErrTaken
		}
		return nil
	case i.State == ItemOpen && (m.To == ItemAnswered || m.To == ItemClosed):
		return ErrNotYours
	case m.To == ItemOpen && i.State == ItemClaimed, m.To == ItemAnswered && i.State == ItemClaimed,
		m.To == ItemClosed && (i.State == ItemClaimed || i.State == ItemAnswered):
		if !mine {
			return ErrNotYours
		}
		if m.To == ItemAnswered && m.Note == "" {
			return fmt.Errorf("%w: an answer needs words", ErrWrongMove)
		}
		return nil
	}
	return fmt.Errorf("%w: %s to %s", ErrWrongMove, i.State, m.To)
}
