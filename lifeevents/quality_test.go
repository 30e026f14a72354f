package lifeevents

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

func ymd(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

var now = ymd("2026-11-21").Start().Add(9 * time.Hour)

func checks(list []Finding) []string {
	var out []string
	for _, f := range list {
		if f.Says == "" || f.Virtue.Vietnamese() == "" || strings.Contains(f.Says, "%!") {
			out = append(out, "WORDLESS "+f.Check)
		}
		out = append(out, f.Check)
	}
	return out
}

func TestAFactThatCannotBeIsRefused(t *testing.T) {
	ok := Fact{ID: "1", Person: "a", Kind: DateOfBirth, Value: Value{On: ymd("2012-03-12")}, Source: PopulationRegister, ObservedAt: now}
	for _, c := range []struct {
		change func(*Fact)
		want   string
	}{
		{func(*Fact) {}, ""},
		{func(f *Fact) { f.Value.On = ymd("2026-11-22") }, "future_birth"},
		{func(f *Fact) { f.Value.On = ymd("1890-01-01") }, "too_old"},
		{func(f *Fact) { f.Value.On = civil.Date{Year: 2023, Month: 2, Day: 29} }, "impossible_day"},
		{func(f *Fact) { f.Value.On = civil.Date{} }, "no_value"},
		{func(f *Fact) { f.Kind = "horoscope" }, "unknown_kind"},
		{func(f *Fact) { f.Source = "neighbour" }, "unknown_source"},
		{func(f *Fact) { f.ID = "" }, "no_id"},
		{func(f *Fact) { f.Kind = Document }, "no_key"},
		{func(f *Fact) { f.Kind, f.Key, f.Value.Until = Document, DocPassport, ymd("2001-01-01") }, "ends_before_start"},
		{func(f *Fact) { f.ObservedAt = now.AddDate(0, 0, 2) }, "seen_in_future"},
		{func(f *Fact) { f.Withdrawn = true }, "withdraws_nothing"},
		{func(f *Fact) { f.Kind, f.Value.Text = SexOf, "?" }, "unknown_word"},
	} {
		f := ok
		c.change(&f)
		got := checks(CheckFact(f, now))
		if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
			t.Errorf("%+v: %v; want %q", f, got, c.want)
		}
	}
	late := Event{ID: "1", Source: CivilStatusRegister, Person: "a", Kind: DeathRegistered, On: ymd("2027-01-01"), Reported: now}
	if got := checks(CheckEvent(late, now)); !slices.Equal(got, []string{"future_event"}) {
		t.Errorf("a death to come: %v", got)
	}
	if got := checks(CheckEvent(Event{ID: "2", Source: Declaration, Kind: "party"}, now)); !slices.Equal(got, []string{"unknown_kind", "nobody", "impossible_day"}) {
		t.Errorf("got %v", got)
	}
}

func TestSourcesAreComparedPersonByPerson(t *testing.T) {
	seen := func(f Fact) Fact { f.Person, f.ObservedAt = "a", now; return f }
	facts := []Fact{
		seen(Fact{ID: "1", Kind: DateOfBirth, Value: Value{On: ymd("2000-05-05")}, Source: PopulationRegister}),
		seen(Fact{ID: "2", Kind: DateOfBirth, Value: Value{On: ymd("2001-05-05")}, Source: InsuranceRegister, Confidence: corpus.Low}),
		seen(Fact{ID: "3", Kind: Licence, Key: "C", Value: Value{On: ymd("2020-05-04")}, Source: TrafficRegister}),
		seen(Fact{ID: "4", Kind: Licence, Key: "B", Value: Value{On: ymd("2018-05-05")}, Source: TrafficRegister}),
		seen(Fact{ID: "5", Kind: DateOfDeath, Value: Value{On: ymd("1999-01-01")}, Source: CivilStatusRegister}),
		seen(Fact{ID: "6", Kind: Insurance, Key: InsHealth, Value: Value{On: ymd("1998-01-01")}, Source: InsuranceRegister}),
	}
	got := checks(CheckPerson("a", facts, nil))
	slices.Sort(got)
	if !slices.Equal(got, []string{"after_death", "after_death", "before_birth", "dead_before_birth", "licence_too_young", "two_births"}) {
		t.Errorf("got %v", got)
	}
}

func TestAFamilyIsNoCircle(t *testing.T) {
	e := func(id string, from, to PersonID) Edge {
		return Edge{ID: id, From: from, To: to, Kind: ParentOf, Source: PopulationRegister}
	}
	born := map[PersonID]civil.Date{"a": ymd("1960-01-01"), "b": ymd("1985-01-01"), "c": ymd("1990-01-01")}
	got := CheckFamily([]Edge{e("3", "c", "a"), e("1", "a", "b"), e("2", "b", "c")}, born)
	if len(got) != 2 || got[0].Check != "parent_too_young" || got[1].Check != "family_cycle" || !slices.Equal(got[1].IDs, []string{"3"}) {
		t.Errorf("got %+v", got)
	}
	if got := checks(CheckEdge(Edge{ID: "1", From: "a", To: "a", Kind: SpouseOf, Source: Declaration}, now)); !slices.Equal(got, []string{"own_kin"}) {
		t.Errorf("got %v", got)
	}
}

func TestAQuietFeedIsReported(t *testing.T) {
	day := 24 * time.Hour
	got := CheckFeeds([]Feed{{TaxRegister, now.Add(-3 * day), day}, {LandRegister, now.Add(-2 * day), day}, {CourtRegister, now.Add(-900 * day), 0}}, now)
	if len(got) != 1 || got[0].Source != TaxRegister || !strings.Contains(got[0].Says, "18/11/2026 (3 ngày)") {
		t.Errorf("got %+v", got)
	}
}
