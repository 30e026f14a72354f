package simulate

import (
	"strings"

	le "github.com/motcua/motcua/lifeevents"
)

// Covered lists the rules the oracle judges, with what it holds each to; the words are the
// catalogue's meaning, not the rule files'.
var Covered = map[string]string{
	"E01": "birth not registered: a parent, days 3, 30, 50", "E02": "registered child without permanent residence: days 7, 45",
	"E03": "registered child under 6 without a health card: days 3, 20", "E04": "parent paying compulsory insurance: days 14, 60, 120 after the birth",
	"E04b": "parent paying voluntary insurance: days 14, 45 after the birth",
	"E05":  "asked for: with child, self-declared: weeks 14, 27, 31",
	"E06":  "asked for: card of a child, day 30", "E07": "3 years: a month before the season", "E08": "6 by the year: 1/2, 1/4",
	"E09": "fifth form: 1/2, 1/4", "E10": "ninth form: 15/2, 15/4", "E11": "72 months: 60 and 30 days before, mid September",
	"E12": "moved with children from 3 to 18: within a week", "E13": "14 years without a card: -30, 0, 30, 60", "E14": "25, 40, 60 years, card older than 2 years: -60, -30, 0, 30",
	"E15": "card without account: 7 days", "E16": "men of 17 by the year, not registered: January and March", "E17": "called to examination, 18 to 27: at once",
	"E18": "men 17 to 25 moved: within 10 days", "E19": "18 to 22 on the day of an election: 60 days before", "E20": "asked for: 18 and 21 without a licence", "E21": "left school uninsured: day 30",
	"E22": "asked for: 30 days before a wedding", "E23": "married: days 7, 30", "E24": "entry corrected: day 3", "E25": "asked for: divorced, day 14",
	"E26": "asked for: adopted, day 3, a parent", "E27": "certificate ends six months on: 30 and 7 days before", "E28": "moved, not registered: days 1, 15, 25", "E29": "temporary residence ends: 20, 15, 7 days before",
	"E30": "guest: the same day", "E31": "permanent residence ended: within 7 days", "E32": "passport ends: 210, 60 days before",
	"E33": "passport lost: at once", "E34": "paper lost: at once", "E35": "commune merged: once", "E36": "licence ends: 60, 30, 7 days before, 1 after", "E37": "no points left: 6 months on, and 15 days before",
	"E38": "points come back 12 months after the last deduction", "E39": "inspection ends: 30, 15, 3 days before", "E41": "vehicle sold: 7, 20, 28",
	"E42": "vehicle bought: 3, 15, 25", "E43": "asked for: liability insurance ends: 30, 7 before", "E44": "household business registered: 1, 10, 30",
	"E45": "business changed: 3, 8", "E46": "turnover of a billion: at once, day 20", "E46b": "turnover of 0.8 billion: at once",
	"E47": "quarterly return above a billion: 10, 3 days before", "E48": "turnover up to a billion: 10/1, 25/1", "E49": "letting: 25/6, 25/7, 25/1",
	"E50": "yearly return: 1/3, 15/4", "E51": "permit ends: 60, 30 days before", "E52": "dependent child turns 18: 30 days before",
	"E53": "asked for: job lost, a year insured: 7, 30, 60, 80", "E54": "asked for: monthly report: 5, 2 days before", "E55": "asked for: a year without contributions",
	"E56": "household health card ends: 30, 10 days before", "E57": "pupils' insurance: 20/8, 20/9", "E58": "land contract: 3, 15, 25",
	"E59": "asked for: the dead left land: day 60", "E60": "asked for: building planned: 30 days before, the day", "E61": "retirement: 12, 3, 1 months before",
	"E62": "60 years: 30 days before", "E63": "asked for: 70 years and poor: 60, 30 days before", "E64": "75 years without pension: 60, 30, 0",
	"E65": "80 years on assistance: 30 days before", "E66": "asked for: a death: days 3 and 10, kin", "E67": "asked for: the dead were insured: day 14, kin",
	"E69": "asked for: hardship: 15/8, 1/10", "E70": "asked for: disability declared: at once", "E71": "disaster in the commune: at once",
	"E72": "account with few papers: once before 28/2/2027",
}

// judgeLife goes through one life for every rule.
func (o *oracle) judgeLife(p *person) {
	o.child(p)
	o.age(p)
	for i := range p.doings {
		o.happening(p, &p.doings[i])
	}
	for i := range p.papers {
		o.ending(p, &p.papers[i])
	}
	o.parent(p)
	for y := o.w.from.year(); y <= o.w.to.year()+1; y++ {
		o.yearly(p, y)
	}
}

// back makes rungs at distances from a day.
func back(from day, n ...int) []day {
	out := make([]day, len(n))
	for i, d := range n {
		out[i] = from + day(d)
	}
	return out
}

func (p *person) bornKnown() day {
	for i := range p.papers {
		if p.papers[i].kind == le.DateOfBirth {
			return p.papers[i].known
		}
	}
	return 0
}

// age: what a birthday brings.
func (o *oracle) age(p *person) {
	b, known := p.born, p.bornKnown()
	card := func(legal day) func(day) bool {
		return func(d day) bool {
			c := p.has(d, le.Document, le.DocIDCard)
			return (c == nil || c.on < legal.years(-2)) && !p.did(d, le.IDCardIssued, legal.years(-2))
		}
	}
	at14 := b.years(14)
	o.ladder(spec{rule: "E13", about: p, legal: at14, known: known, rungs: back(at14, -30, 0, 30, 60), topic: le.TopicPapers, to: o.selfOr(p), holds: card(at14)})
	for _, a := range []int{25, 40, 60} {
		l := b.years(a)
		o.ladder(spec{rule: "E14", about: p, legal: l, known: known, rungs: back(l, -60, -30, 0, 30), topic: le.TopicPapers, last: l, to: self(p),
			holds: func(d day) bool { return p.has(d, le.Document, le.DocIDCard) != nil && card(l)(d) }})
	}
	for _, a := range []int{18, 21} {
		l := b.years(a)
		o.ladder(spec{rule: "E20", about: p, legal: l, known: known, rungs: back(l, 0), topic: le.TopicVehicle, asked: true, to: self(p),
			holds: func(d day) bool { return p.has(d, le.Licence, "") == nil }})
	}
	if p.male {
		y := b.year() + 17
		o.ladder(spec{rule: "E16", about: p, legal: on(y, 4, 1), known: known, rungs: []day{on(y, 1, 5), on(y, 3, 15)}, topic: le.TopicMilitary, to: self(p),
			holds: func(d day) bool { return p.has(d, le.Military, "registered") == nil }})
	}
	o.old(p, known)
}

func (o *oracle) old(p *person, known day) {
	b := p.born
	noPension := func(d day) bool {
		return p.has(d, le.Benefit, le.BenPension) == nil && p.has(d, le.Benefit, le.BenSocialPension) == nil
	}
	turn := func(rule string, years int, topic le.Topic, asked bool, holds func(day) bool, n ...int) {
		l := b.years(years)
		o.ladder(spec{rule: rule, about: p, legal: l, known: known, rungs: back(l, n...), topic: topic, asked: asked, to: self(p), holds: holds})
	}
	turn("E62", 60, le.TopicOldAge, false, nil, -30)
	turn("E63", 70, le.TopicPoverty, true, func(d day) bool {
		return noPension(d) && (p.holds(d, le.Hardship, "poor") || p.holds(d, le.Hardship, "near_poor"))
	}, -60, -30)
	turn("E64", 75, le.TopicOldAge, false, noPension, -60, -30, 0)
	turn("E65", 80, le.TopicOldAge, false, func(d day) bool {
		return p.has(d, le.Benefit, le.BenSocial) != nil || p.has(d, le.Benefit, le.BenSocialPension) != nil
	}, -30)
	if l := retires(b, p.male); l != 0 {
		o.ladder(spec{rule: "E61", about: p, legal: l, known: known, rungs: []day{l.months(-12), l.months(-3), l.months(-1)}, topic: le.TopicOldAge, to: self(p),
			holds: func(d day) bool {
				return p.has(d, le.Benefit, le.BenPension) == nil && (p.has(d, le.Insurance, le.InsSocial) != nil || p.has(d, le.Insurance, le.InsSocialVoluntary) != nil)
			}})
	}
}

// retires: the first year from 2021 whose age, reached by the person, falls into it; 60
// years 3 months for men and 55 years 4 months for women in 2021, three and four months
// more each year up to 62 and 60. The day is the last of the month.
func retires(born day, male bool) day {
	start, step, top := 55*12+4, 4, 60*12
	if male {
		start, step, top = 60*12+3, 3, 62*12
	}
	if born.months(start).year() < 2021 {
		return 0
	}
	for y := 2021; ; y++ {
		age := min(top, start+step*(y-2021))
		if r := born.months(age); r.year() <= y {
			yy, m, _ := r.split()
			return on(yy, m, 31)
		}
	}
}

// child: what the years of a child bring, told to who represents it.
func (o *oracle) child(p *person) {
	b, known := p.born, p.bornKnown()
	resides := func(d day) bool { return p.has(d, le.Residence, "") != nil }
	l := on(b.years(3).year(), 3, 1)
	o.ladder(spec{rule: "E07", about: p, legal: l, known: known, rungs: back(l, -30), topic: le.TopicSchool, to: o.guardian(p), holds: resides})
	y := b.years(6).year()
	o.ladder(spec{rule: "E08", about: p, legal: on(y, 9, 1), known: known, rungs: []day{on(y, 2, 1), on(y, 4, 1)}, topic: le.TopicSchool, to: o.guardian(p), holds: resides})
	l = b.years(6)
	o.ladder(spec{rule: "E11", about: p, legal: l, known: known, rungs: []day{l - 60, l - 30, on(y, 9, 15)}, topic: le.TopicInsurance, to: o.guardian(p),
		holds: func(d day) bool {
			return !p.holds(d, le.Insurance, le.InsHealthSchool) && !p.holds(d, le.Insurance, le.InsHealthHousehold)
		}})
}

// parent: what children bring to their parents.
func (o *oracle) parent(p *person) {
	for _, n := range p.kids {
		c := o.w.people[n]
		known := max(c.bornKnown(), c.adopted)
		living := func(d day) bool { return !c.gone(d) }
		o.ladder(spec{rule: "E04", about: p, legal: c.born, ref: string(c.id()), known: known, rungs: back(c.born, 14, 60, 120), topic: le.TopicBirth, asked: true, to: self(p),
			holds: func(d day) bool { return living(d) && p.holds(d, le.Insurance, le.InsSocial) }})
		o.ladder(spec{rule: "E04b", about: p, legal: c.born, ref: string(c.id()), known: known, rungs: back(c.born, 14, 45), topic: le.TopicBirth, asked: true, to: self(p),
			holds: func(d day) bool {
				return living(d) && p.holds(d, le.Insurance, le.InsSocialVoluntary) && !p.holds(d, le.Insurance, le.InsSocial)
			}})
		l := c.born.years(18)
		o.ladder(spec{rule: "E52", about: p, legal: l, ref: string(c.id()), known: known, rungs: back(l, -30), topic: le.TopicTax, to: self(p),
			holds: func(d day) bool { return living(d) && p.has(d, le.Tax, "dependent") != nil }})
	}
}

// yearly: what the calendar brings.
func (o *oracle) yearly(p *person, y int) {
	s := func(rule string, legal day, topic le.Topic, to func(day) [][]*person, holds func(day) bool, soft uint, rungs ...day) {
		o.ladder(spec{rule: rule, about: p, legal: legal, rungs: rungs, topic: topic, to: to, holds: holds, soft: soft, asked: topic == le.TopicPoverty})
	}
	form := func(level string, grade int64) func(day) bool {
		return func(d day) bool {
			f := p.has(d, le.Schooling, "")
			return f != nil && f.text == level && f.number == grade
		}
	}
	s("E09", on(y, 5, 31), le.TopicSchool, o.guardian(p), form("primary", 5), 0, on(y, 2, 1), on(y, 4, 1))
	s("E10", on(y, 5, 31), le.TopicSchool, func(d day) [][]*person { return append(self(p)(d), o.parentsOf(p, d)) }, form("lower_secondary", 9), 0, on(y, 2, 15), on(y, 4, 15))
	s("E57", on(y, 9, 1), le.TopicInsurance, o.selfOr(p), func(d day) bool {
		f, ins := p.has(d, le.Schooling, ""), p.has(d, le.Insurance, le.InsHealthSchool)
		return f != nil && f.text != "preschool" && f.text != "none" && (ins == nil || ins.on < on(y, 7, 1))
	}, 0, on(y, 8, 20), on(y, 9, 20))
	turnover := func(d day) int64 {
		if f := p.has(d, le.Tax, "household"); f != nil {
			return f.number
		}
		return 0
	}
	for _, q := range []day{on(y, 1, 31), on(y, 4, 30), on(y, 7, 31), on(y, 10, 31)} {
		s("E47", q, le.TopicTax, self(p), func(d day) bool { return turnover(d) > 1e9 }, 0, q-10, q-3)
	}
	s("E48", on(y, 1, 31), le.TopicTax, self(p), func(d day) bool {
		f := p.has(d, le.Business, p.shop())
		return f != nil && f.number <= 1e9 && turnover(d) <= 1e9
	}, 0, on(y, 1, 10), on(y, 1, 25))
	lets := func(d day) bool { return p.has(d, le.Tax, "rental") != nil || p.did(d, le.LeaseSigned, 0) }
	s("E49", on(y, 7, 31), le.TopicTax, self(p), lets, 0, on(y, 6, 25), on(y, 7, 25))
	s("E49", on(y, 1, 31), le.TopicTax, self(p), lets, 1, on(y, 1, 31)-36, on(y, 1, 25))
	s("E50", on(y, 4, 30), le.TopicTax, self(p), func(d day) bool { return p.has(d, le.Tax, "income") != nil }, 0, on(y, 3, 1), on(y, 4, 15))
	s("E69", on(y, 9, 1), le.TopicPoverty, self(p), func(d day) bool {
		return p.did(d, le.HardshipDeclared, 0) || p.has(d, le.Hardship, "poor") != nil || p.has(d, le.Hardship, "near_poor") != nil
	}, 0, on(y, 8, 15), on(y, 10, 1))
	if y == 2027 {
		s("E72", on(2027, 2, 28), le.TopicPapers, self(p), func(d day) bool {
			f := p.has(d, le.Account, "e_id_2")
			return f != nil && f.number < 5
		}, 0, on(2027, 2, 28)-60)
	}
}

// ending: what the last day of a paper brings.
func (o *oracle) ending(p *person, f *paper) {
	l := f.until
	s := func(rule string, topic le.Topic, asked bool, to func(day) [][]*person, holds func(day) bool, n ...int) {
		o.ladder(spec{rule: rule, about: p, legal: l, ref: f.key, known: f.known, rungs: back(l, n...), topic: topic, asked: asked, last: l, to: to,
			holds: func(d day) bool { return p.stands(f, d) && (holds == nil || holds(d)) }})
	}
	switch {
	case l == 0:
	case f.kind == le.Residence && f.key == "temporary":
		s("E29", le.TopicResidence, false, o.selfOr(p), nil, -20, -15, -7)
	case f.kind == le.Document && f.key == le.DocPassport:
		s("E32", le.TopicPapers, false, o.selfOr(p), nil, -210, -60)
	case f.kind == le.Licence:
		s("E36", le.TopicVehicle, false, self(p), nil, -60, -30, -7, 1)
	case f.kind == le.Inspection:
		s("E39", le.TopicVehicle, false, self(p), nil, -30, -15, -3)
	case f.kind == le.Insurance && f.key == le.InsVehicle:
		s("E43", le.TopicVehicle, true, self(p), nil, -30, -7)
	case f.kind == le.Business && strings.HasSuffix(f.key, "-gp"):
		s("E51", le.TopicBusiness, false, self(p), nil, -60, -30)
	case f.kind == le.Insurance && f.key == le.InsHealthHousehold:
		s("E56", le.TopicInsurance, false, o.selfOr(p), func(d day) bool {
			return !p.holds(d, le.Insurance, le.InsHealth) && !p.holds(d, le.Insurance, le.InsSocial)
		}, -30, -10)
	case f.kind == le.Benefit && f.key == le.BenUnemployment:
		for n := 1; f.on.months(n) <= f.until; n++ {
			m := f.on.months(n)
			o.ladder(spec{rule: "E54", about: p, legal: m, ref: f.key, known: f.known, rungs: back(m, -5, -2), topic: le.TopicWork, asked: true, catch: 5, last: m, to: self(p), holds: f.stands})
		}
	}
}

// stands reports whether a paper, or one like it that ends on the same day, was on file: a
// stay registered anew on the day it was extended ends no earlier and no later.
func (p *person) stands(f *paper, d day) bool {
	for i := range p.papers {
		if g := &p.papers[i]; g.kind == f.kind && g.key == f.key && g.until == f.until && g.stands(d) {
			return true
		}
	}
	return false
}
