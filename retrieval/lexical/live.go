package lexical

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/motcua/motcua/retrieval/viet"
)

// Live is an index that changes while it is searched. Each search works on the Index it
// took; Update makes the next one beside it and swaps.
type Live struct {
	now      atomic.Pointer[Index]
	updating sync.Mutex
}

// NewLive starts from an index; nil is an empty one with DefaultSettings.
func NewLive(x *Index) *Live {
	l := &Live{}
	if x == nil {
		x = NewBuilder(DefaultSettings()).Build()
	}
	l.now.Store(x)
	return l
}

// Index is the present state.
func (l *Live) Index() *Index { return l.now.Load() }

// Swap puts another index in place, for instance one built anew.
func (l *Live) Swap(x *Index) {
	l.updating.Lock()
	defer l.updating.Unlock()
	l.now.Store(x)
}

// Update replaces the documents of the same ID, adds the others and takes out those
// removed. Updates wait for each other; searches wait for none.
func (l *Live) Update(add []Document, remove []string) {
	l.updating.Lock()
	defer l.updating.Unlock()
	l.now.Store(l.now.Load().With(add, remove))
}

const (
	// maxSmall is how many small segments may stand beside the first.
	maxSmall = 4
	// mergeShare: when more than 1/mergeShare of all documents are replaced or stand in
	// small segments, everything is merged.
	mergeShare = 5
)

// With gives the index with documents added (or replaced, by ID) and removed. Old and new
// share what did not change.
func (x *Index) With(add []Document, remove []string) *Index {
	add = lastOfEach(add)
	gone := make(map[string]bool, len(add)+len(remove))
	for _, d := range add {
		gone[d.ID] = true
	}
	for _, id := range remove {
		gone[id] = true
	}
	y := &Index{settings: x.settings, dict: x.dict}
	for _, p := range x.segs {
		y.append(p.segment, p.without(gone))
	}
	if len(add) > 0 {
		y.dict = newDict(x.dict)
		docs := cutInto(y.dict, add)
		y.append(newSegment(docs, y.dict, y.settings, x.avg()), nil)
	}
	return y.tidy()
}

// avg are the mean lengths to measure new documents against; nil when there are none.
func (x *Index) avg() *[numSections]float64 {
	if len(x.segs) == 0 || x.segs[0].size() == 0 {
		return nil
	}
	return &x.segs[0].avg
}

// lastOfEach sorts by ID and keeps the last given of each.
func lastOfEach(docs []Document) []Document {
	at := map[string]int{}
	var out []Document
	for _, d := range docs {
		if i, ok := at[d.ID]; ok {
			out[i] = d
			continue
		}
		at[d.ID] = len(out)
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b Document) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return out
}

func cutInto(d *dict, docs []Document) []cutDoc {
	c := cutter{tok: viet.Tokenizer{}, ids: map[string]uint32{}}
	for i := range docs {
		c.cut(&docs[i])
	}
	m := make([]uint32, len(c.texts))
	for i, t := range c.texts {
		m[i] = d.add(t)
	}
	for i := range c.docs {
		c.docs[i].renumber(m)
	}
	return c.docs
}

// without marks the documents gone; the mark set is shared when none is here.
func (p *part) without(gone map[string]bool) *bitset {
	dead := p.dead
	for id := range gone {
		i, ok := slices.BinarySearch(p.ids, id)
		if !ok || dead.has(uint32(i)) {
			continue
		}
		if dead == p.dead {
			dead = p.dead.clone(p.size())
		}
		dead.set(uint32(i))
	}
	return dead
}

// tidy merges segments when there are too many or too much is dead.
func (x *Index) tidy() *Index {
	if len(x.segs) < 2 && (len(x.segs) == 0 || x.segs[0].dead.count() == 0) {
		return x
	}
	first := x.segs[0]
	stale := x.total - (first.size() - first.dead.count()) // in small segments
	for _, p := range x.segs {
		stale += p.dead.count()
	}
	switch {
	case stale*mergeShare > x.total || first.size() == 0:
		return x.Merged()
	case len(x.segs) > maxSmall+1:
		y := &Index{settings: x.settings, dict: x.dict.flat()}
		y.append(first.segment, first.dead)
		y.append(newSegment(living(x.segs[1:]), y.dict, x.settings, x.avg()), nil)
		return y
	}
	return x
}

// Merged is the same index in one segment, as if built anew from its documents.
func (x *Index) Merged() *Index {
	d := x.dict.flat()
	return newIndex(x.settings, d, []*segment{newSegment(living(x.segs), d, x.settings, nil)})
}

// living reads the documents that are not gone back from the forward lists, by ID.
func living(parts []*part) []cutDoc {
	var out []cutDoc
	for _, p := range parts {
		for i := range uint32(p.size()) {
			if p.dead.has(i) {
				continue
			}
			var w Words
			p.forward.read(i, &w)
			doc := cutDoc{id: p.ids[i], attr: p.attrs.get(i)}
			for _, s := range w.Sections {
				doc.secs = append(doc.secs, cutSection{s.Section, s.Words, s.Refs})
			}
			out = append(out, doc)
		}
	}
	slices.SortFunc(out, func(a, b cutDoc) int {
		if a.id < b.id {
			return -1
		}
		return 1
	})
	return out
}
