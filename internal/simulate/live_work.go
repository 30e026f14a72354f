package simulate

import (
	le "github.com/motcua/motcua/lifeevents"
)

// terms is for how long a renewed paper holds, in months.
func term(f *paper) int {
	switch f.kind {
	case le.Document, le.Licence:
		return 120
	case le.Business:
		return 24
	}
	return 12
}

// planRenewal has the holder renew a paper around its end: mostly before, sometimes late,
// sometimes never.
func (w *world) planRenewal(p *person, i int) {
	until := p.papers[i].until
	if until == 0 || w.chance(0.1) {
		return
	}
	early := 25
	if p.papers[i].kind == le.Document {
		early = 200
	}
	when := until - day(w.rnd.IntN(early))
	if w.chance(0.2) {
		when = until + w.between(1, 60)
	}
	when = max(when, p.papers[i].known+1)
	w.at(when, p, func() {
		f := &p.papers[i]
		if f.gone != 0 || f.known >= w.now {
			return
		}
		next := paper{text: f.text, number: f.number, on: w.now, until: max(w.now, f.until).months(term(f)), known: w.now + w.between(0, 3)}
		w.planRenewal(p, w.renew(p, i, next))
	})
}

func (w *world) startJob(p *person, since day) {
	months := max(0, int(w.from-since)/30)
	known := since + w.between(0, 4)
	file := func(f paper) {
		f.on, f.known = since, known
		if old := p.find(f.kind, f.key); old >= 0 {
			f.known = max(f.known, p.papers[old].known)
			w.renew(p, old, f)
		} else {
			w.file(p, f)
		}
	}
	file(paper{kind: le.Employment, text: "employed"})
	file(paper{kind: le.Insurance, key: le.InsHealth})
	social := paper{kind: le.Insurance, key: le.InsSocial, number: int64(min(months, 400))}
	file(social)
	file(paper{kind: le.Insurance, key: le.InsUnemployment, number: int64(min(months, 144))})
	if since >= w.from {
		w.happen(p, le.InsuranceRegister, doing{kind: le.JobStarted, on: since, known: max(known, since)})
	}
}

// loseJob ends a job today; its insurance stops, a benefit may come, and another job.
func (w *world) loseJob(p *person) {
	today := w.now
	job := p.find(le.Employment, "")
	known := max(today+w.between(0, 5), p.papers[job].known)
	w.happen(p, le.InsuranceRegister, doing{kind: le.JobEnded, on: today, known: known})
	w.drop(p, job, known)
	if i := p.find(le.Insurance, le.InsHealth); i >= 0 {
		w.drop(p, i, max(known, p.papers[i].known))
	}
	if i := p.find(le.Insurance, le.InsSocial); i >= 0 { // the record of years stays, the cover ends
		f := p.papers[i]
		f.until, f.known = today, max(known, f.known)
		w.renew(p, i, f)
	}
	stopped := today + 1
	w.happen(p, le.InsuranceRegister, doing{kind: le.ContributionStopped, on: stopped, known: max(known, stopped)})
	if w.chance(0.5) {
		w.at(today+w.between(20, 85), p, func() { w.giveBenefit(p) })
	}
	if w.chance(0.7) {
		w.at(today+w.between(10, 400), p, func() {
			if p.find(le.Employment, "") < 0 {
				w.startJob(p, w.now)
			}
		})
	}
}

func (w *world) giveBenefit(p *person) {
	if p.find(le.Benefit, le.BenUnemployment) >= 0 || p.find(le.Employment, "") >= 0 {
		return
	}
	i := w.file(p, paper{kind: le.Benefit, key: le.BenUnemployment, on: w.now, until: w.now.months(3 + w.rnd.IntN(9)), known: w.now + w.between(0, 3)})
	w.at(p.papers[i].until+5, p, func() { w.drop(p, i, w.now) })
}

// nextGrade moves a pupil up on the fifth of September, and out after the twelfth.
func (w *world) nextGrade(p *person) {
	age := p.born.age(w.now)
	i := -1
	for j := range p.papers {
		if p.papers[j].kind == le.Schooling && p.papers[j].gone == 0 {
			i = j
		}
	}
	grade := 1
	if i >= 0 && p.papers[i].text != "preschool" {
		grade = int(p.papers[i].number) + 1
	}
	y, by := w.now.year(), p.born.year()
	switch {
	case y-by < 6:
		return
	case grade > 12 || age > 19 && i < 0:
		if i >= 0 && p.papers[i].known < w.now {
			w.drop(p, i, w.now)
			w.happen(p, le.EducationRegister, doing{kind: le.SchoolLeft, on: w.now, known: w.now + w.between(0, 6)})
		}
		return
	}
	f := paper{kind: le.Schooling, text: levelOf(grade), number: int64(grade), on: w.now, known: w.now + w.between(0, 4)}
	if i >= 0 {
		f.known = max(f.known, p.papers[i].known+1)
		w.renew(p, i, f)
	} else {
		w.file(p, f)
	}
	if w.chance(0.93) {
		w.at(w.now+w.between(1, 40), p, func() { w.insurePupil(p) })
	}
	w.at(w.nextSeptember(w.now), p, func() { w.nextGrade(p) })
}

func (w *world) insurePupil(p *person) {
	f := paper{kind: le.Insurance, key: le.InsHealthSchool, on: w.now, until: w.now.years(1), known: w.now + w.between(0, 3)}
	if old := p.find(f.kind, f.key); old >= 0 {
		f.known = max(f.known, p.papers[old].known)
		w.renew(p, old, f)
	} else {
		w.file(p, f)
	}
}

// planService has young men register in the spring of the year they turn seventeen.
func (w *world) planService(p *person) {
	if !p.male || !w.chance(0.85) {
		return
	}
	y := p.born.year() + 17
	when := on(y, 3, 10) + w.between(0, 50)
	if when < w.from {
		if p.born.age(w.from) < 30 {
			w.file(p, paper{kind: le.Military, key: "registered", on: when})
		}
		return
	}
	w.at(when, p, func() {
		w.file(p, paper{kind: le.Military, key: "registered", on: w.now, known: w.now + w.between(0, 4)})
	})
}
