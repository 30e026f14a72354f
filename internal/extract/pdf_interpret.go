package extract

import "math"

// glyph is one piece of text on the page. X0 to X1 is its advance along the baseline, in
// points from the left of the upright page; Y is the baseline, growing upwards.
type glyph struct {
	X0, X1, Y, Size float64
	Text            string
	legacy          encodingName
	capitals        bool
	turned          int  // quarter turns anticlockwise against the page
	artifact        bool // marked by the file as not part of the content
}

// rule is a drawn straight line, from which tables are recognised.
type rule struct{ X0, Y0, X1, Y1 float64 }

// resources are the names a content stream may use. The interpreter sees PDF objects only
// through it, so that it can be tested on bytes alone.
type resources interface {
	// font returns nil for an unknown name.
	font(name string) *font
	// form returns a form's content, its own resources (nil: those of the page) and matrix.
	form(name string) (content []byte, own resources, m matrix, ok bool)
}

// Limits for one page. A real page of dense text has some 6,000 glyphs; a map or a
// drawing may have a million operators.
const (
	maxGlyphs    = 200_000
	maxOperators = 5_000_000
	maxRules     = 20_000
	maxForms     = 12   // forms inside forms
	maxFormRuns  = 5000 // forms drawn in all: one that draws itself three times has 3^12
	maxSaved     = 256
)

// interpreter collects the text and the straight lines of one page.
type interpreter struct {
	glyphs    []glyph
	rules     []rule
	operators int
	formRuns  int
	exceeded  bool // a limit was met; the rest of the page is missing
}

// graphics is the state that q saves and Q brings back.
type graphics struct {
	ctm                                        matrix
	font                                       *font
	size, charSpace, wordSpace, scale, leading float64
	rise                                       float64
}

// canvas is the state of one content stream while it runs.
type canvas struct {
	*interpreter
	res       resources
	state     graphics
	saved     []graphics
	tm, tlm   matrix
	path      []rule
	px, py    float64 // current point, in user space
	sx, sy    float64 // start of the subpath
	artifacts []bool  // one entry per open marked-content sequence
	depth     int
}

// run interprets content; ctm turns its user space into the upright page.
func (in *interpreter) run(content []byte, res resources, ctm matrix, depth int) {
	c := &canvas{interpreter: in, res: res, tm: identity, tlm: identity, depth: depth}
	c.state = graphics{ctm: ctm, scale: 1}
	lex := contentLexer{data: content}
	var args []operand
	for {
		op, got, ok := lex.next(args)
		args = got
		if !ok || in.exceeded {
			return
		}
		in.operators++
		if in.operators > maxOperators {
			in.exceeded = true
			return
		}
		c.do(op, args)
	}
}

// do carries out one operator: first text, then graphics, then paths.
func (c *canvas) do(op string, args []operand) {
	num := func(i int) float64 {
		if i < len(args) && !math.IsNaN(args[i].num) && !math.IsInf(args[i].num, 0) {
			return args[i].num
		}
		return 0
	}
	if c.text(op, args, num) || c.structure(op, args, num) {
		return
	}
	c.drawing(op, num)
}

func (c *canvas) text(op string, args []operand, num func(int) float64) bool {
	switch op {
	case "BT":
		c.tm, c.tlm = identity, identity
	case "Tf":
		if len(args) >= 2 {
			c.state.font, c.state.size = c.res.font(args[0].str), num(1)
		}
	case "Tc":
		c.state.charSpace = num(0)
	case "Tw":
		c.state.wordSpace = num(0)
	case "Tz":
		c.state.scale = num(0) / 100
	case "TL":
		c.state.leading = num(0)
	case "Ts":
		c.state.rise = num(0)
	case "Td":
		c.newLine(num(0), num(1))
	case "TD":
		c.state.leading = -num(1)
		c.newLine(num(0), num(1))
	case "Tm":
		c.tm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}
		c.tlm = c.tm
	case "T*":
		c.newLine(0, -c.state.leading)
	case "'", "Tj", "\"":
		c.showOperator(op, args, num)
	case "TJ":
		c.showArray(args)
	default:
		return false
	}
	return true
}

func (c *canvas) showOperator(op string, args []operand, num func(int) float64) {
	if op == "\"" {
		c.state.wordSpace, c.state.charSpace = num(0), num(1)
	}
	if op != "Tj" {
		c.newLine(0, -c.state.leading)
	}
	if len(args) > 0 {
		c.show(args[len(args)-1].str)
	}
}

func (c *canvas) showArray(args []operand) {
	if len(args) == 0 {
		return
	}
	for _, piece := range args[0].array {
		if piece.kind == stringOperand {
			c.show(piece.str)
			continue
		}
		c.tm = shift(-piece.num/1000*c.state.size*c.state.scale, 0).then(c.tm)
	}
}

func (c *canvas) structure(op string, args []operand, num func(int) float64) bool {
	switch op {
	case "q":
		if len(c.saved) < maxSaved {
			c.saved = append(c.saved, c.state)
		}
	case "Q":
		if n := len(c.saved); n > 0 {
			c.state, c.saved = c.saved[n-1], c.saved[:n-1]
		}
	case "cm":
		c.state.ctm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}.then(c.state.ctm)
	case "BMC", "BDC":
		inside := len(c.artifacts) > 0 && c.artifacts[len(c.artifacts)-1]
		if len(c.artifacts) < maxSaved {
			c.artifacts = append(c.artifacts, inside || len(args) > 0 && args[0].str == "Artifact")
		}
	case "EMC":
		if n := len(c.artifacts); n > 0 {
			c.artifacts = c.artifacts[:n-1]
		}
	case "Do":
		if len(args) > 0 {
			c.form(args[0].str)
		}
	default:
		return false
	}
	return true
}

func (c *canvas) form(name string) {
	if c.formRuns++; c.depth >= maxForms {
		return
	}
	if c.formRuns > maxFormRuns {
		c.exceeded = true
		return
	}
	content, own, m, ok := c.res.form(name)
	if !ok {
		return
	}
	if own == nil {
		own = c.res
	}
	c.run(content, own, m.then(c.state.ctm), c.depth+1)
}

func (c *canvas) newLine(x, y float64) {
	c.tlm = shift(x, y).then(c.tlm)
	c.tm = c.tlm
}

// show places the glyphs of one string and moves the text position behind them.
func (c *canvas) show(s string) {
	st := &c.state
	if st.font == nil {
		return
	}
	artifact := len(c.artifacts) > 0 && c.artifacts[len(c.artifacts)-1]
	for _, g := range st.font.decode(s) {
		if len(c.glyphs) >= maxGlyphs {
			c.exceeded = true
			return
		}
		at := matrix{st.size * st.scale, 0, 0, st.size, 0, st.rise}.then(c.tm).then(st.ctm)
		advance := g.width/1000*st.size + st.charSpace
		inked := g.width / 1000 * st.size * st.scale
		if g.space {
			advance += st.wordSpace
		}
		end := shift(inked, 0).then(c.tm).then(st.ctm)
		c.tm = shift(advance*st.scale, 0).then(c.tm)
		if out, ok := place(at, end, g.text); ok {
			out.legacy, out.capitals, out.artifact = st.font.legacy, st.font.capitals, artifact
			c.glyphs = append(c.glyphs, out)
		}
	}
}

// place turns a glyph's matrices into upright coordinates along its own baseline, so that
// a page of turned text reads like any other. ok is false when the numbers make no sense.
func place(at, end matrix, text string) (glyph, bool) {
	g := glyph{Text: text, Size: math.Hypot(at[2], at[3])}
	if !(g.Size > 0.01 && g.Size < 5000) || math.Abs(at[4]) > 1e6 || math.Abs(at[5]) > 1e6 {
		return glyph{}, false
	}
	x0, y0, x1, y1 := at[4], at[5], end[4], end[5]
	switch {
	case math.Abs(at[1]) <= math.Abs(at[0]) && at[0] >= 0:
		g.X0, g.X1, g.Y = x0, x1, y0
	case math.Abs(at[1]) <= math.Abs(at[0]):
		g.X0, g.X1, g.Y, g.turned = -x0, -x1, -y0, 2
	case at[1] > 0:
		g.X0, g.X1, g.Y, g.turned = y0, y1, -x0, 1
	default:
		g.X0, g.X1, g.Y, g.turned = -y0, -y1, x0, 3
	}
	if g.X1 < g.X0 {
		g.X0, g.X1 = g.X1, g.X0
	}
	return g, true
}
