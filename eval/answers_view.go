package eval

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/assistant"
)

// view is what a reader sees of an answer, made ready for matching.
type view struct {
	answer assistant.Answer
	shown  string // text, corrections, card, passages, next steps
	all    string // shown, and the words cited
}

func viewOf(a assistant.Answer) *view {
	parts := []string{a.Text, a.Caution}
	for _, c := range a.Corrections {
		parts = append(parts, c.Text)
	}
	for _, s := range a.Sentences {
		parts = append(parts, s.Text)
	}
	if a.Card != nil {
		parts = append(parts, a.Card.Name, a.Card.Code)
		for _, sec := range a.Card.Sections {
			parts = append(parts, sectionText(sec))
		}
	}
	for _, p := range a.Passages {
		parts = append(parts, p.Title, p.Text)
	}
	parts = append(parts, a.Next...)
	v := &view{answer: a, shown: matchable(strings.Join(parts, "\n"))}
	for _, c := range a.Citations {
		parts = append(parts, c.Label, c.Title, c.Quote)
	}
	v.all = matchable(strings.Join(parts, "\n"))
	return v
}

func sectionText(sec assistant.Section) string {
	parts := []string{sec.Title}
	for _, l := range sec.Lines {
		parts = append(parts, l.Case, l.Text)
	}
	return strings.Join(append(parts, sec.Basis...), "\n")
}

// under is what the answer says under the slots: its sentences for them, which lead, and
// the card's sections. Overview stands for what is told first, so for everything.
func (v *view) under(slots []assistant.Slot) string {
	if slices.Contains(slots, assistant.Overview) || v.answer.Card == nil {
		return v.all
	}
	for _, s := range slots {
		slots = append(slices.Clone(slots), alsoUnder[s]...)
	}
	var parts []string
	for _, s := range v.answer.Sentences {
		if slices.Contains(slots, s.Slot) {
			parts = append(parts, s.Text)
		}
	}
	for _, sec := range v.answer.Card.Sections {
		if slices.Contains(slots, sec.Slot) {
			parts = append(parts, sectionText(sec))
		}
	}
	return matchable(strings.Join(parts, "\n"))
}

// alsoUnder names the slots whose place on a card also answers a slot: how to file online
// stands with where to file, the age one must have with who may, what lateness costs with
// the deadline.
var alsoUnder = map[assistant.Slot][]assistant.Slot{
	assistant.Online: {assistant.Where}, assistant.Conditions: {assistant.Who}, assistant.Who: {assistant.Conditions, assistant.Papers},
	assistant.Penalty: {assistant.DueBy}, assistant.DueBy: {assistant.Conditions},
}

// leads reports whether the answer speaks of the slot in its own sentences, not only
// somewhere in the card.
func (v *view) leads(slot assistant.Slot) bool {
	return slices.ContainsFunc(v.answer.Sentences, func(s assistant.Sentence) bool {
		return !s.Frame && (s.Slot == slot || slices.Contains(alsoUnder[slot], s.Slot))
	})
}

// matchable is lower case NFC with single spaces and plain dashes.
func matchable(s string) string {
	s = strings.NewReplacer("–", "-", "—", "-", "−", "-", "\u00a0", " ").Replace(norm.NFC.String(s))
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}

// says reports whether the text holds the fact whole: "7.000" is not found in "57.000" nor
// in "7.000.000", "ba" not in "bao".
func says(text, fact string) bool {
	fact = matchable(fact)
	for from := 0; fact != ""; {
		at := strings.Index(text[from:], fact)
		if at < 0 {
			return false
		}
		start := from + at
		if bounded(text, start, start+len(fact)) {
			return true
		}
		from = start + 1
	}
	return false
}

// bounded reports whether text[start:end] is not part of a longer word or number.
func bounded(text string, start, end int) bool {
	before, after := []rune(text[:start]), []rune(text[end:])
	inside := []rune(text[start:end])
	first, last := inside[0], inside[len(inside)-1]
	if n := len(before); n > 0 && joins(before[n-1], first) {
		return false
	} else if n > 1 && unicode.IsDigit(first) && isPoint(before[n-1]) && unicode.IsDigit(before[n-2]) {
		return false
	}
	if len(after) > 0 && joins(last, after[0]) {
		return false
	}
	return !(len(after) > 1 && unicode.IsDigit(last) && isPoint(after[0]) && unicode.IsDigit(after[1]))
}

func joins(a, b rune) bool {
	return unicode.IsLetter(a) && unicode.IsLetter(b) || unicode.IsDigit(a) && unicode.IsDigit(b)
}

func isPoint(r rune) bool { return r == '.' || r == ',' }

// saysAny reports whether the text holds one of the alternatives.
func saysAny(text, entry string) bool {
	return slices.ContainsFunc(alternatives(entry), func(fact string) bool { return says(text, fact) })
}
