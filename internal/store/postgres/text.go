package postgres

import "github.com/motcua/motcua/internal/store"

// plain is store.Text.
func plain(s string) string { return store.Text(s) }

// plains is plain of many.
func plains[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = plain(string(s))
	}
	return out
}
