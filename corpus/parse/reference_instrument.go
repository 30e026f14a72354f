package parse

import (
	"strconv"
	"strings"
)

// instrumentRef is an instrument as a text names it.
type instrumentRef struct {
	number, name, partial string
	same                  bool // "Luật này"
}

// form is one kind of instrument as texts name it; suffix is the end of its numbers where
// the form alone tells it.
type form struct {
	word   phrase
	name   string
	suffix string
}

// forms stand longest first, since one may start another.
var forms = []form{
	{ph("thông tư liên tịch"), "Thông tư liên tịch", ""}, {ph("nghị quyết liên tịch"), "Nghị quyết liên tịch", ""},
	{ph("văn bản hợp nhất"), "Văn bản hợp nhất", ""}, {ph("hiến pháp"), "Hiến pháp", ""}, {ph("bộ luật"), "Bộ luật", "QH"},
	{ph("luật"), "Luật", "QH"}, {ph("pháp lệnh"), "Pháp lệnh", ""}, {ph("nghị quyết"), "Nghị quyết", ""},
	{ph("nghị định"), "Nghị định", "NĐ-CP"}, {ph("quyết định"), "Quyết định", ""}, {ph("thông tư"), "Thông tư", ""},
	{ph("chỉ thị"), "Chỉ thị", ""}, {ph("sắc lệnh"), "Sắc lệnh", ""},
}

// shortForms are numbers' own abbreviations as people write them: "NĐ 63/2024".
var shortForms = []form{
	{ph("nđ"), "Nghị định", "NĐ-CP"}, {ph("tt"), "Thông tư", ""}, {ph("qđ"), "Quyết định", ""}, {ph("nq"), "Nghị quyết", ""},
	{ph("ttlt"), "Thông tư liên tịch", ""},
}

// connectedInstrument reads " của Luật …", " Luật …", " ban hành kèm theo Nghị định …".
func (c *cursor) connectedInstrument() (instrumentRef, bool) {
	c.spaces()
	if strings.HasPrefix(c.s[c.i:], ",") {
		return instrumentRef{}, false
	}
	for c.word(ph("ban hành kèm theo"), ph("kèm theo"), wordOf, wordAt, wordOf2, ph("trong")) {
		c.spaces()
	}
	return c.instrument()
}

// attachedTo reads on from an annex over its title: "Phụ lục IV - Danh mục ngành, nghề ban
// hành kèm theo Luật Đầu tư số …".
func (c *cursor) attachedTo() (instrumentRef, bool) {
	at := c.i
	ahead := c.s[c.i:min(len(c.s), c.i+240)]
	if end := strings.IndexAny(ahead, ".;:\n"); end >= 0 {
		ahead = ahead[:end]
	}
	i := strings.Index(ahead, "kèm theo ")
	if i < 0 {
		return instrumentRef{}, false
	}
	c.i += i + len("kèm theo ")
	ref, ok := c.instrument()
	if !ok {
		c.i = at
	}
	return ref, ok
}

// instrument reads one instrument, by form, number or name.
func (c *cursor) instrument() (instrumentRef, bool) {
	at := c.i
	if w := scanNumber(c.s[c.i:]); w > 0 && fullNumber(c.s[c.i:c.i+w]) {
		n := c.s[c.i : c.i+w]
		c.i += w
		return instrumentRef{number: CanonicalNumber(n)}, true
	}
	for _, list := range [][]form{forms, shortForms} {
		for _, f := range list {
			if !c.word(f.word) {
				continue
			}
			if ref, ok := c.afterForm(f, at); ok {
				return ref, true
			}
			c.i = at
		}
	}
	return instrumentRef{}, false
}

// afterForm reads what follows the form's word.
func (c *cursor) afterForm(f form, at int) (instrumentRef, bool) {
	if f.name == "Hiến pháp" {
		return c.constitution()
	}
	if ref, ok := c.named(f, at); ok {
		return ref, true
	}
	if !c.spaces() {
		return instrumentRef{}, false
	}
	if c.word(wordThis) {
		return instrumentRef{number: c.reader.In.Instrument, same: true}, true
	}
	if c.word(wordNumbered) {
		if strings.HasPrefix(c.s[c.i:], ":") {
			c.i++
		}
		c.spaces()
	}
	if w := scanNumber(c.s[c.i:]); w > 0 {
		n := c.s[c.i : c.i+w]
		c.i += w
		if fullNumber(n) {
			return instrumentRef{number: InstrumentNumber(f.name, n)}, true
		}
		return short(f, n)
	}
	return c.numberOfYear(f)
}

// numberOfYear reads "63 năm 2024".
func (c *cursor) numberOfYear(f form) (instrumentRef, bool) {
	n, w := scanInt(c.s[c.i:], 4)
	if w == 0 {
		return instrumentRef{}, false
	}
	c.i += w
	if !c.spaces() || !c.word(wordYear) || !c.spaces() {
		return instrumentRef{}, false
	}
	y, w := scanInt(c.s[c.i:], 4)
	if w != 4 {
		return instrumentRef{}, false
	}
	c.i += w
	return short(f, strconv.Itoa(n)+"/"+strconv.Itoa(y))
}

// fullNumber reports whether n has letters behind its year: "60/2014/QH13", "73-CP".
func fullNumber(n string) bool {
	n = CanonicalNumber(n)
	i := strings.IndexFunc(n, func(r rune) bool { return !isDigit(r) && r != '/' && r != '-' })
	return i > 0 && len(n)-i >= 2
}

// short completes "63/2024" by what its form tells; what it does not tell stays Partial.
func short(f form, n string) (instrumentRef, bool) {
	n = CanonicalNumber(n)
	_, year, ok := strings.Cut(n, "/")
	y, err := strconv.Atoi(year)
	if !ok || err != nil || y < 1945 || y > 2100 {
		return instrumentRef{}, false
	}
	switch f.suffix {
	case "NĐ-CP":
		return instrumentRef{number: n + "/NĐ-CP"}, true
	case "QH":
		if term := assembly(y); term > 0 {
			return instrumentRef{number: n + "/QH" + strconv.Itoa(term)}, true
		}
		return instrumentRef{partial: n + "/QH"}, true
	}
	partial := map[string]string{"Thông tư": "/TT-", "Thông tư liên tịch": "/TTLT", "Quyết định": "/QĐ-", "Nghị quyết": "/", "Chỉ thị": "/CT-"}[f.name]
	return instrumentRef{partial: n + partial}, true
}

// assembly is the term of the National Assembly that alone passed laws in that year; 0
// for a year in which terms changed or before numbers had a term.
func assembly(year int) int {
	switch {
	case year >= 2003 && year <= 2006:
		return 11
	case year >= 2008 && year <= 2010:
		return 12
	case year >= 2012 && year <= 2015:
		return 13
	case year >= 2017 && year <= 2020:
		return 14
	case year >= 2022 && year <= 2025:
		return 15
	}
	return 0
}

// constitution reads "Hiến pháp năm 2013", "Hiến pháp nước …"; the one in force has no
// number: it is kept as "Hiến pháp 2013".
func (c *cursor) constitution() (instrumentRef, bool) {
	at := c.i
	c.spaces()
	if c.word(wordYear) {
		c.spaces()
	}
	if y, w := scanInt(c.s[c.i:], 4); w == 4 && y >= 1946 && y <= 2100 {
		c.i += w
		return instrumentRef{number: "Hiến pháp " + strconv.Itoa(y)}, true
	}
	c.i = at
	return instrumentRef{number: "Hiến pháp 2013"}, true
}
