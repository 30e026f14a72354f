package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Life is a store as life events and their delivery see it.
type Life struct {
	lifeevents.Store
	delivery.Outbox
	Give     func(context.Context, lifeevents.Consent) error
	Consents func(context.Context, lifeevents.PersonID, time.Time) ([]lifeevents.Consent, error)
	// Channels sets the channels of a person, in order, with an address for each.
	Channels func(ctx context.Context, p lifeevents.PersonID, channels ...string) error
	// Rows lists the outbox by ID; Steps the attempts of one row, oldest first.
	Rows  func(context.Context) ([]Row, error)
	Steps func(context.Context, int64) ([]delivery.Attempt, error)
	// Force writes a state without any care, as a fault in our code might.
	Force func(ctx context.Context, id int64, state delivery.State) error
	// Resolve is what staff decide about a row that is unknown.
	Resolve func(ctx context.Context, id int64, at time.Time, state delivery.State, who string) error
	// Depths tells how much waits.
	Depths func(ctx context.Context, now time.Time) (store.Depths, error)
	// RowsOf lists the rows of people whose pseudonym begins so.
	RowsOf func(ctx context.Context, prefix string) ([]Row, error)
	// Fault sets what is asked before every statement that writes, and after every commit.
	Fault func(fault func(query string) error)
	// Residents lists who lives in a commune; ForgetHomes makes the store one that is older
	// than its index of them.
	Residents   func(ctx context.Context, commune string, on civil.Date) ([]lifeevents.PersonID, error)
	ForgetHomes func(context.Context) error
}

// Row is one row of the outbox.
type Row struct {
	ID      int64
	Said    string
	State   delivery.State
	Reason  delivery.Reason
	Channel string
}

// TestRules is a small set of rules that needs no files: R1 speaks on the 14th birthday,
// 30 days before it and 30 days after, to the person; R2 30 days before a passport ends.
func TestRules() *lifeevents.Set {
	born := func(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
		if f := v.Fact(lifeevents.DateOfBirth, ""); f != nil {
			yield(&lifeevents.Anchor{On: v.Born, Legal: v.Born.AddYears(14), Known: civil.On(f.ObservedAt), Fact: f})
		}
	}
	passport := func(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
		if f := v.Fact(lifeevents.Document, lifeevents.DocPassport); f != nil && !f.Value.Until.IsZero() {
			yield(&lifeevents.Anchor{On: f.Value.Until, Legal: f.Value.Until, Known: civil.On(f.ObservedAt), Fact: f})
		}
	}
	set, err := lifeevents.NewSet([]*lifeevents.Rule{
		testRule("R1", born, lifeevents.TopicPapers, -30, 0, 30), testRule("R2", passport, lifeevents.TopicPapers, -30),
		testRule("R3", passport, lifeevents.TopicCivic, -20),
	})
	if err != nil {
		panic(err)
	}
	return set
}

func testRule(id string, each func(*lifeevents.View, int, int, func(*lifeevents.Anchor)), topic lifeevents.Topic, ladder ...int) *lifeevents.Rule {
	text := lifeevents.Text{VI: "Việc " + id + " đến hạn {legal}", EN: "Matter " + id + " due {legal}"}
	r := &lifeevents.Rule{
		ID: id, Version: 1, Name: text, Topic: topic,
		Trigger:    lifeevents.Trigger{Words: id, Says: text, Each: each, Facts: []lifeevents.FactKind{lifeevents.DateOfBirth, lifeevents.Document}},
		Recipients: []lifeevents.Recipient{lifeevents.ToSelfOrRepresentative},
		Basis:      []corpus.Provision{{Instrument: "26/2023/QH15", Article: "21"}}, Sensitivity: lifeevents.N1, Level: lifeevents.Remind,
		Ground: lifeevents.PublicTask, CatchUp: 30, Validity: corpus.Validity{From: day("2020-01-01")}, Confidence: corpus.High,
		Texts: lifeevents.Texts{Title: text, Before: text, Outside: lifeevents.Text{VI: "Bạn có một việc về giấy tờ.", EN: "There is a matter about your papers."}},
	}
	for _, n := range ladder {
		r.Reach.Before, r.Reach.After = max(r.Reach.Before, -n), max(r.Reach.After, n)
		r.Ladder = append(r.Ladder, lifeevents.Step{Words: fmt.Sprintf("%+dd", n), Day: func(o *lifeevents.Occurrence) civil.Date { return o.Legal.AddDays(n) }})
	}
	return r
}

// at is an instant of a day in Vietnam.
func at(d string, hour int) time.Time { return day(d).Start().Add(time.Duration(hour) * time.Hour) }

func bornOn(p lifeevents.PersonID, id, on string) lifeevents.Fact {
	return lifeevents.Fact{ID: id, Person: p, Kind: lifeevents.DateOfBirth, Value: lifeevents.Value{On: day(on)},
		Source: lifeevents.PopulationRegister, ObservedAt: at("2020-01-01", 8)}
}

func livesIn(p lifeevents.PersonID, id, commune string) lifeevents.Fact {
	return lifeevents.Fact{ID: id, Person: p, Kind: lifeevents.Residence, Key: "permanent", Value: lifeevents.Value{Place: commune},
		Source: lifeevents.ResidenceRegister, ObservedAt: at("2020-01-01", 8)}
}

func notice(p lifeevents.PersonID, slot string, due string) lifeevents.Notice {
	n := lifeevents.Notice{
		Slot: "R1|" + slot, Person: p, About: p, Rule: "R1", Version: 1, Topic: lifeevents.TopicPapers, Ground: lifeevents.PublicTask,
		Due: day(due), Legal: day(due), Ends: day(due).AddDays(20), Rung: "+0d", Step: 2, Steps: 3, Sensitivity: lifeevents.N1, Level: lifeevents.Remind,
	}
	n.Key = n.SaidKey() + "|v1"
	return n
}

func must[T any](t *testing.T) func(T, error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// take appends, plans nothing, and returns who was to be planned anew.
func take(t *testing.T, s Life, c lifeevents.Change, when time.Time) []lifeevents.PersonID {
	t.Helper()
	touched, _ := takePlanned(t, s, c, when, func(v lifeevents.Subject) lifeevents.Outlook {
		return lifeevents.Outlook{Rows: []lifeevents.Due{{On: civil.On(when), Person: v.ID, Rule: lifeevents.LookAgain}}}
	})
	return touched
}

// takePlanned appends with a plan for each person.
func takePlanned(t *testing.T, s Life, c lifeevents.Change, when time.Time, plan func(lifeevents.Subject) lifeevents.Outlook) (touched []lifeevents.PersonID, said []lifeevents.Spoken) {
	t.Helper()
	said, err := s.Take(t.Context(), c, when, func(list []lifeevents.Subject, _ civil.Date) []lifeevents.Outlook {
		out := make([]lifeevents.Outlook, len(list))
		for i, v := range list {
			touched, out[i] = append(touched, v.ID), plan(v)
		}
		return out
	})
	ok(t, err)
	slices.Sort(touched)
	return touched, said
}

func view(t *testing.T, s Life, p lifeevents.PersonID) *lifeevents.View {
	t.Helper()
	return must[[]*lifeevents.View](t)(s.Views(t.Context(), []lifeevents.PersonID{p}))[0]
}

func rows(t *testing.T, s Life) map[string]Row {
	t.Helper()
	out := map[string]Row{}
	for _, r := range must[[]Row](t)(s.Rows(t.Context())) {
		out[r.Said] = r
	}
	return out
}
