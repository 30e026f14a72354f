package parse

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Names knows laws by name: "Luật Hộ tịch" → 60/2014/QH13. Laws of one name follow each
// other in time; the day decides.
type Names struct {
	laws    map[string][]namedLaw
	longest int // words
}

type namedLaw struct {
	number string
	span   corpus.Validity
}

// NewNames takes in every law, code and ordinance of the list; order does not matter.
func NewNames(instruments ...corpus.Instrument) *Names {
	n := &Names{laws: map[string][]namedLaw{}}
	for _, in := range instruments {
		switch in.Type {
		case corpus.Law, corpus.Code, corpus.Ordinance:
			n.Add(in.Title, in.Number, in.Validity)
		}
	}
	return n
}

// Add names one more instrument; the name starts with its form ("Luật Cư trú"). Amending
// laws are left out: their names start with those of others.
func (n *Names) Add(name, number string, span corpus.Validity) {
	key, words := nameKey(name)
	if words < 2 || strings.Contains(key, "sửa đổi") {
		return
	}
	for _, k := range []string{key, unmark(key)} {
		list := append(n.laws[k], namedLaw{number, span})
		slices.SortFunc(list, func(a, b namedLaw) int {
			return cmp.Or(b.span.From.Compare(a.span.From), cmp.Compare(b.number, a.number))
		})
		n.laws[k] = slices.Compact(list)
	}
	n.longest = max(n.longest, words)
}

func nameKey(name string) (key string, words int) {
	f := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	return strings.Join(f, " "), len(f)
}

// Number gives the law of that name in force on the day, or the newest for the zero day
// and for a day on which none held. year, if not 0, is the year it was passed.
func (n *Names) Number(name string, year int, on civil.Date) string {
	key, _ := nameKey(name)
	list := n.laws[key]
	for _, l := range list {
		if year > 0 && strings.Contains(l.number, "/"+strconv.Itoa(year)+"/") {
			return l.number
		}
	}
	if year > 0 || len(list) == 0 {
		return ""
	}
	for _, l := range list { // newest first
		if !on.IsZero() && l.span.Holds(on) {
			return l.number
		}
	}
	return list[0].number
}

// named reads a law called by its name, from at (where its form stands): the longest name
// known, then "số …", "năm 2014" or "2014" where they follow. A name not known is still
// read where a number follows it.
func (c *cursor) named(f form, at int) (instrumentRef, bool) {
	if f.suffix != "QH" && f.name != "Pháp lệnh" {
		return instrumentRef{}, false
	}
	back := c.i
	if end := c.longestName(at); end > 0 {
		name := c.s[at:end]
		c.i = end
		if number, ok := c.numberBehind(40); ok { // also behind a longer name: "Luật giáo dục đại học số …"
			return instrumentRef{number: InstrumentNumber(f.name, number), name: name}, true
		}
		year := c.yearBehind()
		if number := c.reader.Names.Number(name, year, c.reader.On); number != "" {
			return instrumentRef{number: number, name: name}, true
		}
		return instrumentRef{name: name}, true
	}
	if number, ok := c.numberBehind(90); ok {
		return instrumentRef{number: InstrumentNumber(f.name, number)}, true
	}
	c.i = back
	return instrumentRef{}, false
}

// longestName finds the end of the longest known name that starts at byte at; 0 if none.
func (c *cursor) longestName(at int) int {
	if c.reader.Names == nil {
		return 0
	}
	end, words := 0, 0
	for i := at; i < len(c.s) && words < c.reader.Names.longest; {
		r, w := utf8.DecodeRuneInString(c.s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			if r != ' ' && r != ',' && r != '\n' {
				break
			}
			i += w
			continue
		}
		for i < len(c.s) && startsWord(c.s[i:]) {
			_, w := utf8.DecodeRuneInString(c.s[i:])
			i += w
		}
		words++
		if key, _ := nameKey(c.s[at:i]); len(c.reader.Names.laws[key]) > 0 {
			end = i
		}
	}
	return end
}

// numberBehind reads " số 60/2014/QH13" behind a name of up to reach bytes without a mark
// that ends the name.
func (c *cursor) numberBehind(reach int) (string, bool) {
	at := c.i
	limit := min(len(c.s), c.i+reach)
	for i := c.i; i <= limit && i < len(c.s); i++ {
		if strings.IndexByte(".;:()\"", c.s[i]) >= 0 {
			break
		}
		if c.s[i] != ' ' {
			continue
		}
		c.i = i
		c.spaces()
		if c.word(wordNumbered) && c.spaces() {
			if w := scanNumber(c.s[c.i:]); w > 0 && fullNumber(c.s[c.i:c.i+w]) {
				n := c.s[c.i : c.i+w]
				c.i += w
				return n, true
			}
			break
		}
		c.i = i
		c.spaces()
		if i > at && c.atForm() { // another instrument begins
			break
		}
	}
	c.i = at
	return "", false
}

// atForm reports whether the name of another instrument or level starts here.
func (c *cursor) atForm() bool {
	at := c.i
	defer func() { c.i = at }()
	for _, f := range forms {
		if c.word(f.word) {
			return true
		}
	}
	return c.atLevel()
}

// yearBehind reads " năm 2014" or " 2014"; 0 where there is none.
func (c *cursor) yearBehind() int {
	at := c.i
	if c.spaces() {
		if c.word(wordYear) {
			c.spaces()
		}
		if y, w := scanInt(c.s[c.i:], 4); w == 4 && y >= 1945 && y <= 2100 && !startsWord(c.s[c.i+w:]) {
			c.i += w
			return y
		}
	}
	c.i = at
	return 0
}
