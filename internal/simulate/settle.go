package simulate

import (
	"fmt"

	le "github.com/motcua/motcua/lifeevents"
)

// settle gives a person the papers of their age, as on file on the first day.
func (w *world) settle(p *person) {
	age := p.born.age(w.from)
	w.baptise(p)
	w.at(p.fate, p, func() { w.die(p) })
	w.file(p, paper{kind: le.Residence, key: "permanent", text: p.place, on: max(p.born, w.from-w.between(30, 9000))})
	w.settleSchool(p, age)
	if age < 6 {
		w.file(p, paper{kind: le.Document, key: le.DocBirth, on: p.born + 10})
		w.file(p, paper{kind: le.Insurance, key: le.InsHealthChild, on: p.born + 15, until: p.born.years(6)})
	}
	if age >= 14 {
		w.settleCard(p)
		w.settleConsent(p)
	} else {
		w.planCard(p, 14)
	}
	if age >= 18 {
		w.settleGrown(p, age)
	}
	w.settleTemporary(p)
	w.planService(p)
}

// baptise tells of birth and sex.
func (w *world) baptise(p *person) {
	known := max(w.from, p.born)
	w.file(p, paper{kind: le.DateOfBirth, on: p.born, known: known})
	sex := string(le.Female)
	if p.male {
		sex = string(le.Male)
	}
	w.file(p, paper{kind: le.SexOf, text: sex, known: known})
}

// settleCard gives the identity card of the last age at which one is due.
func (w *world) settleCard(p *person) {
	issued := day(0)
	for _, a := range []int{14, 25, 40, 60} {
		if d := p.born.years(a); d <= w.from {
			issued = d + w.between(-200, 60)
		} else {
			w.planCard(p, a)
			break
		}
	}
	if w.chance(0.9) {
		issued = max(issued, w.from-w.between(20, 1700)) // chip cards came after 2021
	}
	issued = min(issued, w.from-1)
	if w.chance(0.985) {
		w.file(p, paper{kind: le.Document, key: le.DocIDCard, on: issued})
		if w.chance(0.8) {
			w.file(p, paper{kind: le.Account, key: "e_id_2", on: min(w.from-1, issued+10), number: int64(w.rnd.IntN(9))})
		}
	}
}

// planCard has the person get the card of an age, early, late or not at all.
func (w *world) planCard(p *person, age int) {
	if w.chance(0.08) {
		return
	}
	w.at(p.born.years(age)+w.between(-70, 110), p, func() { w.issueCard(p, day(0)) })
}

// issueCard issues a card today and plans the next.
func (w *world) issueCard(p *person, _ day) {
	today := w.now
	card := paper{kind: le.Document, key: le.DocIDCard, on: today, known: today + w.between(0, 2)}
	if old := p.find(le.Document, le.DocIDCard); old >= 0 {
		w.renew(p, old, card)
	} else {
		w.file(p, card)
	}
	w.happen(p, le.IdentityRegister, doing{kind: le.IDCardIssued, on: today, known: card.known})
	for _, a := range []int{25, 40, 60} {
		if p.born.years(a) > today+90 {
			w.planCard(p, a)
			break
		}
	}
	if p.find(le.Account, "e_id_2") < 0 && p.born.age(today) >= 14 && w.chance(0.5) {
		w.at(today+w.between(1, 12), p, func() {
			w.file(p, paper{kind: le.Account, key: "e_id_2", on: w.now, number: int64(w.rnd.IntN(9))})
		})
	}
}

// find is the place of the paper that is not replaced, told or not; -1 none.
func (p *person) find(kind le.FactKind, key string) int {
	for i := len(p.papers) - 1; i >= 0; i-- {
		if f := &p.papers[i]; f.kind == kind && f.key == key && f.gone == 0 {
			return i
		}
	}
	return -1
}

// settleConsent: most say yes to everything, some to a few topics, some no.
func (w *world) settleConsent(p *person) {
	switch x := w.rnd.Float64(); {
	case x < 0.55:
		w.say(p, "*", true, w.from)
	case x < 0.60:
		w.say(p, "*", false, w.from)
	default:
		topics := le.Topics()
		for range w.rnd.IntN(4) {
			w.say(p, topics[w.rnd.IntN(len(topics))], w.chance(0.8), w.from)
		}
	}
}

func (w *world) settleSchool(p *person, age int) {
	var grade int
	switch {
	case age >= 6 && age < 18:
		y, _, _ := w.from.split()
		by, _, _ := p.born.split()
		grade = y - by - 6 + 1
		if _, m, _ := w.from.split(); m < 9 {
			grade--
		}
		grade = min(12, max(1, grade))
		w.file(p, paper{kind: le.Schooling, text: levelOf(grade), number: int64(grade), on: w.from - w.between(20, 100)})
		w.file(p, paper{kind: le.Insurance, key: le.InsHealthSchool, on: w.from - w.between(30, 200), until: w.nextAutumn()})
	case age < 6 && age >= 3:
		w.file(p, paper{kind: le.Schooling, text: "preschool", on: w.from - w.between(20, 100)})
	}
	w.at(w.nextSeptember(w.from), p, func() { w.nextGrade(p) })
}

func levelOf(grade int) string {
	switch {
	case grade <= 5:
		return "primary"
	case grade <= 9:
		return "lower_secondary"
	}
	return "upper_secondary"
}

func (w *world) nextSeptember(after day) day {
	y := after.year()
	if d := on(y, 9, 5); d > after {
		return d
	}
	return on(y+1, 9, 5)
}

func (w *world) nextAutumn() day {
	return w.nextSeptember(w.from) + 25
}

// settleGrown gives work, insurance, licences, vehicles, property and benefits.
func (w *world) settleGrown(p *person, age int) {
	w.settleWork(p, age)
	if w.chance(0.2) {
		issued := w.from - w.between(10, 3600)
		w.fileEnding(p, paper{kind: le.Document, key: le.DocPassport, on: issued, until: issued.years(10)})
	}
	if w.chance(0.55) {
		w.file(p, paper{kind: le.Licence, key: "A1", text: "points", number: 12, on: p.born.years(18) + w.between(1, 300)})
	}
	if w.chance(0.22) && age >= 19 {
		issued := w.from - w.between(10, min(3600, max(11, int(w.from-p.born.years(18)))))
		w.fileEnding(p, paper{kind: le.Licence, key: "B", text: "points", number: 12, on: issued, until: issued.years(10)})
		if w.chance(0.7) {
			w.giveCar(p, w.from-w.between(40, 2000))
		}
	}
	if w.chance(0.3) {
		w.file(p, paper{kind: le.Land, key: fmt.Sprintf("dat-%d", p.n), text: "land", on: w.from - w.between(100, 8000)})
	}
	if len(p.kids) > 0 && w.chance(0.25) {
		w.file(p, paper{kind: le.Tax, key: "dependent", on: w.from - 300, number: int64(len(p.kids))})
	}
	if w.chance(0.04) {
		w.file(p, paper{kind: le.Tax, key: "income", on: w.from - 200})
	}
	if w.chance(0.02) {
		w.file(p, paper{kind: le.Tax, key: "rental", on: w.from - 200})
	}
	if w.chance(0.05) {
		w.openShop(p, w.from-w.between(100, 3000))
	}
	if w.chance(0.03) {
		key := []string{"poor", "near_poor"}[w.rnd.IntN(2)]
		w.file(p, paper{kind: le.Hardship, key: key, on: w.from - w.between(10, 300), until: w.to + 400})
	}
	if len(p.spouses) > 0 {
		w.file(p, paper{kind: le.Marital, text: "married", on: p.spouses[0].from})
	}
}

// fileEnding files a paper that ends, and plans its renewal.
func (w *world) fileEnding(p *person, f paper) {
	w.planRenewal(p, w.file(p, f))
}

// settleWork: jobs, pensions, health cards.
func (w *world) settleWork(p *person, age int) {
	employed := age >= 19 && age < 60 && w.chance(0.45)
	switch {
	case employed:
		w.startJob(p, w.from-w.between(30, 5000))
	case age >= 60 && w.chance(0.35):
		w.file(p, paper{kind: le.Benefit, key: le.BenPension, on: w.from - w.between(30, 2000)})
		w.file(p, paper{kind: le.Insurance, key: le.InsHealth, on: w.from - 200})
	case w.chance(0.06):
		w.file(p, paper{kind: le.Insurance, key: le.InsSocialVoluntary, on: w.from - w.between(30, 2000), number: int64(w.rnd.IntN(200)), until: w.to + 900})
	}
	if age >= 76 && w.chance(0.5) && p.find(le.Benefit, le.BenPension) < 0 {
		w.file(p, paper{kind: le.Benefit, key: le.BenSocialPension, on: w.from - 100})
	}
	if age >= 70 && w.chance(0.05) {
		w.file(p, paper{kind: le.Benefit, key: le.BenSocial, on: w.from - 300})
	}
	if !employed && w.chance(0.6) {
		since := w.from - w.between(1, 360)
		w.fileEnding(p, paper{kind: le.Insurance, key: le.InsHealthHousehold, on: since, until: since.years(1) - 1})
	}
}

// settleTemporary: some live away from where they are registered for good.
func (w *world) settleTemporary(p *person) {
	if w.chance(0.05) {
		since := w.from - w.between(1, 360)
		w.fileEnding(p, paper{kind: le.Residence, key: "temporary", text: w.communes[w.rnd.IntN(len(w.communes))], on: since, until: since.years(1)})
	}
}
