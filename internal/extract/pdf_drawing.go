package extract

import "math"

// thinnest is how wide, in points, a filled rectangle may be to count as a drawn line.
const thinnest = 3.0

// drawing follows paths as far as straight lines along the axes go.
func (c *canvas) drawing(op string, num func(int) float64) {
	switch op {
	case "m":
		c.px, c.py = num(0), num(1)
		c.sx, c.sy = c.px, c.py
	case "l":
		c.lineTo(num(0), num(1))
	case "c":
		c.px, c.py = num(4), num(5)
	case "v", "y":
		c.px, c.py = num(2), num(3)
	case "h":
		c.lineTo(c.sx, c.sy)
	case "re":
		x, y, w, h := num(0), num(1), num(2), num(3)
		c.px, c.py, c.sx, c.sy = x, y, x, y
		c.lineTo(x+w, y)
		c.lineTo(x+w, y+h)
		c.lineTo(x, y+h)
		c.lineTo(x, y)
	case "s", "b", "b*":
		c.lineTo(c.sx, c.sy)
		c.paint(true)
	case "S", "B", "B*":
		c.paint(true)
	case "f", "F", "f*":
		c.paint(false)
	case "n":
		c.path = c.path[:0]
	}
}

func (c *canvas) lineTo(x, y float64) {
	if len(c.path) < 4096 {
		x0, y0 := c.state.ctm.apply(c.px, c.py)
		x1, y1 := c.state.ctm.apply(x, y)
		c.path = append(c.path, rule{x0, y0, x1, y1})
	}
	c.px, c.py = x, y
}

// paint keeps the straight lines of the path. A stroke draws every edge; a fill draws a
// line only where the filled shape is thin, as word processors draw table borders.
func (c *canvas) paint(stroke bool) {
	defer func() { c.path = c.path[:0] }()
	if len(c.path) == 0 || len(c.rules) >= maxRules {
		return
	}
	if stroke {
		for _, r := range c.path {
			c.addRule(r)
		}
		return
	}
	// Several rectangles may be filled at once; each has four edges.
	for i := 0; i+4 <= len(c.path); i += 4 {
		c.addThin(c.path[i : i+4])
	}
	if len(c.path) == 3 { // closed by the fill itself
		c.addThin(c.path)
	}
}

func (c *canvas) addThin(edges []rule) {
	box := rule{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, e := range edges {
		box.X0 = math.Min(box.X0, math.Min(e.X0, e.X1))
		box.X1 = math.Max(box.X1, math.Max(e.X0, e.X1))
		box.Y0 = math.Min(box.Y0, math.Min(e.Y0, e.Y1))
		box.Y1 = math.Max(box.Y1, math.Max(e.Y0, e.Y1))
	}
	w, h := box.X1-box.X0, box.Y1-box.Y0
	switch {
	case h <= thinnest && w > h:
		mid := (box.Y0 + box.Y1) / 2
		c.addRule(rule{box.X0, mid, box.X1, mid})
	case w <= thinnest:
		mid := (box.X0 + box.X1) / 2
		c.addRule(rule{mid, box.Y0, mid, box.Y1})
	}
}

// addRule keeps r when it runs along an axis, with its ends in order.
func (c *canvas) addRule(r rule) {
	if !(math.Abs(r.X0)+math.Abs(r.Y0)+math.Abs(r.X1)+math.Abs(r.Y1) < 1e6) {
		return
	}
	if math.Abs(r.X1-r.X0) > 1 && math.Abs(r.Y1-r.Y0) > 1 {
		return
	}
	if r.X0 > r.X1 {
		r.X0, r.X1 = r.X1, r.X0
	}
	if r.Y0 > r.Y1 {
		r.Y0, r.Y1 = r.Y1, r.Y0
	}
	c.rules = append(c.rules, r)
}
