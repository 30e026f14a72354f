package simulate

import (
	"cmp"
	"slices"

	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/lifeevents"
)

// populate makes n people as they are on the first day: families first, papers after.
func (w *world) populate(n int) {
	for _, p := range place.Provinces() {
		list := place.Within(p)
		for i := range 3 { // three communes of each province
			w.communes = append(w.communes, list[i*len(list)/3].Code)
		}
	}
	for i := range n {
		p := w.newborn(w.from-day(ageOf(w.rnd))-1, w.chance(0.5))
		p.n = int32(i)
		w.people = append(w.people, p)
	}
	w.marry()
	w.giveChildren()
	slices.SortStableFunc(w.people, func(a, b *person) int { return cmp.Compare(a.house, b.house) })
	w.renumber()
	for _, p := range w.people {
		w.settle(p)
	}
	for _, p := range w.people {
		w.settleTies(p)
	}
}

// newborn is a person with a fate and nothing else.
func (w *world) newborn(born day, male bool) *person {
	p := &person{born: born, male: male, parents: [2]int32{-1, -1}, house: -1, outside: w.chance(0.3)}
	p.fate = w.fate(p, w.from)
	return p
}

// fate draws the day of death among those after the day given.
func (w *world) fate(p *person, after day) day {
	start := max(after, p.born)
	for age := p.born.age(start); age < 130; age++ {
		if w.chance(dying(age)) {
			if d := p.born.years(age) + w.between(0, 364); d > after {
				return d
			}
		}
	}
	return start + 1
}

// marry pairs most grown women with men a little older, and gives everybody grown a house.
func (w *world) marry() {
	free := map[int][]*person{} // single men by age
	for _, p := range w.people {
		if age := p.born.age(w.from); p.male && age >= 21 {
			free[age] = append(free[age], p)
		}
	}
	house := int32(0)
	for _, p := range w.people {
		age := p.born.age(w.from)
		if age < 20 {
			continue
		}
		if !p.male && p.house < 0 && w.chance(min(0.9, 0.25+0.08*float64(age-20))) {
			for _, gap := range []int{3, 2, 1, 4, 5, 0, 6, -1, 8, -2} {
				list := free[age+gap]
				if len(list) == 0 {
					continue
				}
				m := list[len(list)-1]
				free[age+gap] = list[:len(list)-1]
				if m.house >= 0 {
					continue
				}
				since := max(p.born.years(20), m.born.years(21)) + w.between(0, 2000)
				since = min(since, w.from-1)
				p.spouses = []marriage{{with: m.n, from: since, known: w.from}}
				m.spouses = []marriage{{with: p.n, from: since, known: w.from}}
				p.house, m.house = house, house
				break
			}
		}
	}
	for _, p := range w.people {
		if p.house < 0 && p.born.age(w.from) >= 20 {
			p.house = house
		}
		if p.house == house {
			if len(p.spouses) > 0 {
				w.people[p.spouses[0].with].house = house
			}
			house++
		}
	}
}

// giveChildren finds a mother of fitting age for everybody under twenty-five, and by her a father.
func (w *world) giveChildren() {
	mothers := map[int][]*person{}
	for _, p := range w.people {
		if age := p.born.age(w.from); !p.male && len(p.spouses) > 0 && age < 70 {
			mothers[age] = append(mothers[age], p)
		}
	}
	for _, c := range w.people {
		age := c.born.age(w.from)
		if age >= 25 {
			continue
		}
		tries := 12
		if age < 10 && w.chance(0.02) {
			tries = 0 // in care: some of them are adopted
		}
		for range tries {
			list := mothers[age+20+w.rnd.IntN(18)]
			if len(list) == 0 {
				continue
			}
			m := list[w.rnd.IntN(len(list))]
			if len(m.kids) >= 5 || c.house >= 0 && c.house != m.house && age < 20 {
				continue
			}
			c.parents = [2]int32{m.n, m.spouses[0].with}
			m.kids = append(m.kids, c.n)
			f := w.people[m.spouses[0].with]
			f.kids = append(f.kids, c.n)
			if age < 20 {
				c.house = m.house
			}
			break
		}
		if c.house < 0 { // nobody known: lives alone on paper
			c.house = int32(len(w.people)) + c.n
		}
	}
}

// renumber follows the order of houses, so that families stand together.
func (w *world) renumber() {
	now := make([]int32, len(w.people))
	for i, p := range w.people {
		now[p.n] = int32(i)
	}
	for i, p := range w.people {
		p.n = int32(i)
		for j, q := range p.parents {
			if q >= 0 {
				p.parents[j] = now[q]
			}
		}
		for j := range p.kids {
			p.kids[j] = now[p.kids[j]]
		}
		for j := range p.spouses {
			p.spouses[j].with = now[p.spouses[j].with]
		}
	}
	for _, p := range w.people {
		p.place = w.communes[int(p.house)*37%len(w.communes)]
	}
}

// settleTies tells of parents, spouses and heads of household on the first day.
func (w *world) settleTies(p *person) {
	for i := range p.spouses {
		if m := &p.spouses[i]; !p.male {
			m.edge = w.tie(p, w.people[m.with], lifeevents.SpouseOf, m.from, w.from, false, false)
		}
	}
	for _, q := range p.parents {
		if q >= 0 {
			w.tie(w.people[q], p, lifeevents.ParentOf, p.born, w.from, true, false)
		}
	}
}
