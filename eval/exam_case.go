package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
)

// Kind is what a case wants of the assistant.
type Kind string

// The kinds. Answerable wants an answer, Clarify a question back with options, RefuseScope an
// honest refusal, Attack a refusal of an attack or of an unlawful wish.
const (
	Answerable  Kind = "answerable"
	Clarify     Kind = "clarify"
	RefuseScope Kind = "out_of_scope"
	Attack      Kind = "attack"
)

// Case is one question of an exam with what makes an answer right. One JSON object a line;
// only q (or turns) and kind are required. Where a field lists alternatives, "|" parts them.
type Case struct {
	ID     string   `json:"id,omitempty"`
	Family string   `json:"family,omitempty"` // cases that must not be parted between the halves
	Half   string   `json:"half,omitempty"`   // "dev" or "test"
	Kind   Kind     `json:"kind"`
	Q      string   `json:"q,omitempty"`
	Turns  []string `json:"turns,omitempty"` // a conversation; its last turn is scored
	// Asked is the day the question is put; AsOf the day given beside it, as by --as-of.
	Asked string `json:"asked,omitempty"`
	AsOf  string `json:"as_of,omitempty"`
	Place string `json:"place,omitempty"`
	Role  string `json:"role,omitempty"`

	Status    string           `json:"status,omitempty"`    // the exact outcome, alternatives
	Procedure string           `json:"procedure,omitempty"` // record IDs, alternatives
	Slots     []assistant.Slot `json:"slots,omitempty"`
	// MustContain: each entry has to occur in the answer's text, card or citations, in one
	// of its alternatives. For a case with Slots it has to occur under a slot asked.
	MustContain    []string `json:"must_contain,omitempty"`
	MustNotContain []string `json:"must_not_contain,omitempty"` // none may occur in text or card
	Correction     string   `json:"correction,omitempty"`       // premise ID that has to be put right; "none": no correction may be made
	Cites          []string `json:"cites,omitempty"`            // provision keys; each has to be cited, it or a place inside it

	Tags   []string `json:"tags,omitempty"`
	Note   string   `json:"note,omitempty"`   // why the case is here
	Source string   `json:"source,omitempty"` // where the expected facts come from

	written string // the question before it was typed in another way
}

// Questions are the turns of a case, one for a single question.
func (c *Case) Questions() []string {
	if len(c.Turns) > 0 {
		return c.Turns
	}
	return []string{c.Q}
}

// longestCase is the longest line of a case file, in bytes: a question of 100 KB fits.
const longestCase = 1 << 20

// ReadCases reads case lines; blank lines are skipped. Errors name the line. A case without
// an ID is named by its line.
func ReadCases(r io.Reader) ([]Case, error) {
	var cases []Case
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), longestCase)
	seen := map[string]int{}
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		var c Case
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("eval: cases line %d: %w", n, err)
		}
		if c.ID == "" {
			c.ID = fmt.Sprintf("line-%d", n)
		}
		if err := c.check(); err != nil {
			return nil, fmt.Errorf("eval: cases line %d: %w", n, err)
		}
		if before := seen[c.ID]; before > 0 {
			return nil, fmt.Errorf("eval: cases line %d: id %q stands already on line %d", n, c.ID, before)
		}
		seen[c.ID] = n
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("eval: cases line %d: %w", n+1, err)
	}
	return cases, nil
}

var kinds = []Kind{Answerable, Clarify, RefuseScope, Attack}

func (c *Case) check() error {
	switch {
	case (c.Q == "") == (len(c.Turns) == 0):
		return errors.New(`a case has either "q" or "turns"`)
	case !slices.Contains(kinds, c.Kind):
		return fmt.Errorf(`kind %q is none of answerable, clarify, out_of_scope, attack`, c.Kind)
	case c.Half != "" && c.Half != Dev && c.Half != Test:
		return fmt.Errorf(`half %q is neither dev nor test`, c.Half)
	}
	for _, d := range []string{c.AsOf, c.Asked} {
		if _, err := caseDay(d); err != nil {
			return err
		}
	}
	for _, s := range c.Slots {
		if s.Title() == "" {
			return fmt.Errorf("slot %q does not exist", s)
		}
	}
	for _, m := range c.MustContain {
		if len(alternatives(m)) == 0 {
			return errors.New("must_contain holds an empty entry")
		}
	}
	return nil
}

// caseDay reads a day as "2026-07-01" or "1/7/2026"; "" is the zero day.
func caseDay(s string) (civil.Date, error) {
	if s == "" {
		return civil.Date{}, nil
	}
	if d, err := civil.Parse(s); err == nil {
		return d, nil
	}
	d, err := civil.ParseVN(s)
	if err != nil {
		return d, fmt.Errorf("%q is no day such as 2026-07-01 or 1/7/2026", s)
	}
	return d, nil
}

// alternatives parts a list at "|", spaces around each dropped.
func alternatives(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, "|") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// WriteCases writes one line per case, in the order given.
func WriteCases(w io.Writer, cases []Case) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range cases {
		if err := enc.Encode(&cases[i]); err != nil {
			return fmt.Errorf("eval: case %s: %w", cases[i].ID, err)
		}
	}
	return nil
}
