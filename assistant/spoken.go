package assistant

import (
	"strings"

	"github.com/motcua/motcua/retrieval/viet"
)

// spokenWord is one word of a question, in normal form and without marks, with what it
// counts: words that only make a question count little.
type spokenWord struct {
	text, fold string
	weight     float64
}

// slotWeight is what the words count by which a slot is asked: "bao nhiêu tiền" says what
// is wanted to be known, not of what.
const slotWeight = 0.15

// spoken cuts a question into words. Chat spelling and abbreviations are put into full
// words; phrases that only make a question, and those that ask for a slot, lose weight.
func spoken(text string) []spokenWord {
	var words []spokenWord
	base := baseTokens(spelledOut(text))
	for _, t := range base {
		w := spokenWord{t.Text, t.Fold, 1}
		if t.Kind == viet.Number {
			w.weight = slotWeight
		}
		words = append(words, w)
	}
	for _, f := range viet.Frames(base) {
		for i := f.From; i < f.To; i++ {
			words[i].weight = min(words[i].weight, f.Entry.Weight)
		}
	}
	for i := range words {
		for _, c := range cuesAt[words[i].fold] {
			if says(words[i:], c) {
				for k := range c {
					words[i+k].weight = min(words[i+k].weight, slotWeight)
				}
			}
		}
	}
	return words
}

// cuesAt are the phrases that ask for a slot, in words, by their first.
var cuesAt = func() map[string][][]string {
	out := map[string][][]string{}
	for _, c := range cues {
		words := strings.Fields(c.words)
		if len(words) > 1 {
			out[words[0]] = append(out[words[0]], words)
		}
	}
	return out
}()

func says(words []spokenWord, phrase []string) bool {
	if len(words) < len(phrase) {
		return false
	}
	for i, w := range phrase {
		if words[i].fold != w {
			return false
		}
	}
	return true
}

func baseTokens(text string) []viet.Token {
	toks := viet.Tokenize(text)
	base := toks[:0]
	for _, t := range toks {
		if t.Kind != viet.Ref {
			base = append(base, t)
		}
	}
	return base
}

// spelledOut writes chat spelling and abbreviations as the full words they stand for; of
// several readings the first. Words that are words of their own without marks ("gi", "k")
// are what the lexicon says they are.
func spelledOut(text string) string {
	base := baseTokens(text)
	if len(base) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, f := range viet.Meanings(base) {
		if f.Entry.Kind != viet.Teencode && f.Entry.Kind != viet.Abbreviation {
			continue
		}
		b.WriteString(text[at:base[f.From].Start])
		b.WriteString(strings.Join(f.Entry.To[0], " "))
		at = base[f.To-1].End
	}
	b.WriteString(text[at:])
	return b.String()
}
