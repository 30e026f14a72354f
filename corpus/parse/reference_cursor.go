package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cursor walks a text; every method that reads something leaves i behind it, and leaves i
// alone where it reads nothing.
type cursor struct {
	s      string
	i      int
	reader Reader
}

// wordStart reports whether a word may start at byte i.
func wordStart(s string, i int) bool {
	if !utf8.RuneStart(s[i]) || !startsWord(s[i:]) {
		return false
	}
	if i == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '/' && r != '-'
}

func (c *cursor) spaces() bool {
	at := c.i
	for c.i < len(c.s) {
		r, w := utf8.DecodeRuneInString(c.s[c.i:])
		if !unicode.IsSpace(r) {
			break
		}
		c.i += w
	}
	return c.i > at
}

// word reads one of the phrases given, in any case, with its marks or without any, ending
// at a word boundary. Longer phrases must stand first.
func (c *cursor) word(phrases ...phrase) bool {
	for _, p := range phrases {
		for _, form := range [2]string{p.marked, p.plain} {
			rest, ok := cutFoldPrefix(c.s[c.i:], form)
			if ok && !startsWord(rest) {
				c.i = len(c.s) - len(rest)
				return true
			}
		}
	}
	return false
}

// phrase is a word to match with its marks or without any.
type phrase struct{ marked, plain string }

func ph(marked string) phrase { return phrase{marked, unmark(marked)} }

// separator reads what stands between items of a list: a comma, a semicolon, "và",
// "hoặc", "hay", or a comma and one of these.
func (c *cursor) separator() bool {
	at := c.i
	c.spaces()
	mark := false
	if c.i < len(c.s) && (c.s[c.i] == ',' || c.s[c.i] == ';') {
		c.i++
		mark = true
		c.spaces()
	}
	if c.word(wordAnd, wordOr, wordOr2) {
		mark = true
		c.spaces()
	}
	if !mark {
		c.i = at
	}
	return mark
}

var (
	wordAnd, wordOr, wordOr2 = ph("và"), ph("hoặc"), ph("hay")
	wordPoint, wordClause    = ph("điểm"), ph("khoản")
	wordArticle, wordAnnex   = ph("điều"), ph("phụ lục")
	wordEach, wordThis       = ph("các"), ph("này")
	wordNumbered, wordTo     = ph("số"), ph("đến")
	wordYear                 = ph("năm")
)

// atLevel reports whether a level ("điểm", "khoản", "Điều", "Phụ lục") follows.
func (c *cursor) atLevel() bool {
	at := c.i
	defer func() { c.i = at }()
	if c.word(wordEach) {
		c.spaces()
	}
	return c.word(wordPoint, wordClause, wordArticle, wordAnnex)
}

// level reads "điểm " and the list behind it; same tells of "khoản này". Where a lower
// level was read before it, the word said again starts a new group: "khoản 2 Điều 5 và
// Điều 7" is no khoản 2 of Điều 7.
func (c *cursor) level(word phrase, lower bool, item func() string) (list []string, same bool) {
	at := c.i
	if c.word(wordEach) {
		c.spaces()
	}
	if !c.word(word) || !c.spaces() {
		c.i = at
		return nil, false
	}
	if c.word(wordThis) {
		return nil, true
	}
	if c.word(wordNumbered) {
		c.spaces()
	}
	first := item()
	if first == "" {
		c.i = at
		return nil, false
	}
	list = c.more(word, lower, []string{first}, item)
	return list, false
}

// more reads on along ", 6 và 7", ", điểm b" and " đến 9".
func (c *cursor) more(word phrase, lower bool, list []string, item func() string) []string {
	for len(list) < maxPlaces {
		at := c.i
		switch {
		case c.rangeTo():
			c.repeatWord(word)
			last := item()
			if last == "" {
				c.i = at
				return list
			}
			list = append(list, between(list[len(list)-1], last)...)
			continue
		case c.separator():
			again := c.repeatWord(word)
			next := item()
			if next == "" || again && lower || c.isQuantity() {
				c.i = at
				return list
			}
			list = append(list, next)
			continue
		}
		c.i = at
		return list
	}
	return list
}

// repeatWord steps over the level's word said again: "Điều 5, Điều 6".
func (c *cursor) repeatWord(word phrase) bool { return c.word(word) && c.spaces() }

func (c *cursor) rangeTo() bool {
	at := c.i
	if c.spaces() && c.word(wordTo) && c.spaces() {
		return true
	}
	c.i = at
	return false
}

// quantities tell that a number counts something and is no item of the list.
var quantities = []phrase{ph("ngày"), ph("tháng"), ph("năm"), ph("lần"), ph("giờ"), ph("người"), ph("bản"), ph("bộ"), ph("triệu"), ph("đồng"), ph("phút"), ph("nghìn")}

func (c *cursor) isQuantity() bool {
	at := c.i
	defer func() { c.i = at }()
	return strings.HasPrefix(c.s[c.i:], "%") || c.spaces() && c.word(quantities...)
}
