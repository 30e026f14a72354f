package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// telexTone is the key of each tone mark in Telex.
var telexTone = map[rune]string{
	'\u0300': "f", '\u0301': "s", '\u0309': "r", '\u0303': "x", '\u0323': "j",
}

// TelexRaw is what appears when the typist's Telex input method is switched off: letter
// marks as doubled letters and "w", the tone key at the end of the word, đ as "dd".
func TelexRaw(question string) string {
	words := strings.Split(norm.NFC.String(question), " ")
	for i, w := range words {
		words[i] = telexWord(w)
	}
	return strings.Join(words, " ")
}

// telexWord writes one word; the tone goes after its last letter, before punctuation.
func telexWord(word string) string {
	var b strings.Builder
	tone, end := "", 0
	last := 'x'
	for _, r := range norm.NFD.String(word) {
		switch {
		case telexTone[r] != "":
			tone = telexTone[r]
			continue
		case r == '\u0302': // circumflex doubles its letter
			b.WriteRune(unicode.ToLower(last))
		case r == '\u0306' || r == '\u031b': // breve and horn
			b.WriteByte('w')
		case r == 'đ':
			b.WriteString("dd")
		case r == 'Đ':
			b.WriteString("Dd")
		default:
			b.WriteRune(r)
			last = r
		}
		if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) {
			end = b.Len()
		}
	}
	s := b.String()
	return s[:end] + tone + s[end:]
}
