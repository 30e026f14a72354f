package extract

import (
	"math"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// paragraphs joins the lines of all pages into paragraphs and returns the text of each
// page. A paragraph that crosses a page end stays on the page where it began.
func paragraphs(pages []pdfPageText) []string {
	out := make([]string, len(pages))
	rights := blockRights(pages)
	var current []line // lines of the paragraph being built
	home := 0
	flush := func() {
		if len(current) == 0 {
			return
		}
		var texts []string
		for _, l := range current {
			texts = append(texts, l.Text)
		}
		if text := tidyLine(joinBroken(texts)); text != "" && !isOrnament(text) {
			if out[home] != "" {
				out[home] += "\n"
			}
			out[home] += text
		}
		current = current[:0]
	}
	for i, p := range pages {
		for k, l := range p.Lines {
			crossing := k == 0
			if isOrnament(l.Text) {
				flush()
				continue
			}
			if crossing && len(current) == 1 {
				if whole, ok := joinSplitRow(current[0], l); ok {
					current[0].Text = whole
					continue
				}
			}
			if len(current) == 0 || !continues(current, l, rights[i][l.Block], crossing) {
				flush()
				home = i
			}
			current = append(current, withRight(l, rights[i][l.Block]))
		}
	}
	flush()
	return out
}

// joinSplitRow joins a table row that a page end cut in two: the rest begins with at least
// two empty cells, where a new row would name what it is about.
func joinSplitRow(above, below line) (string, bool) {
	upper, lower := strings.Split(above.Text, "|"), strings.Split(below.Text, "|")
	if !above.Row || !below.Row || len(upper) != len(lower) || len(lower) < 3 || tidyLine(lower[0]) != "" || tidyLine(lower[1]) != "" {
		return "", false
	}
	for i := range upper {
		upper[i] = tidyLine(upper[i] + " " + lower[i])
	}
	return joinCellTexts(upper), true
}

// withRight remembers how far the line could have reached, in place of its block number
// which has done its work: full lines have Block 1.
func withRight(l line, right float64) line {
	width := l.X1 - l.X0
	// Where all lines are short, as in a form, none is full.
	full := right-l.X1 < 3.5*l.Size && (width > 15*l.Size || l.Block != 0 && width > 8*l.Size) || isAllCaps(l.Text) && width > 0.6*(right-72)
	block := l.Block
	l.Block = block << 1
	if full {
		l.Block |= 1
	}
	return l
}

// continues reports whether l goes on with the paragraph whose lines so far are current.
func continues(current []line, l line, right float64, crossing bool) bool {
	last := current[len(current)-1]
	full, block := last.Block&1 == 1, last.Block>>1
	switch {
	case l.Row || last.Row, block != l.Block && !crossing, !full:
		return false
	case math.Abs(last.Size-l.Size) > 0.15*math.Max(last.Size, l.Size):
		return false
	case !crossing && last.Y-l.Y > 2.1*math.Max(l.Size, last.Size), !crossing && last.Y-l.Y <= 0:
		return false
	case startsUnit(l.Text) && !(endsOpen(last.Text) && !indented(current, l)):
		return false
	case startsBullet(l.Text):
		return false
	}
	if indented(current, l) && endsSentence(last.Text) {
		return false
	}
	// A title in capitals runs over several centred lines; a short one stands alone.
	if isAllCaps(last.Text) && isAllCaps(l.Text) {
		return !startsUnit(last.Text)
	}
	// A centred heading fills its line by chance; what follows it begins in capitals.
	if isAllCaps(last.Text) != isAllCaps(l.Text) && len(current) <= 3 && isAllCaps(last.Text) {
		return false
	}
	return !indented(current, l) || !endsSentence(last.Text) && startsLower(l.Text)
}

// indented: l starts further right than a line that goes on would. After a first line
// that was itself indented or hung, the later lines show the margin.
func indented(current []line, l line) bool {
	first := current[0]
	if len(current) > 1 {
		return l.X0 > current[len(current)-1].X0+1.2*l.Size
	}
	// After one line, text that goes on stands further left (first line indented), level,
	// or right of a list mark that hangs.
	if hangs(first.Text) {
		return l.X0 > first.X0+5*l.Size
	}
	return l.X0 > first.X0+0.8*l.Size
}

func hangs(text string) bool {
	mark, _, _ := strings.Cut(text, " ")
	return isListMark(mark)
}

// unitStart matches the first words of a part of an instrument, as a parser looks for them.
var unitStart = regexp.MustCompile(`^(?:Điều \d+[a-zđ]?\s*[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục) (?:[IVXLC]+|\d+|thứ \p{L}+|THỨ \p{Lu}+)\b|(?:Phụ lục|PHỤ LỤC|Mẫu số)|\d{1,3}[a-zđ]?\.\s*\P{Ll}|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s|[a-zđ]{1,2}\d?\)\s|[IVX]{1,5}\.\s|Căn cứ \p{Lu}|THỦ TỤC \d)`)

func startsUnit(s string) bool { return unitStart.MatchString(s) }

func startsBullet(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("•-–—+*▪■□☐☑✓➢❖o", r) && n < len(s) && s[n] == ' '
}

// endsOpen: the sentence visibly goes on: no full stop, or a word that calls for a number.
func endsOpen(s string) bool {
	if endsSentence(s) {
		return false
	}
	last := s[strings.LastIndexByte(s, ' ')+1:]
	switch strings.ToLower(last) {
	case "điều", "khoản", "điểm", "tại", "và", "hoặc", "các", "đến", "từ", "của", "theo", "số", "mục", "chương", "này,", "phụ", "mẫu":
		return true
	}
	return strings.HasSuffix(s, ",")
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"”’')»`)
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, ";") || strings.HasSuffix(s, ":") ||
		strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func isAllCaps(s string) bool {
	upper := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2
}

// blockRights finds, for each page and block, how far to the right its lines reach. The
// page's own text takes the usual reach of pages of that width, so that a last page with
// three short lines is not taken for a narrow column of full ones.
func blockRights(pages []pdfPageText) []map[int]float64 {
	usual := map[int][]float64{}
	out := make([]map[int]float64, len(pages))
	for i, p := range pages {
		reach := map[int][]float64{}
		for _, l := range p.Lines {
			if !l.Row {
				reach[l.Block] = append(reach[l.Block], l.X1)
			}
		}
		out[i] = map[int]float64{}
		for block, xs := range reach {
			sort.Float64s(xs)
			out[i][block] = xs[len(xs)*9/10]
		}
		if len(reach[0]) >= 5 {
			usual[int(p.Width)] = append(usual[int(p.Width)], out[i][0])
		}
	}
	for i, p := range pages {
		if rights := usual[int(p.Width)]; len(rights) > 0 {
			sort.Float64s(rights)
			out[i][0] = math.Max(out[i][0], rights[len(rights)/2])
		}
	}
	return out
}

// medianOf sorts values and returns the middle one; there must be at least one.
func medianOf(values []float64) float64 {
	sort.Float64s(values)
	return values[len(values)/2]
}
