package lifeevents

import (
	"cmp"
	"maps"
	"slices"
)

// Text is the same words in both languages.
type Text struct {
	VI string `json:"vi" yaml:"vi"`
	EN string `json:"en" yaml:"en"`
}

// In returns the words in a language; Vietnamese unless "en" is asked for.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.VI
}

// Complete reports whether both languages are there.
func (t Text) Complete() bool { return t.VI != "" && t.EN != "" }

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
