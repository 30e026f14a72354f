package app

import (
	"os"
	"testing"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/simulate"
)

func TestASimulatedYearMissesNobodyAndBothersNobody(t *testing.T) {
	from, _ := civil.Parse("2026-11-01")
	to, _ := civil.Parse("2027-10-31")
	rep, err := Simulate(t.Context(), t.TempDir(), simulate.Options{People: 1000, From: from, To: to, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if testing.Verbose() || !rep.Clean() {
		_, _ = rep.WriteTo(os.Stdout)
	}
	if !rep.Clean() {
		t.Error("the oracle found faults; see above")
	}
	if rep.Due < 1000 || rep.Found != rep.Due {
		t.Errorf("%d due, %d found; a year of 1,000 people brings thousands", rep.Due, rep.Found)
	}
}
