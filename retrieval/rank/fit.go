package rank

import "math"

// Example is one question: the features of its candidates and their grades (more than 0 is
// right). Weight says how much the question counts; 0 counts as 1.
type Example struct {
	Features [][]float64
	Grades   []float64
	Weight   float64
}

// Fitting sets how Fit learns. Zero values stand for the defaults in brackets.
type Fitting struct {
	// Ridge pulls weights (of features scaled to unit spread) towards zero [0.001].
	Ridge float64
	// Steps of gradient descent over all examples [400].
	Steps int
}

// Fit learns weights that make the right candidates of each question the likely ones
// under a softmax over its candidates. Questions without a right candidate teach nothing.
// Full batches and a fixed start: the same examples give the same weights, rounded to
// five decimals.
func Fit(name string, features []string, examples []Example, how Fitting) *Model {
	if how.Ridge == 0 {
		how.Ridge = 0.001
	}
	if how.Steps == 0 {
		how.Steps = 400
	}
	examples = teaching(examples)
	f := fitting{Fitting: how, n: len(features)}
	f.scale(examples)
	f.pack(examples)
	w := f.descend()
	m := &Model{Name: name, Features: features, Weights: make([]float64, len(features))}
	for i := range w {
		m.Weights[i] = math.Round(w[i]/f.spread[i]*1e5) / 1e5
	}
	return m
}

type fitting struct {
	Fitting
	n      int
	spread []float64
	groups []group
	total  float64
}

// group is one question packed: features scaled, row after row, and target shares.
type group struct {
	x      []float64
	target []float64
	weight float64
}

// teaching leaves out the questions that teach nothing: no right candidate, or no choice.
func teaching(examples []Example) (out []Example) {
	for _, e := range examples {
		right := 0.0
		for _, g := range e.Grades {
			right += math.Max(g, 0)
		}
		if right > 0 && len(e.Features) > 1 {
			out = append(out, e)
		}
	}
	return out
}

// scale measures the spread of each feature within its question, which is all that a
// softmax over one question sees.
func (f *fitting) scale(examples []Example) {
	f.spread = make([]float64, f.n)
	rows := 0.0
	mean := make([]float64, f.n)
	for _, e := range examples {
		clear(mean)
		for _, x := range e.Features {
			for i, v := range x {
				mean[i] += v / float64(len(e.Features))
			}
		}
		for _, x := range e.Features {
			rows++
			for i, v := range x {
				f.spread[i] += (v - mean[i]) * (v - mean[i])
			}
		}
	}
	for i, v := range f.spread {
		f.spread[i] = math.Max(math.Sqrt(v/math.Max(rows, 1)), 1e-6)
	}
}

func (f *fitting) pack(examples []Example) {
	for _, e := range examples {
		sum := 0.0
		for _, g := range e.Grades {
			sum += math.Max(g, 0)
		}
		g := group{weight: e.Weight}
		if g.weight == 0 {
			g.weight = 1
		}
		f.total += g.weight
		for i, x := range e.Features {
			for k, v := range x {
				g.x = append(g.x, v/f.spread[k])
			}
			g.target = append(g.target, math.Max(e.Grades[i], 0)/sum)
		}
		f.groups = append(f.groups, g)
	}
}

// descend runs Adam on the full batch with a falling step.
func (f *fitting) descend() []float64 {
	const first, second, tiny = 0.9, 0.999, 1e-9
	w, grad := make([]float64, f.n), make([]float64, f.n)
	m, v := make([]float64, f.n), make([]float64, f.n)
	for step := 1; step <= f.Steps; step++ {
		f.gradient(w, grad)
		rate := 0.08 * (1 - 0.95*float64(step)/float64(f.Steps))
		c1, c2 := 1-math.Pow(first, float64(step)), 1-math.Pow(second, float64(step))
		for i, g := range grad {
			m[i] = first*m[i] + (1-first)*g
			v[i] = second*v[i] + (1-second)*g*g
			w[i] -= rate * (m[i] / c1) / (math.Sqrt(v[i]/c2) + tiny)
		}
	}
	return w
}

// gradient of the mean cross-entropy plus the ridge.
func (f *fitting) gradient(w, grad []float64) {
	for i := range grad {
		grad[i] = f.Ridge * w[i]
	}
	var p []float64
	for _, g := range f.groups {
		p = softmax(g.x, w, p)
		for r, share := range p {
			d := (share - g.target[r]) * g.weight / f.total
			if d == 0 {
				continue
			}
			for i, v := range g.x[r*f.n : (r+1)*f.n] {
				grad[i] += d * v
			}
		}
	}
}

// softmax of the weighed rows of x, into p.
func softmax(x, w, p []float64) []float64 {
	p = p[:0]
	top := math.Inf(-1)
	for r := 0; r < len(x); r += len(w) {
		s := 0.0
		for i, v := range x[r : r+len(w)] {
			s += w[i] * v
		}
		p = append(p, s)
		top = math.Max(top, s)
	}
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}
