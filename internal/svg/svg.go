// Package svg writes drawings of lines, bars, dots and words. Colours are classes, so that
// the page a drawing stands in decides for light and dark. Words are escaped.
package svg

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"
)

// Drawing gathers the elements of one picture, measured in units of its own width.
type Drawing struct {
	Width, Height float64

	b strings.Builder
}

// New starts an empty drawing.
func New(width, height float64) *Drawing { return &Drawing{Width: width, Height: height} }

func (d *Drawing) add(format string, args ...any) { fmt.Fprintf(&d.b, format+"\n", args...) }

// Line draws from one point to another.
func (d *Drawing) Line(class string, x1, y1, x2, y2 float64) {
	d.add(`<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

// Text writes words; anchor is start, middle or end.
func (d *Drawing) Text(class, anchor string, x, y float64, words string) {
	d.add(`<text class="%s" text-anchor="%s" x="%.1f" y="%.1f">%s</text>`, class, anchor, x, y, html.EscapeString(words))
}

// Bar draws a box; title is what a pointer resting on it reads.
func (d *Drawing) Bar(class string, x, y, w, h float64, title string) {
	d.add(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="2"><title>%s</title></rect>`, class, x, y, math.Max(w, 0), math.Max(h, 0), html.EscapeString(title))
}

// Dot draws a point.
func (d *Drawing) Dot(class string, x, y float64, title string) {
	d.add(`<circle class="%s" cx="%.1f" cy="%.1f" r="4"><title>%s</title></circle>`, class, x, y, html.EscapeString(title))
}

// Path joins points by straight lines.
func (d *Drawing) Path(class string, points [][2]float64) {
	var to strings.Builder
	for i, p := range points {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&to, "%s%.1f %.1f", letter, p[0], p[1])
	}
	d.add(`<path class="%s" d="%s"/>`, class, to.String())
}

// Done closes the drawing; label tells what it shows to those who do not see it.
func (d *Drawing) Done(label string) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="%s">`+"\n%s</svg>", d.Width, d.Height, html.EscapeString(label), d.b.String()))
}
