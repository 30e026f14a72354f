package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
)

// SplitArticle cuts the words of one article into what stands before the first khoản,
// the khoản and their điểm. Article.FullText of the result has the same words in the
// same order. A marker that does not follow on from the one before it stays text: lists
// inside a point, quoted articles, "2010. …".
func SplitArticle(text string) (intro string, clauses []corpus.Clause) {
	s := splitter{loose: strings.Count(text, "“") != strings.Count(text, "”")}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			s.line(line)
		}
	}
	s.closePoint()
	return s.intro.String(), s.clauses
}

// splitter reads lines top down; body is the text being added to.
type splitter struct {
	intro   strings.Builder
	clauses []corpus.Clause
	body    strings.Builder
	in      place
	quoted  int  // open “ without ”
	loose   bool // quotation marks do not pair up in this text: pay no heed to them
}

type place int

const (
	inIntro place = iota
	inClause
	inPoint
)

func (s *splitter) line(line string) {
	quotedBefore := s.quoted > 0
	s.quoted = max(0, s.quoted+strings.Count(line, "“")-strings.Count(line, "”"))
	if !quotedBefore || s.loose {
		if n, rest, ok := clauseMark(line); ok && s.nextClause(n) {
			s.closePoint()
			s.clauses = append(s.clauses, corpus.Clause{Number: n})
			s.in = inClause
			s.add(rest)
			return
		}
		if l, rest, ok := pointMark(line); ok && s.nextPoint(l) {
			s.closePoint()
			if len(s.clauses) == 0 {
				s.clauses = append(s.clauses, corpus.Clause{})
			}
			c := &s.clauses[len(s.clauses)-1]
			c.Points = append(c.Points, corpus.Point{Letter: l})
			s.in = inPoint
			s.add(rest)
			return
		}
	}
	s.add(line)
}

func (s *splitter) add(line string) {
	b := &s.body
	if s.in == inIntro {
		b = &s.intro
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(line)
}

// closePoint puts the body where it belongs: into the last point or the last clause.
func (s *splitter) closePoint() {
	if s.in == inIntro {
		return
	}
	c := &s.clauses[len(s.clauses)-1]
	if s.in == inPoint {
		c.Points[len(c.Points)-1].Text = s.body.String()
	} else {
		c.Text = s.body.String()
	}
	s.body.Reset()
}

// nextClause reports whether clause n may follow the last one. Up to three numbers may
// be missing, since repealed clauses leave gaps.
func (s *splitter) nextClause(n string) bool {
	num, suffix := splitNumber(n)
	last, lastSuffix := 0, ""
	if k := len(s.clauses); k > 0 {
		last, lastSuffix = splitNumber(s.clauses[k-1].Number)
	}
	if num == last {
		return suffix > lastSuffix
	}
	return num > last && num <= last+4
}

func (s *splitter) nextPoint(l string) bool {
	if len(s.clauses) == 0 {
		return pointRank(l) == pointRank("a")
	}
	p := s.clauses[len(s.clauses)-1].Points
	if len(p) == 0 {
		return pointRank(l) <= pointRank("c")
	}
	a, b := pointRank(p[len(p)-1].Letter), pointRank(l)
	return b > a && b <= a+50
}

// pointRank orders letters: ten per letter of the alphabet, plus the digit of "a1".
func pointRank(l string) int {
	w := letterWidth(l)
	n, _ := scanInt(l[w:], 1)
	return 10*len([]rune(pointLetters[:strings.Index(pointLetters, l[:w])])) + n
}

func splitNumber(n string) (int, string) {
	i := 0
	v := 0
	for i < len(n) && isDigit(rune(n[i])) {
		v = v*10 + int(n[i]-'0')
		i++
	}
	return v, n[i:]
}

// clauseMark reads "2." or "2a." at the start of a line; not "2.1." nor "2.000".
func clauseMark(line string) (n, rest string, ok bool) {
	w := articleWidth(line)
	if w == 0 || w > 4 || w >= len(line) || line[w] != '.' {
		return "", "", false
	}
	rest = line[w+1:]
	if rest != "" && isDigit(rune(rest[0])) {
		return "", "", false
	}
	return line[:w], strings.TrimSpace(rest), true
}

// pointMark reads "a)" or "a1)" at the start of a line.
func pointMark(line string) (l, rest string, ok bool) {
	w := letterWidth(line)
	if w == 0 {
		return "", "", false
	}
	if w < len(line) && isDigit(rune(line[w])) {
		w++
	}
	if w >= len(line) || line[w] != ')' {
		return "", "", false
	}
	return line[:w], strings.TrimSpace(line[w+1:]), true
}
