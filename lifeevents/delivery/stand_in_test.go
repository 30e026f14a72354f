package delivery

import (
	"context"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

type oneView struct{ v *lifeevents.View }

func (o oneView) Views(context.Context, []lifeevents.PersonID) ([]*lifeevents.View, error) {
	return []*lifeevents.View{o.v}, nil
}

// Father cannot be told; mother, told in his stead, has just lost her own mother.
func TestWhoIsToldInAnothersSteadIsSparedInMourningToo(t *testing.T) {
	today := day("2026-05-04")
	text := lifeevents.Text{VI: "Việc", EN: "Matter"}
	rule := &lifeevents.Rule{
		ID: "R1", Version: 1, Name: text, Topic: lifeevents.TopicPapers, Level: lifeevents.Remind, Ground: lifeevents.PublicTask, Confidence: corpus.High,
		Mourning: civil.Span{N: 14, Unit: civil.Days}, Basis: []corpus.Provision{{Instrument: "26/2023/QH15", Article: "21"}},
		Recipients: []lifeevents.Recipient{lifeevents.ToParents}, Texts: lifeevents.Texts{Title: text, Before: text, Outside: text}, Validity: corpus.Validity{From: day("2020-01-01")},
		Ladder: []lifeevents.Step{{Words: "0", Day: func(o *lifeevents.Occurrence) civil.Date { return o.Legal }}}, CatchUp: 30,
		Trigger: lifeevents.Trigger{Words: "R1", Says: text, Facts: []lifeevents.FactKind{lifeevents.DateOfBirth},
			Each: func(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
				yield(&lifeevents.Anchor{On: v.Born, Legal: today})
			}},
	}
	set, err := lifeevents.NewSet([]*lifeevents.Rule{rule})
	if err != nil {
		t.Fatal(err)
	}
	parent := func(p lifeevents.PersonID) lifeevents.Edge {
		return lifeevents.Edge{ID: string(p), From: p, To: "be", Kind: lifeevents.ParentOf, Authority: true}
	}
	view := &lifeevents.View{
		Person: lifeevents.Person{ID: "be", Born: day("2020-05-04")}, Edges: []lifeevents.Edge{parent("bo"), parent("me")},
		Kin:    map[lifeevents.PersonID]*lifeevents.Person{"bo": {ID: "bo", Born: day("1990-01-01")}, "me": {ID: "me", Born: day("1990-01-01")}},
		Losses: []lifeevents.Loss{{Dead: "ba", To: "me", On: day("2026-04-28")}},
	}
	for name, want := range map[string]struct{ deadline, due civil.Date }{
		"without a deadline":     {civil.Date{}, day("2026-05-12")},
		"with one they can keep": {day("2026-05-10"), day("2026-05-07")},
	} {
		n := lifeevents.Notice{Slot: "R1|be|2026-05-04|", Person: "bo", About: "be", Rule: "R1", Version: 1, Due: today, Or: []lifeevents.PersonID{"me"}, Rung: "0", Deadline: want.deadline}
		c := &Case{Delivery: &Delivery{ID: 1, Claim: 1, Notice: n}, Today: today, Rules: set, Rule: rule}
		b := &batch{w: &Worker{cfg: WorkerConfig{Views: oneView{view}}}, line: &line{}, rules: set, today: today}
		b.held = []Settlement{b.hold(c, elsewhere(NoConsent), "consent")}
		if err := b.stand(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := b.held[0].Instead
		if got == nil || got.Person != "me" || got.Due != want.due || got.Held != lifeevents.HeldMourning {
			t.Errorf("%s: %+v; want mother on %s", name, got, want.due)
		}
	}
	// Queued before the death was known: looked at again, it waits as well.
	late := lifeevents.Notice{Slot: "R1|be|2026-05-04|", Person: "me", About: "be", Rule: "R1", Version: 1, Due: today, Rung: "0"}
	c := aCase(func(c *Case) { c.Notice, c.View, c.Rules, c.Rule = late, view, set, rule })
	for _, now := range set.Plan(view, lifeevents.Window{From: today, To: today}) {
		c.Notice.Slot, c.Notice.Rung = now.Slot, now.Rung
	}
	if v := stillTrue(c); v.Reason != NotYet || !v.Until.Equal(c.opens(day("2026-05-12"))) {
		t.Errorf("%+v", v)
	}
}
