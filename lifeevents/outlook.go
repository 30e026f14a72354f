package lifeevents

import (
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// ruleDay is a day on which a rule has something to say.
type ruleDay struct {
	rule string
	on   civil.Date
}

// outlook plans a person anew after a change. Rows reach back to the day after the last one
// worked through, and never past yesterday, so that what is due today is found today however
// late it was learned. What is due by today is put into words at once, unless the clock has
// gone back.
func (s *Set) outlook(v Subject, ran, today civil.Date) (out Outlook) {
	after := today.AddDays(-1)
	if !ran.IsZero() && ran.Before(after) {
		after = ran
	}
	out.Why = "dữ kiện thay đổi"
	near := Window{today.AddDays(-horizonDays), today.AddDays(horizonDays)}
	look := Window{after.AddDays(1), near.To}
	if v.Spoken && near.From.Before(look.From) {
		look.From = near.From
	}
	var days []ruleDay
	first := look.To
	s.visit(v.View, look, func(d *due) {
		if v.Spoken && near.holds(d.on) {
			out.Keep = append(out.Keep, d.outline(v.ID))
		}
		if after.Before(d.on) && !near.To.Before(d.on) {
			days = append(days, ruleDay{d.occ.Rule.ID, d.on})
			if d.on.Before(first) {
				first = d.on
			}
		}
	})
	if !today.Before(first) && !today.Before(ran) {
		out.Notices = s.Release(v.View, Window{first, today})
		after = today
	}
	out.Rows = firstDays(v.View, days, after)
	if v.Died.IsZero() {
		out.Rows = append(out.Rows, Due{lookAgainOn(v.ID, after, near.To), v.ID, LookAgain})
	}
	return out
}

// release is one day's work on a person: what to say, and when to look next. Only the rules
// of the rows worked have anything to say; a row to look again asks all.
func (s *Set) release(v *View, rows []Due, today civil.Date) Outlook {
	first, ids, horizon := rows[0].On, []string{}, today.AddDays(horizonDays)
	for _, r := range rows {
		if r.On.Before(first) {
			first = r.On
		}
		ids = append(ids, r.Rule)
	}
	if slices.Contains(ids, LookAgain) {
		return Outlook{Notices: s.Release(v, Window{first, today}), Rows: s.NextDue(v, today, horizon)}
	}
	return Outlook{Notices: s.releaseOnly(ids, v, Window{first, today}), Rows: s.nextDueOnly(ids, v, today, horizon)}
}

// outline is a notice without its words: only what SaidKey and a store's index need. It may
// stand for a notice that yields to another; asking again before sending (StillTrue) finds those.
func (d *due) outline(about PersonID) Notice {
	r := d.occ.Rule
	return Notice{Slot: d.occ.Slot(), Rung: r.Ladder[d.step].Words, Person: d.to, Or: d.or, About: about, Rule: r.ID, Due: d.on}
}
