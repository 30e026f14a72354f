package viet

import "math"

// Counts is what a model of the marks is made of: how many documents have a word, and a
// word after another. Words are known by number.
type Counts interface {
	// Variants lists the words of one folded form, most frequent first.
	Variants(fold string) []uint32
	Word(id uint32) int
	Pair(a, b uint32) int
}

// Slot is one word to be restored. Fixed words stand as they are and only help their
// neighbours.
type Slot struct {
	Fold  string
	ID    uint32 // the word as typed
	Known bool   // ID is a word of the corpus
	Fixed bool
	// Keep is how sure it is, as a natural logarithm, that the word means itself although
	// it has no marks.
	Keep float64
}

const (
	// maxVariants bounds the candidates of a slot.
	maxVariants = 6
	// smoothing is the weight of the single word against the pair.
	smoothing = 20
)

// Guess is what a slot most likely stands for. Sure is its probability under the model;
// OK is false where the corpus has no candidate.
type Guess struct {
	ID   uint32
	Sure float64
	OK   bool
}

// candidate is one reading of a slot. Before and after are the logarithms of the weight
// of all paths that lead to it and from it.
type candidate struct {
	id            uint32
	known         bool
	single        float64
	before, after float64
}

// Restore gives for each slot the word it most likely stands for, weighing all readings
// of its neighbours by counts of pairs (forward and backward over the whole text). total
// is the number of documents.
func Restore(slots []Slot, c Counts, total int) []Guess {
	steps := make([][]candidate, len(slots))
	links := make([][]float64, len(slots)) // links[i]: from each of steps[i-1] to each of steps[i]
	var sums []float64
	for i, s := range slots {
		steps[i] = candidates(s, c, total)
		if i > 0 {
			links[i] = link(steps[i-1], steps[i], c)
		}
		for k := range steps[i] {
			p := &steps[i][k]
			p.before = p.single
			if i > 0 {
				sums = sums[:0]
				for j, prev := range steps[i-1] {
					sums = append(sums, prev.before+links[i][j*len(steps[i])+k])
				}
				p.before = logSum(sums)
			}
			if p.id == s.ID && !s.Fixed {
				p.before += s.Keep
			}
		}
	}
	for i := len(slots) - 2; i >= 0; i-- {
		for j := range steps[i] {
			sums = sums[:0]
			for k, next := range steps[i+1] {
				keep := 0.0
				if next.id == slots[i+1].ID && !slots[i+1].Fixed {
					keep = slots[i+1].Keep
				}
				sums = append(sums, next.after+keep+links[i+1][j*len(steps[i+1])+k])
			}
			steps[i][j].after = logSum(sums)
		}
	}
	return best(steps)
}

// best picks the most likely candidate of each step, the first of equals.
func best(steps [][]candidate) []Guess {
	out := make([]Guess, len(steps))
	for i, cands := range steps {
		at, sums := 0, make([]float64, len(cands))
		for k, p := range cands {
			sums[k] = p.before + p.after
			if sums[k] > sums[at] {
				at = k
			}
		}
		out[i] = Guess{cands[at].id, math.Exp(sums[at] - logSum(sums)), cands[at].known}
	}
	return out
}

// logSum is the logarithm of the sum of exponentials.
func logSum(v []float64) float64 {
	top := v[0]
	for _, x := range v {
		top = max(top, x)
	}
	sum := 0.0
	for _, x := range v {
		sum += math.Exp(x - top)
	}
	return top + math.Log(sum)
}

// candidates of a slot; at least one, so that the chain never breaks.
func candidates(s Slot, c Counts, total int) (out []candidate) {
	none := -math.Log(float64(total) + 1)
	word := func(id uint32) candidate {
		return candidate{id: id, known: true, single: none + math.Log(float64(c.Word(id))+0.5)}
	}
	switch {
	case s.Fixed && s.Known:
		return []candidate{word(s.ID)}
	case s.Fixed:
		return []candidate{{id: s.ID, single: none}}
	}
	for _, id := range c.Variants(s.Fold) {
		if len(out) == maxVariants {
			break
		}
		out = append(out, word(id))
	}
	if len(out) == 0 || !s.Known && s.Keep > 0 { // it may be a word that the corpus lacks
		out = append(out, candidate{id: s.ID, single: none})
	}
	return out
}

// link is the logarithm of how likely each candidate comes after each one before it:
// counts of the pair, smoothed by those of the word alone.
func link(from, to []candidate, c Counts) []float64 {
	out := make([]float64, 0, len(from)*len(to))
	for _, a := range from {
		for _, b := range to {
			if !a.known || !b.known {
				out = append(out, b.single)
				continue
			}
			pair := float64(c.Pair(a.id, b.id))
			out = append(out, math.Log((pair+smoothing*math.Exp(b.single))/(float64(c.Word(a.id))+smoothing)))
		}
	}
	return out
}
