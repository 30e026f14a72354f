package lifeevents

import (
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// due is one step of one occurrence for one recipient, before it is put into words.
type due struct {
	occ  *Occurrence
	step int // place in the ladder, from 0
	on   civil.Date
	next civil.Date // day of the following step, zero for the last
	held string
	recipient
}

// visit calls yield for every due step about the person that may fall into the window,
// and perhaps for some outside it. Order: rule, occurrence, recipient, day.
func (s *Set) visit(v *View, w Window, yield func(*due)) { s.visitOnly(nil, v, w, yield) }

// visitOnly is visit for the rules named; nil is all of them.
func (s *Set) visitOnly(ids []string, v *View, w Window, yield func(*due)) {
	for _, group := range s.groups {
		if ids != nil && !slices.Contains(ids, group[0].ID) {
			continue
		}
		for _, r := range group {
			if r.Disabled != "" || r.OfTheDead == v.Died.IsZero() || r.foreignTo(v) {
				continue
			}
			s.visitRule(r, v, w, yield)
		}
	}
}

func (s *Set) visitRule(r *Rule, v *View, w Window, yield func(*due)) {
	var seen []string
	first, last := s.reached(r, v, w)
	r.Trigger.Each(v, w.From.Year-1, w.To.Year+1, func(a *Anchor) {
		if a.Legal.Before(first) || last.Before(a.Legal) {
			return
		}
		o := r.occurrence(v.ID, a)
		if len(seen) > 0 || a.Event != nil { // two sources of one event are one occurrence
			slot := o.Slot()
			if slices.Contains(seen, slot) {
				return
			}
			seen = append(seen, slot)
		}
		s.visitLadder(&o, v, yield)
	})
}

// foreignTo reports whether the person lacks something the rule cannot do without.
func (r *Rule) foreignTo(v *View) bool {
	t := &r.Trigger
	if t.NeedsFact != "" && v.Fact(t.NeedsFact, t.NeedsFactKey) == nil {
		return true
	}
	if len(t.NeedsEvents) > 0 && !slices.ContainsFunc(v.Events, func(e Event) bool { return slices.Contains(t.NeedsEvents, e.Kind) }) {
		return true
	}
	for i := range r.When {
		if c := &r.When[i]; c.Needs != "" && v.Fact(c.Needs, c.NeedsKey) == nil {
			return true
		}
	}
	return false
}

// reached are the first and last legal day whose ladder can touch the window: most
// occurrences of a life lie elsewhere and cost nothing more.
func (s *Set) reached(r *Rule, v *View, w Window) (first, last civil.Date) {
	last = w.To.AddDays(r.Reach.Before)
	for i := range v.Answers {
		if v.Answers[i].Kind == Snooze { // may move a step by any length
			return civil.Date{}, last
		}
	}
	after := r.Reach.After + r.CatchUp + s.mourning*len(v.Losses)
	return w.From.AddDays(-after), last
}

func (r *Rule) occurrence(about PersonID, a *Anchor) Occurrence {
	o := Occurrence{Rule: r, About: about, Anchor: a.On, Legal: a.Legal, Ref: a.Ref, Known: a.Known,
		Event: a.Event, Fact: a.Fact, Doubt: a.Doubt, Says: a.Says, Sure: a.Doubt == Text{}}
	if r.Deadline != nil {
		var sure bool
		if o.Deadline, sure = r.Deadline.Day(&o); !sure {
			o.Sure = false
			if o.Doubt == (Text{}) {
				o.Doubt = daysOffDoubt
			}
		}
	}
	if r.Opens != nil {
		o.Opens = o.Legal.Add(*r.Opens, civil.DaysOff())
	}
	return o
}

var daysOffDoubt = Text{
	"Hạn có thể lùi sang ngày làm việc sau vì lịch nghỉ của năm đó chưa công bố.",
	"The deadline may move to a later working day: the days off of that year are not announced yet.",
}

// rung is a step with its day before and after what moves it.
type rung struct {
	step   int
	day    civil.Date
	on     civil.Date
	onHeld string
}

// visitLadder finds the steps that count for an occurrence, then whom each is for.
func (s *Set) visitLadder(o *Occurrence, v *View, yield func(*due)) {
	rungs, ok := o.rungs(v)
	if !ok {
		return
	}
	for _, to := range o.Rule.recipients(v) {
		moved := s.moveForMourning(o, v, to, rungs)
		for i, g := range moved {
			var next civil.Date
			if i+1 < len(moved) {
				if next = moved[i+1].on; !g.on.Before(next) {
					continue // a later step says it better
				}
			}
			d := due{occ: o, step: g.step, on: g.on, next: next, held: g.onHeld}
			if !o.holds(v, g.on) || !to.resolve(v, o, g.on, &d.recipient) {
				continue
			}
			yield(&d)
		}
	}
}

// rungs lists the steps by day, those learned late or snoozed moved; ok is false where
// the person has answered that it is done or not theirs.
func (o *Occurrence) rungs(v *View) (list []rung, ok bool) {
	snoozed, ended := v.answered(o)
	if ended {
		return nil, false
	}
	list = make([]rung, 0, len(o.Rule.Ladder))
	for i := range o.Rule.Ladder {
		day := o.Rule.Ladder[i].Day(o)
		g := rung{step: i, day: day, on: day}
		if g.on.Before(o.Known) {
			if g.on.DaysUntil(o.Known) > o.Rule.CatchUp {
				continue
			}
			g.on, g.onHeld = o.Known, HeldLate
		}
		if g.on.Before(snoozed) {
			g.on, g.onHeld = snoozed, HeldSnooze
		}
		list = append(list, g)
	}
	slices.SortStableFunc(list, func(a, b rung) int { return a.day.Compare(b.day) })
	return list, true
}

// Why a due day was moved.
const (
	HeldLate     = "late"
	HeldSnooze   = "snooze"
	HeldMourning = "mourning"
)

// holds reports whether on that day the version is in force, every condition is met and
// none that excludes or ends it.
func (o *Occurrence) holds(v *View, on civil.Date) bool {
	r, law := o.Rule, on
	if law.Before(o.Legal) {
		law = o.Legal
	}
	if !r.Validity.Holds(law) {
		return false
	}
	scene := Scene{View: v, Occ: o, On: on}
	for i := range r.When {
		if !r.When[i].Holds(&scene) {
			return false
		}
	}
	for i := range r.Unless {
		if r.Unless[i].Holds(&scene) {
			return false
		}
	}
	return !o.done(&scene)
}

func (o *Occurrence) done(scene *Scene) bool {
	for i := range o.Rule.Stop {
		if o.Rule.Stop[i].Holds(scene) {
			return true
		}
	}
	for i := range scene.View.Events {
		e := &scene.View.Events[i]
		if e.Kind == ProcedureDone && slices.Contains(o.Rule.Procedures, e.Data["procedure"]) &&
			(e.Subject == "" || e.Subject == o.Ref) && !e.On.Before(o.countsFrom()) {
			return true
		}
	}
	return false
}

// doneBefore: a procedure done up to so many days before the first step counts as this
// occurrence's (a card renewed ahead of its end). Less than a quarter, or last quarter's
// tax return would answer for this one's; and never from the anchor, or the card of one's
// fourteenth year would answer for the twenty-fifth.
const doneBefore = 30

// countsFrom is the first day on which doing the procedure settles the occurrence.
func (o *Occurrence) countsFrom() civil.Date {
	first := o.Legal
	for i := range o.Rule.Ladder {
		if day := o.Rule.Ladder[i].Day(o); day.Before(first) {
			first = day
		}
	}
	return first.AddDays(-doneBefore)
}

// answered reads what people said about an occurrence: a snooze's end, and whether it is over.
func (v *View) answered(o *Occurrence) (snoozed civil.Date, ended bool) {
	if len(v.Answers) == 0 {
		return snoozed, false
	}
	slot := o.Slot()
	for i := range v.Answers {
		a := &v.Answers[i]
		if a.Slot != slot {
			continue
		}
		switch a.Kind {
		case Done, NotMine:
			return snoozed, true
		case Snooze:
			if snoozed.Before(a.Until) {
				snoozed = a.Until
			}
		}
	}
	return snoozed, false
}

// moveForMourning moves the steps that would reach somebody in mourning past its end, but
// never nearer than three days to a deadline they could still keep.
func (s *Set) moveForMourning(o *Occurrence, v *View, to Recipient, rungs []rung) []rung {
	if s.mourning == 0 || o.Rule.OfTheDead || len(v.Losses) == 0 {
		return rungs
	}
	moved := slices.Clone(rungs)
	for i := range moved {
		g := &moved[i]
		var who recipient
		if !to.resolve(v, o, g.on, &who) {
			continue
		}
		if until := s.spared(v, who.to, g.on, o.Deadline); g.on.Before(until) {
			g.on, g.onHeld = until, HeldMourning
		}
	}
	return moved
}

// spared is the first day from the one given on which somebody may be told: after their
// mourning, but no nearer than three days to a deadline they could still keep.
func (s *Set) spared(v *View, who PersonID, on, deadline civil.Date) civil.Date {
	until := s.mourningEnd(v, who, on)
	if !deadline.IsZero() && !deadline.Before(on) {
		if latest := deadline.AddDays(-3); latest.Before(until) {
			until = latest
		}
	}
	if until.Before(on) {
		return on
	}
	return until
}

// Spared is the first day from the one given on which the recipient of a notice may be told
// of it, for who is told in another's stead: plans know the mourning of the first alone.
func (s *Set) Spared(v *View, n Notice, on civil.Date) civil.Date {
	if r, ok := s.Rule(n.Rule, n.Version); ok && r.OfTheDead {
		return on
	}
	return s.spared(v, n.Person, on, n.Deadline)
}

// mourningEnd is the first day after every mourning that holds on the day given; the day
// itself where there is none.
func (s *Set) mourningEnd(v *View, who PersonID, on civil.Date) civil.Date {
	for again := true; again; {
		again = false
		for _, l := range v.Losses {
			end := l.On.AddDays(s.mourning)
			if l.To == who && !on.Before(l.On) && on.Before(end) {
				on, again = end, true
			}
		}
	}
	return on
}
