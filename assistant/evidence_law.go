package assistant

import (
	"slices"
	"strings"

	"github.com/motcua/motcua/retrieval"
)

// lawCover is the least share of the question's own words and word pairs that a passage
// must hold to bear on it.
const lawCover = 0.5

// bearing keeps the provisions that bear on the question: their score says so, they hold
// enough of its words, and what is asked for stands in them.
func bearing(t *Turn, found []retrieval.Hit) []retrieval.Hit {
	own := ownWords(t.Text)
	penalty := slices.Contains(t.Reading.Slots, Penalty)
	odd := oddIn(t.Text)
	var out []retrieval.Hit
	for _, h := range found {
		if h.Score < sureProvision {
			break
		}
		text := foldedWords(strings.Join(h.Chunk.Headings, " ") + " . " + h.Chunk.Title + " . " + h.Chunk.Text)
		if penalty && !slices.Contains(text, "phat") || lacksOdd(odd, text) {
			continue
		}
		if citesLaw(t.Text) || covered(own, text) >= lawCover {
			out = append(out, h)
		}
	}
	return out
}

// ownWords are the words of a question that carry its subject, in order: without slot
// cues and words of talk.
func ownWords(text string) []string {
	folded := " " + strings.Join(foldedWords(text), " ") + " "
	for _, c := range cues {
		folded = strings.ReplaceAll(folded, " "+c.words+" ", " | ")
	}
	for _, c := range regulationCues {
		folded = strings.ReplaceAll(folded, " "+c+" ", " | ")
	}
	var out []string
	for _, w := range strings.Fields(folded) {
		if !fillers[w] {
			out = append(out, w)
		}
	}
	return slices.Compact(out)
}

// covered is the mean of the shares of words and of neighbouring pairs found; 1 when the
// question has no words of its own.
func covered(own, text []string) float64 {
	have := make(map[string]bool, len(text))
	for _, w := range text {
		have[w] = true
	}
	words, found, pairs, joined := 0, 0, 0, 0
	for i, w := range own {
		if w == "|" {
			continue
		}
		words++
		if have[w] {
			found++
		}
		if i > 0 && own[i-1] != "|" {
			pairs++
			if have[w] && have[own[i-1]] && follows(text, own[i-1], w) {
				joined++
			}
		}
	}
	switch {
	case words == 0:
		return 1
	case pairs == 0:
		return float64(found) / float64(words)
	}
	return (float64(found)/float64(words) + float64(joined)/float64(pairs)) / 2
}

// follows reports whether b stands right behind a somewhere in the words.
func follows(words []string, a, b string) bool {
	for i := 1; i < len(words); i++ {
		if words[i-1] == a && words[i] == b {
			return true
		}
	}
	return false
}

// oddIn are the folded words of the odd things that a question names.
func oddIn(text string) (out [][]string) {
	form := readCues(text)
	for _, h := range kindClassBook.find(form) {
		if !slices.Contains(oddClasses, kindClassBook.names[h.class]) {
			continue
		}
		var thing []string
		for _, w := range form.words[h.from:h.to] {
			thing = append(thing, w.fold)
		}
		out = append(out, thing)
	}
	return out
}

// lacksOdd reports whether one of the things is not named in folded words.
func lacksOdd(things [][]string, words []string) bool {
	return slices.ContainsFunc(things, func(thing []string) bool {
		return slices.ContainsFunc(thing, func(w string) bool { return !slices.Contains(words, w) })
	})
}
