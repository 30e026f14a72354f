package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/lifeevents"
)

// DryRun is who would be told by a rule, who not and why; nothing is written or sent.
type DryRun struct {
	Rule      string    `json:"rule"`
	Name      string    `json:"name"`
	From      string    `json:"from"`
	To        string    `json:"to"`
	People    int       `json:"people"`  // looked at
	Told      int       `json:"told"`    // people told about
	Notices   int       `json:"notices"` // messages they would come to, digests not counted
	NotTold   int       `json:"not_told"`
	NoDay     int       `json:"no_day"`  // the rule has no day for them in the window
	Reasons   []Counted `json:"reasons"` // why not, most frequent first
	Provinces []Counted `json:"provinces"`
	Samples   []Sample  `json:"samples"` // ten told
	Refused   []Sample  `json:"refused"` // ten not told
}

// Counted is a word with how often it came.
type Counted struct {
	Word  string `json:"word"`
	Count int    `json:"count"`
}

// Sample is one step for one person.
type Sample struct {
	About string `json:"about"`
	To    string `json:"to,omitempty"`
	Due   string `json:"due"`
	Legal string `json:"legal"`
	Rung  string `json:"rung"`
	Title string `json:"title,omitempty"`
	Why   string `json:"why"`
}

// samples kept of each sort.
const samples = 10

// DryRun judges everybody by one rule in a window of days.
func (l *Life) DryRun(ctx context.Context, rule string, w lifeevents.Window) (DryRun, error) {
	r := DryRun{Rule: rule, From: w.From.String(), To: w.To.String(), Samples: []Sample{}, Refused: []Sample{}}
	if v := l.Rules.Versions(rule); len(v) > 0 {
		r.Name = v[len(v)-1].Name.VI
	}
	reasons, provinces := map[string]int{}, map[string]int{}
	err := l.EachView(ctx, func(v *lifeevents.View) error {
		r.People++
		list := l.Rules.Judge(v, rule, w)
		told := false
		for _, j := range list {
			for _, n := range j.Told {
				r.Notices++
				if len(r.Samples) < samples && !told {
					r.Samples = append(r.Samples, l.sample(n, j))
				}
				told = true
			}
		}
		switch {
		case told:
			r.Told++
			provinces[provinceOf(v, w)]++
		case len(list) > 0:
			r.NotTold++
			why := list[len(list)-1].WhyNot.VI
			reasons[why]++
			if len(r.Refused) < samples {
				j := list[len(list)-1]
				r.Refused = append(r.Refused, Sample{About: string(v.ID), Due: j.Due.String(), Legal: j.Legal.String(), Rung: j.Rung, Why: why})
			}
		default:
			r.NoDay++
		}
		return nil
	})
	r.Reasons, r.Provinces = counted(reasons), counted(provinces)
	return r, err
}

func (l *Life) sample(n lifeevents.Notice, j lifeevents.Judgement) Sample {
	s := Sample{About: string(n.About), To: string(n.Person), Due: n.Due.String(), Legal: n.Legal.String(), Rung: j.Rung, Why: n.Why.Trigger.VI}
	if r, ok := l.Rules.Rule(n.Rule, n.Version); ok {
		if words, ok := r.Words(n, "vi", lifeevents.Own); ok {
			s.Title = words.Title
		}
	}
	return s
}

func provinceOf(v *lifeevents.View, w lifeevents.Window) string {
	unit, ok := place.Commune(v.Place(w.From))
	if !ok {
		return "(không rõ nơi ở)"
	}
	province, ok := place.Province(unit.Province)
	if !ok {
		return unit.Province
	}
	return province.Name
}

func counted(m map[string]int) []Counted {
	out := make([]Counted, 0, len(m))
	for w, n := range m {
		out = append(out, Counted{w, n})
	}
	slices.SortFunc(out, func(a, b Counted) int { return cmp.Or(-cmp.Compare(a.Count, b.Count), strings.Compare(a.Word, b.Word)) })
	return out
}
