package assistant

import (
	"strings"

	"github.com/motcua/motcua/retrieval/viet"
)

// lastPlain is the first letter past the blocks that Vietnamese is written in.
const lastPlain = 0x1f00

// plainFold is what each letter folds to, where that is one letter or digit of ASCII or a
// break between words; 0 for the rest, which needs the whole normal form. An answer folds
// some hundred names, and nearly all are written in these.
var plainFold = func() (table [lastPlain]byte) {
	for r := rune(1); r < lastPlain; r++ {
		if r >= 0x80 && (r < 0xc0 || r > 0x24f) && r < 0x1ea0 {
			continue
		}
		switch folded := viet.Fold(viet.Normalize("a" + string(r) + "a")); {
		case len(folded) == 3 && inWord(rune(folded[1])):
			table[r] = folded[1]
		case r < 0x80 && !inWord(r) && (r < 'A' || r > 'Z'):
			table[r] = ' '
		}
	}
	return table
}()

func inWord(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// foldedWords are the words of a text without marks, in lower case.
func foldedWords(s string) []string {
	if plain, ok := foldPlain(s); ok {
		return strings.Fields(plain)
	}
	return strings.FieldsFunc(viet.Fold(viet.Normalize(s)), func(r rune) bool { return !inWord(r) })
}

// foldPlain folds letter by letter; ok is false when one of them needs more than that.
func foldPlain(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r >= lastPlain || plainFold[r] == 0 {
			return "", false
		}
		out = append(out, plainFold[r])
	}
	return string(out), true
}
