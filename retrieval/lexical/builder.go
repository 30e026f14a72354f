package lexical

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/motcua/motcua/retrieval/viet"
)

// Builder makes an Index out of documents. Add may be called from one goroutine; cutting
// the text runs beside it on every core.
type Builder struct {
	settings Settings
	batch    []Document
	jobs     chan []Document
	workers  []*cutter
	running  sync.WaitGroup
}

// cutter turns documents into numbered words, numbered in its own way.
type cutter struct {
	tok   viet.Tokenizer
	ids   map[string]uint32
	texts []string
	count []uint32
	docs  []cutDoc
	base  []viet.Token
	refs  []viet.Token
}

// cutDoc is a document as numbered words.
type cutDoc struct {
	id   string
	attr Attributes
	secs []cutSection
}

type cutSection struct {
	section Section
	words   []uint32
	refs    []uint32
}

const batchSize = 128

// NewBuilder starts an empty index.
func NewBuilder(s Settings) *Builder {
	b := &Builder{settings: s, jobs: make(chan []Document, 4)}
	for range max(1, runtime.GOMAXPROCS(0)) {
		c := &cutter{ids: map[string]uint32{}}
		b.workers = append(b.workers, c)
		b.running.Go(func() {
			for docs := range b.jobs {
				for i := range docs {
					c.cut(&docs[i])
				}
			}
		})
	}
	return b
}

// Add takes one document.
func (b *Builder) Add(d Document) {
	b.batch = append(b.batch, d)
	if len(b.batch) == batchSize {
		b.jobs <- b.batch
		b.batch = make([]Document, 0, batchSize)
	}
}

// Build ends the builder and gives the index of what was added. The same documents give
// the same index in whatever order they came, save that of two with one ID it is not
// decided which stays: give each once.
func (b *Builder) Build() *Index {
	b.jobs <- b.batch
	close(b.jobs)
	b.running.Wait()
	d, maps := mergeWords(b.workers)
	var docs []cutDoc
	for i, c := range b.workers {
		for _, doc := range c.docs {
			doc.renumber(maps[i])
			docs = append(docs, doc)
		}
	}
	slices.SortStableFunc(docs, func(x, y cutDoc) int { return cmp.Compare(x.id, y.id) })
	docs = slices.CompactFunc(docs, func(x, y cutDoc) bool { return x.id == y.id })
	seg := newSegment(docs, d, b.settings, nil)
	return newIndex(b.settings, d, []*segment{seg})
}

func (c *cutter) cut(d *Document) {
	doc := cutDoc{id: d.ID, attr: d.Attr}
	for _, f := range d.sections() {
		c.base, c.refs = c.tok.Cut(f.Text, c.base[:0], c.refs[:0])
		if len(c.base) == 0 {
			continue
		}
		doc.secs = append(doc.secs, cutSection{f.Section, c.number(c.base), c.number(c.refs)})
	}
	c.docs = append(c.docs, doc)
}

func (c *cutter) number(toks []viet.Token) []uint32 {
	if len(toks) == 0 {
		return nil
	}
	out := make([]uint32, len(toks))
	for i, t := range toks {
		id, ok := c.ids[t.Text]
		if !ok {
			id = uint32(len(c.texts))
			c.ids[t.Text] = id
			c.texts = append(c.texts, t.Text)
			c.count = append(c.count, 0)
		}
		c.count[id]++
		out[i] = id
	}
	return out
}

// mergeWords numbers the words of all cutters by falling frequency, ties by text, so that
// frequent words have small numbers; maps gives each cutter's numbers in it.
func mergeWords(cs []*cutter) (d *dict, maps [][]uint32) {
	total := map[string]uint32{}
	for _, c := range cs {
		for i, t := range c.texts {
			total[t] += c.count[i]
		}
	}
	words := make([]string, 0, len(total))
	for w := range total {
		words = append(words, w)
	}
	slices.SortFunc(words, func(x, y string) int {
		return cmp.Or(cmp.Compare(total[y], total[x]), cmp.Compare(x, y))
	})
	d = newDict(nil)
	for _, w := range words {
		d.add(w)
	}
	for _, c := range cs {
		m := make([]uint32, len(c.texts))
		for i, t := range c.texts {
			m[i] = d.ids[t]
		}
		maps = append(maps, m)
	}
	return d, maps
}

func (doc *cutDoc) renumber(m []uint32) {
	for _, s := range doc.secs {
		for i, w := range s.words {
			s.words[i] = m[w]
		}
		for i, w := range s.refs {
			s.refs[i] = m[w]
		}
	}
}
