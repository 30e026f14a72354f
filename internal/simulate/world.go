package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// world is everybody, and what will come to light on each day of the years lived.
type world struct {
	rnd      *rand.Rand
	from, to day
	people   []*person
	agenda   [][]func() // by day since from: what happens, in the morning
	told     []telling  // by day since from: what sources tell
	communes []string
	edges    int
	events   int
	now      day // the day being lived
}

// telling is what reaches us on one day.
type telling struct {
	lifeevents.Change
	consents []lifeevents.Consent
}

func newWorld(seed uint64, from, to day) *world {
	n := int(to-from) + 1
	return &world{rnd: rand.New(rand.NewPCG(seed, 0x6d6f74637561)), from: from, to: to, agenda: make([][]func(), n), told: make([]telling, n)}
}

// at puts an act of a living person on the agenda; days outside the years lived fall away.
func (w *world) at(d day, p *person, act func()) {
	if d < w.from || d > w.to {
		return
	}
	i := d - w.from
	w.agenda[i] = append(w.agenda[i], func() {
		if p.died == 0 {
			act()
		}
	})
}

// tell returns what is told on a day; nil beyond the last.
func (w *world) tell(d day) *telling {
	if d > w.to {
		return nil
	}
	return &w.told[max(0, d-w.from)]
}

// morning is when sources tell; before offices open and before anybody is told anything.
func morning(d day) time.Time { return d.date().Start().Add(5 * time.Hour) }

// sources of each kind of paper.
var sources = map[lifeevents.FactKind]lifeevents.Source{
	lifeevents.DateOfBirth: lifeevents.PopulationRegister, lifeevents.DateOfDeath: lifeevents.CivilStatusRegister, lifeevents.SexOf: lifeevents.PopulationRegister,
	lifeevents.Residence: lifeevents.ResidenceRegister, lifeevents.Document: lifeevents.IdentityRegister, lifeevents.Licence: lifeevents.TrafficRegister,
	lifeevents.Vehicle: lifeevents.TrafficRegister, lifeevents.Inspection: lifeevents.InspectionRegister, lifeevents.Insurance: lifeevents.InsuranceRegister,
	lifeevents.Employment: lifeevents.LabourRegister, lifeevents.Business: lifeevents.BusinessRegister, lifeevents.Land: lifeevents.LandRegister,
	lifeevents.Benefit: lifeevents.WelfareRegister, lifeevents.Schooling: lifeevents.EducationRegister, lifeevents.Marital: lifeevents.CivilStatusRegister,
	lifeevents.Hardship: lifeevents.WelfareRegister, lifeevents.Military: lifeevents.MilitaryRegister, lifeevents.Account: lifeevents.IdentityRegister,
	lifeevents.Tax: lifeevents.TaxRegister,
}

func paperID(p *person, i int) string { return fmt.Sprintf("%s/%d", p.id(), i) }

func (w *world) fact(p *person, i int) lifeevents.Fact {
	f := &p.papers[i]
	v := lifeevents.Value{Text: f.text, On: f.on.date(), Until: f.until.date(), Number: f.number}
	if f.kind == lifeevents.Residence {
		v.Text, v.Place = "", f.text
	}
	return lifeevents.Fact{ID: paperID(p, i), Person: p.id(), Kind: f.kind, Key: f.key, Value: v, Source: sources[f.kind], ObservedAt: morning(f.known)}
}

// file puts a paper on file and returns its place.
func (w *world) file(p *person, f paper) int {
	f.known = max(f.known, f.on, w.from)
	if f.on == 0 {
		f.known = max(f.known, w.from)
	}
	p.papers = append(p.papers, f)
	i := len(p.papers) - 1
	if t := w.tell(f.known); t != nil {
		t.Facts = append(t.Facts, w.fact(p, i))
	}
	return i
}

// renew replaces a paper by another of its kind and key.
func (w *world) renew(p *person, old int, f paper) int {
	f.kind, f.key = p.papers[old].kind, p.papers[old].key
	f.known = max(f.known, f.on, w.from)
	p.papers = append(p.papers, f)
	i := len(p.papers) - 1
	p.papers[old].gone = f.known
	if t := w.tell(f.known); t != nil {
		fact := w.fact(p, i)
		fact.Supersedes = paperID(p, old)
		t.Facts = append(t.Facts, fact)
	}
	return i
}

// drop withdraws a paper: it is no longer so, and nothing stands in its place.
func (w *world) drop(p *person, i int, known day) {
	if p.papers[i].gone != 0 {
		return
	}
	p.papers[i].gone = known
	if t := w.tell(known); t != nil {
		f := p.papers[i]
		t.Facts = append(t.Facts, lifeevents.Fact{ID: paperID(p, i) + "/end", Person: p.id(), Kind: f.kind, Key: f.key, Source: sources[f.kind],
			ObservedAt: morning(known), Supersedes: paperID(p, i), Withdrawn: true})
	}
}

// happen writes an event down and has its source tell of it, sometimes twice.
func (w *world) happen(p *person, source lifeevents.Source, e doing) {
	e.known = max(e.known, w.from)
	for i := range p.doings {
		if o := &p.doings[i]; o.kind == e.kind && o.on == e.on && o.subject == e.subject {
			return // one a day is enough
		}
	}
	p.doings = append(p.doings, e)
	w.events++
	out := lifeevents.Event{ID: fmt.Sprintf("%s-%d", p.id(), len(p.doings)), Source: source, Person: p.id(), Kind: e.kind, On: e.on.date(),
		Reported: morning(e.known), Subject: e.subject}
	if e.word[0] != "" {
		out.Data = map[string]string{e.word[0]: e.word[1]}
	}
	if t := w.tell(e.known); t != nil {
		t.Events = append(t.Events, out)
	}
	if again := w.tell(e.known + day(w.rnd.IntN(9))); again != nil && w.chance(0.01) {
		again.Events = append(again.Events, out)
	}
	if e.undone != 0 {
		if t := w.tell(e.undone); t != nil {
			t.Events = append(t.Events, lifeevents.Event{ID: out.ID + "-undo", Source: source, Person: p.id(), Reported: morning(e.undone), Retracts: out.ID})
		}
	}
}

// tie joins two people; until 0 lasts.
func (w *world) tie(from, to *person, kind lifeevents.EdgeKind, since, known day, authority, consent bool) string {
	w.edges++
	id := fmt.Sprintf("k%d", w.edges)
	if t := w.tell(max(known, w.from)); t != nil {
		t.Edges = append(t.Edges, lifeevents.Edge{ID: id, From: from.id(), To: to.id(), Kind: kind, Authority: authority, Consent: consent,
			Validity: corpus.Validity{From: since.date()}, Source: lifeevents.CivilStatusRegister, ObservedAt: morning(max(known, w.from))})
	}
	return id
}

// say writes a word on consent down.
func (w *world) say(p *person, topic lifeevents.Topic, given bool, at day) {
	p.leaves = append(p.leaves, leave{topic, at, given})
	c := lifeevents.Consent{ID: fmt.Sprintf("c-%s-%d", p.id(), len(p.leaves)), Person: p.id(), Topic: topic, Channel: "*", TextVersion: "sim-1", Proof: "simulation"}
	if given {
		c.Given = morning(at)
	} else {
		c.Withdrawn = morning(at)
	}
	if t := w.tell(at); t != nil {
		t.consents = append(t.consents, c)
	}
}

func (w *world) chance(p float64) bool { return w.rnd.Float64() < p }

// between draws a day count, both ends included.
func (w *world) between(a, b int) day { return day(a + w.rnd.IntN(b-a+1)) }

// times draws how often something of a yearly rate per head happens today.
func (w *world) times(rate float64) int {
	mean := rate * float64(len(w.people)) / 365
	if mean > 50 { // close enough to the normal curve
		return max(0, int(math.Round(mean+math.Sqrt(mean)*w.rnd.NormFloat64())))
	}
	n := 0
	for left := w.rnd.Float64(); left > math.Exp(-mean); n++ { // Knuth's way
		left *= w.rnd.Float64()
	}
	return n
}

// pick draws a living person who fits; nil where none is met in a fair number of tries.
func (w *world) pick(fits func(*person) bool) *person {
	for range 200 {
		if p := w.people[w.rnd.IntN(len(w.people))]; p.died == 0 && fits(p) {
			return p
		}
	}
	return nil
}
