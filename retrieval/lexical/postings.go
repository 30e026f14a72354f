package lexical

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// posting is a document number with its impact in the low byte: a segment holds up to
// 2^24 documents.
type posting uint32

func newPosting(doc uint32, impact uint8) posting { return posting(doc<<8 | uint32(impact)) }
func (p posting) doc() uint32                     { return uint32(p) >> 8 }
func (p posting) impact() uint8                   { return uint8(p) }

// blockLen is how many postings share one bit width.
const blockLen = 128

// lists holds the posting lists of one kind. Keys are grouped by their high half: those
// of group g stand at first[g] to first[g+1], sorted by their low half. Words have one
// group.
//
// A list in data begins with its highest impact (1 byte). A long list goes on as
// windows.go says. A short one goes on in blocks: a full block is its bit width (1 byte),
// the gap to its first document (varint), 127 gaps minus 1 packed in that many bits, and
// 128 impacts; the rest is varint gaps minus 1, each followed by its impact.
type lists struct {
	docs  int // documents in the segment
	first []uint32
	low   []uint32
	df    []uint32
	off   []uint32
	data  []byte
	rows  map[uint32]row
}

// packLists packs flat[starts[i]:starts[i+1]] for each key.
func packLists(keys []uint64, starts []uint32, flat []posting, docs int) lists {
	order := make([]uint32, len(keys))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		if keys[a] < keys[b] {
			return -1
		}
		return 1
	})
	l := lists{
		docs: docs,
		low:  make([]uint32, 0, len(keys)), df: make([]uint32, 0, len(keys)), off: make([]uint32, 0, len(keys)),
		data: make([]byte, 0, len(flat)*5/2),
	}
	for _, i := range order {
		high := uint32(keys[i] >> 32)
		for len(l.first) <= int(high) {
			l.first = append(l.first, uint32(len(l.low)))
		}
		l.low = append(l.low, uint32(keys[i]))
		l.df = append(l.df, starts[i+1]-starts[i])
		l.off = append(l.off, uint32(len(l.data)))
		l.data = l.appendList(l.data, flat[starts[i]:starts[i+1]])
	}
	l.first = append(l.first, uint32(len(l.low)))
	l.data = append(slices.Clip(l.data), make([]byte, 8)...) // room for reads of 8 bytes
	l.ready()
	return l
}

// find returns the position of a key.
func (l *lists) find(key uint64) (uint32, bool) {
	high, low := uint32(key>>32), uint32(key)
	if int(high)+1 >= len(l.first) {
		return 0, false
	}
	from, to := l.first[high], l.first[high+1]
	i, ok := slices.BinarySearch(l.low[from:to], low)
	return from + uint32(i), ok
}

// top is the highest impact of a list.
func (l *lists) top(i uint32) uint8 { return l.data[l.off[i]] }

func (l *lists) appendList(data []byte, ps []posting) []byte {
	var top uint8
	for _, p := range ps {
		top = max(top, p.impact())
	}
	data = append(data, top)
	if len(ps) >= longList {
		return appendWindows(data, ps, l.docs)
	}
	last := uint32(0)
	for len(ps) >= blockLen {
		data = appendBlock(data, ps[:blockLen], last)
		last = ps[blockLen-1].doc() + 1
		ps = ps[blockLen:]
	}
	for _, p := range ps {
		data = binary.AppendUvarint(data, uint64(p.doc()-last))
		data = append(data, p.impact())
		last = p.doc() + 1
	}
	return data
}

func appendBlock(data []byte, ps []posting, last uint32) []byte {
	width := 0
	for i := 1; i < len(ps); i++ {
		width = max(width, bits.Len32(ps[i].doc()-ps[i-1].doc()-1))
	}
	data = append(data, byte(width))
	data = binary.AppendUvarint(data, uint64(ps[0].doc()-last))
	var acc uint64
	n := 0
	for i := 1; i < len(ps); i++ {
		acc |= uint64(ps[i].doc()-ps[i-1].doc()-1) << n
		n += width
		for n >= 8 {
			data = append(data, byte(acc))
			acc >>= 8
			n -= 8
		}
	}
	if n > 0 {
		data = append(data, byte(acc))
	}
	for _, p := range ps {
		data = append(data, p.impact())
	}
	return data
}

// packedLen is the bytes that 127 gaps of a width take.
func packedLen(width int) int { return ((blockLen-1)*width + 7) / 8 }

// block is a decoded run of postings.
type block struct {
	n       int
	docs    [blockLen]uint32
	impacts []uint8
	short   [blockLen]uint8
}

// cursor reads one list front to back.
type cursor struct {
	data []byte
	left int
	last uint32
}

func (l *lists) cursor(i uint32) cursor {
	return cursor{data: l.data[l.off[i]+1:], left: int(l.df[i])}
}

// next decodes the next run into b; false at the end.
func (c *cursor) next(b *block) bool {
	if c.left >= blockLen {
		c.full(b)
		return true
	}
	if c.left == 0 {
		return false
	}
	pos, last := 0, c.last
	for i := range c.left {
		gap, n := uint64(c.data[pos]), 1
		if gap >= 0x80 {
			gap, n = binary.Uvarint(c.data[pos:])
		}
		pos += n
		last += uint32(gap)
		b.docs[i], b.short[i] = last, c.data[pos]
		pos++
		last++
	}
	b.n, b.impacts = c.left, b.short[:c.left]
	c.left = 0
	return true
}

func (c *cursor) full(b *block) {
	width := int(c.data[0])
	gap, n := binary.Uvarint(c.data[1:])
	packed := c.data[1+n:]
	doc := c.last + uint32(gap)
	b.docs[0] = doc
	mask := uint32(1)<<width - 1
	bit := 0
	for i := 1; i < blockLen; i++ {
		v := uint32(binary.LittleEndian.Uint64(packed[bit>>3:])>>(bit&7)) & mask
		doc += v + 1
		b.docs[i] = doc
		bit += width
	}
	size := packedLen(width)
	b.n, b.impacts = blockLen, packed[size:size+blockLen]
	c.data = packed[size+blockLen:]
	c.left -= blockLen
	c.last = doc + 1
}
