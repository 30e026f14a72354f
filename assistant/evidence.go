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
	return []float64{c.hit.Score, c.named, full, c.alike, c.covered, c.paired, c.unnamed}
}

var candidateFeatures = []string{"score", "named", "full", "alike", "covered", "paired", "unnamed"}

// weigh orders the hits by their evidence, best first, ties by unit.
func (s Choose) weigh(ctx context.Context, t *Turn) ([]candidate, error) {
	telling := presentTelling()
	records := make([]*toldRecord, len(t.Hits))
	for i, h := range t.Hits {
		chunks, err := s.Library.Unit(ctx, h.Unit)
		if err != nil {
			return nil, err
		}
		if s.unsaid != "" {
			chunks = unsaying(chunks, s.unsaid)
		}
		records[i] = telling.record(h.Unit, h.Chunk.Title, chunks)
	}
	asked := newAsked(t, telling)
	like := newLikeness(t.Text, telling, records, s.Words)
	out := make([]candidate, 0, len(t.Hits))
	for i, h := range t.Hits {
		c := candidate{hit: h, standing: like.of(records[i])}
		c.named, c.full = asked.best(records[i].names)
		c.total = models.candidate.Score(c.features())
		out = append(out, c)
	}
	inOrder(out)
	if len(out) > 0 {
		out[0].standing = s.clearest(t, out[0], records, telling)
	}
	for _, c := range out[:min(len(out), 3)] {
		t.Notes = append(t.Notes, fmt.Sprintf("%s %.1f %+.2f %.2f", c.hit.Unit, c.hit.Score, c.named, c.total))
	}
	return out, nil
}

// longAsk is from how many words on a question tells a story, of which one clause asks;
// leastClause is the length of a clause that can.
const (
	longAsk     = 14
	leastClause = 4
)

// clearest is the evidence for the best record, or that of the one clause of a long question
// which speaks clearest for it.
func (s Choose) clearest(t *Turn, best candidate, records []*toldRecord, telling *telling) standing {
	if len(strings.Fields(t.Text)) < longAsk {
		return best.standing
	}
	at := slices.IndexFunc(t.Hits, func(h retrieval.Hit) bool { return h.Unit == best.hit.Unit })
	out, most := best.standing, models.answer.Score(sureFeatures([]candidate{best}))
	for clause := range strings.FieldsFuncSeq(t.Text, func(r rune) bool { return strings.ContainsRune(",.;:?!\n", r) }) {
		if len(strings.Fields(clause)) < leastClause {
			continue
		}
		one := best
		one.standing = newLikeness(clause, telling, records, s.Words).of(records[at])
		if score := models.answer.Score(sureFeatures([]candidate{one})); score > most {
			out, most = one.standing, score
		}
	}
	return out
}

// inOrder sorts by evidence, best first, ties by unit.
func inOrder(found []candidate) {
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.total, a.total), strings.Compare(string(a.hit.Unit), string(b.hit.Unit)))
	})
}

// unsaying leaves out the lines that say no more than the phrase; a list without such a line
// is given back as it is.
func unsaying(chunks []corpus.Chunk, phrase string) []corpus.Chunk {
	out := chunks
	for i, c := range chunks {
		if c.Facet != "name" && c.Facet != "said" && c.Facet != "asked" {
			continue
		}
		lines := strings.Split(c.Text, "\n")
		kept := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return spaced(l) == phrase })
		if len(kept) == len(lines) {
			continue
		}
		if &out[0] == &chunks[0] {
			out = slices.Clone(chunks)
		}
		out[i].Text = strings.Join(kept, "\n")
	}
	return out
}

// asked are the words of a question, to hold names against, as numbers of a telling.
type asked struct {
	words []uint32
	pairs []uint64
}

// newAsked reads the question, what its lay words mean, and what was read from it.
func newAsked(t *Turn, telling *telling) asked {
	words := append(foldedWords(t.Text), meanings(t.Text)...)
	if t.Reading.Foreign {
		words = append(words, "|", "co", "yeu", "to", "nuoc", "ngoai")
	}
	if somethingLost(words) {
		words = append(words, "|", "cap", "lai", "|", "lam", "lai", "|", "bi", "mat")
	}
	var a asked
	last := uint32(0)
	for _, w := range words {
		id := telling.find(w)
		a.words, a.pairs = append(a.words, id), append(a.pairs, pairOf(last, id))
		last = id
	}
	a.words, a.pairs = sorted(a.words), sorted(a.pairs)
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
func (a asked) best(names []toldName) (value float64, full bool) {
	value = -100
	for _, n := range names {
		if v, whole := a.value(n); v > value {
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
func (a asked) value(name toldName) (v float64, full bool) {
	full = name.some
	last := uint32(0)
	for _, w := range name.words {
		weight := 1.0
		if w.light {
			weight = lightWord
		}
		if !has(a.words, w.fold) {
			v -= weight
			full = full && w.light
		} else {
			v += weight
			if has(a.pairs, pairOf(last, w.fold)) {
				v += pairBonus * weight
			}
		}
		last = w.fold
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
