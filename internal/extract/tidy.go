package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tidy makes text clean: NFC, one kind of line end and of space, no control or invisible
// characters, no blank lines, no space at line ends.
func tidy(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	var b strings.Builder
	for _, line := range strings.Split(norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD")), "\n") {
		line = tidyLine(line)
		if line == "" || isOrnament(line) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}

// tidyLine collapses white space and drops what cannot be seen; the result is NFC.
func tidyLine(line string) string {
	var b strings.Builder
	gap := false
	for _, r := range line {
		switch {
		case unicode.IsSpace(r):
			gap = true
			continue
		case r == '\u00ad' || r == '\u200b' || r == '\ufeff' || r == '\u2060', unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	// Dropping what cannot be seen may bring a letter and its mark together.
	return norm.NFC.String(b.String())
}

// isOrnament: a line of dots, dashes or stars that only fills or separates.
func isOrnament(line string) bool {
	n := 0
	for _, r := range line {
		if !strings.ContainsRune(".…_-–—=*~· ", r) {
			return false
		}
		n++
	}
	return n >= 3
}
