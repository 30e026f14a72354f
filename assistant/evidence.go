package assistant

import (
	"context"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// candidate is a procedure found, with how far the question names it.
type candidate struct {
	hit retrieval.Hit
	// named is the share, 0 to 1, of the words of its best name or by-name that the
	// question holds; words in a row count fully, scattered ones less.
	named float64
	total float64 // score of the search and naming together
}

const (
	// weighed is how many hits are looked at this closely.
	weighed = 6
	// namedWorth is what being fully named is worth in score.
	namedWorth = 10.0
	// clearlyNamed is when a question counts as naming a procedure.
	clearlyNamed = 0.85
)

// weigh orders the first hits by score and naming together, best first, ties by unit.
func (s Choose) weigh(ctx context.Context, t *Turn) ([]candidate, error) {
	asked := askedWords(t)
	var out []candidate
	for _, h := range t.Hits[:min(len(t.Hits), weighed)] {
		chunks, err := s.Library.Unit(ctx, h.Unit)
		if err != nil {
			return nil, err
		}
		c := candidate{hit: h, named: namedBy(asked, namesIn(h, chunks))}
		c.total = h.Score + namedWorth*c.named
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		switch {
		case a.total > b.total:
			return -1
		case a.total < b.total:
			return 1
		}
		return strings.Compare(string(a.hit.Unit), string(b.hit.Unit))
	})
	return out, nil
}

// askedWords are the words of the question, folded, with the words of names that mean
// the same as what was read from it.
func askedWords(t *Turn) []string {
	words := foldedWords(t.Text)
	if t.Reading.Foreign {
		words = append(words, "|", "co", "yeu", "to", "nuoc", "ngoai")
	}
	folded := " " + strings.Join(words, " ") + " "
	if _, lost := firstCue(folded, lostCues); lost || strings.Contains(folded, " mat ") && !strings.Contains(folded, " mat bao ") {
		words = append(words, "|", "cap", "lai", "lam", "lai", "do", "bi", "mat")
	}
	return words
}

// namesIn are the names of a record: title without what explains it in brackets, and the
// by-names of its name chunk, which are its short lines.
func namesIn(h retrieval.Hit, chunks []corpus.Chunk) []string {
	title, _, _ := strings.Cut(h.Chunk.Title, "(")
	names := []string{title}
	for _, c := range chunks {
		if c.Facet != "name" {
			continue
		}
		for line := range strings.SplitSeq(c.Text, "\n") {
			if line != h.Chunk.Title && len(foldedWords(line)) <= maxByName {
				names = append(names, line)
			}
		}
	}
	return names
}

// maxByName is the longest by-name in words; longer lines describe.
const maxByName = 9

func namedBy(asked, names []string) float64 {
	best := 0.0
	for _, name := range names {
		if n := contained(asked, foldedWords(name)); n > best {
			best = n
		}
	}
	return best
}

// contained is the share of a name's words that stand in the question, halfway between
// single words and words in a row. A name of one word says too little to count fully.
func contained(asked, name []string) float64 {
	name = slices.DeleteFunc(name, func(w string) bool { return w == "thu" || w == "tuc" })
	if len(name) == 0 {
		return 0
	}
	words, pairs := 0, 0
	for i, w := range name {
		at := slices.Index(asked, w)
		if at < 0 {
			continue
		}
		words++
		if i > 0 && follows(asked, name[i-1], w) {
			pairs++
		}
	}
	single := float64(words) / float64(len(name))
	if len(name) == 1 {
		return single / 2
	}
	return (single + float64(pairs)/float64(len(name)-1)) / 2
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
