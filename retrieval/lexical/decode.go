package lexical

import (
	"bufio"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
)

// decoder reads what encoder wrote. A length is never believed beyond the bytes left, and
// the first fault makes every later read give zero.
type decoder struct {
	r    *bufio.Reader
	left int64
	sum  uint32
	err  error
	buf  [1 << 14]byte
}

// fill reads len(p) bytes and adds them to the checksum.
func (d *decoder) fill(p []byte) bool {
	if d.err == nil && int64(len(p)) > d.left {
		d.err = ErrDamaged
	}
	if d.err == nil {
		if _, err := io.ReadFull(d.r, p); err != nil {
			d.err = ErrDamaged
		}
	}
	if d.err != nil {
		clear(p)
		return false
	}
	d.left -= int64(len(p))
	d.sum = crc32.Update(d.sum, castagnoli, p)
	return true
}

// checked reports whether the checksum that ends the file is that of all read before.
func (d *decoder) checked() bool {
	var p [4]byte
	_, err := io.ReadFull(d.r, p[:])
	return err == nil && binary.BigEndian.Uint32(p[:]) == d.sum
}

func (d *decoder) fixed(n int) []byte {
	d.fill(d.buf[:n])
	return d.buf[:n]
}

func (d *decoder) u32() uint32 {
	d.fill(d.buf[:4])
	return binary.LittleEndian.Uint32(d.buf[:4])
}

func (d *decoder) f64() float64 {
	d.fill(d.buf[:8])
	return math.Float64frombits(binary.LittleEndian.Uint64(d.buf[:8]))
}

// count reads the length of a list whose members take at least size bytes each.
func (d *decoder) count(size int) int {
	n := int64(d.u32())
	if n*int64(size) > d.left {
		d.err = ErrDamaged
		return 0
	}
	return int(n)
}

func (d *decoder) text() string {
	n := d.count(1)
	if n <= len(d.buf) {
		d.fill(d.buf[:n])
		return string(d.buf[:n])
	}
	p := make([]byte, n)
	d.fill(p)
	return string(p)
}

func (d *decoder) texts() []string {
	out := make([]string, 0, d.count(4))
	for range cap(out) {
		out = append(out, d.text())
	}
	return out
}

func (d *decoder) u32s() []uint32 {
	out := make([]uint32, d.count(4))
	for rest := out; len(rest) > 0; {
		n := min(len(rest), len(d.buf)/4)
		d.fill(d.buf[:4*n])
		for i := range rest[:n] {
			rest[i] = binary.LittleEndian.Uint32(d.buf[4*i:])
		}
		rest = rest[n:]
	}
	return out
}

func (d *decoder) u16s() []uint16 {
	out := make([]uint16, d.count(2))
	for rest := out; len(rest) > 0; {
		n := min(len(rest), len(d.buf)/2)
		d.fill(d.buf[:2*n])
		for i := range rest[:n] {
			rest[i] = binary.LittleEndian.Uint16(d.buf[2*i:])
		}
		rest = rest[n:]
	}
	return out
}

func (d *decoder) settings() (s Settings) {
	s.K1 = d.f64()
	for i := range s.Weight {
		s.Weight[i] = d.f64()
		s.B[i] = d.f64()
	}
	return s
}

func (d *decoder) dict() *dict {
	n := d.count(4)
	out := newDict(nil)
	for range n {
		out.push(d.text())
		if d.err != nil {
			break
		}
	}
	if out.size() != uint32(len(out.ids)) {
		d.err = ErrDamaged // a word twice
	}
	return out
}

func (d *decoder) segment() *part {
	s := &segment{ids: d.texts()}
	n := len(s.ids)
	for i := range s.avg {
		s.avg[i] = d.f64()
	}
	d.attributes(&s.attrs, n)
	s.forward.off = d.u32s()
	s.forward.units = d.u16s()
	d.rising(s.forward.off, n+1, len(s.forward.units)+1)
	for k := range s.lists {
		l := &s.lists[k]
		l.docs = n
		l.first, l.low, l.df, l.off = d.u32s(), d.u32s(), d.u32s(), d.u32s()
		l.data = make([]byte, d.count(1))
		d.fill(l.data)
		d.rising(l.first, len(l.first), len(l.low)+1)
		d.rising(l.off, len(l.low), max(1, len(l.data)))
		if len(l.df) != len(l.low) {
			d.err = ErrDamaged
		}
	}
	p := &part{segment: s}
	if dead := d.u32s(); len(dead) > 0 {
		p.dead = newBitset(n)
		for _, i := range dead {
			if int64(i) >= int64(n) {
				d.err = ErrDamaged
				break
			}
			p.dead.set(i)
		}
	}
	return p
}

// rising checks that a list has n members that never fall and stay below limit.
func (d *decoder) rising(vs []uint32, n, limit int) {
	last := uint32(0)
	ok := len(vs) == n
	for _, v := range vs {
		ok = ok && v >= last && int64(v) < int64(limit)
		last = v
	}
	if !ok {
		d.err = ErrDamaged
	}
}

func (d *decoder) attributes(a *attributes, n int) {
	a.names = d.texts()
	a.number = make(map[string]uint16, len(a.names))
	for i, s := range a.names {
		a.number[s] = uint16(i)
	}
	for range n {
		r := attrRow{from: int32(d.u32()), until: int32(d.u32())}
		v := d.u32()
		r.issuer, r.kind = uint16(v), uint16(v>>16)
		v = d.u32()
		r.field, r.place = uint16(v), uint16(v>>16)
		v = d.u32()
		r.numbers, r.levels, r.procedure = uint16(v), uint8(v>>16), v>>24&1 != 0
		r.restricted, r.audiences = v>>25&1 != 0, uint8(v>>26&0xF)
		if d.err != nil {
			return
		}
		a.keep(r)
	}
}
