package lifeevents_test

import (
	"slices"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

func TestEveryRuleOfLevelThreeLaysTwoOptionsSideBySide(t *testing.T) {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	records, err := starter.Load()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"": true}
	for _, p := range records.Procedures {
		known[p.ID] = true
	}
	for _, r := range set.Rules() {
		list := lifeevents.OptionsOf(r.ID)
		if want := map[bool]int{true: 2}[r.Level == lifeevents.Recommend]; len(list) != want {
			t.Errorf("%s of level %d has %d options, want %d", r.ID, r.Level, len(list), want)
		}
		for _, o := range list {
			if !o.Name.Complete() || len(o.Good) == 0 || len(o.Mind) == 0 || !known[o.Procedure] {
				t.Errorf("%s: an option lacks a name, what speaks for it, what to mind, or names an unknown procedure: %+v", r.ID, o)
			}
			for _, w := range slices.Concat(o.Good, o.Mind) {
				if !w.Complete() {
					t.Errorf("%s: words in one language only: %+v", r.ID, w)
				}
			}
		}
		if r.Level >= lifeevents.Automatic && lifeevents.ActsAlone(r.Level) {
			t.Errorf("%s acts by itself", r.ID)
		}
	}
}

func TestFormBoxesAreFilledFromSureDataInForceAndSayWhence(t *testing.T) {
	on, seen := civil.New(2026, 11, 21), time.Date(2026, 9, 8, 9, 0, 0, 0, civil.Zone)
	fact := func(id string, kind lifeevents.FactKind, key string, v lifeevents.Value, source lifeevents.Source) lifeevents.Fact {
		return lifeevents.Fact{ID: id, Person: "me", Kind: kind, Key: key, Value: v, Source: source, ObservedAt: seen}
	}
	doubtful := fact("5", lifeevents.Marital, "", lifeevents.Value{Text: "single", On: civil.New(2020, 1, 1)}, lifeevents.CivilStatusRegister)
	doubtful.Confidence = "low"
	v := &lifeevents.View{Person: lifeevents.NewPerson("me", []lifeevents.Fact{
		fact("1", lifeevents.DateOfBirth, "", lifeevents.Value{On: civil.New(1998, 4, 12)}, lifeevents.PopulationRegister),
		fact("2", lifeevents.SexOf, "", lifeevents.Value{Text: "female"}, lifeevents.Declaration),
		fact("3", lifeevents.Residence, "permanent", lifeevents.Value{Place: "20194", On: civil.New(2021, 3, 2)}, lifeevents.ResidenceRegister),
		fact("4", lifeevents.Document, lifeevents.DocIDCard, lifeevents.Value{On: civil.New(2016, 5, 1), Until: civil.New(2026, 5, 1)}, lifeevents.IdentityRegister),
		doubtful,
	}, nil)}
	got := map[string]lifeevents.FormField{}
	for _, f := range lifeevents.FormFields(v, on) {
		got[f.Name.VI] = f
	}
	if len(got) != 3 {
		t.Fatalf("a card out of date and a doubtful entry are left to the person: %+v", got)
	}
	if f := got["Ngày, tháng, năm sinh"]; f.Value.VI != "12/04/1998" || f.Source != lifeevents.PopulationRegister || f.SeenOn != civil.New(2026, 9, 8) || f.Declared {
		t.Errorf("%+v", f)
	}
	if f := got["Giới tính"]; f.Value.VI != "nữ" || f.Value.EN != "female" || !f.Declared {
		t.Errorf("%+v", f)
	}
	if f := got["Nơi thường trú"]; f.Value.VI == "" || f.Value.VI == "20194" {
		t.Errorf("a code is no address: %+v", f)
	}
}
