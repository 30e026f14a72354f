package rank

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

func TestFuse(t *testing.T) {
	t.Run("SharesAddUp", func(t *testing.T) {
		got := Fuse([][]string{{"a", "b"}, {"b"}}, []float64{1, 2}, 60)
		want := []Scored{{"b", 1.0/62 + 2.0/61}, {"a", 1.0 / 61}}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	t.Run("TiesGoByID", func(t *testing.T) {
		got := Fuse([][]string{{"z", "b"}, {"a", "c"}}, nil, 0)
		order := ""
		for _, s := range got {
			order += s.ID
		}
		if order != "azbc" {
			t.Errorf("order %q", order)
		}
	})
	t.Run("TwiceInOneListCountsOnce", func(t *testing.T) {
		got := Fuse([][]string{{"a", "a", "b"}}, nil, 60)
		if len(got) != 2 || got[0].Score != 1.0/61 {
			t.Errorf("got %v", got)
		}
	})
	t.Run("NothingIsEmpty", func(t *testing.T) {
		if got := Fuse(nil, nil, 60); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	})
}

// lessons are questions whose right candidate has the highest 2·x0 − x1; x2 is noise.
func lessons(n int) []Example {
	random := rand.New(rand.NewPCG(1, 2))
	var out []Example
	for range n {
		e := Example{}
		best, at := math.Inf(-1), 0
		for i := range 10 {
			x := []float64{random.Float64(), 100 * random.Float64(), random.Float64()}
			if s := 2*x[0] - x[1]/100; s > best {
				best, at = s, i
			}
			e.Features, e.Grades = append(e.Features, x), append(e.Grades, 0)
		}
		e.Grades[at] = 1
		out = append(out, e)
	}
	return out
}

func TestFitLearnsWhatDecides(t *testing.T) {
	m := Fit("m", []string{"x0", "x1", "noise"}, lessons(300), Fitting{})
	if r := m.Weights[0] / (m.Weights[1] * 100); r < -2.5 || r > -1.6 {
		t.Errorf("weights %v: want x0 to count twice x1, the other way", m.Weights)
	}
	if math.Abs(m.Weights[2]) > 0.2*m.Weights[0] {
		t.Errorf("noise weighs %v", m.Weights[2])
	}
	right, fresh := 0, lessons(400)[300:]
	for _, e := range fresh {
		best := 0
		for i := range e.Features {
			if m.Score(e.Features[i]) > m.Score(e.Features[best]) {
				best = i
			}
		}
		if e.Grades[best] == 1 {
			right++
		}
	}
	if right < 90 {
		t.Errorf("%d of 100 fresh questions right", right)
	}
}

func TestFitIsReproducible(t *testing.T) {
	var texts [2]bytes.Buffer
	for i := range texts {
		if _, err := Fit("m", []string{"a", "b", "c"}, lessons(50), Fitting{}).WriteTo(&texts[i]); err != nil {
			t.Fatal(err)
		}
	}
	if texts[0].String() != texts[1].String() {
		t.Errorf("two fits differ:\n%s\n%s", &texts[0], &texts[1])
	}
}

func TestFitIgnoresQuestionsWithoutAnAnswer(t *testing.T) {
	some := lessons(50)
	lost := Example{Features: [][]float64{{9, 9, 9}, {0, 0, 0}}, Grades: []float64{0, 0}, Weight: 100}
	with := Fit("m", []string{"a", "b", "c"}, append([]Example{lost}, some...), Fitting{})
	without := Fit("m", []string{"a", "b", "c"}, some, Fitting{})
	for i := range with.Weights {
		if with.Weights[i] != without.Weights[i] {
			t.Errorf("weights %v with, %v without", with.Weights, without.Weights)
		}
	}
}

func TestModelsSurviveWritingAndReading(t *testing.T) {
	a := &Model{Name: "a", Features: []string{"x", "y"}, Weights: []float64{0.5, -1.25}}
	b := &Model{Name: "b", Features: []string{"x"}, Weights: []float64{0}}
	var out bytes.Buffer
	out.WriteString("# a remark\n\n")
	for _, m := range []*Model{a, b} {
		if _, err := m.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
	}
	got, err := ReadModels(&out)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, []*Model{a, b}) {
		t.Errorf("read %+v %+v", got[0], got[1])
	}
}

func TestABadModelIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"WeightBeforeName": "x 1\n", "WeightNotANumber": "model m\nx high\n", "ThreeColumns": "model m\nx 1 2\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := ReadModels(strings.NewReader(text)); err == nil {
				t.Errorf("read %v", got)
			}
		})
	}
}

func TestArrangeWantsWeightsAndCodeTogether(t *testing.T) {
	m := &Model{Features: []string{"x", "y"}, Weights: []float64{1, 2}}
	got, err := m.Arrange([]string{"y", "x"})
	if err != nil || got.Weights[0] != 2 || got.Weights[1] != 1 {
		t.Errorf("arranged %v, %v", got, err)
	}
	for _, names := range [][]string{{"x"}, {"x", "y", "z"}, {"x", "z"}} {
		if _, err := m.Arrange(names); err == nil {
			t.Errorf("arranged as %v", names)
		}
	}
}

func FuzzReadModels(f *testing.F) {
	f.Add("model m\nx 1.5\n")
	f.Fuzz(func(t *testing.T, text string) {
		models, err := ReadModels(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, m := range models {
			if len(m.Features) != len(m.Weights) {
				t.Errorf("%d features, %d weights", len(m.Features), len(m.Weights))
			}
		}
	})
}
