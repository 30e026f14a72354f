package rank

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Model weighs evidence: the score of a document is the sum of its features, each times
// its weight. It is small enough to be read: one line a feature.
type Model struct {
	Name     string
	Features []string
	Weights  []float64
}

// Score weighs one document's features; features[i] is named Features[i].
func (m *Model) Score(features []float64) float64 {
	sum := 0.0
	for i, w := range m.Weights {
		sum += w * features[i]
	}
	return sum
}

// WriteTo prints the model as ReadModel reads it. Weights have five decimals: what Fit
// returns is rounded to them, so that nothing is lost.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "model %s\n", m.Name)
	for i, name := range m.Features {
		fmt.Fprintf(&b, "%-28s %10.5f\n", name, m.Weights[i])
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// ReadModels reads models printed one after the other. Blank lines and lines that start
// with # say nothing.
func ReadModels(r io.Reader) ([]*Model, error) {
	var all []*Model
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		cols := strings.Fields(lines.Text())
		switch {
		case len(cols) == 0 || strings.HasPrefix(cols[0], "#"):
		case len(cols) == 2 && cols[0] == "model":
			all = append(all, &Model{Name: cols[1]})
		case len(cols) == 2 && len(all) > 0:
			w, err := strconv.ParseFloat(cols[1], 64)
			if err != nil {
				return nil, fmt.Errorf("rank: line %d: weight %q is not a number", n, cols[1])
			}
			m := all[len(all)-1]
			m.Features, m.Weights = append(m.Features, cols[0]), append(m.Weights, w)
		default:
			return nil, fmt.Errorf("rank: line %d is neither a model's name nor a weight", n)
		}
	}
	return all, lines.Err()
}

// Arrange returns the model with its weights in the order of names. A name the model does
// not know, or a weight whose feature is no longer computed, is an error: weights and code
// must be trained together.
func (m *Model) Arrange(names []string) (*Model, error) {
	at := make(map[string]float64, len(m.Features))
	for i, name := range m.Features {
		at[name] = m.Weights[i]
	}
	out := &Model{Name: m.Name, Features: names, Weights: make([]float64, len(names))}
	for i, name := range names {
		w, ok := at[name]
		if !ok {
			return nil, fmt.Errorf("rank: model %s has no weight for %s", m.Name, name)
		}
		out.Weights[i] = w
		delete(at, name)
	}
	for name := range at {
		return nil, fmt.Errorf("rank: model %s weighs %s, which is not computed", m.Name, name)
	}
	return out, nil
}
