package simulate

import (
	"strconv"

	le "github.com/motcua/motcua/lifeevents"
)

// happening: what an event brings. Long because it is a list, one case for each kind.
func (o *oracle) happening(p *person, e *doing) {
	base := spec{about: p, legal: e.on, ref: e.subject, known: e.known, undone: e.undone}
	s := func(rule string, topic le.Topic, to func(day) [][]*person, holds func(day) bool, n ...int) {
		b := base
		b.rule, b.topic, b.to, b.holds, b.rungs = rule, topic, to, holds, back(e.on, n...)
		o.ladder(b)
	}
	asked := func(rule string, topic le.Topic, to func(day) [][]*person, holds func(day) bool, n ...int) {
		base.asked = true
		s(rule, topic, to, holds, n...)
		base.asked = false
	}
	million, _ := strconv.Atoi(e.word[1])
	switch e.kind {
	case le.ChildBorn:
		base.last = 0
		asked("E01", le.TopicBirth, o.guardian(p), func(d day) bool {
			return !p.did(d, le.BirthRegistered, e.on) && p.has(d, le.Document, le.DocBirth) == nil
		}, 3, 30, 50)
	case le.BirthRegistered:
		s("E02", le.TopicChild, o.guardian(p), func(d day) bool { return p.has(d, le.Residence, "permanent") == nil }, 7, 45)
		s("E03", le.TopicChild, o.guardian(p), func(d day) bool { return !p.holds(d, le.Insurance, le.InsHealthChild) }, 3, 20)
		asked("E06", le.TopicChild, o.guardian(p), func(d day) bool { return p.has(d, le.Document, le.DocIDCard) == nil }, 30)
	case le.ResidenceChanged:
		o.moved(p, e, base)
	case le.PregnancyDeclared:
		base.catch = 14
		asked("E05", le.TopicBirth, self(p), nil, 14*7, 27*7, 31*7)
	case le.AdoptionRegistered:
		asked("E26", le.TopicAdoption, o.guardian(p), nil, 3)
	case le.ElectionCalled:
		s("E19", le.TopicCivic, self(p), func(day) bool { a := p.born.age(e.on); return a >= 18 && a < 23 }, -60)
	case le.AdminUnitChanged:
		base.catch = 60
		s("E35", le.TopicCivic, self(p), nil, 0)
	case le.DisasterDeclared:
		base.catch = 3
		s("E71", le.TopicCivic, self(p), nil, 0)
	case le.IDCardIssued:
		s("E15", le.TopicPapers, self(p), func(d day) bool { return p.has(d, le.Account, "e_id_2") == nil }, 7)
	case le.MilitaryExamCalled:
		base.catch = 14
		s("E17", le.TopicMilitary, self(p), func(d day) bool { a := p.born.age(d); return p.male && a >= 18 && a <= 27 }, 0)
	case le.SchoolLeft:
		s("E21", le.TopicInsurance, o.selfOr(p), func(d day) bool {
			return !p.holds(d, le.Insurance, le.InsHealthHousehold) && !p.holds(d, le.Insurance, le.InsHealth) && !p.holds(d, le.Insurance, le.InsSocial)
		}, 30)
	case le.MarriagePlanned:
		asked("E22", le.TopicMarriage, self(p), func(d day) bool {
			a := p.born.age(e.on)
			return a >= 18 && (!p.male || a >= 20) && !p.did(d, le.MarriageRegistered, e.on-90)
		}, -30)
	case le.MarriageRegistered:
		s("E23", le.TopicMarriage, self(p), nil, 7, 30)
	case le.CivilStatusChanged:
		s("E24", le.TopicMarriage, o.selfOr(p), nil, 3)
	case le.DivorceRegistered:
		asked("E25", le.TopicDivorce, self(p), nil, 14)
	case le.SingleCertificate:
		base.legal = e.on.months(6)
		base.rule, base.topic, base.to, base.rungs = "E27", le.TopicMarriage, self(p), back(base.legal, -30, -7)
		base.holds = func(d day) bool { return !p.did(d, le.MarriageRegistered, e.on) }
		o.ladder(base)
	case le.BuildingPlanned:
		asked("E60", le.TopicHousing, self(p), nil, -30, 0)
	case le.DisabilityDeclared:
		asked("E70", le.TopicDisability, o.selfOr(p), nil, 0)
	case le.RevenueReached:
		if million >= 1000 {
			s("E46", le.TopicTax, self(p), nil, 0, 20)
		} else if million >= 800 {
			s("E46b", le.TopicTax, self(p), nil, 0)
		}
	case le.LandContractSigned:
		s("E58", le.TopicHousing, self(p), nil, 3, 15, 25)
	case le.JobEnded, le.ContributionStopped:
		o.jobless(p, e, base)
	case le.DeathOccurred, le.DeathRegistered:
		o.death(p, e, base)
	default:
		o.promptly(p, e, base)
	}
}

// promptly: what is said once or thrice after the event, whatever else is so.
func (o *oracle) promptly(p *person, e *doing, b spec) {
	say := func(rule string, topic le.Topic, catch, within int, to func(day) [][]*person, n ...int) {
		b.rule, b.topic, b.catch, b.to, b.rungs = rule, topic, catch, to, back(e.on, n...)
		if within >= 0 {
			b.last = e.on + day(within)
		}
		o.ladder(b)
	}
	switch e.kind {
	case le.GuestStaying:
		say("E30", le.TopicResidence, -1, 0, self(p), 0)
	case le.ResidenceEnded:
		say("E31", le.TopicResidence, 7, 7, self(p), 0, 4)
	case le.PassportLost:
		say("E33", le.TopicPapers, 7, 2, o.selfOr(p), 0)
	case le.PaperLost:
		say("E34", le.TopicPapers, 14, -1, o.selfOr(p), 0)
	case le.VehicleSold:
		say("E41", le.TopicVehicle, 0, 30, self(p), 7, 20, 28)
	case le.VehicleBought:
		say("E42", le.TopicVehicle, 0, 30, self(p), 3, 15, 25)
	case le.BusinessRegistered:
		say("E44", le.TopicBusiness, 0, -1, self(p), 1, 10, 30)
	case le.BusinessChanged:
		say("E45", le.TopicBusiness, 14, -1, self(p), 3, 8)
	case le.PointsExhausted:
		b.legal = e.on.months(6)
		b.rule, b.topic, b.to, b.rungs = "E37", le.TopicVehicle, self(p), back(b.legal, -15, 0)
		o.ladder(b)
	case le.PointsDeducted:
		b.legal = e.on.months(12)
		b.rule, b.topic, b.to, b.rungs = "E38", le.TopicVehicle, self(p), back(b.legal, 0)
		b.holds = func(d day) bool { return !p.did(d, le.PointsDeducted, e.on+1) && !p.did(d, le.PointsExhausted, e.on) }
		o.ladder(b)
	}
}

func (o *oracle) moved(p *person, e *doing, b spec) {
	if e.word[1] == "days" {
		return
	}
	b.rule, b.topic, b.to, b.rungs, b.last = "E28", le.TopicResidence, o.selfOr(p), back(e.on, 1, 15, 25), e.on+30
	b.holds = func(d day) bool {
		for _, key := range []string{"temporary", "permanent"} {
			if f := p.has(d, le.Residence, key); f != nil && f.on >= e.on {
				return false
			}
		}
		return true
	}
	o.ladder(b)
	b.rule, b.topic, b.to, b.rungs, b.last, b.catch = "E18", le.TopicMilitary, self(p), back(e.on, 2, 7), e.on+14, 10
	b.holds = func(d day) bool { a := p.born.age(d); return p.male && a >= 17 && a <= 25 }
	o.ladder(b)
	b.rule, b.topic, b.rungs, b.last, b.catch = "E12", le.TopicSchool, back(e.on, 3), 0, 14
	b.holds = func(d day) bool {
		from3, under18 := false, false
		for _, n := range p.kids {
			if c := o.w.people[n]; max(c.bornKnown(), c.adopted) <= d && c.born <= d && !c.gone(d) {
				a := c.born.age(d)
				from3, under18 = from3 || a >= 3, under18 || a < 18
			}
		}
		return from3 && under18
	}
	o.ladder(b)
}

func (o *oracle) jobless(p *person, e *doing, b spec) {
	b.topic, b.asked, b.to = le.TopicWork, true, self(p)
	if e.kind == le.JobEnded {
		b.rule, b.rungs, b.last = "E53", back(e.on, 7, 30, 60, 80), e.on.months(3)
		b.holds = func(d day) bool {
			ins := p.has(d, le.Insurance, le.InsUnemployment)
			return ins != nil && ins.number >= 12 && !p.did(d, le.JobStarted, e.on) &&
				p.has(d, le.Benefit, le.BenPension) == nil && p.has(d, le.Benefit, le.BenUnemployment) == nil
		}
		o.ladder(b)
		return
	}
	b.legal = e.on.months(12)
	b.rule, b.rungs = "E55", back(b.legal, 30)
	b.holds = func(d day) bool {
		ins := p.has(d, le.Insurance, le.InsSocial)
		return ins != nil && ins.on < on(2025, 7, 1) && ins.number < 240 && !p.did(d, le.JobStarted, e.on) &&
			!p.holds(d, le.Insurance, le.InsSocialVoluntary) && p.has(d, le.Benefit, le.BenPension) == nil
	}
	o.ladder(b)
}

// death: what it asks of the next of kin. Whoever tells first, kin or register, it is one death.
func (o *oracle) death(p *person, e *doing, b spec) {
	b.topic, b.asked, b.ofDead, b.to = le.TopicBereaved, true, true, o.kin(p)
	if e.kind == le.DeathRegistered {
		r := b
		r.rule, r.rungs = "E67", back(e.on, 14)
		r.holds = func(d day) bool {
			return p.has(d, le.Insurance, le.InsSocial) != nil || p.has(d, le.Insurance, le.InsSocialVoluntary) != nil || p.has(d, le.Benefit, le.BenPension) != nil
		}
		o.ladder(r)
	}
	b.known = p.deathKnown
	b.rule, b.rungs = "E59", back(e.on, 60)
	b.holds = func(d day) bool { return p.has(d, le.Land, "") != nil }
	o.ladder(b)
	b.rule, b.rungs, b.holds, b.catch = "E66", back(e.on, 3, 10), nil, 10
	o.ladder(b)
}
