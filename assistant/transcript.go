package assistant

import (
	"context"
	"errors"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// ErrNotKept is returned for an answer or an item that is unknown, or no longer kept.
var ErrNotKept = errors.New("assistant: not kept")

// PastTurn is what is kept of one question: masked words, outcome, and the units the
// answer rests on. The answer's words are not kept: asking again on AsOf gives them.
type PastTurn struct {
	Answer       string          `json:"answer"`
	Conversation string          `json:"-"` // the token: whoever holds it owns the conversation
	At           time.Time       `json:"at"`
	AsOf         civil.Date      `json:"as_of"`
	Channel      string          `json:"channel"`
	Question     string          `json:"question"`
	Status       Status          `json:"status"`
	Units        []corpus.UnitID `json:"units,omitempty"`
	// Took is the time its steps took together; it is counted, not kept with the turn.
	Took time.Duration `json:"-"`
}

// Transcript keeps conversations beyond this process: their state and their turns.
type Transcript interface {
	Memory
	// Append keeps a turn; one with a known Answer is kept as it was.
	Append(ctx context.Context, t PastTurn) error
	// Recent returns the last n turns of a conversation, oldest first; none for one that
	// is unknown.
	Recent(ctx context.Context, conversation string, n int) ([]PastTurn, error)
	// Turn finds a turn by its answer; ErrNotKept. Its Conversation is not given back.
	Turn(ctx context.Context, answer string) (PastTurn, error)
	// Sweep forgets what happened before the instant: states, turns, feedback, unanswered
	// topics, and the words of items closed by then. It returns how many rows went.
	Sweep(ctx context.Context, before time.Time) (int, error)
}

// Record keeps the turn for feedback and for the officials. It runs also when the turn
// ended early.
type Record struct {
	// Keep is told the turn; a failure to keep it never spoils the answer.
	Keep func(PastTurn)
	// Gap is told the topic of a question nobody could answer.
	Gap func(Unanswered)
}

// Name of the step in traces.
func (Record) Name() string { return "record" }

// RunsAlways implements Always.
func (Record) RunsAlways() bool { return true }

// Run tells what is to be kept. Questions without a channel, asked again, and those of an
// operator at the terminal or an exam, are nobody's conversation and leave no trace.
func (s Record) Run(_ context.Context, t *Turn) error {
	switch t.Question.Channel {
	case "", "cli", "eval":
		return nil
	}
	if t.Question.Replayed {
		return nil
	}
	s.Keep(pastTurn(t))
	if u, ok := unanswered(t); ok {
		s.Gap(u)
	}
	return nil
}

func pastTurn(t *Turn) PastTurn {
	p := PastTurn{
		Answer: t.Answer.ID, Conversation: t.Question.Conversation, At: t.Question.AskedAt, AsOf: t.Answer.AsOf,
		Channel: t.Question.Channel, Status: t.Answer.Status,
	}
	for _, step := range t.Answer.Trace {
		p.Took += step.Took
	}
	if wordsKept(t.Answer.Status) {
		p.Question, _ = Mask(t.Question.Text)
	}
	seen := map[corpus.UnitID]bool{}
	for _, c := range t.Answer.Citations {
		if c.Unit != "" && !seen[c.Unit] {
			seen[c.Unit] = true
			p.Units = append(p.Units, c.Unit)
		}
	}
	return p
}

// wordsKept: what a person says in danger, or an attacker says, is not for keeping.
func wordsKept(s Status) bool { return s != Crisis && s != Refused && s != TooLong && s != Unclear }
