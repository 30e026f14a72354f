package lifeevents_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	le "github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func samples(t testing.TB) *le.Set {
	t.Helper()
	set, faults := rules.Load(os.DirFS("rules/testdata/rules"), rules.Options{})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return set
}

// world runs the engine day by day on memory.
type world struct {
	*memory
	t      *testing.T
	engine *le.Engine
	set    *le.Set
	said   []string // "2026-03-12 E13 0 a"
	today  civil.Date
}

func newWorld(t *testing.T, start string) *world {
	w := &world{memory: newMemory(), t: t, set: samples(t), today: day(start)}
	w.engine = le.NewEngine(w.memory, func() *le.Set { return w.set })
	return w
}

func (w *world) take(c le.Change) []le.Changed {
	w.t.Helper()
	wrong, err := w.engine.Take(context.Background(), c, w.today.Start())
	if err != nil {
		w.t.Fatal(err)
	}
	return wrong
}

// until lives through the days up to the one given, that day included.
func (w *world) until(last string) {
	w.t.Helper()
	for ; !day(last).Before(w.today); w.today = w.today.AddDays(1) {
		if _, err := w.engine.RunDay(context.Background(), w.today); err != nil {
			w.t.Fatal(err)
		}
		for _, s := range w.send() {
			w.said = append(w.said, w.today.String()+" "+s)
		}
	}
}

func (w *world) heard(lines ...string) {
	w.t.Helper()
	if !slices.Equal(w.said, lines) {
		w.t.Errorf("said %q; want %q", w.said, lines)
	}
}

func birthday(id string, p le.PersonID, on string, seen civil.Date) le.Fact {
	return le.Fact{ID: id, Person: p, Kind: le.DateOfBirth, Value: le.Value{On: day(on)}, Source: le.PopulationRegister, ObservedAt: seen.Start()}
}

func TestTheSameChangeTwiceSaysNothingTwice(t *testing.T) {
	w := newWorld(t, "2026-02-01")
	c := le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-12", w.today)}}
	w.take(c)
	w.until("2026-03-20")
	w.take(c)
	w.until("2026-12-31")
	w.heard("2026-03-12 E13 0 a", "2026-04-11 E13 +30d a", "2026-05-11 E13 +60d a")
}

func TestACorrectedBirthdayReplansAndListsWhatWasWrong(t *testing.T) {
	w := newWorld(t, "2026-02-01")
	w.take(le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-12", w.today)}})
	w.until("2026-03-15")
	right := birthday("2", "a", "2012-05-12", w.today)
	right.Supersedes = "1"
	wrong := w.take(le.Change{Facts: []le.Fact{right}})
	if len(wrong) != 1 || wrong[0].Before.Rung != "0" || !slices.Contains(wrong[0].What, "gone") {
		t.Errorf("the notice of 12/03 was wrong: %+v", wrong)
	}
	w.until("2026-12-31")
	w.heard("2026-03-12 E13 0 a", "2026-05-12 E13 0 a", "2026-06-11 E13 +30d a", "2026-07-11 E13 +60d a")
}

func TestAMatterDoneIsNoError(t *testing.T) {
	w := newWorld(t, "2026-02-01")
	w.take(le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-12", w.today)}})
	w.until("2026-03-15")
	wrong := w.take(le.Change{Facts: []le.Fact{{ID: "c", Person: "a", Kind: le.Document, Key: le.DocIDCard, Value: le.Value{On: w.today}, Source: le.IdentityRegister, ObservedAt: w.today.Start()}}})
	if len(wrong) != 0 {
		t.Errorf("got %+v", wrong)
	}
	w.until("2026-12-31")
	w.heard("2026-03-12 E13 0 a")
}

func TestADeathSilencesAndARetractionLetsSpeakAgain(t *testing.T) {
	w := newWorld(t, "2026-02-01")
	w.take(le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-12", w.today)}})
	w.until("2026-03-20")
	dead := le.Event{ID: "d", Source: le.CivilStatusRegister, Person: "a", Kind: le.DeathRegistered, On: day("2026-03-19"), Reported: w.today.Start()}
	w.take(le.Change{Events: []le.Event{dead}})
	w.until("2026-04-20")
	w.heard("2026-03-12 E13 0 a")
	w.take(le.Change{Events: []le.Event{{ID: "r", Source: le.CivilStatusRegister, Person: "a", Retracts: "d", Reported: w.today.Start()}}})
	w.until("2026-12-31")
	w.heard("2026-03-12 E13 0 a", "2026-05-11 E13 +60d a")
}

func TestADowntimeIsCaughtUpWithTheLatestStepOnly(t *testing.T) {
	w := newWorld(t, "2026-02-01")
	w.take(le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-12", w.today)}})
	w.until("2026-03-10")
	w.today = day("2026-04-15") // nothing ran for a month
	w.take(le.Change{Facts: []le.Fact{{ID: "s", Person: "a", Kind: le.SexOf, Value: le.Value{Text: "male"}, Source: le.PopulationRegister, ObservedAt: w.today.Start()}}})
	w.until("2026-12-31")
	w.heard("2026-04-15 E13 +30d a", "2026-05-11 E13 +60d a")
}

func TestAClockGoneBackDoesNothing(t *testing.T) {
	w := newWorld(t, "2026-03-12")
	w.take(le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-12", day("2026-01-01"))}})
	w.until("2026-03-12")
	rep, err := w.engine.RunDay(context.Background(), day("2026-03-01"))
	if !errors.Is(err, le.ErrClockBack) || rep.Looked != 0 || w.ran != day("2026-03-12") {
		t.Errorf("%+v, %v, ran %v", rep, err, w.ran)
	}
}

func TestAFailureAtAnyWriteLosesNothing(t *testing.T) {
	lived := func(failAt int) (said []string, failed bool) {
		w := newWorld(t, "2026-02-01")
		w.failAt = failAt
		changes := map[string]le.Change{
			"2026-02-01": {Facts: []le.Fact{birthday("1", "a", "2012-03-12", w.today), birthday("2", "m", "1985-01-01", w.today)},
				Edges: []le.Edge{{ID: "e", From: "m", To: "a", Kind: le.ParentOf, Authority: true, ObservedAt: w.today.Start()}}},
			"2026-02-20": {Facts: []le.Fact{{ID: "l", Person: "m", Kind: le.Licence, Key: "B", Value: le.Value{Until: day("2026-03-15")}, Source: le.TrafficRegister, ObservedAt: day("2026-02-20").Start()}}},
		}
		try := func(work func() error) {
			for err := work(); err != nil; err = work() {
				if !errors.Is(err, errDisk) {
					t.Fatal(err)
				}
				failed = true
			}
		}
		for ; w.today.Before(day("2026-06-01")); w.today = w.today.AddDays(1) {
			if c, ok := changes[w.today.String()]; ok {
				try(func() error { _, err := w.engine.Take(context.Background(), c, w.today.Start()); return err })
			}
			try(func() error { _, err := w.engine.RunDay(context.Background(), w.today); return err })
			for _, s := range w.send() {
				said = append(said, w.today.String()+" "+s)
			}
		}
		return said, failed
	}
	whole, _ := lived(0)
	if len(whole) < 6 {
		t.Fatalf("said %q", whole)
	}
	for n := 1; ; n++ {
		said, failed := lived(n)
		if !failed {
			if n < 50 {
				t.Errorf("only %d writes", n)
			}
			return
		}
		if !slices.Equal(said, whole) {
			t.Fatalf("failing at write %d: said %q; want %q", n, said, whole)
		}
	}
}

func TestAnEventLateAndOutOfOrderPlansAsIfItHadComeInTime(t *testing.T) {
	w := newWorld(t, "2026-08-10")
	registered := le.Event{ID: "2", Source: le.CivilStatusRegister, Person: "con", Kind: le.BirthRegistered, On: day("2026-08-20"), Reported: day("2026-08-21").Start()}
	w.until("2026-08-20")
	w.take(le.Change{Events: []le.Event{registered}})
	w.until("2026-08-25")
	w.take(le.Change{Facts: []le.Fact{birthday("1", "con", "2026-08-01", w.today), birthday("3", "me", "1995-01-01", w.today)},
		Edges:  []le.Edge{{ID: "e", From: "me", To: "con", Kind: le.ParentOf, Authority: true, ObservedAt: w.today.Start()}},
		Events: []le.Event{{ID: "1", Source: le.HealthRegister, Person: "con", Kind: le.ChildBorn, On: day("2026-08-01"), Reported: w.today.Start()}}})
	w.until("2026-12-31")
	w.heard() // the birth was registered before we heard of it
}

func TestAChangeOfLawMovesPlansAndListsWhatToCorrect(t *testing.T) {
	old := samples(t)
	var list []*le.Rule
	for _, r := range old.Rules() {
		if r.ID != "E13" {
			list = append(list, r)
			continue
		}
		first, second := *r, *r
		first.Validity.Until = day("2026-04-01")
		second.Version, second.Validity = 2, corpus.Validity{From: day("2026-04-01")}
		second.Ladder = []le.Step{r.Ladder[1], r.Ladder[3]} // +30d is gone
		second.Basis = []corpus.Provision{{Instrument: "99/2026/QH16", Article: "19"}}
		list = append(list, &first, &second)
	}
	now, err := le.NewSet(list)
	if err != nil {
		t.Fatal(err)
	}
	if ids := old.Changed(now); !slices.Equal(ids, []string{"E13"}) {
		t.Errorf("changed %v", ids)
	}
	p := le.NewPerson("a", []le.Fact{birthday("1", "a", "2012-03-12", day("2026-01-01"))}, nil)
	v := &le.View{Person: p}
	w := le.Window{From: day("2026-03-01"), To: day("2026-12-31")}
	said := old.Plan(v, le.Window{From: day("2026-03-12"), To: day("2026-03-12")})
	r := le.Compare(old, now, v, w, said)
	if len(r.Gone) != 1 || r.Gone[0].Rung != "+30d" || len(r.Moved) != 1 || r.Moved[0].Before.Rung != "+60d" || !slices.Contains(r.Moved[0].What, "basis") {
		t.Errorf("ripple %+v", r)
	}
	if len(r.Added) != 0 || len(r.Correct) != 0 {
		t.Errorf("what was said on 12/03 rested on the law of that day: %+v", r)
	}
	if hit := now.RestingOn(corpus.Provision{Instrument: "99/2026/QH16", Article: "19", Clause: "2"}); len(hit) != 1 || hit[0].Version != 2 {
		t.Errorf("resting on: %v", hit)
	}
	if !le.Compare(old, old, v, w, said).Empty() {
		t.Error("no change is no ripple")
	}
}

func TestADigestGathersADayAndKeepsTheTenderApart(t *testing.T) {
	n := func(rule string, to, about le.PersonID, s le.Sensitivity, deadline string) le.Notice {
		d, _ := civil.Parse(deadline)
		return le.Notice{Key: rule + string(to) + string(about), Slot: rule + string(about), Person: to, About: about, Rule: rule, Sensitivity: s, Deadline: d}
	}
	got := le.Digests([]le.Notice{
		n("E13", "me", "con", le.N1, ""), n("E36", "me", "me", le.N1, "2026-12-01"), n("E66", "me", "ba", le.N3, ""),
		n("E36", "bo", "bo", le.N1, ""), n("E48", "me", "me", le.N2, "2026-11-30"), n("E48", "me", "me", le.N2, "2026-11-30"),
	})
	var lines []string
	for _, d := range got {
		line := string(d.Person) + ":"
		for _, n := range d.Notices {
			line += " " + n.Rule
		}
		lines = append(lines, line+" "+d.Sensitivity().String())
	}
	if want := []string{"me: E48 E36 E13 N2", "bo: E36 N1", "me: E66 N3"}; !slices.Equal(lines, want) {
		t.Errorf("got %q; want %q", lines, want)
	}
}

func BenchmarkPlanOnePersonAllRules(b *testing.B) {
	set, faults := rules.Embedded()
	if len(faults) > 0 || len(set.Rules()) == 0 {
		set = samples(b)
	}
	v := &le.View{Person: le.NewPerson("a", []le.Fact{birthday("1", "a", "1986-03-12", day("2020-01-01")),
		{ID: "2", Person: "a", Kind: le.SexOf, Value: le.Value{Text: "female"}, Source: le.PopulationRegister},
		{ID: "3", Person: "a", Kind: le.Licence, Key: "B", Value: le.Value{Until: day("2027-01-01")}, Source: le.TrafficRegister},
		{ID: "4", Person: "a", Kind: le.Document, Key: le.DocIDCard, Value: le.Value{On: day("2021-01-01"), Until: day("2026-03-12")}, Source: le.IdentityRegister},
	}, nil)}
	b.Run(fmt.Sprintf("NextDue of %d rules", len(set.Rules())), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			set.NextDue(v, day("2026-11-21"), day("2027-12-26"))
		}
	})
	b.Run("Recompute after a change", func(b *testing.B) {
		m := newMemory()
		e := le.NewEngine(m, func() *le.Set { return set })
		m.facts = v.Facts
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			m.answers, m.due = nil, nil
			c := le.Change{Answers: []le.Answer{{Person: "a", About: "a", Kind: le.Done, Slot: fmt.Sprint(i), At: day("2026-11-21").Start()}}}
			if _, err := e.Take(context.Background(), c, day("2026-11-21").Start()); err != nil {
				b.Fatal(err)
			}
		}
	})
	one := set.Only("E13")
	b.Run("NextDue of one rule", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			one.NextDue(v, day("2026-11-21"), day("2027-12-26"))
		}
	})
	b.Run("Plan of a day", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			set.Plan(v, le.Window{From: day("2026-11-21"), To: day("2026-11-21")})
		}
	})
}

func TestNewsThatReachUsDaysAfterTheirSourceWroteThemStillCount(t *testing.T) {
	w := newWorld(t, "2026-03-01")
	w.until("2026-03-13")
	// The register wrote on the 11th what comes in on the 14th: the day of the card, the 12th,
	// has been worked through meanwhile.
	w.take(le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-12", day("2026-03-11"))}})
	w.until("2026-03-31")
	w.heard("2026-03-14 E13 0 a")
}

func TestAChangeWhileTheClockIsBackIsKeptAndSaidOnceItIsRight(t *testing.T) {
	w := newWorld(t, "2026-03-10")
	w.until("2026-03-12")
	w.today = day("2026-03-05") // the clock has gone back a week
	w.take(le.Change{Facts: []le.Fact{birthday("1", "a", "2012-03-05", w.today)}})
	w.heard()
	for key, state := range w.state {
		t.Errorf("%s is %s while the clock is wrong", key, state)
	}
	w.today = day("2026-03-13") // too late for the words of the day itself
	w.until("2026-04-10")
	w.heard("2026-04-04 E13 +30d a")
}
