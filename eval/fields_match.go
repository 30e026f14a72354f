package eval

import (
	"fmt"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// fees compares what is asked through each channel. Order does not count; every label
// needs a fee of its own.
func (l FieldLabel) fees(p corpus.Procedure) (want, got string, ok bool) {
	var wants []FeeLabel
	var gots []corpus.Fee
	for _, f := range l.Fees {
		l.each(f.Channel, func(c corpus.Channel) { f.Channel = c; wants = append(wants, f) })
	}
	for _, f := range p.Fees {
		l.each(f.Channel, func(c corpus.Channel) { f.Channel = c; gots = append(gots, f) })
	}
	return fmt.Sprintf("%+v", l.Fees), feeLines(p.Fees), paired(wants, gots, FeeLabel.matches)
}

func (f FeeLabel) matches(g corpus.Fee) bool {
	span := corpus.Validity{}
	if g.Prov != nil {
		span = g.Prov.Validity
	}
	switch {
	case f.Channel != g.Channel, f.Free != g.Free, f.VND != g.VND:
		return false
	case !f.Free && f.VND == 0 && (f.Text == "" || !holds(g.Text, f.Text) || g.Min+g.Max > 0 || g.Percent > 0):
		return false
	case f.Case != "" && !holds(g.Case, f.Case), f.Unit != "" && f.Unit != g.Unit, f.Kind != "" && f.Kind != g.Kind:
		return false
	}
	return span.From.String() == f.From && span.Until.String() == f.Until
}

func feeLines(fees []corpus.Fee) string {
	var lines []string
	for _, f := range fees {
		line := f.Line()
		if f.Kind != "" {
			line += " {" + f.Kind + "}"
		}
		if f.Prov != nil {
			line += fmt.Sprintf(" [%s, %s)", f.Prov.Validity.From, f.Prov.Validity.Until)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, " | ")
}

func (l FieldLabel) times(p corpus.Procedure) (want, got string, ok bool) {
	var wants []TimeLabel
	var gots []corpus.TimeLimit
	var lines []string
	for _, t := range l.Times {
		l.each(t.Channel, func(c corpus.Channel) { t.Channel = c; wants = append(wants, t) })
	}
	for _, t := range p.Times {
		lines = append(lines, t.Line())
		l.each(t.Channel, func(c corpus.Channel) { t.Channel = c; gots = append(gots, t) })
	}
	return fmt.Sprintf("%+v", l.Times), strings.Join(lines, " | "), paired(wants, gots, TimeLabel.matches)
}

func (t TimeLabel) matches(g corpus.TimeLimit) bool {
	return t.Channel == g.Channel && t.Count == g.Count && t.Unit == g.Unit && (t.Case == "" || holds(g.Case, t.Case)) &&
		(t.Count > 0 || g.Text != "")
}

// paired reports whether wants and gots can be matched one to one. Lists are short, so
// trying the choices in turn is enough.
func paired[W, G any](wants []W, gots []G, match func(W, G) bool) bool {
	if len(wants) != len(gots) {
		return false
	}
	used := make([]bool, len(gots))
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(wants) {
			return true
		}
		for j := range gots {
			if !used[j] && match(wants[i], gots[j]) {
				used[j] = true
				if try(i + 1) {
					return true
				}
				used[j] = false
			}
		}
		return false
	}
	return try(0)
}
