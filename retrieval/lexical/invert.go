package lexical

import (
	"math"
	"slices"
)

// inverter makes the lists of one kind. It goes over the documents twice: first to count
// each key, then to fill, so that no posting is ever moved.
type inverter struct {
	docs  []cutDoc
	dict  *dict
	set   Settings
	avg   [numSections]float64
	kind  listKind
	fold  []uint32
	index map[uint64]uint32 // key → position
	keys  []uint64
	df    []uint32
	occ   []occurrence
}

// occurrence is one key met in one document with its weighted count.
type occurrence struct {
	key uint64
	tf  float32
}

func newInverter(docs []cutDoc, d *dict, s Settings, avg [numSections]float64, kind listKind) *inverter {
	v := &inverter{docs: docs, dict: d, set: s, avg: avg, kind: kind, index: map[uint64]uint32{}}
	n := d.size()
	v.fold = make([]uint32, n)
	for id := range n {
		v.fold[id] = d.foldOf(id)
	}
	return v
}

// lists counts, fills and packs.
func (v *inverter) lists() lists {
	for i := range v.docs {
		for _, o := range v.occurrences(&v.docs[i]) {
			p, ok := v.index[o.key]
			if !ok {
				p = uint32(len(v.keys))
				v.index[o.key] = p
				v.keys = append(v.keys, o.key)
				v.df = append(v.df, 0)
			}
			v.df[p]++
		}
	}
	next := make([]uint32, len(v.keys)+1)
	for p, n := range v.df {
		next[p+1] = next[p] + n
	}
	flat := make([]posting, next[len(v.keys)])
	starts := slices.Clone(next)
	for i := range v.docs {
		for _, o := range v.occurrences(&v.docs[i]) {
			p := v.index[o.key]
			flat[next[p]] = newPosting(uint32(i), impactOf(float64(o.tf), v.set.K1))
			next[p]++
		}
	}
	return packLists(v.keys, starts, flat, len(v.docs))
}

// occurrences gives the keys of a document, each once, sorted.
func (v *inverter) occurrences(doc *cutDoc) []occurrence {
	v.occ = v.occ[:0]
	l := lengths(doc.secs)
	for _, sec := range doc.secs {
		w := float32(sectionWeight(v.set, v.avg, sec.section, l[sec.section]))
		v.section(sec, w)
	}
	slices.SortFunc(v.occ, func(a, b occurrence) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	out := v.occ[:0]
	for _, o := range v.occ {
		if n := len(out); n > 0 && out[n-1].key == o.key {
			out[n-1].tf += o.tf
		} else {
			out = append(out, o)
		}
	}
	return out
}

func (v *inverter) section(sec cutSection, w float32) {
	switch v.kind {
	case exactWord:
		for _, id := range sec.words {
			v.occ = append(v.occ, occurrence{uint64(id), w})
		}
		for _, id := range sec.refs {
			v.occ = append(v.occ, occurrence{uint64(id), w})
		}
	case foldedWord:
		for _, id := range sec.words {
			v.occ = append(v.occ, occurrence{uint64(v.fold[id]), w})
		}
	case exactPair:
		for i := 1; i < len(sec.words); i++ {
			v.occ = append(v.occ, occurrence{pairKey(sec.words[i-1], sec.words[i]), w})
		}
	case foldedPair:
		for i := 1; i < len(sec.words); i++ {
			v.occ = append(v.occ, occurrence{pairKey(v.fold[sec.words[i-1]], v.fold[sec.words[i]]), w})
		}
	}
}

func pairKey(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// sectionWeight is what one word counts in a section of that many words.
func sectionWeight(s Settings, avg [numSections]float64, sec Section, length int) float64 {
	if avg[sec] == 0 {
		return s.Weight[sec]
	}
	b := s.B[sec]
	return s.Weight[sec] / (1 - b + b*float64(length)/avg[sec])
}

// maxImpact is the impact of a word repeated without end.
const maxImpact = 255

// impactOf saturates a weighted count to one byte, at least 1.
func impactOf(tf, k1 float64) uint8 {
	return uint8(max(1, math.Round(maxImpact*tf/(tf+k1))))
}
