package rules

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

func TestAPermitDoesNotMakeALargeBusinessSmall(t *testing.T) {
	set, faults := Embedded()
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	seen := time.Date(2026, 11, 1, 8, 0, 0, 0, civil.Zone)
	shop := func(id, key, text string, turnover int64) lifeevents.Fact {
		return lifeevents.Fact{ID: id, Person: "chi-ba", Kind: lifeevents.Business, Key: key, Source: lifeevents.BusinessRegister, ObservedAt: seen,
			Value: lifeevents.Value{Text: text, On: civil.New(2024, 5, 1), Number: turnover}}
	}
	born := lifeevents.Fact{ID: "0", Person: "chi-ba", Kind: lifeevents.DateOfBirth, Source: lifeevents.PopulationRegister, ObservedAt: seen, Value: lifeevents.Value{On: civil.New(1980, 2, 2)}}
	january := lifeevents.Window{From: civil.New(2027, 1, 1), To: civil.New(2027, 1, 31)}
	for _, c := range []struct {
		turnover int64
		want     int
	}{{2_000_000_000, 0}, {900_000_000, 2}} {
		v := &lifeevents.View{Person: lifeevents.NewPerson("chi-ba", []lifeevents.Fact{born, shop("1", "hkd", "household", c.turnover), shop("2", "gp", "licence", 0)}, nil)}
		if got := set.Only("E48").Plan(v, january); len(got) != c.want {
			t.Errorf("turnover %d: %d notices of the yearly report; want %d", c.turnover, len(got), c.want)
		}
	}
}

func TestAConditionOnOneFactIsReadOrRefusedWithItsLine(t *testing.T) {
	whole, err := os.ReadFile("testdata/rules/sample.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const good = "business.number <= 1_000_000_000"
	for _, written := range []string{"business(household).number <= 1", "business(household.number <= 1", "business().number <= 1", "business(a b).number <= 1"} {
		changed := strings.Replace(string(whole), good, written, 1)
		_, faults := Load(fstest.MapFS{"x.yaml": {Data: []byte(changed)}}, Options{})
		if ok := strings.HasPrefix(written, "business(household)."); ok != (len(faults) == 0) || !ok && faults[0].Line == 0 {
			t.Errorf("%q: %v", written, faults)
		}
	}
}
