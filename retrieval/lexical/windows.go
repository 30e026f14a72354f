package lexical

import (
	"encoding/binary"
	"math/bits"
)

// windowLen documents in a row make a window. A power of two up to 128.
const (
	windowBits = 7
	windowLen  = 1 << windowBits
)

// longList is the number of postings from which a list is kept by windows.
const longList = 1024

// windowed is a long list: for each window how many postings it has there and the highest
// impact among them, then all postings as pairs of place in the window and impact. In memory
// the place of the first posting of a window carries the mark firstThere; a file has no marks.
type windowed struct {
	counts []uint8
	tops   []uint8
	pairs  []uint8
	row    []uint8 // one impact per document, for the longest lists; nil for others
	peaks  []uint8 // the highest of each stretch of row
}

// firstThere is the bit that places leave free.
const firstThere = windowLen

// stretchLen documents in a row make a stretch: what a row gives at most is known for
// each, which bounds much closer than a whole window.
const (
	stretchBits = 3
	stretches   = windowLen >> stretchBits // of a window
)

// row is a long list laid out by document.
type row struct{ impacts, peaks []uint8 }

func windowCount(docs int) int { return (docs + windowLen - 1) >> windowBits }

func appendWindows(data []byte, ps []posting, docs int) []byte {
	n := windowCount(docs)
	head := len(data)
	data = append(data, make([]byte, 2*n)...)
	counts, tops := data[head:head+n], data[head+n:head+2*n]
	for _, p := range ps {
		w := p.doc() >> windowBits
		counts[w]++
		tops[w] = max(tops[w], p.impact())
	}
	for _, p := range ps {
		data = append(data, uint8(p.doc()&(windowLen-1)), p.impact())
	}
	return data
}

func (l *lists) windows(i uint32) windowed {
	n := windowCount(l.docs)
	data := l.data[l.off[i]+1:]
	r := l.rows[i]
	return windowed{data[:n], data[n : 2*n], data[2*n : 2*n+2*int(l.df[i])], r.impacts, r.peaks}
}

// impact finds one document; 0 when it is not in the list.
func (w windowed) impact(doc uint32) uint8 {
	at, win := 0, doc>>windowBits
	for _, c := range w.counts[:win] {
		at += int(c)
	}
	for i := at; i < at+int(w.counts[win]); i++ {
		if w.pairs[2*i]&^firstThere == uint8(doc&(windowLen-1)) {
			return w.pairs[2*i+1]
		}
	}
	return 0
}

// find gives the impact of the document at a place of a window whose postings are those
// from one number to another; 0 when it is not among them. It looks at four postings at
// once: what is read beyond the last is not used, and lists end in room for it.
func (w windowed) find(from, to int, place uint32) int32 {
	const each = 1<<48 | 1<<32 | 1<<16 | 1
	pairs := w.pairs[2*from : 2*to+6]
	for ; len(pairs) >= 8; pairs = pairs[8:] {
		four := binary.LittleEndian.Uint64(pairs)
		other := (four ^ uint64(place)*each) & (0x7F * each)
		// the lowest of these bits is that of the first place that is the same
		if same := (other - each) & (0x8000 * each); same != 0 {
			n := bits.TrailingZeros64(same) / 16
			if 2*n+6 >= len(pairs) {
				return 0
			}
			return int32(four >> (16*n + 8) & 0xFF)
		}
	}
	return 0
}

// rowShare: a list with more than docs/rowShare postings is also kept as a row.
const rowShare = 8

// ready prepares the long lists for searches. It is done when an index is built or opened.
func (l *lists) ready() {
	for i, df := range l.df {
		if df >= longList {
			l.windows(uint32(i)).markFirsts()
		}
	}
	l.makeRows()
}

// markFirsts marks the first posting of each window.
func (w windowed) markFirsts() {
	at := 0
	for _, c := range w.counts {
		if c > 0 && at < len(w.pairs) {
			w.pairs[at] |= firstThere
		}
		at += 2 * int(c)
	}
}

// makeRows lays out the longest lists.
func (l *lists) makeRows() {
	l.rows = map[uint32]row{}
	for i, df := range l.df {
		if df < longList || int(df) <= l.docs/rowShare {
			continue
		}
		all := windowCount(l.docs) << windowBits
		r := row{make([]uint8, all), make([]uint8, all>>stretchBits)}
		w := l.windows(uint32(i))
		at := 0
		for win, c := range w.counts {
			for range int(c) {
				doc := win<<windowBits | int(w.pairs[at]&^firstThere)
				r.impacts[doc] = w.pairs[at+1]
				r.peaks[doc>>stretchBits] = max(r.peaks[doc>>stretchBits], w.pairs[at+1])
				at += 2
			}
		}
		l.rows[uint32(i)] = r
	}
}
