package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	le "github.com/motcua/motcua/lifeevents"
)

// happened is an event that its register told of on the same day.
func happened(kind le.EventKind, on string, data ...string) le.Event {
	e := le.Event{ID: string(kind) + on, Source: le.Declaration, Person: "a", Kind: kind, On: day(on), Reported: morning(on), Data: map[string]string{}}
	for i := 0; i+1 < len(data); i += 2 {
		e.Data[data[i]] = data[i+1]
	}
	return e
}

// life is what a hand-checked case is about.
type life struct {
	facts  []le.Fact
	events []le.Event
	kin    []*le.Person
	edges  []le.Edge
}

func (l life) view() *le.View {
	p := le.NewPerson("a", l.facts, l.events)
	return view(&p, l.kin, l.edges...)
}

// Days counted by hand on the calendar from the wording of the law, not by the engine.
func TestDaysAndDeadlinesCountedByHand(t *testing.T) {
	set := embedded(t)
	mother, wife := person("me", born("1990-05-05")), person("vo", born("1960-05-05"))
	ofMother := []le.Edge{edge("me", le.ParentOf, "a")}
	for _, c := range []struct {
		rule, law string
		life
		want []string // due day, legal day, deadline or "-"
	}{
		{"E01", "60 ngày kể từ ngày sinh", life{facts: []le.Fact{born("2026-10-05")}, events: []le.Event{happened(le.ChildBorn, "2026-10-05")}, kin: []*le.Person{mother}, edges: ofMother},
			[]string{"2026-10-08 2026-10-05 2026-12-04", "2026-11-04 2026-10-05 2026-12-04", "2026-11-24 2026-10-05 2026-12-04"}},
		{"E04b", "60 ngày kể từ ngày sinh con", life{facts: []le.Fact{born("1990-05-05"), fact(le.Insurance, le.InsSocialVoluntary, le.Value{On: day("2024-01-01")})},
			kin: []*le.Person{person("con", fact(le.DateOfBirth, "", le.Value{On: day("2026-10-05")}, "2026-10-06"))}, edges: []le.Edge{edge("a", le.ParentOf, "con")}},
			[]string{"2026-10-19 2026-10-05 2026-12-04", "2026-11-19 2026-10-05 2026-12-04"}},
		{"E13", "đủ 14 tuổi", life{facts: []le.Fact{born("2012-12-25")}, kin: []*le.Person{mother}, edges: ofMother},
			[]string{"2026-11-25 2026-12-25 -", "2026-12-25 2026-12-25 -", "2027-01-24 2026-12-25 -", "2027-02-23 2026-12-25 -"}},
		{"E14", "đủ 25 tuổi", life{facts: []le.Fact{born("2001-12-24"), fact(le.Document, le.DocIDCard, le.Value{On: day("2016-02-01")})}},
			[]string{"2026-10-25 2026-12-24 2026-12-24", "2026-11-24 2026-12-24 2026-12-24", "2026-12-24 2026-12-24 2026-12-24", "2027-01-23 2026-12-24 2026-12-24"}},
		{"E14", "thẻ cấp trong 2 năm trước mốc tuổi dùng đến mốc sau", life{facts: []le.Fact{born("2001-12-24"), fact(le.Document, le.DocIDCard, le.Value{On: day("2024-12-24")}, "2024-12-25")}}, nil},
		{"E18", "10 ngày làm việc kể từ ngày đến nơi mới", life{facts: []le.Fact{born("2006-05-05"), sex(le.Male)}, events: []le.Event{happened(le.ResidenceChanged, "2026-11-23")}},
			[]string{"2026-11-25 2026-11-23 2026-12-07", "2026-11-30 2026-11-23 2026-12-07"}},
		{"E18", "chỉ nam", life{facts: []le.Fact{born("2006-05-05"), sex(le.Female)}, events: []le.Event{happened(le.ResidenceChanged, "2026-11-23")}}, nil},
		{"E28", "ở từ 30 ngày", life{facts: []le.Fact{born("1990-05-05")}, events: []le.Event{happened(le.ResidenceChanged, "2026-11-23")}},
			[]string{"2026-11-24 2026-11-23 2026-12-23", "2026-12-08 2026-11-23 2026-12-23", "2026-12-18 2026-11-23 2026-12-23"}},
		{"E29", "gia hạn trong 15 ngày trước ngày hết hạn", life{facts: []le.Fact{born("1990-05-05"), fact(le.Residence, "temporary", le.Value{Place: "26734", On: day("2024-12-20"), Until: day("2026-12-20")})}},
			[]string{"2026-11-30 2026-12-20 2026-12-20", "2026-12-05 2026-12-20 2026-12-20", "2026-12-13 2026-12-20 2026-12-20"}},
		{"E31", "7 ngày", life{facts: []le.Fact{born("1990-05-05")}, events: []le.Event{happened(le.ResidenceEnded, "2026-11-24")}},
			[]string{"2026-11-24 2026-11-24 2026-12-01", "2026-11-28 2026-11-24 2026-12-01"}},
		{"E33", "2 ngày làm việc; thứ sáu thì đến thứ ba", life{facts: []le.Fact{born("1990-05-05")}, events: []le.Event{happened(le.PassportLost, "2026-11-20")}},
			[]string{"2026-11-20 2026-11-20 2026-11-24"}},
		{"E37", "ít nhất 6 tháng kể từ khi hết điểm", life{facts: []le.Fact{born("1990-05-05")}, events: []le.Event{happened(le.PointsExhausted, "2026-08-31")}},
			[]string{"2027-02-13 2027-02-28 -", "2027-02-28 2027-02-28 -"}},
		{"E41", "30 ngày", life{facts: []le.Fact{born("1990-05-05")}, events: []le.Event{happened(le.VehicleSold, "2026-11-22")}},
			[]string{"2026-11-29 2026-11-22 2026-12-22", "2026-12-12 2026-11-22 2026-12-22", "2026-12-20 2026-11-22 2026-12-22"}},
		{"E45", "10 ngày", life{facts: []le.Fact{born("1990-05-05")}, events: []le.Event{happened(le.BusinessChanged, "2026-11-22")}},
			[]string{"2026-11-25 2026-11-22 2026-12-02", "2026-11-30 2026-11-22 2026-12-02"}},
		{"E48", "31/01; chủ nhật thì sang thứ hai", life{facts: []le.Fact{born("1990-05-05"), fact(le.Business, "quan", le.Value{Text: "household", Number: 700_000_000})}},
			[]string{"2027-01-10 2027-01-31 2027-02-01", "2027-01-25 2027-01-31 2027-02-01"}},
		{"E53", "3 tháng", life{facts: []le.Fact{born("1990-05-05"), fact(le.Insurance, le.InsUnemployment, le.Value{Number: 30})}, events: []le.Event{happened(le.JobEnded, "2026-11-24")}},
			[]string{"2026-12-01 2026-11-24 2027-02-24", "2026-12-24 2026-11-24 2027-02-24", "2027-01-23 2026-11-24 2027-02-24", "2027-02-12 2026-11-24 2027-02-24"}},
		{"E58", "30 ngày", life{facts: []le.Fact{born("1990-05-05")}, events: []le.Event{happened(le.LandContractSigned, "2026-11-23", "how", "sale")}},
			[]string{"2026-11-26 2026-11-23 2026-12-23", "2026-12-08 2026-11-23 2026-12-23", "2026-12-18 2026-11-23 2026-12-23"}},
		{"E61", "nam sinh 5/1965 nghỉ khi 61 tuổi 6 tháng, hết tháng 11/2026", life{facts: []le.Fact{born("1965-05-20"), sex(le.Male), fact(le.Insurance, le.InsSocial, le.Value{Number: 240})}},
			[]string{"2026-08-30 2026-11-30 -", "2026-10-30 2026-11-30 -"}},
		{"E64", "đủ 75 tuổi", life{facts: []le.Fact{born("1952-01-10")}},
			[]string{"2026-11-11 2027-01-10 -", "2026-12-11 2027-01-10 -", "2027-01-10 2027-01-10 -"}},
		{"E64", "đã có lương hưu", life{facts: []le.Fact{born("1952-01-10"), fact(le.Benefit, le.BenPension, le.Value{On: day("2012-01-01")})}}, nil},
		{"E66", "15 ngày; thứ bảy thì sang thứ hai", life{facts: []le.Fact{born("1955-05-05")}, events: []le.Event{happened(le.DeathOccurred, "2026-11-20")}, kin: []*le.Person{wife}, edges: []le.Edge{edge("vo", le.SpouseOf, "a")}},
			[]string{"2026-11-23 2026-11-20 2026-12-07", "2026-11-30 2026-11-20 2026-12-07"}},
		{"E72", "đến hết 28/02/2027", life{facts: []le.Fact{born("1990-05-05"), fact(le.Account, "e_id_2", le.Value{On: day("2024-01-01"), Number: 3})}},
			[]string{"2026-12-30 2027-02-28 2027-02-28"}},
	} {
		var got []string
		for _, n := range set.Only(c.rule).Plan(c.view(), le.Window{From: day("2026-08-01"), To: day("2027-02-28")}) {
			line := fmt.Sprintf("%s %s ", n.Due, n.Legal)
			if n.Deadline.IsZero() {
				line += "-"
			} else {
				line += n.Deadline.String()
			}
			got = append(got, line)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s (%s)\n  got %s\n want %s", c.rule, c.law, strings.Join(got, "; "), strings.Join(c.want, "; "))
		}
	}
}

// 30/4/2027 is a holiday: the return may be filed on the next working day.
func TestTheIncomeTaxReturnIsDueAfterTheHolidays(t *testing.T) {
	l := life{facts: []le.Fact{born("1990-05-05"), fact(le.Tax, "income", le.Value{Number: 2})}}
	got := embedded(t).Only("E50").Plan(l.view(), le.Window{From: day("2027-01-01"), To: day("2027-12-31")})
	if len(got) != 2 || got[0].Due != day("2027-03-01") || got[1].Due != day("2027-04-15") || !day("2027-05-01").Before(got[0].Deadline) {
		t.Errorf("planned %v, deadline %v", said(got), got)
	}
}

func TestTheDeadHearNothing(t *testing.T) {
	l := life{facts: []le.Fact{born("1952-01-10"), fact(le.Document, le.DocPassport, le.Value{Until: day("2027-06-01")}), fact(le.Licence, "B", le.Value{Until: day("2026-12-20")})},
		events: []le.Event{happened(le.DeathRegistered, "2026-11-20")}, kin: []*le.Person{person("vo", born("1955-05-05"))}, edges: []le.Edge{edge("vo", le.SpouseOf, "a")}}
	for _, n := range embedded(t).Plan(l.view(), le.Window{From: day("2026-11-20"), To: day("2027-12-31")}) {
		if n.Person != "vo" || n.Topic != le.TopicBereaved {
			t.Errorf("planned after the death: %s to %s on %s", n.Rule, n.Person, n.Due)
		}
	}
}

// doing is a procedure finished at an office.
func doing(procedure, on string) le.Event {
	return happened(le.ProcedureDone, on, "procedure", procedure)
}

func TestAProcedureAnswersForItsOwnOccurrenceAlone(t *testing.T) {
	set := embedded(t)
	adult := []le.Fact{born("2001-12-24"), fact(le.Document, le.DocIDCard, le.Value{On: day("2016-02-01")})}
	quarterly := []le.Fact{born("1990-05-05"), fact(le.Tax, "household", le.Value{Text: "quarter", Number: 2_000_000_000})}
	for _, c := range []struct {
		rule, says string
		facts      []le.Fact
		done       le.Event
		notices    int
	}{
		{"E14", "the card made at 14 is not the one due at 25", adult, doing("1.116410", "2016-02-01"), 4},
		{"E14", "the card renewed a little ahead is", adult, doing("1.116410", "2026-10-01"), 0},
		{"E47", "the return of the third quarter is not that of the fourth", quarterly, doing("1.011022", "2026-10-28"), 2},
		{"E47", "the return of the fourth quarter ends its ladder", quarterly, doing("1.011022", "2027-01-22"), 0},
		{"E13", "a card made at 6 does not last beyond 14", []le.Fact{born("2012-12-25")}, doing("1.116410", "2019-03-01"), 3},
	} {
		l := life{facts: c.facts, events: []le.Event{c.done}}
		if got := set.Only(c.rule).Plan(l.view(), le.Window{From: day("2026-10-20"), To: day("2027-02-28")}); len(got) != c.notices {
			t.Errorf("%s: %s: planned %v; want %d", c.rule, c.says, said(got), c.notices)
		}
	}
}
