package parse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// group reads the levels of one place, smallest first. At least one level is there.
func (c *cursor) group() (g group, ok bool) {
	at := c.i
	if g.annexes, _ = c.level(wordAnnex, false, c.annexNumber); g.annexes != nil {
		return g, true
	}
	var samePoint bool
	g.points, samePoint = c.level(wordPoint, false, c.pointLetter)
	mid := c.i
	c.between(g.points != nil)
	g.clauses, g.sameClause = c.level(wordClause, g.points != nil, c.articleNumber)
	if g.clauses == nil && !g.sameClause {
		c.i = mid
	}
	mid = c.i
	c.between(g.clauses != nil || g.sameClause || g.points != nil)
	g.articles, g.sameArticle = c.level(wordArticle, g.points != nil || g.clauses != nil, c.articleNumber)
	if !g.upper() {
		c.i = mid
	}
	if samePoint && g.clauses == nil && !g.upper() {
		g.points = []string{c.reader.In.Point}
		if c.reader.In.Point == "" {
			c.i = at
			return g, false
		}
	}
	if g.points == nil && g.clauses == nil && !g.sameClause && !g.upper() {
		c.i = at
		return g, false
	}
	c.trimBack(at)
	return g, true
}

// between steps over what may stand between levels: a space, "của", "thuộc", a comma.
func (c *cursor) between(read bool) {
	if !read {
		return
	}
	at := c.i
	c.spaces()
	if strings.HasPrefix(c.s[c.i:], ",") {
		c.i++
		c.spaces()
	}
	if c.word(wordOf, wordOf2, wordAt) {
		c.spaces()
	}
	if !c.atLevel() {
		c.i = at
	}
}

var wordOf, wordOf2, wordAt = ph("của"), ph("thuộc"), ph("tại")

// trimBack gives back white space read past the end.
func (c *cursor) trimBack(from int) {
	c.i = from + len(strings.TrimRight(c.s[from:c.i], " \n\t\u00a0"))
}

func (c *cursor) articleNumber() string {
	w := articleWidth(c.s[c.i:])
	if w == 0 || w > 5 || startsWord(c.s[c.i+w:]) || decimal(c.s[c.i+w:]) {
		return ""
	}
	n := c.s[c.i : c.i+w]
	c.i += w
	return strings.ToLower(n)
}

// decimal tells that "5/2014" or "5.000" goes on as another number.
func decimal(rest string) bool {
	return len(rest) > 1 && (rest[0] == '/' || rest[0] == '.' || rest[0] == ',') && isDigit(rune(rest[1]))
}

func (c *cursor) pointLetter() string {
	low, w := utf8.DecodeRuneInString(c.s[c.i:])
	if w == 0 || !strings.ContainsRune(pointLetters, lowerPoint(low)) {
		return ""
	}
	if rest := c.s[c.i+w:]; rest != "" && isDigit(rune(rest[0])) && !startsWord(rest[1:]) {
		w++
	}
	if startsWord(c.s[c.i+w:]) {
		return ""
	}
	p := c.s[c.i : c.i+w]
	c.i += w
	if strings.HasPrefix(c.s[c.i:], ")") { // "điểm a)"
		c.i++
	}
	return strings.ToLower(p)
}

func lowerPoint(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == 'Đ':
		return 'đ'
	}
	return r
}

// annexNumber reads "II", "1", "I.1", "II-A".
func (c *cursor) annexNumber() string {
	end := c.i
	for end < len(c.s) {
		b := c.s[end]
		inner := (b == '.' || b == '-') && end > c.i && end+1 < len(c.s) && (isDigit(rune(c.s[end+1])) || c.s[end+1] >= 'A' && c.s[end+1] <= 'Z')
		if !isDigit(rune(b)) && (b < 'A' || b > 'Z') && !inner {
			break
		}
		end++
	}
	if end < len(c.s) && startsWord(c.s[end:]) || end-c.i > 10 {
		return ""
	}
	n := c.s[c.i:end]
	c.i = end
	return n
}

// between lists what follows from up to last: numbers by one, letters along the order of
// điểm; only last where they do not count up.
func between(from, last string) []string {
	a, as := splitNumber(from)
	b, bs := splitNumber(last)
	var out []string
	if a > 0 && as == "" && bs == "" && b > a && b-a < maxPlaces {
		for n := a + 1; n <= b; n++ {
			out = append(out, strconv.Itoa(n))
		}
		return out
	}
	i, j := strings.Index(pointLetters, from), strings.Index(pointLetters, last)
	if a == 0 && b == 0 && i >= 0 && j > i && utf8.RuneCountInString(from) == 1 && utf8.RuneCountInString(last) == 1 {
		for k, r := range pointLetters {
			if k > i && k <= j && !strings.ContainsRune("fjwz", r) {
				out = append(out, string(r))
			}
		}
		return out
	}
	return []string{last}
}
