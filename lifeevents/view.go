package lifeevents

import (
	"cmp"
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// Person is one pseudonym as known today: standing facts only.
type Person struct {
	ID         PersonID
	Born, Died civil.Date // zero: not known, alive
	Sex        Sex
	Facts      []Fact  // standing, by Kind, Key, ID; see Standing
	Events     []Event // not retracted, by On, ID
}

// View is a person with the family around, all a planner may look at. Keep it small: a
// day's work reads one for everybody who is due.
type View struct {
	Person
	Edges   []Edge               // edges from or to the person, past ones too: see StandingEdges
	Kin     map[PersonID]*Person // everyone an edge names; Facts may hold residence and sex only
	Answers []Answer             // about this person's occurrences; Never is kept by the consent ledger alone
	// Losses are, for the person and everyone in Kin, the deaths of the last 60 days among
	// those an edge ties to them (either way, whatever its kind), for mourning.
	Losses []Loss
	// Rev is raised by the store with every change that may move a plan; zero for somebody
	// never heard of.
	Rev int64
}

// Loss is a death as it touches the living: To mourns Dead, who died On.
type Loss struct {
	Dead, To PersonID
	On       civil.Date
}

// NewPerson resolves what was ever said about a person into what stands: superseded and
// withdrawn facts fall away, so do retracted events. Order of the input does not matter.
func NewPerson(id PersonID, facts []Fact, events []Event) Person {
	p := Person{ID: id, Facts: Standing(facts), Events: Happened(events)}
	for i := range p.Facts {
		f := &p.Facts[i]
		switch f.Kind {
		case DateOfBirth:
			p.Born = f.Value.On
		case DateOfDeath:
			p.Died = f.Value.On
		case SexOf:
			p.Sex = Sex(f.Value.Text)
		}
	}
	for _, e := range p.Events {
		if p.Died.IsZero() && (e.Kind == DeathRegistered || e.Kind == DeathOccurred) {
			p.Died = e.On
		}
	}
	return p
}

// Fact returns the standing fact of a kind and key; an empty key is the first of the kind.
func (p *Person) Fact(kind FactKind, key string) *Fact {
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind == kind && (key == "" || f.Key == key) {
			return f
		}
	}
	return nil
}

// Place is the commune the person lives in on a day: temporary before permanent, as the
// person is there; empty when not known.
func (p *Person) Place(on civil.Date) string {
	for _, key := range [...]string{"staying", "temporary", "permanent"} {
		if f := p.Fact(Residence, key); f != nil && f.Validity.Holds(on) &&
			(f.Value.Until.IsZero() || !f.Value.Until.Before(on)) {
			return f.Value.Place
		}
	}
	return ""
}

// Standing keeps, for every kind and key, the one fact that stands. Superseded ones fall;
// of one source the later observed stands; between sources the one about the later day
// (a newer passport), then the surer, the later observed, the higher ID. Sorted by kind, key.
func Standing(facts []Fact) []Fact {
	gone := make(map[string]bool, len(facts))
	for i := range facts {
		if facts[i].Supersedes != "" {
			gone[facts[i].Supersedes] = true
		}
	}
	kept := make([]Fact, 0, len(facts))
	for _, f := range facts {
		if !gone[f.ID] && !f.Withdrawn {
			kept = append(kept, f)
		}
	}
	same := func(a, b Fact) bool { return a.Kind == b.Kind && a.Key == b.Key }
	slices.SortFunc(kept, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source),
			-a.ObservedAt.Compare(b.ObservedAt), -cmp.Compare(a.ID, b.ID))
	})
	kept = latest(kept, func(a, b Fact) bool { return same(a, b) && a.Source == b.Source })
	slices.SortFunc(kept, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), -a.since().Compare(b.since()),
			-cmp.Compare(sureness(a), sureness(b)), -a.ObservedAt.Compare(b.ObservedAt), -cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(kept, same)
}

// latest keeps the first of each run of statements of one source, newest first, and notes
// how long the source has been saying the same.
func latest(list []Fact, same func(a, b Fact) bool) []Fact {
	kept := list[:0]
	unchanged := false
	for _, f := range list {
		if n := len(kept); n > 0 && same(kept[n-1], f) {
			last := &kept[n-1]
			unchanged = unchanged && last.Value == f.Value && last.Validity == f.Validity
			if unchanged {
				last.first = f.KnownSince()
			}
			continue
		}
		kept, unchanged = append(kept, f), true
	}
	return kept
}

// StandingEdges drops edges superseded or withdrawn; sorted by ID.
func StandingEdges(edges []Edge) []Edge {
	gone := map[string]bool{}
	for _, e := range edges {
		gone[e.Supersedes] = true
	}
	kept := slices.DeleteFunc(slices.Clone(edges), func(e Edge) bool { return gone[e.ID] || e.Withdrawn })
	slices.SortFunc(kept, func(a, b Edge) int { return cmp.Compare(a.ID, b.ID) })
	return kept
}

// since is the day that makes one statement newer than another; zero for what never changes.
func (f *Fact) since() civil.Date {
	if f.Kind == DateOfBirth || f.Kind == DateOfDeath || f.Kind == SexOf {
		return civil.Date{}
	}
	return f.Value.On
}

// sureness ranks two sources of one fact: a register before the person's own word, then
// by the confidence stated.
func sureness(f Fact) int {
	n := map[string]int{"": 3, "high": 3, "medium": 2, "low": 1}[string(f.Confidence)]
	if f.Source != Declaration {
		n += 10
	}
	return n
}

// Happened drops retracted events and doubles of one ID and source; sorted by day, source, ID.
func Happened(events []Event) []Event {
	type name struct {
		source Source
		id     string
	}
	gone, seen := map[name]bool{}, map[name]bool{}
	for _, e := range events {
		if e.Retracts != "" {
			gone[name{e.Source, e.Retracts}] = true
		}
	}
	kept := make([]Event, 0, len(events))
	for _, e := range events {
		n := name{e.Source, e.ID}
		if e.Retracts == "" && !gone[n] && !seen[n] {
			seen[n] = true
			kept = append(kept, e)
		}
	}
	slices.SortFunc(kept, func(a, b Event) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
	})
	return kept
}
