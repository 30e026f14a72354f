package simulate

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	le "github.com/motcua/motcua/lifeevents"
)

func (w *world) mayBear(p *person) bool {
	if p.male {
		return false
	}
	age := p.born.age(w.now)
	return age >= 19 && age <= 41 && p.spouse(w.now) >= 0 && len(p.kids) < 4 &&
		(len(p.kids) == 0 || w.people[p.kids[len(p.kids)-1]].born+400 < w.now)
}

// bear brings a child into the world today; health tells of it, later civil status.
func (w *world) bear(mother *person) {
	father := w.people[mother.spouse(w.now)]
	c := w.newborn(w.now, w.chance(0.52))
	c.n, c.house, c.place = int32(len(w.people)), mother.house, mother.place
	c.parents = [2]int32{mother.n, father.n}
	w.people = append(w.people, c)
	mother.kids, father.kids = append(mother.kids, c.n), append(father.kids, c.n)
	known := w.now + w.between(0, 5)
	c.papers = append(c.papers, paper{kind: le.DateOfBirth, on: c.born, known: known})
	sex := string(le.Female)
	if c.male {
		sex = string(le.Male)
	}
	c.papers = append(c.papers, paper{kind: le.SexOf, text: sex, known: known})
	if t := w.tell(known); t != nil {
		t.Facts = append(t.Facts, w.fact(c, 0), w.fact(c, 1))
	}
	w.tie(mother, c, le.ParentOf, c.born, known, true, false)
	if father.died == 0 {
		w.tie(father, c, le.ParentOf, c.born, known, true, false)
	}
	w.happen(c, le.HealthRegister, doing{kind: le.ChildBorn, on: c.born, known: known, subject: string(c.id())})
	w.at(c.fate, c, func() { w.die(c) })
	if w.chance(0.97) {
		w.at(max(known, w.now+w.between(4, 75)), c, func() { w.registerBirth(c) })
	}
	w.planCard(c, 14)
	w.at(w.nextSeptember(c.born.years(6)), c, func() { w.nextGrade(c) })
}

func (w *world) registerBirth(c *person) {
	today := w.now
	known := today + w.between(0, 2)
	w.happen(c, le.CivilStatusRegister, doing{kind: le.BirthRegistered, on: today, known: known, subject: string(c.id())})
	w.file(c, paper{kind: le.Document, key: le.DocBirth, on: today, known: known})
	if w.chance(0.9) {
		w.at(today+w.between(2, 60), c, func() {
			w.file(c, paper{kind: le.Residence, key: "permanent", text: c.place, on: w.now, known: w.now + w.between(0, 2)})
		})
	}
	if w.chance(0.95) {
		w.at(today+w.between(1, 30), c, func() {
			w.file(c, paper{kind: le.Insurance, key: le.InsHealthChild, on: w.now, until: c.born.years(6), known: w.now + w.between(0, 2)})
		})
	}
}

// die ends a life today: kin may say so at once, the register does within two weeks.
func (w *world) die(p *person) {
	today := w.now
	p.died = today
	registered := today + w.between(2, 14)
	p.deathKnown = registered
	if w.chance(0.4) {
		p.deathKnown = today + w.between(0, 2)
		w.happen(p, le.Declaration, doing{kind: le.DeathOccurred, on: today, known: p.deathKnown})
	}
	w.happen(p, le.CivilStatusRegister, doing{kind: le.DeathRegistered, on: today, known: registered})
	p.papers = append(p.papers, paper{kind: le.DateOfDeath, on: today, known: registered})
	if t := w.tell(registered); t != nil {
		t.Facts = append(t.Facts, w.fact(p, len(p.papers)-1))
	}
	for i := range p.spouses {
		if m := &p.spouses[i]; m.until == 0 {
			m.until = today
			other := w.people[m.with]
			for j := range other.spouses {
				if other.spouses[j].with == p.n && other.spouses[j].until == 0 {
					other.spouses[j].until = today
				}
			}
		}
	}
}

func (w *world) single(p *person) bool {
	age := p.born.age(w.now)
	return age >= 21 && age < 45 && len(p.spouses) == 0
}

func (w *world) wed(p *person) {
	q := w.pick(func(q *person) bool {
		gap := q.born - p.born
		return q.male != p.male && w.single(q) && gap < 3000 && gap > -3000
	})
	if q == nil {
		return
	}
	wedding := w.now + w.between(35, 90)
	for _, one := range []*person{p, q} {
		if w.chance(0.5) {
			w.declare(one, le.MarriagePlanned, wedding, "", "")
		}
	}
	w.at(wedding, p, func() {
		if q.died != 0 || len(p.spouses) > 0 || len(q.spouses) > 0 {
			return
		}
		known := w.now + w.between(0, 3)
		edge := w.tie(p, q, le.SpouseOf, w.now, known, false, false)
		p.spouses = append(p.spouses, marriage{with: q.n, from: w.now, known: known, edge: edge})
		q.spouses = append(q.spouses, marriage{with: p.n, from: w.now, known: known})
		for _, one := range []*person{p, q} {
			w.happen(one, le.CivilStatusRegister, doing{kind: le.MarriageRegistered, on: w.now, known: known})
		}
		q.house, q.place = p.house, p.place
	})
}

func (w *world) divorce(p *person) {
	q := w.people[p.spouse(w.now)]
	if q.died != 0 {
		return
	}
	known := w.now + w.between(1, 6)
	for _, pair := range [][2]*person{{p, q}, {q, p}} {
		one := pair[0]
		for i := range one.spouses {
			if one.spouses[i].with == pair[1].n {
				one.spouses[i].until, one.spouses[i].left = w.now, known
				w.untie(one, pair[1], &one.spouses[i])
			}
		}
		w.happen(one, le.CourtRegister, doing{kind: le.DivorceRegistered, on: w.now, known: known})
	}
}

// untie tells that a marriage has ended; one side of it holds the edge.
func (w *world) untie(p, q *person, m *marriage) {
	if t := w.tell(m.left); t != nil && m.edge != "" {
		t.Edges = append(t.Edges, le.Edge{ID: m.edge + "/end", From: p.id(), To: q.id(), Kind: le.SpouseOf, Supersedes: m.edge,
			Validity: corpus.Validity{From: m.from.date(), Until: m.until.date()}, Source: le.CivilStatusRegister, ObservedAt: morning(m.left)})
	}
}

// move takes a person, alone, to another commune.
func (w *world) move(p *person) {
	to := w.communes[w.rnd.IntN(len(w.communes))]
	stay := []string{"days", "settled", "long", "long"}[w.rnd.IntN(4)]
	w.register(p, le.ResidenceRegister, le.ResidenceChanged, "stay", stay)
	if stay == "days" {
		return
	}
	p.place = to
	if !w.chance(0.7) {
		return
	}
	w.at(w.now+w.between(4, 45), p, func() {
		f := paper{kind: le.Residence, key: "temporary", text: to, on: w.now, until: w.now.years(1), known: w.now + w.between(0, 2)}
		if strings.Contains(stay, "settled") {
			f.key, f.until = "permanent", 0
		}
		if old := p.find(f.kind, f.key); old >= 0 {
			f.known = max(f.known, p.papers[old].known)
			w.planRenewal(p, w.renew(p, old, f))
		} else {
			w.fileEnding(p, f)
		}
	})
}
