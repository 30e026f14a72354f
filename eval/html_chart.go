package eval

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/svg"
)

// sliceChart draws the share of cases passed by slice, worst last, with the 95 % interval.
func sliceChart(all []SliceScore) template.HTML {
	rows := slices.Clone(all)
	slices.SortStableFunc(rows, func(a, b SliceScore) int {
		va, _ := a.Value("passed")
		vb, _ := b.Value("passed")
		switch {
		case va > vb:
			return -1
		case va < vb:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	const left, right, step, top = 170, 150, 26, 8
	s := svg.New(760, float64(top+step*len(rows)+30))
	x := func(v float64) float64 { return left + v*(s.Width-left-right) }
	bottom := float64(top + step*len(rows))
	for _, v := range []float64{0, 0.25, 0.5, 0.75, 1} {
		s.Line("grid", x(v), top, x(v), bottom)
		s.Text("axis", "middle", x(v), bottom+18, fmt.Sprintf("%.0f %%", v*100))
	}
	for i, r := range rows {
		m := r.Metrics[mPassed]
		if m.Value == nil {
			continue
		}
		y := float64(top + step*i)
		s.Text("label", "end", left-10, y+17, tagWords(r.Name))
		s.Bar("bar", x(0), y+5, x(*m.Value)-x(0), step-10, fmt.Sprintf("%s: %s trên %d câu", tagWords(r.Name), percent(m.Value), r.Cases))
		mid := y + step/2
		s.Line("whisker", x(*m.Low), mid, x(*m.High), mid)
		s.Line("whisker", x(*m.Low), mid-4, x(*m.Low), mid+4)
		s.Line("whisker", x(*m.High), mid-4, x(*m.High), mid+4)
		s.Text("value", "start", x(1)+12, y+17, fmt.Sprintf("%s · %d câu", percent(m.Value), r.Cases))
	}
	return s.Done("Tỷ lệ câu đạt mọi tiêu chí theo nhóm câu hỏi")
}

// riskChart draws the share of wrong answers against the share of questions answered.
func riskChart(curve []RiskPoint) template.HTML {
	const left, right, top, bottom = 60, 24, 30, 250
	s := svg.New(460, 300)
	if len(curve) == 0 {
		s.Text("label", "middle", s.Width/2, 140, "không có câu nào để đo")
		return s.Done("Rủi ro theo độ phủ: không đo được")
	}
	most := 0.1
	for _, p := range curve {
		most = math.Max(most, math.Ceil(p.Risk*10)/10)
	}
	x := func(v float64) float64 { return left + v*(s.Width-left-right) }
	y := func(v float64) float64 { return bottom - v/most*(bottom-top) }
	for i := range 5 {
		v := most * float64(i) / 4
		s.Line("grid", left, y(v), x(1), y(v))
		s.Text("axis", "end", left-8, y(v)+4, strings.Replace(fmt.Sprintf("%.1f %%", v*100), ".", ",", 1))
	}
	for _, v := range []float64{0, 0.25, 0.5, 0.75, 1} {
		s.Text("axis", "middle", x(v), bottom+18, fmt.Sprintf("%.0f %%", v*100))
	}
	var points [][2]float64
	for _, p := range curve {
		points = append(points, [2]float64{x(p.Coverage), y(p.Risk)})
	}
	s.Path("line s1", points)
	for i, p := range curve {
		s.Dot("dot s1", points[i][0], points[i][1], fmt.Sprintf("trả lời %.1f %% số câu thì sai %.1f %%", p.Coverage*100, p.Risk*100))
	}
	s.Text("axis", "middle", x(0.5), bottom+38, "tỷ lệ câu được trả lời (độ phủ)")
	s.Text("axis", "start", 4, 14, "tỷ lệ sai")
	return s.Done("Rủi ro theo độ phủ")
}

// latencyChart draws how many answers took how long, on a scale that doubles.
func latencyChart(r AnswerReport) template.HTML {
	const left, right, top, bottom = 44, 20, 30, 250
	s := svg.New(460, 300)
	if r.Speed.N == 0 {
		s.Text("label", "middle", s.Width/2, 140, "không đo thời gian")
		return s.Done("Thời gian trả lời: không đo")
	}
	bins := make([]int, 12)
	for i := range r.Results {
		bins[binOf(r.Results[i].Took, len(bins))]++
	}
	most := slices.Max(bins)
	wide := (s.Width - left - right) / float64(len(bins))
	for i := range 5 {
		v := float64(most) * float64(i) / 4
		at := bottom - float64(i)/4*(bottom-top)
		s.Line("grid", left, at, s.Width-right, at)
		s.Text("axis", "end", left-6, at+4, fmt.Sprintf("%.0f", v))
	}
	for i, n := range bins {
		h := float64(n) / float64(most) * (bottom - top)
		s.Bar("bar", left+wide*float64(i)+1, bottom-h, wide-2, h, fmt.Sprintf("dưới %s: %d câu", milliseconds(binTop(i)), n))
		if i%2 == 1 && i+1 < len(bins) {
			s.Text("axis", "middle", left+wide*float64(i+1), bottom+18, milliseconds(binTop(i)))
		}
	}
	s.Text("axis", "middle", (left+s.Width-right)/2, bottom+38, fmt.Sprintf("p50 %s · p95 %s · p99 %s", milliseconds(r.Speed.P50), milliseconds(r.Speed.P95), milliseconds(r.Speed.P99)))
	s.Text("axis", "start", 4, 14, "số câu")
	return s.Done("Thời gian trả lời")
}

// binTop is the upper end of a bin: half a millisecond, then doubling.
func binTop(i int) time.Duration { return 500 * time.Microsecond << i }

func binOf(took time.Duration, bins int) int {
	for i := range bins {
		if took < binTop(i) {
			return i
		}
	}
	return bins - 1
}
