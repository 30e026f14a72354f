package lexical

// forward keeps the words of each document in order, as 16-bit numbers; a word numbered
// escape or above takes three units.
type forward struct {
	off   []uint32 // of each document, in units; one more at the end
	units []uint16
}

const (
	escape   = 0xFFFF
	refsFlag = 0x80 // a section entry that holds references
)

func (f *forward) add(secs []cutSection) {
	if len(f.off) == 0 {
		f.off = append(f.off, 0)
	}
	for _, s := range secs {
		f.list(uint16(s.section), s.words)
		if len(s.refs) > 0 {
			f.list(uint16(s.section)|refsFlag, s.refs)
		}
	}
	f.off = append(f.off, uint32(len(f.units)))
}

// list writes a header of three units (what, length in units low and high), then words.
func (f *forward) list(what uint16, words []uint32) {
	head := len(f.units)
	f.units = append(f.units, what, 0, 0)
	for _, w := range words {
		if w < escape {
			f.units = append(f.units, uint16(w))
		} else {
			f.units = append(f.units, escape, uint16(w), uint16(w>>16))
		}
	}
	n := len(f.units) - head - 3
	f.units[head+1], f.units[head+2] = uint16(n), uint16(n>>16)
}

// Words is the forward list of one document. The slices are valid until the next Read
// into the same Words.
type Words struct {
	Sections []SectionWords
	flat     []uint32
}

// SectionWords are the words of a section in order, by term id, and the references in it.
type SectionWords struct {
	Section Section
	Words   []uint32
	Refs    []uint32
}

// read decodes document doc into w.
func (f *forward) read(doc uint32, w *Words) {
	units := f.units[f.off[doc]:f.off[doc+1]]
	if cap(w.flat) < len(units) {
		w.flat = make([]uint32, 0, len(units)*2)
	}
	w.flat, w.Sections = w.flat[:0], w.Sections[:0]
	for len(units) >= 3 {
		what, n := units[0], int(units[1])|int(units[2])<<16
		body := units[3 : 3+n]
		units = units[3+n:]
		start := len(w.flat)
		for i := 0; i < len(body); i++ {
			u := uint32(body[i])
			if u == escape {
				u = uint32(body[i+1]) | uint32(body[i+2])<<16
				i += 2
			}
			w.flat = append(w.flat, u)
		}
		words := w.flat[start:len(w.flat):len(w.flat)]
		if what&refsFlag != 0 && len(w.Sections) > 0 {
			w.Sections[len(w.Sections)-1].Refs = words
			continue
		}
		w.Sections = append(w.Sections, SectionWords{Section: Section(what), Words: words})
	}
}
