package rules

import (
	"fmt"
	"strings"
	"testing"

	le "github.com/motcua/motcua/lifeevents"
)

// written is the day the rules were written; what is in force on it is what people get.
const written = "2026-11-21"

// catalogued is the number of entries of the catalogue, E01 to E72.
const catalogued = 72

func embedded(t testing.TB) *le.Set {
	t.Helper()
	set, faults := Embedded()
	for _, f := range faults {
		t.Error(f)
	}
	if set == nil || t.Failed() {
		t.Fatal("the rules do not load")
	}
	return set
}

// split are the rules that share an entry of the catalogue because its two cases have
// different deadlines.
var split = map[string]string{"E04b": "E04", "E46b": "E46"}

func TestEveryEntryOfTheCatalogueIsARule(t *testing.T) {
	set := embedded(t)
	for n := 1; n <= catalogued; n++ {
		id := fmt.Sprintf("E%02d", n)
		versions := set.Versions(id)
		if len(versions) == 0 {
			t.Errorf("%s is missing", id)
			continue
		}
		for i, r := range versions {
			if r.Version != i+1 {
				t.Errorf("%s has version %d in place %d", id, r.Version, i+1)
			}
		}
	}
	for _, r := range set.Rules() {
		if len(r.ID) > 3 && split[r.ID] == "" {
			t.Errorf("%s is no entry of the catalogue", r.ID)
		}
	}
}

func TestAtLeastSixtyEntriesRunOnTheDayOfWriting(t *testing.T) {
	running := map[string]bool{}
	for _, r := range embedded(t).Rules() {
		if r.Disabled == "" && r.Validity.Holds(day(written)) {
			running[r.ID[:3]] = true
		}
	}
	if len(running) < 60 {
		t.Errorf("%d entries run; want at least 60", len(running))
	}
	for _, id := range []string{"E40", "E68"} {
		if running[id] {
			t.Errorf("%s runs: one is only a draft of law, the other is the engine's own silence", id)
		}
	}
}

// A rule that ends must be followed by another version on that very day, or its law ends with it.
func TestNoRuleFallsSilentByForgettingItsNextVersion(t *testing.T) {
	ended := map[string]bool{"E72": true} // chính sách công dân số hết ngày 28/02/2027
	set := embedded(t)
	for _, r := range set.Rules() {
		if r.Validity.Until.IsZero() || ended[r.ID] {
			continue
		}
		if _, ok := set.InForce(r.ID, r.Validity.Until); !ok {
			t.Errorf("%s version %d ends on %s and nothing follows", r.ID, r.Version, r.Validity.Until)
		}
	}
}

func TestRulesFollowEachOtherAsTheCatalogueSays(t *testing.T) {
	set := embedded(t)
	for from, to := range map[string][]string{"E28": {"E12", "E18", "E29"}, "E22": {"E23"}, "E53": {"E55", "E56"}, "E44": {"E46", "E47", "E48"}, "E66": {"E59", "E67", "E68"}} {
		r, _ := set.InForce(from, day(written))
		for _, id := range to {
			if !strings.Contains(" "+strings.Join(r.LeadsTo, " ")+" ", " "+id+" ") {
				t.Errorf("%s leads to %v; want %s among them", from, r.LeadsTo, id)
			}
		}
	}
}
