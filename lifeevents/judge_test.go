package lifeevents_test

import (
	"strings"
	"testing"

	le "github.com/motcua/motcua/lifeevents"
)

func TestADryRunSaysWhyNot(t *testing.T) {
	set := samples(t)
	w := le.Window{From: day("2026-01-01"), To: day("2026-12-31")}
	card := le.Fact{ID: "c", Person: "a", Kind: le.Document, Key: le.DocIDCard, Source: le.IdentityRegister, ObservedAt: day("2026-01-02").Start()}
	for _, c := range []struct {
		name  string
		facts []le.Fact
		event le.EventKind
		want  string
	}{
		{"told", nil, "", ""},
		{"has the card", []le.Fact{card}, "", "không đủ điều kiện: không: có thẻ căn cước"},
		{"dead", nil, le.DeathRegistered, "người này đã mất"},
		{"done", nil, le.IDCardIssued, "đã làm xong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var events []le.Event
			if c.event != "" {
				events = []le.Event{{ID: "1", Person: "a", Kind: c.event, On: day("2026-02-20"), Reported: day("2026-02-21").Start()}}
			}
			v := &le.View{Person: le.NewPerson("a", append(c.facts, birthday("1", "a", "2012-03-12", day("2020-01-01"))), events)}
			got := set.Judge(v, "E13", w)
			if len(got) != 4 {
				t.Fatalf("%d rungs: %+v", len(got), got)
			}
			if j := got[1]; (len(j.Told) == 1) != (c.want == "") || !strings.HasPrefix(j.WhyNot.VI, c.want) || j.Rung != "0" {
				t.Errorf("%+v; want %q", j, c.want)
			}
			if j := got[0]; len(j.Told) != 0 || j.WhyNot.VI == "" { // under 14 and without a parent
				t.Errorf("before 14: %+v", j)
			}
		})
	}
}
