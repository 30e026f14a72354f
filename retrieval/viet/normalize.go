package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize gives the form that matching compares: NFKC, lower case, invisible characters
// gone, look-alike letters made Latin, tone marks in one place (hoà → hòa, never quý),
// white space and control characters as single spaces, invalid UTF-8 as a space.
// Normalize of a normalized text changes nothing. Never use it for what people read:
// citations keep the source's own spelling.
func Normalize(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	word, space := 0, true
	for i := 0; i <= len(s); {
		r, n := rune(' '), 1
		if i < len(s) {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if i < len(s) && wordRune(r, n) {
			i += n
			continue
		}
		if word < i {
			if w := NormalizeWord(s[word:i]); w != "" {
				b.WriteString(w)
				space = false
			}
		}
		if i == len(s) {
			break
		}
		if m := plain(r, n); m == " " {
			if !space {
				b.WriteByte(' ')
			}
			space = true
		} else {
			b.WriteString(m)
			space = false
		}
		i += n
		word = i
	}
	return strings.TrimRight(b.String(), " ")
}

// plain gives the normal form of a rune that is not part of a word.
func plain(r rune, n int) string {
	if r == utf8.RuneError && n <= 1 || unicode.IsSpace(r) || unicode.IsControl(r) {
		return " "
	}
	if m, ok := always[r]; ok {
		return string(m)
	}
	if r < 0x80 {
		return string(r)
	}
	k := norm.NFKC.String(string(r))
	for _, c := range k {
		if unicode.IsSpace(c) || wordRune(c, utf8.RuneLen(c)) {
			return " " // compatibility forms such as "½" or "¨" would grow words out of signs
		}
	}
	return k
}

// NormalizeWord is Normalize for one word: letters, digits and marks only.
func NormalizeWord(w string) string {
	if lowerASCII(w) {
		return w
	}
	if !cleanNFC(w) {
		w = repair(w)
	}
	rs := []rune(strings.Map(lower, w))
	return string(placeTone(rs))
}

// lower is unicode.ToLower but leaves what would not stay NFC.
func lower(r rune) rune { return unicode.ToLower(r) }

func lowerASCII(w string) bool {
	for i := 0; i < len(w); i++ {
		if c := w[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

// cleanNFC reports whether w is made of composed Vietnamese letters and digits only, so
// that lower case is all it needs.
func cleanNFC(w string) bool {
	for _, r := range w {
		if r < 0x80 {
			continue
		}
		if r == 'đ' || r == 'Đ' {
			continue
		}
		if _, ok := vowels[unicode.ToLower(r)]; !ok {
			return false
		}
	}
	return true
}

// repair brings a word with unusual characters to composed lower case Latin. It repeats
// until nothing changes, because a composed letter may itself be a look-alike.
func repair(w string) string {
	for range 4 {
		latin := false
		for _, r := range w {
			if r < 0x80 && unicode.IsLetter(r) || int(r) < len(foldRow) && foldRune(r) < 0x80 && foldRune(r) != r {
				latin = true
				break
			}
		}
		next := strings.Map(func(r rune) rune {
			if ignorable(r) || r == utf8.RuneError {
				return -1
			}
			if m, ok := always[r]; ok {
				r = m
			} else if m, ok := besideLatin[r]; ok && latin {
				r = m
			}
			return unicode.ToLower(r)
		}, norm.NFKC.String(w))
		next = norm.NFKC.String(next)
		if next == w {
			break
		}
		w = next
	}
	return strings.Map(func(r rune) rune { // NFKC may bring signs into a word: "㎡", "℃"
		if !wordRune(r, utf8.RuneLen(r)) || ignorable(r) {
			return -1
		}
		return r
	}, w)
}

// wordRune reports whether a rune decoded with width n belongs to a word.
func wordRune(r rune, n int) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	if r == utf8.RuneError && n <= 1 {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || ignorable(r)
}
