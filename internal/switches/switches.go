// Package switches holds the kill switches: what officials have turned off, since when and
// why. Turning is written to a log that is only added to; the latest line of a target decides.
package switches

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Target names what can be off: "assistant", "model", "channel:zalo", "rule:E5".
type Target string

// The targets without a name of their own.
const (
	Assistant Target = "assistant" // every answer, on every channel
	Model     Target = "model"     // the language model; answers go on by extraction
)

const (
	channelPrefix = "channel:"
	rulePrefix    = "rule:"
)

// Channel is the switch of a channel: nothing is sent over it and nothing answered there.
func Channel(name string) Target { return Target(channelPrefix + name) }

// Rule is the switch of a life-event rule: nothing is said under it.
func Rule(id string) Target { return Target(rulePrefix + id) }

// Channel returns the name of the channel a target switches.
func (t Target) Channel() (string, bool) { return strings.CutPrefix(string(t), channelPrefix) }

// Rule returns the ID of the rule a target switches.
func (t Target) Rule() (string, bool) { return strings.CutPrefix(string(t), rulePrefix) }

// Turning is one line of the log.
type Turning struct {
	Target Target
	Off    bool
	Reason string // for people; said in the notice when the whole assistant is off
	By     string // pseudonym of the official
	At     time.Time
}

// Store keeps the log.
type Store interface {
	// Turn adds a line.
	Turn(ctx context.Context, t Turning) error
	// Off lists the targets whose latest line turned them off, by target.
	Off(ctx context.Context) ([]Turning, error)
	// Log returns the last n lines, latest first.
	Log(ctx context.Context, n int) ([]Turning, error)
}

// maxReason is how long a reason may be, in characters.
const maxReason = 500

// Faults of a turning, each a sentence for the official.
var (
	ErrNoReason = errors.New("hãy ghi lý do (5 đến 500 ký tự)")
	ErrNobody   = errors.New("thiếu bí danh người thực hiện")
	ErrTarget   = errors.New("không có công tắc này")
)

// Check tells what is wrong with a turning, or nil.
func (t Turning) Check() error {
	n := utf8.RuneCountInString(strings.TrimSpace(t.Reason))
	channel, isChannel := t.Target.Channel()
	rule, isRule := t.Target.Rule()
	switch {
	case n < 5 || n > maxReason:
		return ErrNoReason
	case t.By == "":
		return ErrNobody
	case t.Target != Assistant && t.Target != Model && (!isChannel || channel == "") && (!isRule || rule == ""):
		return fmt.Errorf("%w: %q", ErrTarget, string(t.Target))
	}
	return nil
}
