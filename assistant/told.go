package assistant

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval/viet"
)

// toldRecord is a record made ready to be held against questions: its words are numbers of the
// telling it belongs to, sorted.
type toldRecord struct {
	chunks  []corpus.Chunk // what it was made from
	title   string
	names   []toldName
	phrases [][]toldWord // the ways in which it is named and its situation told
	words   []uint32     // every word, as written and folded
	named   []uint32     // those among its phrases
	pairs   []uint64     // neighbours among its phrases, folded
}

// toldWord is a word of a phrase.
type toldWord struct {
	text, fold uint32
	light      bool
}

// toldName is a name or by-name in folded words, without "thủ tục".
type toldName struct {
	words []toldWord // only fold and light
	some  bool       // it has words
}

// telling keeps the records made ready and numbers their words from 1. Numbers of one
// telling mean nothing in another.
type telling struct {
	mu      sync.RWMutex
	ids     map[string]uint32
	records map[corpus.UnitID]*toldRecord
}

// mostTold bounds the memory; beyond it everything is forgotten.
const mostTold = 5000

// tellingNow is what this process has made ready.
var tellingNow atomic.Pointer[telling]

func newTelling() *telling {
	return &telling{ids: map[string]uint32{}, records: map[corpus.UnitID]*toldRecord{}}
}

// presentTelling is what is to be used for one question, from its beginning to its end.
func presentTelling() *telling {
	t := tellingNow.Load()
	if t != nil && !t.full() {
		return t
	}
	tellingNow.CompareAndSwap(t, newTelling())
	return tellingNow.Load()
}

func (t *telling) full() bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.records) >= mostTold
}

// find is the number of a word; 0 when no record has it.
func (t *telling) find(word string) uint32 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.ids[word]
}

func (t *telling) number(word string) uint32 {
	id, known := t.ids[word]
	if !known {
		id = uint32(len(t.ids) + 1)
		t.ids[word] = id
	}
	return id
}

// record is a unit with this title made ready. What was made of the same chunks before is
// given again.
func (t *telling) record(unit corpus.UnitID, title string, chunks []corpus.Chunk) *toldRecord {
	t.mu.RLock()
	r := t.records[unit]
	t.mu.RUnlock()
	if r != nil && r.title == title && sameChunks(r.chunks, chunks) {
		return r
	}
	cut := cutRecord(title, chunks) // before the lock: this is what takes time
	t.mu.Lock()
	defer t.mu.Unlock()
	r = t.tell(cut)
	r.title, r.chunks = title, chunks
	t.records[unit] = r
	return r
}

// sameChunks reports whether both are one and the same list: libraries hand out what they
// keep, and what they keep does not change.
func sameChunks(a, b []corpus.Chunk) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// recordWords is a record cut into words.
type recordWords struct {
	names [][]string // folded
	lines []lineWords
}

// lineWords is a line of a record; named: it names the record or tells its situation.
type lineWords struct {
	words []viet.Token
	named bool
}

func cutRecord(title string, chunks []corpus.Chunk) (r recordWords) {
	for _, name := range namesIn(title, chunks) {
		r.names = append(r.names, foldedWords(name))
	}
	for _, c := range chunks {
		named := c.Facet == "name" || c.Facet == "said" || c.Facet == "asked"
		for line := range strings.SplitSeq(c.Text, "\n") {
			if named {
				line, _, _ = strings.Cut(line, " (")
			}
			r.lines = append(r.lines, lineWords{baseTokens(line), named})
		}
	}
	return r
}

// tell numbers the words of a record.
func (t *telling) tell(cut recordWords) *toldRecord {
	r := &toldRecord{}
	for _, name := range cut.names {
		r.names = append(r.names, t.name(name))
	}
	for _, line := range cut.lines {
		t.line(r, line)
	}
	r.words, r.named, r.pairs = sorted(r.words), sorted(r.named), sorted(r.pairs)
	return r
}

func sorted[T uint32 | uint64](all []T) []T {
	slices.Sort(all)
	return slices.Clip(slices.Compact(all))
}

// line adds the words of a line.
func (t *telling) line(r *toldRecord, line lineWords) {
	var phrase []toldWord
	for i, w := range line.words {
		x := toldWord{t.number(w.Text), t.number(w.Fold), light[w.Fold]}
		phrase = append(phrase, x)
		r.words = append(r.words, x.text, x.fold)
		if line.named {
			r.named = append(r.named, x.text, x.fold)
			if i > 0 {
				r.pairs = append(r.pairs, pairOf(phrase[i-1].fold, x.fold))
			}
		}
	}
	if line.named && len(phrase) > 0 {
		r.phrases = append(r.phrases, phrase)
	}
}

// name is a name in words. "Thủ tục" tells nothing.
func (t *telling) name(words []string) toldName {
	n := toldName{some: len(words) > 0}
	for _, w := range words {
		if w != "thu" && w != "tuc" {
			n.words = append(n.words, toldWord{fold: t.number(w), light: light[w]})
		}
	}
	return n
}

// namesIn are the names of a record: title without what explains it in brackets, and the
// by-names of its name chunk, which are its short lines.
func namesIn(title string, chunks []corpus.Chunk) []string {
	short, _, _ := strings.Cut(title, "(")
	names := []string{short}
	for _, c := range chunks {
		if c.Facet != "name" {
			continue
		}
		for line := range strings.SplitSeq(c.Text, "\n") {
			if line != title && len(strings.Fields(line)) <= maxByName {
				names = append(names, line)
			}
		}
	}
	return names
}

// maxByName is the longest by-name in words; longer lines describe.
const maxByName = 10

// pairOf is two neighbouring words as one number; 0 when no record has one of them.
func pairOf(a, b uint32) uint64 {
	if a == 0 || b == 0 {
		return 0
	}
	return uint64(a)<<32 | uint64(b)
}

func has[T uint32 | uint64](sorted []T, id T) bool {
	if id == 0 {
		return false
	}
	_, found := slices.BinarySearch(sorted, id)
	return found
}
