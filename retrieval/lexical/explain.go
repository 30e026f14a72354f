package lexical

import (
	"cmp"
	"slices"

	"github.com/motcua/motcua/retrieval"
)

// Explain says where the score of a document comes from: per section the words found
// there and their share, largest first. The shares add up to the score.
func (x *Index) Explain(q *Query, d DocID) []retrieval.Reason {
	p, doc := x.part(d)
	var w Words
	p.forward.read(doc, &w)
	var shares [numSections]float64
	words := [numSections][]string{}
	for _, t := range q.Terms {
		total, by := x.spread(p, &w, t)
		imp := p.lists[t.kind].impact(t.key, doc)
		if total == 0 || imp == 0 {
			continue
		}
		for s, part := range by {
			if part > 0 {
				shares[s] += t.Weight * float64(imp) / maxImpact * part / total
				words[s] = append(words[s], joined(t.Words))
			}
		}
	}
	var out []retrieval.Reason
	for s, share := range shares {
		if share > 0 {
			out = append(out, retrieval.Reason{Retriever: "lexical", Field: Section(s).String(), Words: words[s], Share: share})
		}
	}
	slices.SortStableFunc(out, func(a, b retrieval.Reason) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// spread counts a term in each section with the section's weight.
func (x *Index) spread(p *part, w *Words, t Term) (total float64, by [numSections]float64) {
	for _, sec := range w.Sections {
		n := 0
		switch t.kind {
		case exactWord, foldedWord:
			for _, id := range sec.Words {
				if t.kind == exactWord && uint64(id) == t.key || t.kind == foldedWord && uint64(x.dict.foldOf(id)) == t.key {
					n++
				}
			}
			for _, id := range sec.Refs {
				if t.kind == exactWord && uint64(id) == t.key {
					n++
				}
			}
		default:
			for i := 1; i < len(sec.Words); i++ {
				a, b := sec.Words[i-1], sec.Words[i]
				if t.kind == foldedPair {
					a, b = x.dict.foldOf(a), x.dict.foldOf(b)
				}
				if pairKey(a, b) == t.key {
					n++
				}
			}
		}
		by[sec.Section] += float64(n) * sectionWeight(x.settings, p.avg, sec.Section, len(sec.Words))
	}
	for _, v := range by {
		total += v
	}
	return total, by
}

// impact is what a list gives a document; 0 when it is not in it.
func (l *lists) impact(key uint64, doc uint32) uint8 {
	i, ok := l.find(key)
	if !ok {
		return 0
	}
	if l.df[i] >= longList {
		return l.windows(i).impact(doc)
	}
	var b block
	for c := l.cursor(i); c.next(&b); {
		if j, ok := slices.BinarySearch(b.docs[:b.n], doc); ok {
			return b.impacts[j]
		}
	}
	return 0
}

func joined(words []string) string {
	s := words[0]
	for _, w := range words[1:] {
		s += " " + w
	}
	return s
}
