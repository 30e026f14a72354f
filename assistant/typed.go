package assistant

import (
	"regexp"
	"strings"

	"github.com/motcua/motcua/retrieval/viet"
)

// leastTyped is how many words must be keys of Telex or VNI before a question is taken to
// be typed with the keyboard off: one such word may be a name.
const leastTyped = 2

// asMeant puts marks where keys of Telex or VNI were left in the words ("ddawng kys").
func asMeant(text string) string {
	words := strings.Fields(text)
	read := 0
	for i, w := range words {
		core := strings.TrimFunc(w, func(r rune) bool { return strings.ContainsRune("?!.,;:()\"'…“”", r) })
		if word, ok := viet.Untype(core); ok && core != "" {
			words[i] = strings.Replace(w, core, word, 1)
			read++
		}
	}
	if read >= leastTyped {
		text = strings.Join(words, " ")
	}
	return inWords(text)
}

// reMembers is how many members a company has, in a figure: names of procedures say it in
// words, and two of them differ in nothing else.
var reMembers = regexp.MustCompile(`(?i)(tnhh|trách nhiệm hữu hạn|trach nhiem huu han) ([12]) ?(thành viên|thanh vien|tv)(\s|$|[?,.!])`)

var figures = map[string]string{"1": "một", "2": "hai"}

// inWords writes that figure in words.
func inWords(text string) string {
	return reMembers.ReplaceAllStringFunc(text, func(m string) string {
		p := reMembers.FindStringSubmatch(m)
		return p[1] + " " + figures[p[2]] + " thành viên" + p[4]
	})
}

// meanings are the words that the lexicon puts for what people write ("dkkh", "cà vẹt").
func meanings(text string) []string {
	toks := viet.Tokenize(text)
	base := toks[:0:0]
	for _, t := range toks {
		if t.Kind != viet.Ref {
			base = append(base, t)
		}
	}
	if len(base) == 0 {
		return nil
	}
	var out []string
	for _, f := range viet.Meanings(base) {
		for _, m := range f.Entry.To {
			out = append(append(out, "|"), foldedWords(strings.Join(m, " "))...)
		}
	}
	return out
}
