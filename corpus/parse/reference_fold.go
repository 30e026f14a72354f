package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folds gives the bare letter of every small Vietnamese letter with a mark.
var folds = func() map[rune]byte {
	m := map[rune]byte{'đ': 'd'}
	for base, marked := range map[byte]string{
		'a': "àáảãạăằắẳẵặâầấẩẫậ", 'e': "èéẻẽẹêềếểễệ", 'i': "ìíỉĩị", 'o': "òóỏõọôồốổỗộơờớởỡợ", 'u': "ùúủũụưừứửữự", 'y': "ỳýỷỹỵ",
	} {
		for _, r := range marked {
			m[r] = base
		}
	}
	return m
}()

// unmark drops Vietnamese marks from NFC text and lowers it.
func unmark(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range strings.ToLower(s) {
		if base, ok := folds[r]; ok {
			b.WriteByte(base)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// openers are the first words, without marks, that a reference may begin with.
var openers = map[string]bool{
	"diem": true, "khoan": true, "dieu": true, "phu": true, "cac": true, "thong": true, "nghi": true, "van": true, "hien": true, "bo": true,
	"luat": true, "phap": true, "quyet": true, "chi": true, "sac": true, "nd": true, "tt": true, "qd": true, "nq": true, "ttlt": true,
}

// opensReference is a quick look whether a reference may start at this word.
func opensReference(s string) bool {
	if isDigit(rune(s[0])) {
		return true
	}
	var buf [8]byte
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			break
		}
		if n == len(buf) {
			return false
		}
		r = unicode.ToLower(r)
		if base, ok := folds[r]; ok {
			r = rune(base)
		}
		if r >= utf8.RuneSelf {
			return false
		}
		buf[n] = byte(r)
		n++
	}
	return openers[string(buf[:n])]
}

// wordWidth measures the word s starts with; at least one letter.
func wordWidth(s string) int {
	for i, r := range s {
		if i > 0 && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(s)
}
