package assistant

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// candidate is a procedure found, with the evidence for it.
type candidate struct {
	hit   retrieval.Hit
	named float64 // see nameValue; of its best name or by-name
	full  bool    // every word of that name stands in the question
	standing
	total float64 // all of it, weighed by the model
}

// features are the evidence in the order of candidateFeatures.
func (c candidate) features() []float64 {
	full := 0.0
	if c.full {
		full = 1
	}
	return []float64{c.hit.Score, c.named, full, c.alike, c.covered, c.paired}
}

var candidateFeatures = []string{"score", "named", "full", "alike", "covered", "paired"}

// weigh orders the hits by their evidence, best first, ties by unit.
func (s Choose) weigh(ctx context.Context, t *Turn) ([]candidate, error) {
	asked := newAsked(t)
	out := make([]candidate, 0, len(t.Hits))
	records := make([][]corpus.Chunk, len(t.Hits))
	ready := make([][]*telling, len(t.Hits))
	for i, h := range t.Hits {
		chunks, err := s.Library.Unit(ctx, h.Unit)
		if err != nil {
			return nil, err
		}
		records[i] = chunks
		for _, c := range chunks {
			ready[i] = append(ready[i], tellingOf(c))
		}
	}
	like := newLikeness(t.Text, ready, s.Words)
	for i, h := range t.Hits {
		c := candidate{hit: h, standing: like.of(ready[i])}
		c.named, c.full = asked.best(namesIn(h, records[i]))
		c.total = models.candidate.Score(c.features())
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.total, a.total), strings.Compare(string(a.hit.Unit), string(b.hit.Unit)))
	})
	if s.Weighed != nil {
		s.Weighed(t, out)
	}
	for _, c := range out[:min(len(out), 3)] {
		t.Notes = append(t.Notes, fmt.Sprintf("%s %.1f %+.2f %.2f", c.hit.Unit, c.hit.Score, c.named, c.total))
	}
	return out, nil
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
			if line != h.Chunk.Title && len(strings.Fields(line)) <= maxByName {
				names = append(names, line)
			}
		}
	}
	return names
}

// maxByName is the longest by-name in words; longer lines describe.
const maxByName = 10

// asked are the words of a question, to hold names against.
type asked struct {
	words map[string]bool
	pairs map[[2]string]bool
}

// newAsked reads the question, what its lay words mean, and what was read from it.
func newAsked(t *Turn) asked {
	words := append(foldedWords(t.Text), meanings(t.Text)...)
	if t.Reading.Foreign {
		words = append(words, "|", "co", "yeu", "to", "nuoc", "ngoai")
	}
	if somethingLost(words) {
		words = append(words, "|", "cap", "lai", "|", "lam", "lai", "|", "bi", "mat")
	}
	a := asked{words: map[string]bool{}, pairs: map[[2]string]bool{}}
	for i, w := range words {
		a.words[w] = true
		if i > 0 {
			a.pairs[[2]string{words[i-1], w}] = true
		}
	}
	return a
}

// costs follow "mất" when it speaks of money or time, not of a loss.
var costs = map[string]bool{}

// somethingLost reports whether a paper is told to be gone: "mất căn cước", "bị mất".
func somethingLost(words []string) bool {
	if _, lost := firstCue(" "+strings.Join(words, " ")+" ", lostCues); lost {
		return true
	}
	for i, w := range words[:max(0, len(words)-1)] {
		if w == "mat" && !costs[words[i+1]] {
			return true
		}
	}
	return false
}

// best is the value of the name that fits best; full when no word of it is missing.
func (a asked) best(names []string) (value float64, full bool) {
	value = -100
	for _, n := range names {
		if v, whole := a.value(foldedWords(n)); v > value {
			value, full = v, whole
		}
	}
	return value, full
}

const (
	lightWord = 0.35 // what a word that many names share counts
	pairBonus = 0.5  // of a word's weight, when the word before it stands before it there too
)

// value adds up a name's words: those the question holds count for it, those it lacks
// against it, so that the longest name said in full wins and a special case that is not
// asked for loses.
func (a asked) value(name []string) (v float64, full bool) {
	full = len(name) > 0
	last := ""
	for _, w := range name {
		weight := 1.0
		if light[w] {
			weight = lightWord
		}
		switch {
		case w == "thu" || w == "tuc":
			continue
		case !a.words[w]:
			v -= weight
			full = full && light[w]
		default:
			v += weight
			if a.pairs[[2]string{last, w}] {
				v += pairBonus * weight
			}
		}
		last = w
	}
	return v, full
}

// light are words that stand in many names and tell little.
var light = map[string]bool{}

func init() {
	for _, w := range strings.Fields("thu tuc viec cac va cua cho dang ky cap giai quyet thuc hien tai huong lam xin giay co khi de o theo do tu bi mat") {
		light[w] = true
	}
	for _, w := range strings.Fields("bao may phi tien le lau thoi cong hon toi khoang nhieu gi k ko khong them chi") {
		costs[w] = true
	}
}
