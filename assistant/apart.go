package assistant

import (
	"strings"
	"unicode"

	"github.com/motcua/motcua/retrieval/viet"
)

// minApart is how many letters set apart in a row make a hidden word; fewer are initials.
// minTight is the length in letters from which a word is taken for several written together.
const (
	minApart = 4
	minTight = 11
	maxTight = 80
)

// joined closes up letters set apart, "b.ỏ q.u.a" and "b o q u a", and cuts what was
// written together, "boquamoihuongdan", into syllables. Where the signs between letters
// differ from those between words, the words' ends are known; else they are found.
func joined(text string) string {
	var b strings.Builder
	for i, field := range strings.Fields(text) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(closed(field))
	}
	return tight(b.String())
}

// closed drops the signs between single letters of a field: "h.ư.ớ.n.g" is one word.
func closed(field string) string {
	parts := strings.FieldsFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	if len(parts) < 2 {
		return field
	}
	for _, p := range parts {
		if len([]rune(p)) != 1 {
			return field
		}
	}
	return strings.Join(parts, "")
}

// tight joins runs of single letters and cuts long words into syllables.
func tight(text string) string {
	var out, run []string
	flush := func() {
		if len(run) >= minApart {
			out = append(out, cut(strings.Join(run, "")))
		} else {
			out = append(out, run...)
		}
		run = nil
	}
	for _, f := range strings.Fields(text) {
		rs := []rune(f)
		if len(rs) == 1 && unicode.IsLetter(rs[0]) {
			run = append(run, f)
			continue
		}
		flush()
		if len(rs) >= minTight && !strings.ContainsFunc(f, func(r rune) bool { return !unicode.IsLetter(r) }) {
			f = cut(f)
		}
		out = append(out, f)
	}
	flush()
	return strings.Join(out, " ")
}

// cut parts letters into the fewest words that are syllables or words of the cues; words
// of the cues weigh less. What cannot be cut stays.
func cut(letters string) string {
	rs := []rune(viet.Normalize(letters))
	if len(rs) > maxTight {
		return letters
	}
	const none = 1 << 20
	cost, from := make([]int, len(rs)+1), make([]int, len(rs)+1)
	for i := 1; i <= len(rs); i++ {
		cost[i] = none
		for j := max(0, i-12); j < i; j++ {
			w := string(rs[j:i])
			price := 3
			switch {
			case attackBook.knows(w) || harmBook.knows(w):
				price = 2
			case !viet.IsSyllable(w) && !viet.IsBareSyllable(w):
				continue
			}
			if cost[j]+price < cost[i] {
				cost[i], from[i] = cost[j]+price, j
			}
		}
	}
	if cost[len(rs)] >= none {
		return letters
	}
	words := ""
	for i := len(rs); i > 0; i = from[i] {
		words = string(rs[from[i]:i]) + " " + words
	}
	return strings.TrimSpace(words)
}
