package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"github.com/motcua/motcua/internal/civil"
	le "github.com/motcua/motcua/lifeevents"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func morning(s string) time.Time { return day(s).Start().Add(7 * time.Hour) }

// fact is a register's word given on the first day of 2020 unless said otherwise.
func fact(kind le.FactKind, key string, v le.Value, seen ...string) le.Fact {
	at := "2020-01-01"
	if len(seen) > 0 {
		at = seen[0]
	}
	return le.Fact{ID: fmt.Sprintf("%s/%s@%s", kind, key, at), Kind: kind, Key: key, Value: v, Source: le.PopulationRegister, ObservedAt: morning(at)}
}

func born(s string) le.Fact { return fact(le.DateOfBirth, "", le.Value{On: day(s)}) }

func sex(s le.Sex) le.Fact { return fact(le.SexOf, "", le.Value{Text: string(s)}) }

func person(id le.PersonID, facts ...le.Fact) *le.Person {
	p := le.NewPerson(id, facts, nil)
	return &p
}

// view puts a person among kin; edges name them.
func view(p *le.Person, kin []*le.Person, edges ...le.Edge) *le.View {
	v := &le.View{Person: *p, Edges: edges, Kin: map[le.PersonID]*le.Person{}}
	for _, k := range kin {
		v.Kin[k.ID] = k
	}
	return v
}

func edge(from le.PersonID, kind le.EdgeKind, to le.PersonID) le.Edge {
	return le.Edge{ID: string(from) + ">" + string(to), From: from, To: to, Kind: kind, Authority: true, ObservedAt: morning("2020-01-01")}
}

// said lists "rule rung day to" of a plan.
func said(list []le.Notice) []string {
	var out []string
	for _, n := range list {
		words := fmt.Sprintf("%s %s %s %s", n.Rule, n.Rung, n.Due, n.Person)
		if n.Held != "" {
			words += " " + n.Held
		}
		out = append(out, words)
	}
	return out
}

func plan(t *testing.T, v *le.View, from, to string) []le.Notice {
	t.Helper()
	return samples(t).Plan(v, le.Window{From: day(from), To: day(to)})
}

func want(t *testing.T, got []le.Notice, lines ...string) {
	t.Helper()
	if g := said(got); !slices.Equal(g, lines) {
		t.Errorf("planned\n  %s\nwant\n  %s", strings.Join(g, "\n  "), strings.Join(lines, "\n  "))
	}
}

func TestACardIsAskedForAt14OfAParentBeforeAndOfTheChildAfter(t *testing.T) {
	mother := person("me", born("1985-05-05"))
	v := view(person("con", born("2012-03-12")), []*le.Person{mother}, edge("me", le.ParentOf, "con"))
	got := plan(t, v, "2026-01-01", "2026-12-31")
	want(t, got, "E13 -30d 2026-02-10 me", "E13 0 2026-03-12 con", "E13 +30d 2026-04-11 con", "E13 +60d 2026-05-11 con")
	if got[0].Relation != le.ParentOf || got[0].Params["age"] != "14" {
		t.Errorf("got %+v", got[0])
	}
	r, _ := samples(t).Rule("E13", 1)
	words, ok := r.Words(got[0], "vi", le.Own)
	if !ok || words.Title != "Con của bạn đủ 14 tuổi: làm thẻ căn cước" || words.Body != "Ngày 12/03/2026, con của bạn đủ 14 tuổi và phải có thẻ căn cước." {
		t.Errorf("the mother reads %q / %q", words.Title, words.Body)
	}
	if words, _ = r.Words(got[2], "vi", le.Own); !strings.HasPrefix(words.Body, "Bạn đã đủ 14 tuổi từ ngày 12/03/2026") {
		t.Errorf("the child reads %q", words.Body)
	}
	if words, ok = r.Words(got[2], "vi", le.Outside); !ok || strings.Contains(words.Body, "14") {
		t.Errorf("outside: %q", words.Body)
	}
}

func TestBornOn29FebruaryTurns14On28February(t *testing.T) {
	got := plan(t, view(person("a", born("2012-02-29")), nil), "2026-02-01", "2026-03-01")
	want(t, got, "E13 0 2026-02-28 a")
}

func TestALadderStopsWhenTheRegisterSaysDone(t *testing.T) {
	p := le.NewPerson("a", []le.Fact{born("2012-03-12")}, []le.Event{{ID: "1", Person: "a", Kind: le.IDCardIssued, On: day("2026-03-20"), Reported: morning("2026-03-21")}})
	want(t, plan(t, view(&p, nil), "2026-01-01", "2026-12-31"), "E13 0 2026-03-12 a")
	card := person("a", born("2012-03-12"), fact(le.Document, le.DocIDCard, le.Value{On: day("2026-03-20")}))
	want(t, plan(t, view(card, nil), "2026-01-01", "2026-12-31"))
}

func TestACardIssuedWithinTwoYearsOf25IsNotRenewed(t *testing.T) {
	for issued, n := range map[string]int{"2020-05-01": 4, "2024-01-31": 4, "2024-02-01": 0, "2025-12-12": 0} {
		v := view(person("a", born("2001-02-01"), fact(le.Document, le.DocIDCard, le.Value{On: day(issued)})), nil)
		if got := plan(t, v, "2025-06-01", "2026-12-31"); len(got) != n {
			t.Errorf("card of %s: %v; want %d notices", issued, said(got), n)
		}
	}
}

func TestAFactLearnedLateIsToldOnceAtOnceAndNotWhenTooLate(t *testing.T) {
	for seen, lines := range map[string][]string{
		"2026-03-25": {"E13 0 2026-03-25 a late", "E13 +30d 2026-04-11 a", "E13 +60d 2026-05-11 a"},
		"2026-04-11": {"E13 +30d 2026-04-11 a", "E13 +60d 2026-05-11 a"},
		"2026-06-01": {"E13 +60d 2026-06-01 a late"},
		"2026-07-01": nil,
	} {
		v := view(person("a", fact(le.DateOfBirth, "", le.Value{On: day("2012-03-12")}, seen)), nil)
		want(t, plan(t, v, "2026-01-01", "2026-12-31"), lines...)
	}
}

func TestAnEventToldTwiceBySourcesIsOneOccurrence(t *testing.T) {
	child := le.NewPerson("con", []le.Fact{fact(le.DateOfBirth, "", le.Value{On: day("2026-08-01")}, "2026-08-02")}, []le.Event{
		{ID: "1", Source: le.HealthRegister, Person: "con", Kind: le.ChildBorn, On: day("2026-08-01"), Reported: morning("2026-08-02")},
		{ID: "9", Source: le.Declaration, Person: "con", Kind: le.ChildBorn, On: day("2026-08-01"), Reported: morning("2026-08-03")},
	})
	v := view(&child, []*le.Person{person("me", born("1995-01-01")), person("bo", born("1994-01-01"))}, edge("me", le.ParentOf, "con"), edge("bo", le.ParentOf, "con"))
	got := plan(t, v, "2026-08-01", "2026-12-31")
	want(t, got, "E01 +3d 2026-08-04 bo", "E01 +30d 2026-08-31 bo", "E01 +50d 2026-09-20 bo")
	if !slices.Equal(got[0].Or, []le.PersonID{"me"}) {
		t.Errorf("the other parent must stand by: %v", got[0].Or)
	}
	if got[0].Deadline != day("2026-09-30") || got[0].Urgent || got[2].Urgent {
		t.Errorf("60 days from 01/08 end on 30/09, got %v", got[0].Deadline)
	}
}

func TestTheParentWhoLivesWithTheChildIsToldFirst(t *testing.T) {
	home := func(code string) le.Fact { return fact(le.Residence, "permanent", le.Value{Place: code}) }
	v := view(person("con", born("2012-03-12"), home("00004")), []*le.Person{person("bo", born("1980-01-01"), home("00008")), person("me", born("1985-05-05"), home("00004"))},
		edge("bo", le.ParentOf, "con"), edge("me", le.ParentOf, "con"))
	want(t, plan(t, v, "2026-02-01", "2026-02-28"), "E13 -30d 2026-02-10 me")
}

func TestNobodyIsToldForTheDeadAndTheDeadAreNotTold(t *testing.T) {
	gone := le.NewPerson("a", []le.Fact{born("1966-01-01"), fact(le.Document, le.DocIDCard, le.Value{On: day("2010-01-01")})},
		[]le.Event{{ID: "1", Person: "a", Kind: le.DeathOccurred, On: day("2026-02-01"), Reported: morning("2026-02-02")}})
	v := view(&gone, []*le.Person{person("vo", born("1968-01-01")), person("con", born("1995-01-01"))}, edge("vo", le.SpouseOf, "a"), edge("a", le.ParentOf, "con"))
	got := plan(t, v, "2025-01-01", "2027-12-31")
	want(t, got, "E66 +3d 2026-02-04 vo", "E66 +10d 2026-02-11 vo")
	if !slices.Equal(got[0].Or, []le.PersonID{"con"}) {
		t.Errorf("a grown child stands by: %v", got[0].Or)
	}
	mother := person("me", born("1960-01-01"), fact(le.DateOfDeath, "", le.Value{On: day("2026-01-01")}))
	child := view(person("con", born("2012-03-12")), []*le.Person{mother}, edge("me", le.ParentOf, "con"))
	want(t, plan(t, child, "2026-02-01", "2026-02-28"))
}

func TestTheBereavedAreLeftInPeaceFor14DaysButNotPastADeadline(t *testing.T) {
	v := view(person("a", born("1980-01-01"), fact(le.Licence, "B", le.Value{Until: day("2026-06-30")})), nil)
	v.Losses = []le.Loss{{Dead: "bo", To: "a", On: day("2026-05-25")}}
	want(t, plan(t, v, "2026-05-15", "2026-06-29"), "E36 -30d 2026-06-08 a mourning", "E36 -7d 2026-06-23 a")
	v.Losses[0].On = day("2026-06-20")
	want(t, plan(t, v, "2026-06-15", "2026-07-31"), "E36 -7d 2026-06-27 a mourning", "E36 +1d 2026-07-04 a mourning")
	v.Losses = append(v.Losses, le.Loss{Dead: "me", To: "a", On: day("2026-07-01")})
	want(t, plan(t, v, "2026-07-01", "2026-07-31"), "E36 +1d 2026-07-15 a mourning")
}

func TestAnswersStopOrMoveALadder(t *testing.T) {
	v := view(person("a", born("2012-03-12")), nil)
	slot := "E13|a|2026-03-12|"
	v.Answers = []le.Answer{{Person: "a", About: "a", Kind: le.Snooze, Slot: slot, At: morning("2026-03-12"), Until: day("2026-04-20")}}
	want(t, plan(t, v, "2026-01-01", "2026-12-31"), "E13 +30d 2026-04-20 a snooze", "E13 +60d 2026-05-11 a")
	for _, kind := range []le.AnswerKind{le.Done, le.NotMine} {
		v.Answers[0].Kind = kind
		want(t, plan(t, v, "2026-01-01", "2026-12-31"))
	}
	v.Answers[0].Slot = "E14|a|2026-03-12|"
	if got := plan(t, v, "2026-01-01", "2026-12-31"); len(got) != 3 {
		t.Errorf("an answer about another matter: %v", said(got))
	}
}

func TestYearlyDatesComeEveryYearUnderTheLawOfTheirDay(t *testing.T) {
	v := view(person("a", born("1980-01-01"), fact(le.Business, "b1", le.Value{Text: "household", Number: 600_000_000})), nil)
	want(t, plan(t, v, "2025-01-01", "2028-03-01"), "E48 @01-10 2027-01-10 a", "E48 @01-25 2027-01-25 a", "E48 @01-10 2028-01-10 a", "E48 @01-25 2028-01-25 a")
	v = view(person("a", born("1980-01-01"), fact(le.Business, "b1", le.Value{Text: "household", Number: 1_600_000_000})), nil)
	want(t, plan(t, v, "2025-01-01", "2028-03-01"))
}

func TestAChildsBirthdayConcernsTheParent(t *testing.T) {
	v := view(person("me", born("1985-05-05"), fact(le.Tax, "dependent", le.Value{Number: 1})), []*le.Person{person("con", born("2009-06-10"))}, edge("me", le.ParentOf, "con"))
	got := plan(t, v, "2027-01-01", "2027-12-31")
	want(t, got, "E52 -30d 2027-05-11 me")
	if got[0].About != "me" || !strings.Contains(got[0].Slot, "con") {
		t.Errorf("slot %s", got[0].Slot)
	}
}

func TestANoticeSaysWhichDataItUsedAndWhence(t *testing.T) {
	v := view(person("a", born("2001-02-01"), fact(le.Document, le.DocIDCard, le.Value{On: day("2020-05-01")})), nil)
	got := plan(t, v, "2026-02-01", "2026-02-01")
	if len(got) != 1 || len(got[0].Why.Used) != 2 || got[0].Why.Used[1].Key != le.DocIDCard || got[0].Why.Used[0].Source != le.PopulationRegister {
		t.Fatalf("got %+v", got)
	}
	if got[0].Why.Trigger.VI != "đủ 25 tuổi (01/02/2026)" {
		t.Errorf("trigger %q", got[0].Why.Trigger.VI)
	}
}

func TestWordsSaidAfterTheDeadlineSaySo(t *testing.T) {
	child := le.NewPerson("con", []le.Fact{fact(le.DateOfBirth, "", le.Value{On: day("2026-06-01")}, "2026-08-05")},
		[]le.Event{{ID: "1", Source: le.HealthRegister, Person: "con", Kind: le.ChildBorn, On: day("2026-06-01"), Reported: morning("2026-08-05")}})
	v := view(&child, []*le.Person{person("me", born("1995-01-01"))}, edge("me", le.ParentOf, "con"))
	got := plan(t, v, "2026-06-01", "2026-12-31")
	want(t, got, "E01 +50d 2026-08-05 me late")
	r, _ := samples(t).Rule("E01", 1)
	if w, _ := r.Words(got[0], "vi", le.Own); !strings.HasPrefix(w.Body, "Hạn 31/07/2026 đã qua. Quá hạn vẫn đăng ký được") {
		t.Errorf("reads %q", w.Body)
	}
}

func TestALadderOf2026NamesTheDoubtfulMonth(t *testing.T) {
	v := view(person("a", born("1969-05-20"), sex(le.Female), fact(le.Insurance, le.InsSocial, le.Value{})), nil)
	got := plan(t, v, "2025-01-01", "2026-12-31")
	want(t, got, "E61 -12m 2025-05-31 a", "E61 -3m 2026-02-28 a", "E61 -1m 2026-04-30 a")
	if !strings.Contains(got[0].Doubt.VI, "5/1969") {
		t.Errorf("doubt %q", got[0].Doubt.VI)
	}
}

// randomView draws a person with a few facts and events.
func randomView(seed uint32) *le.View {
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	base := day("1950-01-01")
	facts := []le.Fact{fact(le.DateOfBirth, "", le.Value{On: base.AddDays(next(28000))}, day("2020-01-01").AddDays(next(2500)).String()),
		sex([]le.Sex{le.Male, le.Female}[next(2)])}
	if next(2) == 0 {
		facts = append(facts, fact(le.Document, le.DocIDCard, le.Value{On: day("2015-01-01").AddDays(next(4000))}))
	}
	if next(2) == 0 {
		facts = append(facts, fact(le.Licence, "B", le.Value{Until: day("2024-01-01").AddDays(next(1500))}))
	}
	if next(3) == 0 {
		facts = append(facts, fact(le.Insurance, le.InsSocial, le.Value{Number: 100}))
	}
	if next(3) == 0 {
		facts = append(facts, fact(le.Business, "b1", le.Value{Text: "household", Number: 5e8}))
	}
	v := view(person("a", facts...), []*le.Person{person("m", born("1970-01-01"))}, edge("m", le.ParentOf, "a"))
	if next(3) == 0 {
		v.Losses = []le.Loss{{Dead: "x", To: []le.PersonID{"a", "m"}[next(2)], On: day("2026-01-01").AddDays(next(400))}}
	}
	v.Kin["m"].Facts = nil
	return v
}

func TestAPlanIsTheSameDayByDayAsAtOnce(t *testing.T) {
	set := samples(t)
	check := func(seed uint32) bool {
		v := randomView(seed)
		all := set.Plan(v, le.Window{From: day("2026-01-01"), To: day("2026-12-31")})
		var daily []le.Notice
		for d := day("2026-01-01"); !day("2026-12-31").Before(d); d = d.AddDays(1) {
			daily = append(daily, set.Plan(v, le.Window{From: d, To: d})...)
		}
		return slices.Equal(said(all), said(daily))
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 60}); err != nil {
		t.Error(err)
	}
}

func TestTheIndexFindsEveryNoticeAndNoOther(t *testing.T) {
	set := samples(t)
	check := func(seed uint32) bool {
		v := randomView(seed)
		end := day("2027-12-31")
		all := set.Plan(v, le.Window{From: day("2026-01-01"), To: end})
		var found []le.Notice
		for at := day("2025-12-31"); ; {
			rows := set.NextDue(v, at, civil.Date{})
			if len(rows) == 0 || end.Before(rows[0].On) {
				break
			}
			now := set.Plan(v, le.Window{From: at.AddDays(1), To: rows[0].On})
			if len(now) == 0 || now[0].Due != rows[0].On {
				return false
			}
			found, at = append(found, now...), rows[0].On
		}
		return slices.Equal(said(all), said(found))
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 200}); err != nil {
		t.Error(err)
	}
}

// richView draws a person with many facts and events, for the rules that come with the program.
func richView(seed uint32) *le.View {
	v := randomView(seed)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	near := func() civil.Date { return day("2025-06-01").AddDays(next(900)) }
	facts := slices.Clone(v.Facts)
	keys := map[le.FactKind][]string{le.Document: {le.DocPassport, le.DocSingle}, le.Insurance: {le.InsHealth, le.InsHealthHousehold, le.InsSocial, le.InsUnemployment, le.InsVehicle},
		le.Benefit: {le.BenPension, le.BenUnemployment, le.BenSocialPension}, le.Inspection: {"xe"}, le.Vehicle: {"xe"}, le.Tax: {"household", "rental", "income", "dependent"},
		le.Account: {"e_id_2"}, le.Hardship: {"poor", "near_poor"}, le.Residence: {"temporary", "permanent"}, le.Land: {"dat"}}
	texts := []string{"household", "car", "quarter", "employed", "primary", "house"}
	for _, kind := range le.FactKinds() {
		if kind == le.DateOfBirth || kind == le.SexOf || kind == le.DateOfDeath || next(3) > 0 {
			continue
		}
		key := ""
		if list := keys[kind]; kind.Keyed() {
			if key = "x"; len(list) > 0 {
				key = list[next(len(list))]
			}
		}
		on := near()
		facts = append(facts, fact(kind, key, le.Value{Text: texts[next(len(texts))], Place: "00004", On: on, Until: on.AddDays(next(500)), Number: int64(next(300))}, on.AddDays(next(20)).String()))
	}
	kinds := le.EventKinds()
	var events []le.Event
	for i := range next(6) {
		on := near()
		events = append(events, le.Event{ID: fmt.Sprint(i), Source: le.CommuneOffice, Person: "a", Kind: kinds[next(len(kinds))], On: on, Reported: on.AddDays(next(40)).Start(), Data: map[string]string{"million": "1200", "left": "3"}})
	}
	v.Person = le.NewPerson("a", facts, events)
	child := person("c", fact(le.DateOfBirth, "", le.Value{On: day("2007-06-01").AddDays(next(6000))}))
	v.Kin["c"], v.Edges = child, append(v.Edges, edge("a", le.ParentOf, "c"))
	return v
}

func TestTheRulesOfTheProgramPlanTheSameDayByDay(t *testing.T) {
	set, faults := Embedded()
	if len(faults) > 0 {
		t.Fatalf("the rules do not load: %v", faults[0])
	}
	total := 0
	for seed := range uint32(150) {
		v := richView(seed * 7919)
		all := set.Plan(v, le.Window{From: day("2026-01-01"), To: day("2026-12-31")})
		total += len(all)
		var daily, found []le.Notice
		for d := day("2026-01-01"); !day("2026-12-31").Before(d); d = d.AddDays(1) {
			daily = append(daily, set.Plan(v, le.Window{From: d, To: d})...)
		}
		for at := day("2025-12-31"); ; {
			rows := set.NextDue(v, at, day("2026-12-31"))
			if len(rows) == 0 || rows[0].Rule == le.LookAgain && rows[0].On == day("2026-12-31") {
				break
			}
			found = append(found, set.Plan(v, le.Window{From: at.AddDays(1), To: rows[0].On})...)
			at = rows[0].On
		}
		found = append(found, set.Plan(v, le.Window{From: day("2026-12-31"), To: day("2026-12-31")})...)
		if !slices.Equal(said(all), said(daily)) {
			t.Fatalf("seed %d: at once %q; by day %q", seed, said(all), said(daily))
		}
		for _, n := range all {
			if !slices.ContainsFunc(found, func(m le.Notice) bool { return m.Key == n.Key }) {
				t.Fatalf("seed %d: the index misses %s %s", seed, n.Rule, n.Due)
			}
		}
		for _, n := range all {
			if r, ok := set.Rule(n.Rule, n.Version); ok {
				for _, lang := range []string{"vi", "en"} {
					if w, _ := r.Words(n, lang, le.Own); strings.ContainsAny(w.Title+w.Body, "{}") || w.Body == "" {
						t.Errorf("%s reads %q / %q", n.Rule, w.Title, w.Body)
					}
				}
			}
		}
	}
	if total < 500 {
		t.Errorf("only %d notices: the people drawn are too poor to try the rules", total)
	}
}

func TestAHorizonWakesEverybodyAgainBeforeItEnds(t *testing.T) {
	set := samples(t)
	after, horizon := day("2026-01-01"), day("2027-01-31")
	days := map[civil.Date]int{}
	for i := range 2000 {
		v := view(person(le.PersonID(fmt.Sprintf("p%d", i)), born("2020-03-12")), nil)
		rows := set.NextDue(v, after, horizon)
		last := rows[len(rows)-1]
		if last.Rule != le.LookAgain || horizon.Before(last.On) || !after.Before(last.On) {
			t.Fatalf("rows %v", rows)
		}
		days[last.On]++
	}
	for d, n := range days {
		if n > 40 {
			t.Errorf("%d people on %v: not spread", n, d)
		}
	}
}

func TestOneNoticeOfAnOccurrenceIsReleasedAfterADowntime(t *testing.T) {
	v := view(person("a", born("2012-03-12")), nil)
	set := samples(t)
	got := set.Release(v, le.Window{From: day("2026-03-10"), To: day("2026-04-15")})
	want(t, got, "E13 +30d 2026-04-11 a")
	got = set.Release(v, le.Window{From: day("2026-03-10"), To: day("2026-09-15")})
	want(t, got)
}

func TestWhatStandsDoesNotDependOnTheOrderOfArrival(t *testing.T) {
	old := fact(le.Document, le.DocPassport, le.Value{On: day("2016-01-01"), Until: day("2026-01-01")}, "2020-01-01")
	renewed := fact(le.Document, le.DocPassport, le.Value{On: day("2025-12-01"), Until: day("2035-12-01")}, "2025-12-02")
	renewed.Source = le.Declaration
	wrong := born("2012-03-21")
	right := fact(le.DateOfBirth, "", le.Value{On: day("2012-03-12")}, "2024-01-01")
	right.Supersedes = wrong.ID
	all := []le.Fact{old, renewed, wrong, right}
	for i := range all {
		for j := range all {
			list := slices.Clone(all)
			list[i], list[j] = list[j], list[i]
			p := le.NewPerson("a", list, nil)
			if p.Born != day("2012-03-12") || p.Fact(le.Document, le.DocPassport).ID != renewed.ID {
				t.Errorf("%d,%d: born %v, passport %v", i, j, p.Born, p.Fact(le.Document, le.DocPassport))
			}
		}
	}
}

func TestARegisterThatRepeatsItselfTellsNothingNew(t *testing.T) {
	facts := []le.Fact{born("2012-03-12")}
	for _, seen := range []string{"2026-03-20", "2026-04-20", "2026-05-20"} {
		facts = append(facts, fact(le.DateOfBirth, "", le.Value{On: day("2012-03-12")}, seen))
	}
	want(t, plan(t, view(person("a", facts...), nil), "2026-01-01", "2026-12-31"), "E13 0 2026-03-12 a", "E13 +30d 2026-04-11 a", "E13 +60d 2026-05-11 a")
	facts = append(facts, fact(le.DateOfBirth, "", le.Value{On: day("2012-03-21")}, "2026-03-25"))
	p := person("a", facts...)
	if f := p.Fact(le.DateOfBirth, ""); civil.On(f.KnownSince()) != day("2026-04-20") {
		t.Errorf("back to 12/03 since 20/04, not %v", f.KnownSince())
	}
}

func TestARetractedEventNeverWas(t *testing.T) {
	events := []le.Event{
		{ID: "2", Source: le.CivilStatusRegister, Person: "a", Retracts: "1", Reported: morning("2026-02-05")},
		{ID: "1", Source: le.CivilStatusRegister, Person: "a", Kind: le.DeathRegistered, On: day("2026-02-01"), Reported: morning("2026-02-02")},
	}
	if p := le.NewPerson("a", []le.Fact{born("1966-01-01")}, events); !p.Died.IsZero() || len(p.Events) != 0 {
		t.Errorf("died %v, events %v", p.Died, p.Events)
	}
	events[0].Source = le.Declaration
	if p := le.NewPerson("a", nil, events); p.Died.IsZero() {
		t.Error("another source may not retract what the register said")
	}
}

func TestRetirementFollowsTheLadder(t *testing.T) {
	for _, c := range []struct {
		sex         le.Sex
		born        string
		years, mons int
		on          string
	}{
		{le.Male, "1961-01-15", 60, 3, "2021-04-30"}, {le.Male, "1961-09-30", 60, 3, "2021-12-31"}, {le.Male, "1961-10-01", 60, 6, "2022-04-30"},
		{le.Male, "1964-10-05", 61, 6, "2026-04-30"}, {le.Male, "1965-06-30", 61, 6, "2026-12-31"}, {le.Male, "1966-04-01", 62, 0, "2028-04-30"},
		{le.Male, "1980-02-29", 62, 0, "2042-02-28"}, {le.Female, "1966-08-31", 55, 4, "2021-12-31"}, {le.Female, "1966-09-01", 55, 8, "2022-05-31"},
		{le.Female, "1969-06-01", 57, 0, "2026-06-30"}, {le.Female, "1969-12-31", 57, 0, "2026-12-31"}, {le.Female, "1970-01-01", 57, 4, "2027-05-31"},
		{le.Female, "1975-05-01", 60, 0, "2035-05-31"}, {le.Female, "1990-05-01", 60, 0, "2050-05-31"},
	} {
		r, ok := RetirementOf(day(c.born), c.sex)
		if !ok || r.Years != c.years || r.Months != c.mons || r.On != day(c.on) || r.Doubt.VI != "" {
			t.Errorf("%s born %s: %+v; want %d years %d months, %s", c.sex, c.born, r, c.years, c.mons, c.on)
		}
	}
	if r, _ := RetirementOf(day("1969-05-31"), le.Female); r.Doubt.VI == "" {
		t.Error("women born in 5/1969 are in doubt")
	}
	if _, ok := RetirementOf(day("1955-01-01"), le.Male); ok {
		t.Error("retired before the ladder begins")
	}
	if _, ok := RetirementOf(day("1970-01-01"), ""); ok {
		t.Error("without the sex there is no age")
	}
}
