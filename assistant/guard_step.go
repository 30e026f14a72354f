package assistant

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxQuestion is the longest question in bytes; more is asked to be shortened.
const MaxQuestion = 8000

// Guard is the first step: size, words at all, personal numbers, danger, attacks.
type Guard struct{}

// Name of the step in traces.
func (Guard) Name() string { return "guard" }

// Run masks the question, or ends the turn.
func (Guard) Run(_ context.Context, t *Turn) error {
	text := strings.TrimSpace(t.Question.Text)
	switch {
	case len(text) > MaxQuestion:
		t.Answer.Status = TooLong
		t.Question.Text, t.Text = "", ""
		return nil
	case !utf8.ValidString(text) || !hasWords(text):
		t.Answer.Status = Unclear
		t.Question.Text, t.Text = "", ""
		return nil
	}
	masked, _ := Mask(norm.NFC.String(clean(text)))
	// What kind of number stood there is no word of the question: it would be searched for.
	t.Question.Text, t.Text = masked, strings.Join(strings.Fields(reMasked.ReplaceAllString(masked, " ")), " ")
	if d, yes := inDanger(masked); yes {
		t.Answer.Status, t.Answer.Text = Crisis, d.words[0]
		if t.Question.Lang == "en" {
			t.Answer.Text = d.words[1]
		}
		return nil
	}
	forms := []string{masked}
	if p := parted(text); p != clean(text) {
		forms = append(forms, p)
	}
	for _, form := range forms {
		if _, yes := refusedFor(form); yes {
			t.Answer.Status = Refused
			return nil
		}
	}
	return nil
}

func hasWords(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter)
}

// parted puts a space where a formatting character stood: hidden between two words it
// parts them, hidden inside a word it does not. clean gives the other reading.
func parted(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// clean drops control and formatting characters that have no place in a question; they
// are how text hides from people and from guards.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}
