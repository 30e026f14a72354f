package lifeevents

import (
	"cmp"
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// Window is the days From to To, both counted.
type Window struct{ From, To civil.Date }

func (w Window) holds(d civil.Date) bool { return !d.Before(w.From) && !w.To.Before(d) }

// Plan returns the notices about one person that fall due in the window, as things stand
// in the view: ordered by due day, nearest deadline, key. It is pure. A step is due
//
//   - on its rung of the ladder, by the version of the rule in force on the later of that
//     day and the legal day;
//   - not before the day we learned of its trigger (held "late"), and then no more than
//     Rule.CatchUp days after the rung;
//   - not before a snooze ends, nor, for the bereaved, within the mourning of a death,
//     except that three days before a deadline the waiting ends;
//   - if on that day every condition holds, nothing excludes it, nothing says done;
//   - and if no later step of the same occurrence has fallen due by then.
//
// The dead are told nothing and, but for rules of the dead, nothing is planned about them.
func (s *Set) Plan(v *View, w Window) []Notice { return s.plan(nil, v, w) }

func (s *Set) plan(ids []string, v *View, w Window) []Notice {
	var out []Notice
	s.visitOnly(ids, v, w, func(d *due) {
		if w.holds(d.on) {
			out = append(out, d.notice(v))
		}
	})
	out = s.yield(v, out)
	slices.SortFunc(out, compareNotices)
	return out
}

func compareNotices(a, b Notice) int {
	return cmp.Or(a.Due.Compare(b.Due), compareDeadlines(a.Deadline, b.Deadline), cmp.Compare(a.Key, b.Key))
}

// compareDeadlines puts the nearest first and none last.
func compareDeadlines(a, b civil.Date) int {
	if a.IsZero() != b.IsZero() {
		if a.IsZero() {
			return 1
		}
		return -1
	}
	return a.Compare(b)
}

// Release is what to say today to catch up with everything since From: of one occurrence
// only the latest step, and nothing whose time has passed.
func (s *Set) Release(v *View, w Window) []Notice { return s.releaseOnly(nil, v, w) }

func (s *Set) releaseOnly(ids []string, v *View, w Window) []Notice {
	planned := s.plan(ids, v, w)
	type who struct {
		slot string
		to   PersonID
	}
	last := map[who]Notice{}
	for _, n := range planned {
		k := who{n.Slot, n.Person}
		if n.Ends.Before(w.To) {
			continue
		}
		if old, ok := last[k]; !ok || old.Due.Before(n.Due) {
			last[k] = n
		}
	}
	return slices.DeleteFunc(planned, func(n Notice) bool {
		return last[who{n.Slot, n.Person}].Key != n.Key
	})
}

// StillTrue reports whether a notice planned earlier is still planned, and returns it as it
// reads today: asked again before every sending. Its Due may have moved to a later day
// (a mourning, a snooze), until which the sender waits.
func (s *Set) StillTrue(v *View, n Notice) (Notice, bool) {
	if v.ID != n.About {
		return Notice{}, false
	}
	w := Window{n.Due.AddDays(-60), n.Due.AddDays(400)}
	for _, now := range s.Only(n.Rule).Plan(v, w) {
		if now.SaidKey() == n.SaidKey() {
			return now, true
		}
	}
	return Notice{}, false
}

// NextDue lists, for every rule, the first day after the one given on which something
// falls due about the person: the rows of the index, by day and rule. Days beyond the
// horizon (zero: 130 years) become one LookAgain row in its last half, spread by person
// so that no day has to look at everybody.
func (s *Set) NextDue(v *View, after, horizon civil.Date) []Due {
	rows := s.nextDueOnly(nil, v, after, horizon)
	if !horizon.IsZero() && v.Died.IsZero() {
		rows = append(rows, Due{lookAgainOn(v.ID, after, horizon), v.ID, LookAgain})
		slices.SortFunc(rows, compareDue)
	}
	return rows
}

func compareDue(a, b Due) int { return cmp.Or(a.On.Compare(b.On), compareIDs(a.Rule, b.Rule)) }

// nextDueOnly is NextDue for the rules named, without a day to look again.
func (s *Set) nextDueOnly(ids []string, v *View, after, horizon civil.Date) []Due {
	ahead := Window{after.AddDays(1), horizon}
	if horizon.IsZero() {
		ahead.To = after.AddYears(130)
	}
	var days []ruleDay
	s.visitOnly(ids, v, ahead, func(d *due) {
		if ahead.holds(d.on) {
			days = append(days, ruleDay{d.occ.Rule.ID, d.on})
		}
	})
	return firstDays(v, days, after)
}

// firstDays are the first days of each rule after the one given, by day and rule.
func firstDays(v *View, days []ruleDay, after civil.Date) []Due {
	var rows []Due
	for _, d := range days {
		if !after.Before(d.on) {
			continue
		}
		if i := slices.IndexFunc(rows, func(r Due) bool { return r.Rule == d.rule }); i < 0 {
			rows = append(rows, Due{d.on, v.ID, d.rule})
		} else if d.on.Before(rows[i].On) {
			rows[i].On = d.on
		}
	}
	slices.SortFunc(rows, compareDue)
	return rows
}

// lookAgainOn is a day in the last half before the horizon, the same whenever it is asked
// for until that half has passed: a row that stays where it is costs nothing.
func lookAgainOn(p PersonID, after, horizon civil.Date) civil.Date {
	half, epoch := after.DaysUntil(horizon)/2+1, civil.New(2000, 1, 1)
	return horizon.AddDays(-((int(spread(p)%uint32(half)) + epoch.DaysUntil(horizon)) % half))
}

// spread is FNV-1a: the same for a person on every machine and in every year.
func spread(p PersonID) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(p); i++ {
		h = (h ^ uint32(p[i])) * 16777619
	}
	return h
}

// yieldWithin is how near, in days, another rule's notice makes a yielding one needless.
const yieldWithin = 15

// yield drops notices of rules that give way to another one speaking to the same person
// about the same person at about the same time, in the window or just outside it.
func (s *Set) yield(v *View, list []Notice) []Notice {
	return slices.DeleteFunc(list, func(n Notice) bool {
		r, ok := s.Rule(n.Rule, n.Version)
		if !ok || len(r.YieldsTo) == 0 {
			return false
		}
		near, taken := Window{n.Due.AddDays(-yieldWithin), n.Due.AddDays(yieldWithin)}, false
		s.visitOnly(r.YieldsTo, v, near, func(d *due) {
			taken = taken || d.to == n.Person && near.holds(d.on)
		})
		return taken
	})
}
