package lexical

import "github.com/motcua/motcua/retrieval/viet"

// NoTerm is the id of a word that no document has.
const NoTerm = ^uint32(0)

// dict numbers words. Ids only grow; a dict that is part of an Index is never changed,
// extend makes the next one on top of it.
type dict struct {
	base  *dict // earlier words, or nil
	from  uint32
	texts []string
	ids   map[string]uint32
	// fold gives, for word from+i, the number of its folded form. Folded forms are
	// numbered on their own.
	fold      []uint32
	foldFrom  uint32
	foldTexts []string
	foldIDs   map[string]uint32
}

func newDict(base *dict) *dict {
	d := &dict{base: base, ids: map[string]uint32{}, foldIDs: map[string]uint32{}}
	if base != nil {
		d.from, d.foldFrom = base.size(), base.foldSize()
	}
	return d
}

func (d *dict) size() uint32     { return d.from + uint32(len(d.texts)) }
func (d *dict) foldSize() uint32 { return d.foldFrom + uint32(len(d.foldTexts)) }

func (d *dict) find(text string) uint32 {
	for l := d; l != nil; l = l.base {
		if id, ok := l.ids[text]; ok {
			return id
		}
	}
	return NoTerm
}

func (d *dict) findFold(fold string) uint32 {
	for l := d; l != nil; l = l.base {
		if id, ok := l.foldIDs[fold]; ok {
			return id
		}
	}
	return NoTerm
}

// add numbers a word, known or new.
func (d *dict) add(text string) uint32 {
	if id := d.find(text); id != NoTerm {
		return id
	}
	return d.push(text)
}

// push numbers a word known to be new.
func (d *dict) push(text string) uint32 {
	id := d.size()
	d.ids[text] = id
	d.texts = append(d.texts, text)
	fold := viet.Fold(text)
	f := d.findFold(fold)
	if f == NoTerm {
		f = d.foldSize()
		d.foldIDs[fold] = f
		d.foldTexts = append(d.foldTexts, fold)
	}
	d.fold = append(d.fold, f)
	return id
}

func (d *dict) text(id uint32) string {
	for l := d; l != nil; l = l.base {
		if id >= l.from {
			if int(id-l.from) < len(l.texts) {
				return l.texts[id-l.from]
			}
			break
		}
	}
	return ""
}

func (d *dict) foldText(id uint32) string {
	for l := d; l != nil; l = l.base {
		if id >= l.foldFrom {
			if int(id-l.foldFrom) < len(l.foldTexts) {
				return l.foldTexts[id-l.foldFrom]
			}
			break
		}
	}
	return ""
}

func (d *dict) foldOf(id uint32) uint32 {
	for l := d; l != nil; l = l.base {
		if id >= l.from {
			if int(id-l.from) < len(l.fold) {
				return l.fold[id-l.from]
			}
			break
		}
	}
	return NoTerm
}

// flat is the dict in one layer, with the same numbers.
func (d *dict) flat() *dict {
	if d.base == nil {
		return d
	}
	out := newDict(nil)
	for id := range d.size() {
		out.push(d.text(id))
	}
	return out
}
