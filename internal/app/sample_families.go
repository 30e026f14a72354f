package app

import (
	"context"
	"fmt"
	"time"

	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// sampleLived is how many days before today the sample families begin: their inboxes hold
// what the engine would have told them since.
const sampleLived = 75

// family is a made-up household being written down.
type family struct {
	today   civil.Date
	persona string // whose story is being written
	list    []intake.Entry
	names   map[lifeevents.PersonID]string
	leave   []lifeevents.Consent
}

// sampleFamilies makes three households and lives their last weeks through the real engine,
// gates and outbox.
func sampleFamilies(a *App, ctx context.Context) error {
	today := civil.On(a.now())
	f := &family{today: today, names: map[lifeevents.PersonID]string{}}
	for _, household := range []struct {
		persona string
		write   func(*family, lifeevents.PersonID)
	}{{"me-tre", youngMother}, {"ve-huu", retiree}, {"chu-tiem", shopOwner}} {
		f.persona = household.persona
		p, err := a.samplePerson(household.persona)
		if err != nil {
			return err
		}
		views, err := a.life.People.Views(ctx, []lifeevents.PersonID{p})
		if err != nil {
			return err
		}
		if len(views[0].Facts) == 0 {
			household.write(f, p)
		}
	}
	if len(f.list) == 0 {
		return nil
	}
	for p, name := range f.names {
		if err := a.life.People.SetName(ctx, a.life.Box, p, name); err != nil {
			return err
		}
	}
	if err := a.life.People.GiveAll(ctx, f.leave); err != nil {
		return err
	}
	return f.live(ctx, a)
}

// live takes every record in on its day and lets the engine and the worker do their work
// each morning.
func (f *family) live(ctx context.Context, a *App) error {
	clock := f.today.AddDays(-sampleLived).Start().Add(9 * time.Hour)
	w, err := delivery.NewWorker(delivery.WorkerConfig{
		Outbox: a.life.Outbox, Views: a.life.People, Rules: a.life.Running, Gates: a.gates(), Composer: a.life.Composer,
		Now: func() time.Time { return clock }, Log: a.log,
	})
	if err != nil {
		return err
	}
	ran, err := a.life.People.Ran(ctx)
	if err != nil {
		return err
	}
	for day := f.today.AddDays(-sampleLived); day.Before(f.today); day = day.AddDays(1) {
		clock = day.Start().Add(9 * time.Hour)
		var now []intake.Entry
		for _, e := range f.list {
			if civil.On(e.Record.Reported) == day {
				now = append(now, e)
			}
		}
		results, err := a.life.Desk.Take(ctx, now, clock)
		if err != nil {
			return err
		}
		for _, r := range results {
			if r.Outcome == intake.Refused {
				return fmt.Errorf("app: sample families: %s: %s", r.ID, r.Says)
			}
		}
		if day.Before(ran) { // this store has served before: the past is not lived again
			continue
		}
		if _, err := a.life.Engine.RunDay(ctx, day); err != nil {
			return err
		}
		if _, err := w.Drain(ctx); err != nil {
			return err
		}
	}
	return nil
}

// on begins a record that a source reports so many days ago.
func (f *family) on(ago int, source lifeevents.Source, c lifeevents.Change) {
	at := f.today.AddDays(-ago).Start().Add(8 * time.Hour)
	id := fmt.Sprintf("mau-%s-%d", f.persona, len(f.list))
	for i := range c.Facts {
		x := &c.Facts[i]
		x.ID, x.Source, x.ObservedAt = fmt.Sprintf("%s:%s/f%d", source, id, i), source, at
	}
	for i := range c.Edges {
		x := &c.Edges[i]
		x.ID, x.Source, x.ObservedAt = fmt.Sprintf("%s:%s/e%d", source, id, i), source, at
	}
	for i := range c.Events {
		x := &c.Events[i]
		x.ID, x.Source, x.Reported = id, source, at
	}
	f.list = append(f.list, intake.Entry{Record: intake.Record{Source: source, ID: id, Reported: at, Change: c}})
}

// facts is a change of facts about one person, told when the story begins.
func (f *family) facts(source lifeevents.Source, p lifeevents.PersonID, list ...lifeevents.Fact) {
	for i := range list {
		list[i].Person = p
	}
	f.on(sampleLived, source, lifeevents.Change{Facts: list})
}

// event happened so many days ago and was told the same day.
func (f *family) event(ago int, source lifeevents.Source, p lifeevents.PersonID, kind lifeevents.EventKind, data map[string]string) {
	f.on(ago, source, lifeevents.Change{Events: []lifeevents.Event{{Person: p, Kind: kind, On: f.today.AddDays(-ago), Data: data}}})
}

// agrees gives leave for topics over the portal.
func (f *family) agrees(p lifeevents.PersonID, topics ...lifeevents.Topic) {
	at := f.today.AddDays(-sampleLived).Start().Add(8 * time.Hour)
	for _, t := range topics {
		f.leave = append(f.leave, lifeevents.Consent{ID: "mau-" + string(p) + "-" + string(t), Person: p, Topic: t, Channel: delivery.PortalName, TextVersion: "mẫu", Given: at, Proof: "phiếu tại quầy (mẫu)"})
	}
}

func dated(kind lifeevents.FactKind, key string, on, until civil.Date) lifeevents.Fact {
	return lifeevents.Fact{Kind: kind, Key: key, Value: lifeevents.Value{On: on, Until: until}}
}

func word(kind lifeevents.FactKind, key, text string, on civil.Date) lifeevents.Fact {
	return lifeevents.Fact{Kind: kind, Key: key, Value: lifeevents.Value{Text: text, On: on}}
}

func born(on civil.Date, sex lifeevents.Sex) []lifeevents.Fact {
	return []lifeevents.Fact{{Kind: lifeevents.DateOfBirth, Value: lifeevents.Value{On: on}}, {Kind: lifeevents.SexOf, Value: lifeevents.Value{Text: string(sex)}}}
}

func home(address string, since civil.Date) lifeevents.Fact {
	f := dated(lifeevents.Residence, "permanent", since, civil.Date{})
	if found := place.Find(address); len(found) > 0 {
		f.Value.Place = found[0].Unit.Code
	}
	return f
}

// youngMother has a baby of forty days, whose birth is registered, and a girl who starts
// school next year.
func youngMother(f *family, p lifeevents.PersonID) {
	baby, girl := p+"-be", p+"-chi"
	f.names[baby], f.names[girl] = "Bé Mít", "Bé Na"
	f.agrees(p, lifeevents.TopicBirth)
	f.facts(lifeevents.PopulationRegister, p, append(born(civil.New(1998, 4, 12), lifeevents.Female), home("phường Hải Châu, Đà Nẵng", civil.New(2021, 3, 2)))...)
	f.facts(lifeevents.PopulationRegister, girl, append(born(civil.New(f.today.Year-5, 7, 9), lifeevents.Female), home("phường Hải Châu, Đà Nẵng", civil.New(2021, 8, 2)))...)
	f.facts(lifeevents.IdentityRegister, p, dated(lifeevents.Document, lifeevents.DocIDCard, civil.New(2023, 5, 20), civil.New(2038, 4, 12)))
	f.facts(lifeevents.ImmigrationRegister, p, dated(lifeevents.Document, lifeevents.DocPassport, f.today.AddYears(-10).AddMonths(7), f.today.AddMonths(7)))
	f.facts(lifeevents.InsuranceRegister, p, lifeevents.Fact{Kind: lifeevents.Insurance, Key: lifeevents.InsSocial, Value: lifeevents.Value{On: civil.New(2020, 2, 1), Until: f.today.AddMonths(8), Number: 78}},
		dated(lifeevents.Insurance, lifeevents.InsHealth, civil.New(2020, 2, 1), f.today.AddMonths(8)))
	f.on(sampleLived, lifeevents.CivilStatusRegister, lifeevents.Change{Edges: []lifeevents.Edge{{From: p, To: girl, Kind: lifeevents.ParentOf, Authority: true}}})
	f.on(40, lifeevents.CivilStatusRegister, lifeevents.Change{
		Facts:  []lifeevents.Fact{{Person: baby, Kind: lifeevents.DateOfBirth, Value: lifeevents.Value{On: f.today.AddDays(-40)}}, {Person: baby, Kind: lifeevents.SexOf, Value: lifeevents.Value{Text: string(lifeevents.Male)}}},
		Edges:  []lifeevents.Edge{{From: p, To: baby, Kind: lifeevents.ParentOf, Authority: true}},
		Events: []lifeevents.Event{{Person: baby, Kind: lifeevents.ChildBorn, On: f.today.AddDays(-40), Subject: string(baby)}},
	})
	f.on(24, lifeevents.CivilStatusRegister, lifeevents.Change{
		Facts:  []lifeevents.Fact{{Person: baby, Kind: lifeevents.Document, Key: lifeevents.DocBirth, Value: lifeevents.Value{On: f.today.AddDays(-24)}}},
		Events: []lifeevents.Event{{Person: baby, Kind: lifeevents.BirthRegistered, On: f.today.AddDays(-24), Subject: string(baby)}},
	})
}

// retiree reaches the age of retirement in about three months.
func retiree(f *family, p lifeevents.PersonID) {
	wife := p + "-vo"
	f.facts(lifeevents.PopulationRegister, p, append(born(f.today.AddYears(-61).AddMonths(-6).AddDays(3), lifeevents.Male), home("phường Ba Đình, Hà Nội", civil.New(1992, 6, 1)))...)
	f.facts(lifeevents.PopulationRegister, wife, append(born(civil.New(1968, 9, 3), lifeevents.Female), home("phường Ba Đình, Hà Nội", civil.New(1992, 6, 1)))...)
	f.facts(lifeevents.InsuranceRegister, p, lifeevents.Fact{Kind: lifeevents.Insurance, Key: lifeevents.InsSocial, Value: lifeevents.Value{On: civil.New(1994, 1, 1), Until: f.today.AddMonths(4), Number: 382}})
	f.facts(lifeevents.IdentityRegister, p, dated(lifeevents.Document, lifeevents.DocIDCard, civil.New(2021, 8, 4), civil.Date{}))
	f.facts(lifeevents.TrafficRegister, p, dated(lifeevents.Licence, "B", f.today.AddYears(-10).AddDays(50), f.today.AddDays(50)), word(lifeevents.Vehicle, "xe-1", "car", civil.New(2019, 4, 1)))
	f.facts(lifeevents.InspectionRegister, p, dated(lifeevents.Inspection, "xe-1", f.today.AddMonths(-6).AddDays(20), f.today.AddDays(20)))
	f.on(sampleLived, lifeevents.CivilStatusRegister, lifeevents.Change{Edges: []lifeevents.Edge{{From: p, To: wife, Kind: lifeevents.SpouseOf, Consent: true}}})
}

// shopOwner opened a shop last month, turns forty in two weeks, and has a boy about to be
// fourteen.
func shopOwner(f *family, p lifeevents.PersonID) {
	boy := p + "-con"
	f.names[boy] = "Minh"
	f.facts(lifeevents.PopulationRegister, p, append(born(f.today.AddYears(-40).AddDays(14), lifeevents.Female), home("phường Tân An, Cần Thơ", civil.New(2012, 1, 5)))...)
	f.facts(lifeevents.PopulationRegister, boy, append(born(f.today.AddYears(-14).AddDays(25), lifeevents.Male), home("phường Tân An, Cần Thơ", civil.New(2013, 1, 5)))...)
	f.facts(lifeevents.IdentityRegister, p, dated(lifeevents.Document, lifeevents.DocIDCard, civil.New(2021, 4, 4), f.today.AddDays(14)))
	f.on(sampleLived, lifeevents.CivilStatusRegister, lifeevents.Change{Edges: []lifeevents.Edge{{From: p, To: boy, Kind: lifeevents.ParentOf, Authority: true}}})
	f.on(35, lifeevents.BusinessRegister, lifeevents.Change{
		Facts:  []lifeevents.Fact{{Person: p, Kind: lifeevents.Business, Key: "hkd-1", Value: lifeevents.Value{Text: "household", On: f.today.AddDays(-35), Number: 600_000_000}}},
		Events: []lifeevents.Event{{Person: p, Kind: lifeevents.BusinessRegistered, On: f.today.AddDays(-35)}},
	})
	f.facts(lifeevents.TaxRegister, p, lifeevents.Fact{Kind: lifeevents.Tax, Key: "household", Value: lifeevents.Value{Text: "quarter", Number: 1_150_000_000}})
	f.event(6, lifeevents.TaxRegister, p, lifeevents.RevenueReached, map[string]string{"million": "1050"})
	f.facts(lifeevents.InsuranceRegister, p, dated(lifeevents.Insurance, lifeevents.InsHealthHousehold, f.today.AddYears(-1).AddDays(22), f.today.AddDays(22)))
}
