package lifeevents

import (
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// Judgement is one step of a rule for one person in a dry run: told, or why not.
type Judgement struct {
	About  PersonID   `json:"about"`
	Legal  civil.Date `json:"legal"`
	Due    civil.Date `json:"due"`
	Rung   string     `json:"rung"`
	Told   []Notice   `json:"told,omitempty"` // empty: nobody, and Why says why
	WhyNot Text       `json:"why_not,omitzero"`
}

// Judge says of each rung of a rule that falls into the window what would come of it for
// the person, and if nothing, the first reason found. It plans nothing and asks no gate.
// An empty answer means the rule has no day for this person in the window.
func (s *Set) Judge(v *View, rule string, w Window) []Judgement {
	told := map[string][]Notice{}
	for _, n := range s.Only(rule).Plan(v, w) {
		told[n.Slot+"|"+n.Rung] = append(told[n.Slot+"|"+n.Rung], n)
	}
	var out []Judgement
	seen := map[string]bool{}
	for _, r := range s.Versions(rule) {
		r.Trigger.Each(v, w.From.Year-1, w.To.Year+1, func(a *Anchor) {
			o := r.occurrence(v.ID, a)
			for i := range r.Ladder {
				day, key := r.Ladder[i].Day(&o), o.Slot()+"|"+r.Ladder[i].Words
				if !w.holds(day) && len(told[key]) == 0 || seen[key] || !r.Validity.Holds(later(day, o.Legal)) {
					continue
				}
				seen[key] = true
				j := Judgement{About: v.ID, Legal: o.Legal, Due: day, Rung: r.Ladder[i].Words, Told: told[key]}
				if len(j.Told) == 0 {
					j.WhyNot = o.whyNot(v, day)
				}
				out = append(out, j)
			}
		})
	}
	slices.SortStableFunc(out, func(a, b Judgement) int { return a.Due.Compare(b.Due) })
	return out
}

func later(a, b civil.Date) civil.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// whyNot names the first thing that keeps a step from being told.
func (o *Occurrence) whyNot(v *View, on civil.Date) Text {
	r := o.Rule
	scene := Scene{View: v, Occ: o, On: on}
	if _, ended := v.answered(o); ended {
		return Text{"người dân đã trả lời là xong hoặc không phải việc của mình", "the person said it is done or not theirs"}
	}
	switch {
	case r.Disabled != "":
		return Text{"quy tắc đang tắt: " + r.Disabled, "the rule is disabled"}
	case !v.Died.IsZero() && !r.OfTheDead:
		return Text{"người này đã mất", "the person has died"}
	case v.Died.IsZero() && r.OfTheDead:
		return Text{"chưa có tin người này mất", "no death is known"}
	case on.Before(o.Known) && on.DaysUntil(o.Known) > r.CatchUp:
		return Text{"biết quá muộn", "learned too late"}
	}
	for i := range r.When {
		if !r.When[i].Holds(&scene) {
			return Text{"không đủ điều kiện: " + r.When[i].Says.VI, "condition not met: " + r.When[i].Says.EN}
		}
	}
	for i := range r.Unless {
		if r.Unless[i].Holds(&scene) {
			return Text{"thuộc diện trừ: " + r.Unless[i].Says.VI, "excluded: " + r.Unless[i].Says.EN}
		}
	}
	if o.done(&scene) {
		return Text{"đã làm xong", "already done"}
	}
	for _, to := range r.recipients(v) {
		var found recipient
		if to.resolve(v, o, on, &found) {
			return Text{"bậc nhắc sau, ngày khác hoặc quy tắc khác đã thay", "a later step, another day or another rule takes its place"}
		}
	}
	return Text{"không có người nhận phù hợp", "nobody fit to be told"}
}
