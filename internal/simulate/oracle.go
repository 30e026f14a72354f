package simulate

import (
	"fmt"
	"slices"

	le "github.com/motcua/motcua/lifeevents"
)

// span is when a version of a rule is in force: [from, until), until 0 for no end.
type span struct{ from, until day }

// oracle says what should have been told, from lives alone.
type oracle struct {
	w        *world
	inForce  map[string][]span
	expected map[string]*expectation // by slot and step
	slots    map[string]bool
	softened int // expectations not insisted on: mourning, a snooze, a third reminder already
	silent   int // not expected because nobody who may be told agreed to be
}

// expectation is one thing to be said to one of some people.
type expectation struct {
	rule     string
	about    int32
	to       []int32 // one of these must be told
	may      []int32 // telling these is right as well
	heirs    []int32 // entitled at the end of the grace: telling one of them is telling in time
	from, by day     // first day to say it, and the last that counts as on time
	must     bool
	why      string // why not insisted on
}

// grace is how many days the attention budget may hold something back.
const grace = 7

// spec is one occurrence of a rule with its ladder.
type spec struct {
	rule   string
	about  *person
	legal  day
	ref    string
	known  day // when we could first know
	undone day
	rungs  []day
	catch  int  // days a rung may be made up for; 0 is 30, -1 none
	soft   uint // bit n: rung n is not insisted on
	ofDead bool
	last   day // the deadline where missing it costs something: urgent in its last week
	topic  le.Topic
	asked  bool // said only to those who agreed
	to     func(d day) [][]*person
	holds  func(d day) bool
}

// ladder writes down what an occurrence asks for.
func (o *oracle) ladder(s spec) {
	slot := fmt.Sprintf("%s|%s|%s|%s", s.rule, s.about.id(), s.legal, s.ref)
	if o.slots[slot] {
		return
	}
	o.slots[slot] = true
	catch := s.catch
	if catch == 0 {
		catch = 30
	} else if catch < 0 {
		catch = 0
	}
	said := map[int32]int{}
	for _, i := range inOrder(s.rungs) {
		d := max(s.rungs[i], s.known)
		if int(d-s.rungs[i]) > catch || o.overtaken(s, i, d) || d < o.w.from || d > o.w.to {
			continue
		}
		if s.undone != 0 && d >= s.undone || !s.ofDead && s.about.gone(d) {
			continue
		}
		// A mourning may move it past the day the rule begins.
		if !o.force(s.rule, max(d, s.legal)) && !(o.mourns(s.about, d) && o.force(s.rule, max(d+14, s.legal))) {
			continue
		}
		if s.holds != nil && !s.holds(d) || o.answeredBy(s, slot, d) {
			continue
		}
		for _, group := range s.to(d) {
			o.expect(s, slot, i, d, group, said)
		}
		// What the budget holds back goes to whoever is entitled on the day it goes: a child
		// who turns 14 meanwhile is told instead of a parent.
		if e := o.expected[stepKey(slot, i+1)]; e != nil {
			for _, day := range [...]day{d + grace, e.by} {
				for _, group := range s.to(day) {
					for _, p := range group {
						e.heirs = append(e.heirs, p.n)
					}
				}
			}
		}
	}
}

// inOrder lists the places of rungs by day.
func inOrder(rungs []day) []int {
	order := make([]int, len(rungs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(rungs[a] - rungs[b]) })
	return order
}

// overtaken: another rung falls due later in the ladder but not later in days.
func (o *oracle) overtaken(s spec, i int, d day) bool {
	for j, r := range s.rungs {
		if later := r > s.rungs[i] || r == s.rungs[i] && j > i; later && max(r, s.known) <= d {
			return true
		}
	}
	return false
}

func (o *oracle) force(rule string, d day) bool {
	for _, v := range o.inForce[rule] {
		if d >= v.from && (v.until == 0 || d < v.until) {
			return true
		}
	}
	return false
}

// gone: known to be dead on that day.
func (p *person) gone(d day) bool { return p.deathKnown != 0 && p.deathKnown <= d }

// answeredBy: somebody said by that morning that it is done or not theirs.
func (o *oracle) answeredBy(s spec, slot string, d day) bool {
	for _, a := range s.about.answers {
		if a.slot == slot && a.at <= d && (a.kind == le.Done || a.kind == le.NotMine) {
			return true
		}
	}
	return false
}

func (o *oracle) expect(s spec, slot string, i int, d day, group []*person, said map[int32]int) {
	e := &expectation{rule: s.rule, about: s.about.n, from: d, by: d + grace, must: true}
	for _, p := range group {
		if p.gone(d) {
			continue
		}
		given, asked := p.agreed(d, s.topic)
		if given || !asked && !s.asked {
			e.to = append(e.to, p.n)
		}
	}
	if len(e.to) == 0 {
		if len(group) > 0 {
			o.silent++
		}
		return
	}
	o.soften(e, s, slot, i, said)
	for _, p := range group { // the household mourns, whoever of it may be told
		if e.must && o.mourns(p, d) {
			e.must, e.why, e.by = false, "mourning", max(e.by, d+45)
			o.softened++
		}
	}
	for _, n := range e.to {
		said[n]++
	}
	key := stepKey(slot, i+1)
	if old := o.expected[key]; old != nil { // a second group: parents beside the child
		old.may = append(old.may, e.to...)
		return
	}
	o.expected[key] = e
}

func stepKey(slot string, step int) string { return fmt.Sprintf("%s#%d", slot, step) }

// soften marks what is right to say and right to leave.
func (o *oracle) soften(e *expectation, s spec, slot string, i int, said map[int32]int) {
	d := e.from
	leave := func(why string) {
		if e.must {
			e.must, e.why = false, why
			o.softened++
		}
	}
	if s.soft>>uint(i)&1 == 1 {
		leave("not in the catalogue")
	}
	if d > o.w.to-grace {
		leave("the years end")
	}
	if s.holds != nil && !(s.holds(d+1) && s.holds(d+2)) || s.undone != 0 && s.undone <= d+2 || !s.ofDead && s.about.gone(d+2) {
		leave("no longer so within two days")
	}
	urgent := s.last != 0 && s.last >= d && s.last-d <= 7
	for _, n := range e.to {
		p := o.w.people[n]
		if given, asked := p.agreed(d+3, s.topic); asked && !given || p.gone(d+3) {
			leave("consent ends or the person dies within three days")
		}
		if said[n] >= 3 && !urgent {
			leave("spoken of three times")
		}
		if o.mourns(p, d) || o.mourns(s.about, d) {
			leave("mourning")
			e.by = max(e.by, d+45)
		}
	}
	for _, a := range s.about.answers {
		if a.slot == slot && a.kind == le.Snooze {
			leave("snoozed")
			e.by = max(e.by, a.till+grace)
		}
		if a.slot == slot && a.at <= d+grace {
			leave("answered meanwhile")
		}
	}
}

// mourns: somebody near died not long before or just after that day.
func (o *oracle) mourns(p *person, d day) bool {
	return o.lossNear(p, func(dead *person) bool { return dead.died != 0 && dead.died-3 <= d && d <= dead.died+45 })
}

func (o *oracle) lossNear(p *person, is func(*person) bool) bool {
	for _, n := range p.kids {
		if is(o.w.people[n]) {
			return true
		}
	}
	for _, n := range p.parents {
		if n >= 0 && is(o.w.people[n]) {
			return true
		}
	}
	for _, m := range p.spouses {
		if m.left == 0 && is(o.w.people[m.with]) {
			return true
		}
	}
	return false
}

// Who is told.

func self(p *person) func(day) [][]*person {
	return func(d day) [][]*person {
		if p.born.age(d) < 14 {
			return nil
		}
		return [][]*person{{p}}
	}
}

// parentsOf: those who represent a child under eighteen.
func (o *oracle) parentsOf(p *person, d day) []*person {
	var out []*person
	if p.born.age(d) < 18 && p.adopted <= d {
		for _, n := range p.parents {
			if n >= 0 && !o.w.people[n].gone(d) {
				out = append(out, o.w.people[n])
			}
		}
	}
	return out
}

func (o *oracle) guardian(p *person) func(day) [][]*person {
	return func(d day) [][]*person { return [][]*person{o.parentsOf(p, d)} }
}

// selfOr: the person from fourteen, one who represents them before.
func (o *oracle) selfOr(p *person) func(day) [][]*person {
	return func(d day) [][]*person {
		if p.born.age(d) >= 14 {
			return [][]*person{{p}}
		}
		return [][]*person{o.parentsOf(p, d)}
	}
}

// kin: spouse, grown children, parents of someone dead.
func (o *oracle) kin(dead *person) func(day) [][]*person {
	return func(d day) [][]*person {
		var out []*person
		add := func(n int32) {
			if n >= 0 && !o.w.people[n].gone(d) {
				out = append(out, o.w.people[n])
			}
		}
		for _, m := range dead.spouses {
			if m.left == 0 || d < m.left || m.until > dead.died { // divorced before, as far as known
				add(m.with)
			}
		}
		for _, n := range dead.kids {
			if o.w.people[n].born.age(d) >= 18 {
				add(n)
			}
		}
		for _, n := range dead.parents {
			add(n)
		}
		return [][]*person{out}
	}
}
