package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pointLetters is the order of điểm: the Vietnamese alphabet without ă, â, ê, ô, ơ, ư.
const pointLetters = "abcdđefghijklmnopqrstuvwxyz"

// letterWidth measures one small letter a điểm may carry; 0 where s starts with none.
func letterWidth(s string) int {
	r, w := utf8.DecodeRuneInString(s)
	if w == 0 || !strings.ContainsRune(pointLetters, r) {
		return 0
	}
	return w
}

// startsWord reports whether s goes on with a letter, mark or digit.
func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
