package extract

import (
	"math"
	"strings"
)

// gutter is an empty upright strip between two columns.
type gutter struct{ x0, x1 float64 }

// narrowest is the least width, in letter sizes, of a gutter that all rows leave empty.
const narrowest = 0.8

// columnItems reads rows from the top. Where several rows leave the same gutter empty
// they are columns: two are read one after the other, more are read row by row.
func columnItems(rows []textRow) []pageItem {
	var out []pageItem
	for i := 0; i < len(rows); {
		end, gutters := columnZone(rows, i)
		if end == i {
			out = append(out, plainItem(rows[i]))
			i++
			continue
		}
		start := i - rightAbove(rows[:i], gutters)
		out = append(out[:len(out)-(i-start)], zoneItem(rows[start:end], gutters))
		i = end
	}
	return out
}

// columnZone finds how far a zone of columns that starts at row i goes; end is i when
// none starts there. A row with text on the right side only belongs to the zone, for no
// line of plain text starts there; rows on the left only do when the zone goes on below.
func columnZone(rows []textRow, i int) (end int, gutters []gutter) {
	if len(rows[i].segs) < 2 {
		return i, nil
	}
	gutters = gapsOf(rows[i])
	end, kept := i, gutters
	if strings.HasPrefix(rows[i].segs[0].text, "Nơi nhận") {
		end = i + 1 // the foot of an instrument, even when the page ends below it
	}
	for j := i + 1; j < len(rows) && j < i+400; j++ {
		gutters = narrow(gutters, rows[j])
		if len(gutters) == 0 || rows[j-1].y-rows[j].y > 12*rows[j].size {
			break
		}
		left, right := sides(gutters, rows[j])
		if right || end == j && end > i && left && continuesColumn(rows[i:j], rows[j]) {
			end, kept = j+1, gutters
		}
	}
	return end, kept
}

// rightAbove counts the rows just above a zone that stand over its right column only: the
// first line of a signature above "Nơi nhận:".
func rightAbove(above []textRow, gutters []gutter) int {
	n := 0
	for k := len(above) - 1; k >= 0 && n < 3; k-- {
		r := above[k]
		if len(r.segs) != 1 || r.x0() < gutters[len(gutters)-1].x1-2*r.size || r.x0() < gutters[0].x0+5*r.size {
			break
		}
		n++
	}
	return n
}

// continuesColumn: the last lines of a longer left column stand alone, close below it.
func continuesColumn(zone []textRow, row textRow) bool {
	above := zone[len(zone)-1]
	return above.y-row.y < 1.6*row.size && math.Abs(row.x0()-above.x0()) < 1.2*row.size
}

func gapsOf(r textRow) []gutter {
	var out []gutter
	for k := 1; k < len(r.segs); k++ {
		out = append(out, gutter{r.segs[k-1].x1, r.segs[k].x0})
	}
	return out
}

// narrow keeps of each gutter the widest part that the row leaves empty.
func narrow(gutters []gutter, r textRow) []gutter {
	var out []gutter
	for _, g := range gutters {
		left, right := g.x0, g.x1
		for _, s := range r.segs {
			switch {
			case s.x1 <= left || s.x0 >= right:
			case s.x0-left >= right-s.x1:
				right = s.x0
			default:
				left = s.x1
			}
		}
		if right-left >= narrowest*r.size {
			out = append(out, gutter{left, right})
		}
	}
	return out
}

// sides reports on which side of the gutters the row has text.
func sides(gutters []gutter, r textRow) (left, right bool) {
	for _, g := range gutters {
		for _, s := range r.segs {
			left = left || s.x1 <= g.x0+0.5
			right = right || s.x0 >= g.x1-0.5
		}
	}
	return left, right
}

func plainItem(r textRow) pageItem {
	l := lineOf(r.segs, " ")
	l.Y = r.y
	return pageItem{top: r.y + r.size, lines: []line{l}}
}

// lineOf joins segments of one row into a line.
func lineOf(segs []segment, by string) line {
	l := line{X0: segs[0].x0, X1: segs[0].x1, Y: segs[0].y, Artifact: true}
	var parts []string
	for _, s := range segs {
		parts = append(parts, s.text)
		l.X0, l.X1 = math.Min(l.X0, s.x0), math.Max(l.X1, s.x1)
		l.Size = math.Max(l.Size, s.size)
		l.Artifact = l.Artifact && s.artifact
	}
	l.Text = strings.Join(parts, by)
	return l
}

// zoneItem reads two columns one after the other; three or more are a table without
// drawn lines and are read row by row.
func zoneItem(rows []textRow, gutters []gutter) pageItem {
	item := pageItem{top: rows[0].y + rows[0].size}
	if len(gutters) > 1 {
		for _, r := range rows {
			l := lineOf(r.segs, " | ")
			l.Y, l.Row = r.y, true
			item.lines = append(item.lines, l)
		}
		return item
	}
	mid := (gutters[0].x0 + gutters[0].x1) / 2
	for side, block := range []int{1, 2} {
		for _, r := range rows {
			var segs []segment
			for _, s := range r.segs {
				if ((s.x0+s.x1)/2 > mid) == (side == 1) {
					segs = append(segs, s)
				}
			}
			if len(segs) > 0 {
				l := lineOf(segs, " ")
				l.Y, l.Block = r.y, block
				item.lines = append(item.lines, l)
			}
		}
	}
	return item
}
