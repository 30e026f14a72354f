package extract

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// line is one line of a page in reading order. Positions are points from the lower left
// of the upright page.
type line struct {
	Text  string  `json:"t"`
	X0    float64 `json:"x"`
	X1    float64 `json:"r"`
	Y     float64 `json:"y"`           // baseline
	Size  float64 `json:"s"`           // of the letters
	Block int     `json:"b,omitempty"` // lines of one column share a number; 0 is the page's own text
	Row   bool    `json:"w,omitempty"` // a whole table row, cells joined by " | "
	// Artifact marks what the file itself calls no content, such as a running header.
	Artifact bool `json:"a,omitempty"`
}

// segment is a stretch of one line without a wide gap.
type segment struct {
	text           string
	x0, x1, y      float64
	size           float64
	artifact       bool
	legacy         encodingName
	capitals       bool
	endsWithSpaces bool
	cell           *tableCell // nil outside tables
}

// wideGap, in letter sizes, splits a line into segments: wider than any space between
// justified words in practice, narrower than the gap between two columns.
const wideGap = 1.5

// layoutPage turns glyphs in drawing order into lines in reading order. Turned text, such
// as a stamp along the margin, comes after the upright text.
func layoutPage(glyphs []glyph, rules []rule, width, height float64) []line {
	var out []line
	main := mainTurn(glyphs)
	for _, turn := range []int{main, (main + 1) % 4, (main + 2) % 4, (main + 3) % 4} {
		var part []glyph
		for _, g := range glyphs {
			if g.turned == turn && (turn != 0 || inside(g, width, height)) {
				part = append(part, g)
			}
		}
		if len(part) == 0 {
			continue
		}
		turned := rules
		if turn != 0 {
			turned = turnRules(rules, turn)
		}
		out = append(out, layoutUpright(part, turned, len(out))...)
	}
	return out
}

func mainTurn(glyphs []glyph) int {
	var count [4]int
	for _, g := range glyphs {
		count[g.turned]++
	}
	best := 0
	for i, n := range count {
		if n > count[best] {
			best = i
		}
	}
	return best
}

// inside drops what stands well off the page: printers' remarks and leftovers. A recognised
// text layer whose guessed letter widths run over the edge stays.
func inside(g glyph, width, height float64) bool {
	return g.X1 > -0.1*width && g.X0 < 1.1*width && g.Y > -0.05*height && g.Y < 1.05*height
}

// turnRules maps drawn lines the way place maps glyphs of that turn.
func turnRules(rules []rule, turn int) []rule {
	out := make([]rule, len(rules))
	for i, r := range rules {
		switch turn {
		case 1:
			out[i] = rule{r.Y0, -r.X1, r.Y1, -r.X0}
		case 2:
			out[i] = rule{-r.X1, -r.Y1, -r.X0, -r.Y0}
		default:
			out[i] = rule{-r.Y1, r.X0, -r.Y0, r.X1}
		}
	}
	return out
}

// layoutUpright: tables first, by their drawn lines; then columns by their gaps; the rest
// from top to bottom.
func layoutUpright(glyphs []glyph, rules []rule, blocksBefore int) []line {
	tables := findTables(rules)
	var loose []segment
	for _, s := range segmentsOf(glyphs, tables) {
		if s.cell != nil {
			s.cell.segs = append(s.cell.segs, s)
			continue
		}
		loose = append(loose, s)
	}
	rows := rowsOf(loose)
	var items []pageItem
	for _, t := range tables {
		items = append(items, t.items()...)
	}
	items = append(items, columnItems(rows)...)
	sort.SliceStable(items, func(i, j int) bool { return items[i].top > items[j].top })
	var out []line
	for i, it := range items {
		for _, l := range it.lines {
			if l.Block != 0 {
				l.Block += blocksBefore + i*100
			}
			out = append(out, l)
		}
	}
	return out
}

// pageItem is what is read as one piece: a plain line, a zone of columns, a table.
type pageItem struct {
	top   float64
	lines []line
}

// segmentsOf joins glyphs in drawing order while they follow each other on one baseline.
func segmentsOf(glyphs []glyph, tables []*table) []segment {
	var out []segment
	var cur *segment
	var raw strings.Builder
	flush := func() {
		if cur != nil {
			cur.text = finish(raw.String(), cur.legacy, cur.capitals)
			if cur.text != "" {
				out = append(out, *cur)
			}
		}
		cur = nil
		raw.Reset()
	}
	var lastText string
	var lastX float64
	for _, g := range glyphs {
		blank := strings.TrimFunc(g.Text, unicode.IsSpace) == ""
		cell := cellAt(tables, g)
		if cur != nil && (!follows(cur, g) || cell != cur.cell && !blank) {
			flush()
		}
		if blank {
			if cur != nil && g.Text != "" {
				cur.endsWithSpaces = true
			}
			continue
		}
		if cur == nil {
			cur = &segment{x0: g.X0, x1: g.X1, y: g.Y, size: g.Size, artifact: g.artifact,
				legacy: g.legacy, capitals: g.capitals, cell: cell}
			raw.WriteString(g.Text)
			lastText, lastX = g.Text, g.X0
			continue
		}
		if g.Text == lastText && math.Abs(g.X0-lastX) < 0.1*g.Size {
			continue // the same letter twice in place: bold made by overprinting
		}
		if cur.endsWithSpaces && g.X0-cur.x1 > 0.05*g.Size || g.X0-cur.x1 > 0.18*g.Size {
			raw.WriteByte(' ')
		}
		raw.WriteString(g.Text)
		cur.x1 = math.Max(cur.x1, g.X1)
		cur.size = math.Max(cur.size, g.Size)
		cur.endsWithSpaces = false
		lastText, lastX = g.Text, g.X0
	}
	flush()
	return out
}

// follows reports whether g continues the segment.
func follows(s *segment, g glyph) bool {
	size := math.Max(s.size, g.Size)
	gap := g.X0 - s.x1
	return math.Abs(g.Y-s.y) <= 0.3*size && gap < wideGap*size && gap > -0.6*size &&
		g.legacy == s.legacy && g.capitals == s.capitals && g.artifact == s.artifact
}

// finish cleans the text of one segment; text of an old font becomes Unicode first.
func finish(raw string, legacy encodingName, capitals bool) string {
	if legacy != "" {
		raw = fromLegacyRunes(raw, legacy)
		if capitals {
			raw = strings.ToUpper(raw)
		}
	}
	return tidyLine(norm.NFC.String(bulletLetters.Replace(raw)))
}

// bulletLetters are the private-use codes that symbol fonts show as bullets and boxes.
var bulletLetters = strings.NewReplacer("\uf0b7", "•", "\uf0a7", "•", "\uf0d8", "•", "\uf0fc", "✓", "\uf02d", "-",
	"\uf06f", "□", "\uf0a8", "□", "\uf071", "□", "\uf0fe", "☒", "\uf052", "☑", "\uf02b", "+", "\uf0e0", "→", "\uf0f0", "→", "\uf076", "•")

// textRow is the segments that share a baseline, from left to right.
type textRow struct {
	segs []segment
	y    float64
	size float64
}

func (r textRow) x0() float64 { return r.segs[0].x0 }

// rowsOf groups segments by baseline, from the top; raised and lowered letters stay with
// their line.
func rowsOf(segs []segment) []textRow {
	sort.SliceStable(segs, func(i, j int) bool { return segs[i].y > segs[j].y })
	var rows []textRow
	for _, s := range segs {
		if n := len(rows); n > 0 && rows[n-1].y-s.y <= 0.4*math.Max(rows[n-1].size, s.size) {
			r := &rows[n-1]
			if s.size > r.size {
				r.size, r.y = s.size, s.y // a footnote mark came first: the letters set the baseline
			}
			r.segs = append(r.segs, s)
			continue
		}
		rows = append(rows, textRow{segs: []segment{s}, y: s.y, size: s.size})
	}
	for i := range rows {
		rows[i].segs = joinSegments(rows[i].segs)
	}
	return rows
}

// joinSegments orders the segments of a row and joins neighbours without a wide gap, and
// list marks with what they mark.
func joinSegments(segs []segment) []segment {
	sort.SliceStable(segs, func(i, j int) bool { return segs[i].x0 < segs[j].x0 })
	out := segs[:1]
	for _, s := range segs[1:] {
		last := &out[len(out)-1]
		gap := s.x0 - last.x1
		size := math.Max(last.size, s.size)
		if s.text == last.text && math.Abs(s.x0-last.x0) < 0.25*size {
			continue // printed twice
		}
		if gap > wideGap*size && !(isListMark(last.text) && gap < 5*size) || s.artifact != last.artifact {
			out = append(out, s)
			continue
		}
		space := gap > 0.18*size || last.endsWithSpaces || isListMark(last.text) && gap > 0.05*size
		last.text = glue(last.text, s.text, space)
		last.x1 = math.Max(last.x1, s.x1)
		last.size = size
		last.endsWithSpaces = s.endsWithSpaces
	}
	return out
}

func glue(a, b string, space bool) string {
	if space {
		return a + " " + b
	}
	return norm.NFC.String(a + b)
}

// isListMark: "•", "-", "o", "1.", "12)", "a)", "đ)", "IV.", "1.2.3." at the start of a line.
func isListMark(s string) bool {
	r := []rune(s)
	if len(r) == 0 || len(r) > 8 {
		return false
	}
	if len(r) == 1 {
		return !unicode.IsDigit(r[0]) && (!unicode.IsLetter(r[0]) || r[0] == 'o')
	}
	last := r[len(r)-1]
	if last != '.' && last != ')' {
		return false
	}
	for _, c := range r[:len(r)-1] {
		if !unicode.IsDigit(c) && c != '.' && c != '(' && !strings.ContainsRune("IVXLivx", c) && !(unicode.IsLetter(c) && len(r) <= 3) {
			return false
		}
	}
	return true
}
