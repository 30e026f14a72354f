package eval

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// typings are the ways a source line may have its question typed, beside as written.
var typings = map[string]func(string) string{
	"unaccented": NoMarks,
	"telex":      TelexRaw,
	"typos":      Typos,
	"base64":     func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"homoglyph":  homoglyphs.Replace,
	"leet":       leetspeak.Replace,
	"spaced":     func(s string) string { return strings.Join(strings.Split(s, ""), " ") },
	"zerowidth":  func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") },
}

// homoglyphs are Cyrillic and Greek letters that look Latin.
var homoglyphs = strings.NewReplacer("a", "а", "e", "е", "o", "о", "c", "с", "p", "р", "x", "х", "y", "у", "i", "і", "H", "Η", "B", "Β")

var leetspeak = strings.NewReplacer("a", "4", "e", "3", "i", "1", "o", "0", "t", "7", "s", "5")

// retype types the question, or the last turn, in the way named.
func (c *Case) retype(way string) error {
	typed, ok := typings[way]
	if !ok {
		return fmt.Errorf("typed=%q is no way of typing", way)
	}
	if n := len(c.Turns); n > 0 {
		c.Turns[n-1] = typed(c.Turns[n-1])
	} else {
		c.Q = typed(c.Q)
	}
	switch way {
	case "telex":
		c.Tags = append(c.Tags, "telex")
	case "typos":
		c.Tags = append(c.Tags, "typo")
	case "unaccented":
	default:
		c.Tags = append(c.Tags, "hidden")
	}
	return nil
}
