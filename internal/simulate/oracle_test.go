package simulate

import (
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

func TestTheOraclesCalendarIsTheWorlds(t *testing.T) {
	c := civil.Date{Year: 1890, Month: 1, Day: 1}
	for range 90000 {
		d := dayOf(c)
		if d.date() != c || d <= 0 {
			t.Fatalf("%s comes back as %s", c, d)
		}
		if next := dayOf(c.AddDays(1)); next != d+1 {
			t.Fatalf("%s is day %d, the day after %d", c, d, next)
		}
		c = c.AddDays(1)
	}
	for _, x := range []struct {
		from   day
		months int
		want   day
	}{{on(2024, 2, 29), 12, on(2025, 2, 28)}, {on(2026, 1, 31), 1, on(2026, 2, 28)}, {on(2026, 3, 31), -1, on(2026, 2, 28)}, {on(2026, 1, 15), -13, on(2024, 12, 15)}} {
		if got := x.from.months(x.months); got != x.want {
			t.Errorf("%s and %d months: %s; want %s", x.from, x.months, got, x.want)
		}
	}
	if on(2012, 2, 29).age(on(2026, 2, 27)) != 13 || on(2012, 2, 29).age(on(2026, 2, 28)) != 14 {
		t.Error("born on 29 February: 14 on 28/02/2026")
	}
}

func TestTheOracleReadsTheRetirementLadderAsTheCatalogueDoes(t *testing.T) {
	for _, x := range []struct {
		born day
		male bool
		want day
	}{
		{on(1961, 1, 1), true, on(2021, 4, 30)}, {on(1961, 9, 30), true, on(2021, 12, 31)}, {on(1961, 10, 1), true, on(2022, 4, 30)},
		{on(1964, 10, 15), true, on(2026, 4, 30)}, {on(1965, 6, 30), true, on(2026, 12, 31)}, {on(1966, 4, 1), true, on(2028, 4, 30)}, {on(1970, 1, 1), true, on(2032, 1, 31)},
		{on(1966, 1, 1), false, on(2021, 5, 31)}, {on(1969, 6, 1), false, on(2026, 6, 30)}, {on(1969, 12, 31), false, on(2026, 12, 31)},
		{on(1970, 1, 1), false, on(2027, 5, 31)}, {on(1975, 5, 1), false, on(2035, 5, 31)}, {on(1990, 5, 1), false, on(2050, 5, 31)},
		{on(1955, 1, 1), true, 0},
	} {
		if got := retires(x.born, x.male); got != x.want {
			t.Errorf("born %s, male %v: %s; want %s", x.born, x.male, got, x.want)
		}
	}
}

func TestTheOracleKnowsOnlyRulesThatExistAndMostOfThem(t *testing.T) {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	running := map[string]bool{}
	for _, r := range set.Rules() {
		if r.Disabled == "" {
			running[r.ID] = true
		}
	}
	for id := range Covered {
		if !running[id] {
			t.Errorf("the oracle judges %s, which no rule runs", id)
		}
	}
	if len(Covered) < 40 || len(Covered)*10 < len(running)*8 {
		t.Errorf("%d rules judged of %d that run", len(Covered), len(running))
	}
}

// lifeOf is a person of 13 with a mother, on file since the first day.
func lifeOf(t *testing.T) (*oracle, *person, *person) {
	t.Helper()
	w := newWorld(1, on(2026, 1, 1), on(2026, 12, 31))
	mother := &person{n: 0, born: on(1985, 5, 5), parents: [2]int32{-1, -1}, kids: []int32{1}}
	child := &person{n: 1, born: on(2012, 3, 12), parents: [2]int32{0, -1}}
	for _, p := range []*person{mother, child} {
		p.papers = []paper{{kind: lifeevents.DateOfBirth, on: p.born, known: w.from}}
	}
	w.people = []*person{mother, child}
	return &oracle{w: w, inForce: map[string][]span{"E13": {{on(2025, 12, 15), 0}}}, expected: map[string]*expectation{}, slots: map[string]bool{}}, mother, child
}

func TestTheOracleExpectsTheParentBeforeFourteenAndTheChildFromThenOn(t *testing.T) {
	o, mother, child := lifeOf(t)
	o.judgeLife(child)
	slot := "E13|" + string(child.id()) + "|2026-03-12|"
	for step, want := range map[int]struct {
		on day
		to int32
	}{1: {on(2026, 2, 10), mother.n}, 2: {on(2026, 3, 12), child.n}, 3: {on(2026, 4, 11), child.n}, 4: {on(2026, 5, 11), child.n}} {
		e := o.expected[stepKey(slot, step)]
		if e == nil || e.from != want.on || len(e.to) != 1 || e.to[0] != want.to {
			t.Errorf("step %d: %+v; want %s to %d", step, e, want.on, want.to)
		}
	}
	if !o.expected[stepKey(slot, 4)].must {
		t.Error("the fourth step is the child's third: insisted on")
	}
}

func TestTheOracleExpectsNothingOfOneWhoRefusedOrHasDone(t *testing.T) {
	o, mother, child := lifeOf(t)
	mother.leaves = []leave{{lifeevents.TopicPapers, on(2026, 1, 1), false}}
	child.papers = append(child.papers, paper{kind: lifeevents.Document, key: lifeevents.DocIDCard, on: on(2026, 3, 1), known: on(2026, 3, 2)})
	o.judgeLife(child)
	if len(o.expected) != 0 || o.silent != 1 {
		t.Errorf("%d expected, %d silent; the mother refused, the card came before the birthday", len(o.expected), o.silent)
	}
}

// A judge that could not find a fault would be worth nothing.
func TestTheJudgeFindsEveryFaultPutBeforeIt(t *testing.T) {
	o, mother, child := lifeOf(t)
	stranger := &person{n: 2, born: on(1990, 1, 1), parents: [2]int32{-1, -1}}
	o.w.people = append(o.w.people, stranger)
	o.judgeLife(child)
	r := &run{w: o.w, log: &logbook{}}
	slot := "E13|" + string(child.id()) + "|2026-03-12|"
	say := func(step int, to *person, d day, hour int) {
		r.log.list = append(r.log.list, message{at: d.date().Start().Add(time.Duration(hour) * time.Hour), person: to.n, parts: []saying{{slot: slot, rule: "E13", step: step, about: child.n, legal: on(2026, 3, 12), topic: lifeevents.TopicPapers}}})
	}
	say(1, stranger, on(2026, 2, 10), 9)
	say(2, child, on(2026, 3, 12), 21)
	say(2, child, on(2026, 3, 12), 9)
	say(9, mother, on(2026, 6, 1), 9)
	r.general(o)
	r.particular(o)
	for sort, want := range map[string]int{"wrong_person": 1, "missed": 3, "out_of_hours": 1, "duplicate": 1, "over_budget": 1, "uncalled_for": 1} {
		if r.rep.Faults[sort] != want {
			t.Errorf("%s: %d; want %d (%v)", sort, r.rep.Faults[sort], want, r.rep.Cases[sort])
		}
	}
}

func TestWhoTurnsFourteenWhileTheBudgetHoldsANoticeIsRightlyToldInstead(t *testing.T) {
	o, mother, child := lifeOf(t)
	child.born = on(2012, 9, 24)
	o.w.from, o.w.to = on(2026, 1, 1), on(2026, 12, 31)
	told := func(d day) *run {
		o.expected = map[string]*expectation{"E57|x#2": {rule: "E57", about: child.n, from: on(2026, 9, 20), by: on(2026, 9, 27), must: true, to: []int32{mother.n}}}
		e := o.expected["E57|x#2"]
		for _, group := range o.selfOr(child)(e.by) {
			for _, p := range group {
				e.heirs = append(e.heirs, p.n)
			}
		}
		r := &run{w: o.w, log: &logbook{}}
		r.log.list = []message{{at: d.date().Start().Add(9 * time.Hour), person: child.n, parts: []saying{{slot: "E57|x", rule: "E57", step: 2, about: child.n}}}}
		r.particular(o)
		return r
	}
	if r := told(on(2026, 9, 25)); r.rep.Faults["wrong_person"] != 0 || r.rep.Faults["missed"] != 0 {
		t.Errorf("%v", r.rep.Cases)
	}
	if r := told(on(2026, 10, 20)); r.rep.Faults["missed"] != 1 {
		t.Error("a month late counts as told in time")
	}
}

func TestTheOracleTakesNobodyDivorcedBeforeTheDeathForKin(t *testing.T) {
	o, mother, child := lifeOf(t)
	dead := &person{n: 2, born: on(1980, 1, 1), died: on(2026, 7, 16), deathKnown: on(2026, 7, 29), parents: [2]int32{-1, -1},
		spouses: []marriage{{with: mother.n, until: on(2026, 7, 14), left: on(2026, 7, 18)}}}
	o.w.people = append(o.w.people, dead)
	kin := func(d day) int { return len(o.kin(dead)(d)[0]) }
	if kin(on(2026, 7, 29)) != 0 {
		t.Error("divorced two days before the death, and the register says so")
	}
	if kin(on(2026, 7, 17)) != 1 {
		t.Error("nobody knows of the divorce yet")
	}
	dead.spouses[0].until = on(2026, 7, 17)
	if kin(on(2026, 7, 29)) != 1 {
		t.Error("still married on the day of the death")
	}
	_ = child
}

func TestTheOracleExpectsTheEndOfAStayRegisteredAnewOnTheDayItWasExtended(t *testing.T) {
	o, _, child := lifeOf(t)
	o.inForce["E29"] = []span{{on(2020, 1, 1), 0}}
	ends := on(2026, 9, 20)
	child.papers = append(child.papers,
		paper{kind: lifeevents.Residence, key: "temporary", until: ends, known: on(2026, 1, 1), gone: on(2026, 1, 1)},
		paper{kind: lifeevents.Residence, key: "temporary", until: ends, known: on(2026, 1, 1)})
	o.judgeLife(child)
	if o.expected[stepKey("E29|"+string(child.id())+"|2026-09-20|temporary", 1)] == nil {
		t.Errorf("%v", o.expected)
	}
}

func TestACommuneTellsNothingToAChildNoRegisterKnowsYet(t *testing.T) {
	o, _, child := lifeOf(t)
	w := o.w
	w.communes = []string{"00004"}
	for _, p := range w.people {
		p.place = w.communes[0]
	}
	child.papers[0].known = on(2026, 5, 6)
	w.befall(lifeevents.DisasterDeclared, on(2026, 5, 5), on(2026, 5, 5))
	if len(child.doings) != 0 || len(w.people[0].doings) != 1 {
		t.Errorf("the child heard %d, the mother %d", len(child.doings), len(w.people[0].doings))
	}
	w.befall(lifeevents.DisasterDeclared, on(2026, 5, 6), on(2026, 5, 6))
	if len(child.doings) != 1 {
		t.Error("known by then")
	}
}

func TestWhatMourningMovesPastTheDayARuleBeginsMayBeSaidAndNeedNotBe(t *testing.T) {
	o, mother, _ := lifeOf(t)
	o.inForce["E71"] = []span{{on(2026, 10, 1), 0}}
	told := func() *expectation {
		o.expected, o.slots = map[string]*expectation{}, map[string]bool{}
		o.ladder(spec{rule: "E71", about: mother, legal: on(2026, 9, 23), known: on(2026, 9, 24), rungs: []day{on(2026, 9, 23)}, catch: 3, topic: lifeevents.TopicCivic, to: self(mother)})
		return o.expected[stepKey("E71|"+string(mother.id())+"|2026-09-23|", 1)]
	}
	if e := told(); e != nil {
		t.Errorf("before the rule: %+v", e)
	}
	o.w.people[1].died, o.w.people[1].deathKnown = on(2026, 9, 24), on(2026, 9, 25)
	if e := told(); e == nil || e.must {
		t.Errorf("in mourning until the rule is in force: %+v", e)
	}
}
