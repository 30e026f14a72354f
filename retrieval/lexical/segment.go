package lexical

import "sync"

// listKind tells the four families of posting lists apart.
type listKind uint8

const (
	exactWord listKind = iota
	foldedWord
	exactPair
	foldedPair
	numKinds
)

// segment is a fixed set of documents, sorted by ID, with their lists. Documents are
// numbered from 0 in it.
type segment struct {
	ids     []string
	attrs   attributes
	forward forward
	lists   [numKinds]lists
	avg     [numSections]float64 // mean length of a section over documents that have it
}

// newSegment builds the lists of docs, which must be sorted by id. avg, when given, are
// the mean lengths to measure against: those of the larger index it is added to.
func newSegment(docs []cutDoc, d *dict, s Settings, avg *[numSections]float64) *segment {
	seg := &segment{}
	if avg != nil {
		seg.avg = *avg
	} else {
		seg.avg = meanLengths(docs)
	}
	for i := range docs {
		seg.ids = append(seg.ids, docs[i].id)
		seg.attrs.add(docs[i].attr)
		seg.forward.add(docs[i].secs)
	}
	var wg sync.WaitGroup
	for _, pair := range [][2]listKind{{exactWord, exactPair}, {foldedWord, foldedPair}} {
		wg.Go(func() {
			for _, kind := range pair {
				inv := newInverter(docs, d, s, seg.avg, kind)
				seg.lists[kind] = inv.lists()
			}
		})
	}
	wg.Wait()
	return seg
}

func meanLengths(docs []cutDoc) (avg [numSections]float64) {
	var n [numSections]int
	for i := range docs {
		for s, l := range lengths(docs[i].secs) {
			if l > 0 {
				avg[s] += float64(l)
				n[s]++
			}
		}
	}
	for s := range avg {
		if n[s] > 0 {
			avg[s] /= float64(n[s])
		}
	}
	return avg
}

func lengths(secs []cutSection) (l [numSections]int) {
	for _, s := range secs {
		l[s.section] += len(s.words)
	}
	return l
}

func (s *segment) size() int { return len(s.ids) }
