package channels

import "strings"

// letters has no I, L, O and U: nothing to mistake, no words.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// SpellCode writes random bytes, five bits of each, in groups of five: "7K3QM-X9D2A".
func SpellCode(raw []byte) string {
	var b strings.Builder
	for i, c := range raw {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[c&31])
	}
	return b.String()
}

// ReadCode reads a code as people type it: any case, with or without the dash, O for 0.
func ReadCode(typed string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch r {
		case '-', ' ', '.', '_':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// codeLength is how many letters a link code has.
const codeLength = 10

// looksLikeCode reports whether a text is nothing but a link code.
func looksLikeCode(text string) bool {
	code := ReadCode(text)
	if len(code) != codeLength || !strings.ContainsAny(code, "0123456789") {
		return false
	}
	for _, r := range code {
		if !strings.ContainsRune(letters, r) {
			return false
		}
	}
	return true
}
