package simulate

import (
	le "github.com/motcua/motcua/lifeevents"
)

// expect has a woman say that she is with child, in the third or fourth month.
func (w *world) expect(p *person) {
	w.happen(p, le.Declaration, doing{kind: le.PregnancyDeclared, on: w.now - w.between(60, 110), known: w.now})
}

func (w *world) mayExpect(p *person) bool {
	age := p.born.age(w.now)
	return !p.male && age >= 19 && age <= 41
}

// adopt gives a child without parents on file to a married couple.
func (w *world) adopt(p *person) {
	if p.spouse(w.now) < 0 || len(p.kids) > 0 {
		return
	}
	other := w.people[p.spouse(w.now)]
	c := w.pick(func(c *person) bool {
		return c.parents == [2]int32{-1, -1} && c.born.age(w.now) >= 1 && c.born.age(w.now) <= 10 && c.born+400 < w.now
	})
	if c == nil || other.died != 0 || p.gone(w.now) {
		return
	}
	known := w.now + w.between(0, 5)
	c.parents, c.adopted, c.house, c.place = [2]int32{p.n, other.n}, known, p.house, p.place
	for _, parent := range []*person{p, other} {
		parent.kids = append(parent.kids, c.n)
		w.tie(parent, c, le.ParentOf, w.now, known, true, false)
	}
	w.happen(c, le.CivilStatusRegister, doing{kind: le.AdoptionRegistered, on: w.now, known: known})
}

// public draws what befalls whole communes: a disaster now and then, a merger on the first
// of July; and an election, of which those hear who vote for the first time.
func (w *world) public(today day) {
	if w.chance(0.02) {
		w.befall(le.DisasterDeclared, today, today+w.between(0, 1))
	}
	if _, m, d := today.split(); m == 7 && d == 1 {
		w.befall(le.AdminUnitChanged, today, today+w.between(0, 20))
	}
	if polling := w.polling(); today == polling-70 {
		for _, p := range w.people {
			if p.died == 0 && p.born.age(polling) >= 17 && p.born.age(polling) <= 24 {
				w.happen(p, le.CommuneOffice, doing{kind: le.ElectionCalled, on: polling, known: today})
			}
		}
	}
}

// polling is 15/03/2026 where that day lies well inside the years lived, else a made-up day
// of a by-election.
func (w *world) polling() day {
	if real := on(2026, 3, 15); real-70 > w.from && real < w.to {
		return real
	}
	return w.from + 100
}

// befall has the commune's office tell of something to everybody who lives in one commune,
// as far as registers know of them: not to a child born the day before.
func (w *world) befall(kind le.EventKind, when, known day) {
	commune := w.communes[w.rnd.IntN(len(w.communes))]
	for _, p := range w.people {
		if p.died == 0 && p.place == commune && p.bornKnown() <= known {
			w.happen(p, le.CommuneOffice, doing{kind: kind, on: when, known: known})
		}
	}
}
