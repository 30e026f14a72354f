package postgres

import "strings"

// plain is s as PostgreSQL keeps text: valid UTF-8 without the character NUL, each fault
// replaced by U+FFFD. What somebody typed may hold anything.
func plain(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// plains is plain of many.
func plains[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = plain(string(s))
	}
	return out
}
