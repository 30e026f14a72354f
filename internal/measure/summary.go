package measure

import (
	"cmp"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Share is one name and its count.
type Share struct {
	Name string
	N    int
}

// Answers sums up tallies of a span of days.
type Answers struct {
	Asked     int
	ByStatus  []Share // most first
	ByChannel []Share
	ByDay     []DayCount
	Times     [Bins]int
}

// DayCount is one day's questions and how many of them got an answer.
type DayCount struct {
	Day             civil.Date
	Asked, Answered int
}

// SumAnswers adds tallies up; answered tells the statuses that are answers. Days without a
// question are there with zero.
func SumAnswers(tallies []Tally, first, last civil.Date, answered func(status string) bool) Answers {
	var a Answers
	status, channel := map[string]int{}, map[string]int{}
	days := map[civil.Date]*DayCount{}
	for d := first; !last.Before(d); d = d.AddDays(1) {
		a.ByDay = append(a.ByDay, DayCount{Day: d})
	}
	for i := range a.ByDay {
		days[a.ByDay[i].Day] = &a.ByDay[i]
	}
	for _, t := range tallies {
		day := days[t.Day]
		if day == nil {
			continue
		}
		a.Asked += t.N
		status[t.Status] += t.N
		channel[t.Channel] += t.N
		a.Times[t.Bin] += t.N
		day.Asked += t.N
		if answered(t.Status) {
			day.Answered += t.N
		}
	}
	a.ByStatus, a.ByChannel = shares(status), shares(channel)
	return a
}

func shares(m map[string]int) []Share {
	out := make([]Share, 0, len(m))
	for name, n := range m {
		out = append(out, Share{name, n})
	}
	slices.SortFunc(out, func(a, b Share) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return out
}

// Quantile is the time that a share q of the answers took at most, as the top of its bin;
// zero where nothing was asked.
func (a Answers) Quantile(q float64) time.Duration {
	if a.Asked == 0 {
		return 0
	}
	seen := 0
	for bin, n := range a.Times {
		seen += n
		if float64(seen) >= q*float64(a.Asked) {
			return BinTop(bin)
		}
	}
	return BinTop(Bins - 1)
}

// NoticeSum is what became of the notices of one rule, province or week.
type NoticeSum struct {
	Name  string
	State map[string]int
	Due   int // all of them, acted not counted twice
}

// Acted is the state under which a store counts what people answered "done".
const Acted = "acted"

// SumNotices adds notices up by the name that by gives, ordered by name.
func SumNotices(notices []Notice, by func(Notice) string) []NoticeSum {
	sums := map[string]*NoticeSum{}
	for _, n := range notices {
		name := by(n)
		s := sums[name]
		if s == nil {
			s = &NoticeSum{Name: name, State: map[string]int{}}
			sums[name] = s
		}
		s.State[n.State] += n.N
		if n.State != Acted {
			s.Due += n.N
		}
	}
	out := make([]NoticeSum, 0, len(sums))
	for _, s := range sums {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b NoticeSum) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// Satisfied is the share of opinions that found the answer useful, and how many there were.
func Satisfied(opinions []Opinion) (share float64, n int) {
	useful := 0
	for _, o := range opinions {
		n += o.N
		if o.Reason == "" {
			useful += o.N
		}
	}
	if n == 0 {
		return 0, 0
	}
	return float64(useful) / float64(n), n
}
