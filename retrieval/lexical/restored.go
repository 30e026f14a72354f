package lexical

import "strings"

// restoredFrom is how sure a guess must be to stand in for what was typed.
const restoredFrom = 0.5

// Restored is the text with the marks that its writer left out, as far as the words of this
// index tell; a text that lacks none is returned as it is. It is for models that read
// marked Vietnamese: the index itself searches both forms.
func (x *Index) Restored(text string) string {
	q := x.Analyze(text)
	bare := false
	words := make([]string, len(q.Tokens))
	for i, t := range q.Tokens {
		words[i] = t.Text
		if t.Bare && t.Guess != NoTerm && t.Sure >= restoredFrom {
			words[i], bare = x.Term(t.Guess), true
		}
	}
	if !bare {
		return text
	}
	return strings.Join(words, " ")
}
