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

type path struct {
	id    uint32
	known bool
	score float64
	from  int
}

// Restore gives for each slot the word it most likely stands for, by the best path over
// pairs of neighbours (Viterbi); ok[i] is false where the corpus has no candidate. total
// is the number of documents.
func Restore(slots []Slot, c Counts, total int) (ids []uint32, ok []bool) {
	steps := make([][]path, len(slots))
	for i, s := range slots {
		cands := candidates(s, c)
		for k := range cands {
			p := &cands[k]
			p.from = -1
			single := -math.Log(float64(total) + 1)
			if p.known {
				single += math.Log(float64(c.Word(p.id)) + 0.5)
			}
			best := math.Inf(-1)
			if i > 0 {
				for j, prev := range steps[i-1] {
					if v := prev.score + follow(prev, *p, c, single); v > best {
						best, p.from = v, j
					}
				}
			}
			if p.from < 0 {
				best = single
			}
			if p.id == s.ID && !s.Fixed {
				best += s.Keep
			}
			p.score = best
		}
		steps[i] = cands
	}
	return trace(steps)
}

// candidates of a slot; at least one, so that the path never breaks.
func candidates(s Slot, c Counts) []path {
	if s.Fixed {
		return []path{{id: s.ID, known: s.Known}}
	}
	var out []path
	for _, id := range c.Variants(s.Fold) {
		if len(out) == maxVariants {
			break
		}
		out = append(out, path{id: id, known: true})
	}
	if len(out) == 0 {
		out = append(out, path{id: s.ID})
	}
	return out
}

// follow is the logarithm of how likely b comes after a: counts of the pair, smoothed by
// those of b alone.
func follow(a, b path, c Counts, single float64) float64 {
	if !a.known || !b.known {
		return single
	}
	pair := float64(c.Pair(a.id, b.id))
	return math.Log((pair + smoothing*math.Exp(single)) / (float64(c.Word(a.id)) + smoothing))
}

func trace(steps [][]path) (ids []uint32, ok []bool) {
	ids, ok = make([]uint32, len(steps)), make([]bool, len(steps))
	if len(steps) == 0 {
		return ids, ok
	}
	at := 0
	last := steps[len(steps)-1]
	for k := range last {
		if last[k].score > last[at].score {
			at = k
		}
	}
	for i := len(steps) - 1; i >= 0; i-- {
		p := steps[i][at]
		ids[i], ok[i] = p.id, p.known
		at = max(0, p.from)
	}
	return ids, ok
}
