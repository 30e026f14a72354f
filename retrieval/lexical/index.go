package lexical

import (
	"math"
	"sync"

	"github.com/motcua/motcua/retrieval/viet"
)

// DocID numbers a document within one Index; it means nothing in another.
type DocID uint32

// Index is a fixed set of documents to search. It is safe for concurrent use.
type Index struct {
	settings Settings
	dict     *dict
	segs     []*part
	total    int // documents, without those replaced

	byFoldOnce sync.Once
	byFold     [][]uint32
}

// part is a segment at its place in an index, with the documents that are gone.
type part struct {
	*segment
	base DocID
	dead *bitset // nil: none
}

func newIndex(s Settings, d *dict, segs []*segment) *Index {
	x := &Index{settings: s, dict: d}
	for _, seg := range segs {
		x.append(seg, nil)
	}
	return x
}

func (x *Index) append(seg *segment, dead *bitset) {
	base := DocID(0)
	if n := len(x.segs); n > 0 {
		base = x.segs[n-1].base + DocID(x.segs[n-1].size())
	}
	x.segs = append(x.segs, &part{seg, base, dead})
	x.total += seg.size() - dead.count()
}

// Len is the number of documents.
func (x *Index) Len() int { return x.total }

// part finds the segment of a document and its number there.
func (x *Index) part(d DocID) (*part, uint32) {
	for i := len(x.segs) - 1; i > 0; i-- {
		if d >= x.segs[i].base {
			return x.segs[i], uint32(d - x.segs[i].base)
		}
	}
	return x.segs[0], uint32(d)
}

// ID is the name of a document.
func (x *Index) ID(d DocID) string {
	p, i := x.part(d)
	return p.ids[i]
}

// Read gives the words of a document into w, whose memory is used again.
func (x *Index) Read(d DocID, w *Words) {
	p, i := x.part(d)
	p.forward.read(i, w)
}

// TermID numbers a word in its normal form; NoTerm when no document has it.
func (x *Index) TermID(text string) uint32 { return x.dict.find(text) }

// Term is the word of a number; empty for NoTerm.
func (x *Index) Term(id uint32) string { return x.dict.text(id) }

// FoldID numbers the folded form of a word; two words that differ in marks only share it.
func (x *Index) FoldID(id uint32) uint32 { return x.dict.foldOf(id) }

// Terms is one more than the highest term id; FoldTerms the same for folded forms.
func (x *Index) Terms() int     { return int(x.dict.size()) }
func (x *Index) FoldTerms() int { return int(x.dict.foldSize()) }

// DF counts the documents that have a word.
func (x *Index) DF(id uint32) int { return x.df(exactWord, uint64(id)) }

// FoldDF counts the documents that have a word of that folded form.
func (x *Index) FoldDF(fold uint32) int { return x.df(foldedWord, uint64(fold)) }

// Holding counts the documents that have a word: as written, and for a word without marks
// in any marking.
func (x *Index) Holding(word string) int {
	if viet.Fold(word) == word {
		return x.FoldDF(x.dict.findFold(word))
	}
	return x.DF(x.TermID(word))
}

// PairDF counts the documents in which word b follows word a.
func (x *Index) PairDF(a, b uint32) int { return x.df(exactPair, pairKey(a, b)) }

func (x *Index) df(k listKind, key uint64) (n int) {
	for _, p := range x.segs {
		if i, ok := p.lists[k].find(key); ok {
			n += int(p.lists[k].df[i])
		}
	}
	return n
}

// IDF is the rarity of something that df documents have: ln(1 + (N-df+½)/(df+½)).
func (x *Index) IDF(df int) float64 {
	n := float64(x.total)
	return math.Log(1 + max(0, n-float64(df)+0.5)/(float64(df)+0.5))
}

// MeanLength is the mean number of words of a section over documents that have it.
func (x *Index) MeanLength(s Section) float64 { return x.segs[0].avg[s] }

// bitset marks documents of a segment. A nil bitset is empty.
type bitset struct {
	words []uint64
	n     int
}

func newBitset(size int) *bitset { return &bitset{words: make([]uint64, (size+63)/64)} }

func (b *bitset) has(i uint32) bool { return b != nil && b.words[i>>6]>>(i&63)&1 != 0 }

func (b *bitset) set(i uint32) {
	if !b.has(i) {
		b.words[i>>6] |= 1 << (i & 63)
		b.n++
	}
}

func (b *bitset) count() int {
	if b == nil {
		return 0
	}
	return b.n
}

func (b *bitset) clone(size int) *bitset {
	c := newBitset(size)
	if b != nil {
		copy(c.words, b.words)
		c.n = b.n
	}
	return c
}
