package store

import "strings"

// Text is s as every database keeps text: valid UTF-8 without the character NUL, each fault
// replaced by U+FFFD. What somebody typed may hold anything.
func Text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
