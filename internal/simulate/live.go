package simulate

import (
	"fmt"
	"strconv"

	le "github.com/motcua/motcua/lifeevents"
)

// live draws what happens today beyond what the agenda holds. Rates are a head and year,
// chosen so that every rule is met, near life where we know better than a guess.
func (w *world) live(today day) {
	grown := func(p *person) bool { return p.born.age(today) >= 18 && p.born.age(today) < 75 }
	each := func(rate float64, fits func(*person) bool, act func(*person)) {
		for range w.times(rate) {
			if p := w.pick(fits); p != nil {
				act(p)
			}
		}
	}
	each(0.014, w.mayBear, w.bear)
	each(0.03, func(p *person) bool { return p.born.age(today) >= 14 }, w.move)
	each(0.006, w.single, w.wed)
	each(0.001, func(p *person) bool { return !p.male && p.spouse(today) >= 0 }, w.divorce)
	each(0.02, func(p *person) bool { return p.find(le.Employment, "") >= 0 && grown(p) }, w.loseJob)
	each(0.006, grown, func(p *person) { w.openShop(p, w.now) })
	each(0.012, func(p *person) bool { return p.find(le.Vehicle, w.carOf(p)) >= 0 }, w.sellCar)
	each(0.012, func(p *person) bool { return grown(p) && p.find(le.Vehicle, w.carOf(p)) < 0 }, w.buyCar)
	each(0.01, func(p *person) bool { return p.find(le.Licence, "A1") >= 0 }, w.losePoints)
	each(0.004, grown, func(p *person) { w.declare(p, le.BuildingPlanned, w.now+w.between(35, 80), "", "") })
	each(0.002, func(p *person) bool { return p.find(le.Document, le.DocPassport) >= 0 }, func(p *person) { w.declare(p, le.PassportLost, w.now, "", "") })
	each(0.006, grown, func(p *person) { w.declare(p, le.PaperLost, w.now, "paper", "id_card") })
	each(0.006, grown, func(p *person) { w.declare(p, le.GuestStaying, w.now, "", "") })
	each(0.003, grown, func(p *person) { w.declare(p, le.LeaseSigned, w.now, "", "") })
	each(0.003, grown, func(p *person) { w.declare(p, le.HardshipDeclared, w.now, "", "") })
	each(0.002, grown, func(p *person) { w.declare(p, le.DisabilityDeclared, w.now, "", "") })
	each(0.002, grown, func(p *person) { w.declare(p, le.ResidenceEnded, w.now, "", "") })
	each(0.004, func(p *person) bool { return p.born.age(today) >= 1 }, func(p *person) { w.register(p, le.CivilStatusRegister, le.CivilStatusChanged, "", "") })
	each(0.004, w.single, func(p *person) { w.register(p, le.CivilStatusRegister, le.SingleCertificate, "", "") })
	each(0.006, grown, w.signLand)
	each(0.01, grown, w.changeMind)
	each(0.006, w.mayExpect, w.expect)
	each(0.004, func(p *person) bool { return grown(p) && p.spouse(today) >= 0 }, w.adopt)
	w.public(today)
	w.recruit(today, each)
}

// recruit calls young men to the medical examination in November.
func (w *world) recruit(today day, each func(float64, func(*person) bool, func(*person))) {
	if _, m, _ := today.split(); m == 11 {
		each(0.05, func(p *person) bool { a := p.born.age(today); return p.male && a >= 18 && a <= 25 },
			func(p *person) { w.register(p, le.MilitaryRegister, le.MilitaryExamCalled, "", "") })
	}
}

// declare has a person say something themselves, the same day.
func (w *world) declare(p *person, kind le.EventKind, when day, name, value string) {
	w.happen(p, le.Declaration, doing{kind: kind, on: when, known: w.now, word: [2]string{name, value}})
}

// register has a register tell of something of today, some days later, and now and then
// take it back.
func (w *world) register(p *person, source le.Source, kind le.EventKind, name, value string) {
	e := doing{kind: kind, on: w.now, known: w.now + w.delay(), word: [2]string{name, value}}
	if w.chance(0.02) {
		e.undone = e.known + w.between(1, 25)
	}
	w.happen(p, source, e)
}

// delay is how long a register takes: mostly a day or two, sometimes weeks.
func (w *world) delay() day {
	if w.chance(0.05) {
		return w.between(10, 30)
	}
	return w.between(0, 3)
}

func (w *world) changeMind(p *person) {
	topics := le.Topics()
	w.say(p, topics[w.rnd.IntN(len(topics))], w.chance(0.5), w.now+1)
}

func (w *world) signLand(p *person) {
	how := []string{"sale", "gift", "inheritance"}[w.rnd.IntN(3)]
	w.register(p, le.LandRegister, le.LandContractSigned, "how", how)
}

func (w *world) losePoints(p *person) {
	i := p.find(le.Licence, "A1")
	kind, left := le.PointsDeducted, int64(12-1-w.rnd.IntN(8))
	if w.chance(0.15) {
		kind, left = le.PointsExhausted, 0
	}
	known := w.now + w.between(0, 3)
	w.renew(p, i, paper{text: "points", number: left, on: p.papers[i].on, until: p.papers[i].until, known: known})
	w.happen(p, le.TrafficRegister, doing{kind: kind, on: w.now, known: known, word: [2]string{"left", strconv.FormatInt(left, 10)}})
}

// carOf names the one car of a person; each buys the next under another name.
func (w *world) carOf(p *person) string {
	for i := range p.papers {
		if f := &p.papers[i]; f.kind == le.Vehicle && f.gone == 0 {
			return f.key
		}
	}
	return "-"
}

func (w *world) giveCar(p *person, since day) {
	car := fmt.Sprintf("xe-%d-%d", p.n, len(p.papers))
	w.file(p, paper{kind: le.Vehicle, key: car, text: "car", on: since})
	inspected := max(since, w.now-w.between(1, 330))
	w.fileEnding(p, paper{kind: le.Inspection, key: car, on: inspected, until: inspected.years(1)})
	if p.find(le.Insurance, le.InsVehicle) < 0 {
		w.fileEnding(p, paper{kind: le.Insurance, key: le.InsVehicle, on: inspected, until: inspected.years(1)})
	}
}

func (w *world) buyCar(p *person) {
	w.giveCar(p, w.now)
	w.happen(p, le.TrafficRegister, doing{kind: le.VehicleBought, on: w.now, known: w.now + w.delay(), subject: w.carOf(p)})
}

func (w *world) sellCar(p *person) {
	car := w.carOf(p)
	known := w.now + w.delay()
	w.happen(p, le.TrafficRegister, doing{kind: le.VehicleSold, on: w.now, known: known, subject: car})
	for _, kind := range []le.FactKind{le.Vehicle, le.Inspection} {
		if i := p.find(kind, car); i >= 0 {
			w.drop(p, i, max(known, p.papers[i].known))
		}
	}
}

func (w *world) openShop(p *person, since day) {
	if p.find(le.Business, p.shop()) >= 0 {
		return
	}
	turnover := int64(w.rnd.IntN(2400)) * 1_000_000
	w.file(p, paper{kind: le.Business, key: p.shop(), text: "household", on: since, number: turnover, known: since + w.between(0, 2)})
	if turnover > 1_000_000_000 {
		w.file(p, paper{kind: le.Tax, key: "household", text: "quarter", number: turnover, on: since, known: since + w.between(1, 20)})
	}
	if w.chance(0.2) {
		w.fileEnding(p, paper{kind: le.Business, key: p.shop() + "-gp", text: "licence", on: since, until: since.months(24) + w.between(0, 500)})
	}
	if since >= w.from {
		w.happen(p, le.BusinessRegister, doing{kind: le.BusinessRegistered, on: since, known: since + w.between(0, 4), subject: p.shop()})
		w.at(since+w.between(40, 700), p, func() { w.register(p, le.BusinessRegister, le.BusinessChanged, "", "") })
	}
	w.at(w.now+w.between(30, 900), p, func() {
		w.declare(p, le.RevenueReached, w.now, "million", strconv.Itoa([]int{800, 900, 1000, 1200}[w.rnd.IntN(4)]))
	})
}

func (p *person) shop() string { return fmt.Sprintf("hkd-%d", p.n) }
