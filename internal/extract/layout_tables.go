package extract

import (
	"math"
	"sort"
	"strings"
)

// near is how far apart, in points, drawn lines may be and still meet.
const near = 3.0

// table is a grid made by drawn lines. xs grow to the right, ys fall from the top.
type table struct {
	xs, ys []float64
	cells  [][]*tableCell // [row][column]; joined cells share one
}

type tableCell struct {
	row, column int
	segs        []segment
}

// findTables groups drawn lines that touch into grids with at least two columns and two
// rows, or three columns. A lone box is a frame, not a table.
func findTables(rules []rule) []*table {
	across, down := mergeRules(rules)
	group := make([]int, len(across)+len(down))
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, h := range across {
		for j, v := range down {
			if v.X0 >= h.X0-near && v.X0 <= h.X1+near && h.Y0 >= v.Y0-near && h.Y0 <= v.Y1+near {
				group[find(i)] = find(len(across) + j)
			}
		}
	}
	var tables []*table
	for root := range group {
		if find(root) != root {
			continue
		}
		var hs, vs []rule
		for i, h := range across {
			if find(i) == root {
				hs = append(hs, h)
			}
		}
		for j, v := range down {
			if find(len(across)+j) == root {
				vs = append(vs, v)
			}
		}
		if t := newTable(hs, vs); t != nil {
			tables = append(tables, t)
		}
	}
	sort.SliceStable(tables, func(i, j int) bool { return tables[i].ys[0] > tables[j].ys[0] })
	return tables
}

// mergeRules joins pieces of one drawn line: programs draw a border cell by cell. More
// lines than a page of tables has are a drawing, and are left out.
func mergeRules(rules []rule) (across, down []rule) {
	const most = 6000
	if len(rules) > most {
		return nil, nil
	}
	for _, r := range rules {
		if r.X1-r.X0 >= r.Y1-r.Y0 {
			across = append(across, rule{r.X0, (r.Y0 + r.Y1) / 2, r.X1, (r.Y0 + r.Y1) / 2})
		} else {
			// Down lines are merged with their axes swapped, then swapped back.
			down = append(down, rule{r.Y0, (r.X0 + r.X1) / 2, r.Y1, (r.X0 + r.X1) / 2})
		}
	}
	across, down = mergeAlong(across), mergeAlong(down)
	for i, r := range down {
		down[i] = rule{r.Y0, r.X0, r.Y1, r.X1}
	}
	return across, down
}

// mergeAlong merges lines on nearly the same Y that touch or overlap along X, and drops
// what stays too short to border a cell.
func mergeAlong(rules []rule) []rule {
	sort.SliceStable(rules, func(i, j int) bool {
		if math.Abs(rules[i].Y0-rules[j].Y0) > 1 {
			return rules[i].Y0 < rules[j].Y0
		}
		return rules[i].X0 < rules[j].X0
	})
	var merged []rule
	for _, r := range rules {
		done := false
		for k := len(merged) - 1; k >= 0 && k >= len(merged)-64; k-- {
			m := &merged[k]
			if math.Abs(m.Y0-r.Y0) <= 1.5 && r.X0 <= m.X1+near && r.X1 >= m.X0-near {
				m.X0, m.X1 = math.Min(m.X0, r.X0), math.Max(m.X1, r.X1)
				done = true
				break
			}
		}
		if !done {
			merged = append(merged, r)
		}
	}
	const shortest = 6
	out := merged[:0]
	for _, m := range merged {
		if m.X1-m.X0 >= shortest {
			out = append(out, m)
		}
	}
	return out
}

func newTable(across, down []rule) *table {
	t := &table{}
	for _, h := range across {
		t.ys = append(t.ys, h.Y0)
	}
	for _, v := range down {
		t.xs = append(t.xs, v.X0)
	}
	t.xs, t.ys = distinct(t.xs), distinct(t.ys)
	for i, j := 0, len(t.ys)-1; i < j; i, j = i+1, j-1 {
		t.ys[i], t.ys[j] = t.ys[j], t.ys[i]
	}
	rows, columns := len(t.ys)-1, len(t.xs)-1
	if rows < 1 || columns < 2 || rows < 2 && columns < 3 || rows > 500 || columns > 100 {
		return nil
	}
	t.joinCells(rows, columns, across, down)
	return t
}

// distinct sorts values upwards and merges those closer than near.
func distinct(values []float64) []float64 {
	sort.Float64s(values)
	out := values[:0]
	for _, v := range values {
		if len(out) == 0 || v-out[len(out)-1] > near {
			out = append(out, v)
		}
	}
	return out
}

// joinCells makes the grid; neighbours without a line between them become one cell.
func (t *table) joinCells(rows, columns int, across, down []rule) {
	t.cells = make([][]*tableCell, rows)
	for r := range t.cells {
		t.cells[r] = make([]*tableCell, columns)
		for c := range t.cells[r] {
			y, x := (t.ys[r]+t.ys[r+1])/2, (t.xs[c]+t.xs[c+1])/2
			switch {
			case c > 0 && !drawnDown(down, t.xs[c], y):
				t.cells[r][c] = t.cells[r][c-1]
			case r > 0 && !drawnAcross(across, t.ys[r], x):
				t.cells[r][c] = t.cells[r-1][c]
			default:
				t.cells[r][c] = &tableCell{row: r, column: c}
			}
		}
	}
}

func drawnDown(down []rule, x, y float64) bool {
	for _, v := range down {
		if math.Abs(v.X0-x) <= near && y >= v.Y0-1 && y <= v.Y1+1 {
			return true
		}
	}
	return false
}

func drawnAcross(across []rule, y, x float64) bool {
	for _, h := range across {
		if math.Abs(h.Y0-y) <= near && x >= h.X0-1 && x <= h.X1+1 {
			return true
		}
	}
	return false
}

// cellAt is the cell the middle of g stands in; nil when it is in no table.
func cellAt(tables []*table, g glyph) *tableCell {
	x, y := (g.X0+g.X1)/2, g.Y+0.3*g.Size
	for _, t := range tables {
		if x < t.xs[0] || x > t.xs[len(t.xs)-1] || y > t.ys[0] || y < t.ys[len(t.ys)-1] {
			continue
		}
		c := sort.SearchFloat64s(t.xs, x) - 1
		r := sort.Search(len(t.ys), func(i int) bool { return t.ys[i] < y }) - 1
		if c >= 0 && c < len(t.xs)-1 && r >= 0 && r < len(t.ys)-1 {
			return t.cells[r][c]
		}
	}
	return nil
}

// items gives one line per row. A cell that spans rows is written in its first one.
func (t *table) items() []pageItem {
	var out []pageItem
	for r := range t.cells {
		if framed, ok := t.frame(r); ok {
			out = append(out, framed...)
			continue
		}
		l := line{Row: true, X0: t.xs[0], X1: t.xs[len(t.xs)-1], Y: t.ys[r+1], Artifact: true}
		var parts []string
		filled := false
		for c, cell := range t.cells[r] {
			if cell.column != c {
				continue // the rest of a cell that spans columns
			}
			text := ""
			if cell.row == r {
				text = cell.text()
			}
			for _, s := range cell.segs {
				l.Size = math.Max(l.Size, s.size)
				l.Artifact = l.Artifact && s.artifact
			}
			filled = filled || text != ""
			parts = append(parts, text)
		}
		if !filled {
			continue
		}
		l.Text = joinCellTexts(parts)
		l.Artifact = false
		out = append(out, pageItem{top: t.ys[r], lines: []line{l}})
	}
	return out
}

// frame reads a row that is one single cell as plain lines: it is a box around text.
func (t *table) frame(r int) ([]pageItem, bool) {
	first := t.cells[r][0]
	for _, cell := range t.cells[r] {
		if cell != first {
			return nil, false
		}
	}
	if first.row != r {
		return nil, true
	}
	var out []pageItem
	for i, row := range rowsOf(first.segs) {
		item := plainItem(row)
		item.lines[0].Block = 1
		item.top = t.ys[r] - float64(i)*1e-6 // in order, and all of them where the row stands
		out = append(out, item)
	}
	return out, true
}

// joinCellTexts writes a row; empty cells keep their place except at the end.
func joinCellTexts(parts []string) string {
	for len(parts) > 0 && tidyLine(parts[len(parts)-1]) == "" {
		parts = parts[:len(parts)-1]
	}
	return tidyLine(strings.Join(parts, " | "))
}

// text joins the lines of a cell into one.
func (c *tableCell) text() string {
	var words []string
	for _, r := range rowsOf(c.segs) {
		words = append(words, lineOf(r.segs, " ").Text)
	}
	return joinBroken(words)
}

// joinBroken joins lines of one paragraph by spaces; a line that ends in the middle of a
// compound with "-" or "/" is joined as it is written.
func joinBroken(lines []string) string {
	var b strings.Builder
	for i, s := range lines {
		if i > 0 && !endsInJoint(lines[i-1], s) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}

// endsInJoint: "168/2024/NĐ-" + "CP", "và/" + "hoặc": no space belongs there.
func endsInJoint(above, below string) bool {
	a, b := []rune(above), []rune(below)
	if len(a) < 2 || len(b) == 0 {
		return false
	}
	last, before := a[len(a)-1], a[len(a)-2]
	return (last == '-' || last == '/') && before != ' ' && before != last && b[0] != ' ' && b[0] != '-'
}
