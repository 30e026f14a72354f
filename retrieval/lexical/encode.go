package lexical

import (
	"bufio"
	"encoding/binary"
	"math"
)

// encoder writes numbers little endian and lists with their length before them. The
// first error stays.
type encoder struct {
	w   *bufio.Writer
	err error
	buf [8]byte
}

func (e *encoder) bytes(p []byte) {
	if e.err == nil {
		_, e.err = e.w.Write(p)
	}
}

func (e *encoder) u32(v uint32) {
	binary.LittleEndian.PutUint32(e.buf[:], v)
	e.bytes(e.buf[:4])
}

func (e *encoder) f64(v float64) {
	binary.LittleEndian.PutUint64(e.buf[:], math.Float64bits(v))
	e.bytes(e.buf[:8])
}

func (e *encoder) text(s string) {
	e.u32(uint32(len(s)))
	e.bytes([]byte(s))
}

func (e *encoder) texts(ss []string) {
	e.u32(uint32(len(ss)))
	for _, s := range ss {
		e.text(s)
	}
}

func (e *encoder) u32s(vs []uint32) {
	e.u32(uint32(len(vs)))
	for _, v := range vs {
		e.u32(v)
	}
}

func (e *encoder) u16s(vs []uint16) {
	e.u32(uint32(len(vs)))
	for _, v := range vs {
		binary.LittleEndian.PutUint16(e.buf[:], v)
		e.bytes(e.buf[:2])
	}
}

func (e *encoder) settings(s Settings) {
	e.f64(s.K1)
	for i := range s.Weight {
		e.f64(s.Weight[i])
		e.f64(s.B[i])
	}
}

// dict writes all layers as one list of words; the rest follows from it.
func (e *encoder) dict(d *dict) {
	e.u32(d.size())
	for id := range d.size() {
		e.text(d.text(id))
	}
}

func (e *encoder) segment(p *part) {
	e.texts(p.ids)
	for _, v := range p.avg {
		e.f64(v)
	}
	e.attributes(&p.attrs)
	e.u32s(p.forward.off)
	e.u16s(p.forward.units)
	for k := range p.lists {
		l := &p.lists[k]
		e.u32s(l.first)
		e.u32s(l.low)
		e.u32s(l.df)
		e.u32s(l.off)
		e.postings(l)
	}
	var dead []uint32
	for i := range uint32(p.size()) {
		if p.dead.has(i) {
			dead = append(dead, i)
		}
	}
	e.u32s(dead)
}

// postings writes the data of the lists without the marks of first postings.
func (e *encoder) postings(l *lists) {
	e.u32(uint32(len(l.data)))
	written := 0
	var plain []byte
	for i, df := range l.df {
		if df < longList {
			continue
		}
		pairs := l.windows(uint32(i)).pairs
		from := int(l.off[i]) + 1 + 2*windowCount(l.docs)
		plain = append(plain[:0], pairs...)
		for at := 0; at < len(plain); at += 2 {
			plain[at] &^= firstThere
		}
		e.bytes(l.data[written:from])
		e.bytes(plain)
		written = from + len(plain)
	}
	e.bytes(l.data[written:])
}

func (e *encoder) attributes(a *attributes) {
	e.texts(a.names)
	for _, r := range a.rows {
		e.u32(uint32(r.from))
		e.u32(uint32(r.until))
		e.u32(uint32(r.issuer) | uint32(r.kind)<<16)
		e.u32(uint32(r.field) | uint32(r.place)<<16)
		flags := uint32(r.levels) << 16
		if r.procedure {
			flags |= 1 << 24
		}
		if r.restricted {
			flags |= 1 << 25
		}
		flags |= uint32(r.audiences) << 26
		e.u32(uint32(r.numbers) | flags)
	}
}
