package retrieval

import (
	"strings"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
)

// PassageRunes is how much of a chunk an embedding model is shown: about 160 tokens of
// Vietnamese, well within the 512 that small models read.
const PassageRunes = 600

// Passage is what an embedding or reranking model reads of a chunk: the law's name where
// it is one, the title, then the text, cut at a word. It is part of what vectors mean: see
// PassageVersion.
func Passage(c *corpus.Chunk) string {
	var b strings.Builder
	line := func(s string) {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(s)
		}
	}
	if len(c.Headings) > 0 && strings.Contains(c.Headings[0], " ") {
		line(c.Headings[0])
	}
	line(c.Title)
	if c.Text != c.Title {
		line(c.Text)
	}
	return firstRunes(b.String(), PassageRunes)
}

// PassageVersion changes when Passage does: vectors of another version are made anew.
const PassageVersion = "1"

// firstRunes cuts at the last space within the first n runes.
func firstRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	if at := strings.LastIndexAny(s[:end], " \n"); at > end/2 {
		end = at
	}
	return s[:end]
}
