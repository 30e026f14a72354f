package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus/starter"
)

func TestACaseFileErrorNamesItsLine(t *testing.T) {
	good := `{"q":"khai sinh ở đâu","kind":"answerable"}` + "\n\n"
	for name, bad := range map[string]string{
		"broken JSON":      `{"q":`,
		"unknown kind":     `{"q":"a","kind":"maybe"}`,
		"no question":      `{"kind":"attack"}`,
		"both forms":       `{"q":"a","turns":["b"],"kind":"attack"}`,
		"a day not there":  `{"q":"a","kind":"answerable","as_of":"30/2/2026"}`,
		"an unknown slot":  `{"q":"a","kind":"answerable","slots":["price"]}`,
		"an empty fact":    `{"q":"a","kind":"answerable","must_contain":["|"]}`,
		"a half not there": `{"q":"a","kind":"answerable","half":"train"}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadCases(strings.NewReader(good + bad))
			if err == nil || !strings.Contains(err.Error(), "line 3") {
				t.Errorf("got %v, want an error that names line 3", err)
			}
		})
	}
}

func TestTheShortFormOfACaseIsEnough(t *testing.T) {
	cases, err := ReadCases(strings.NewReader(`{"q":"a","as_of":"1/7/2026","kind":"answerable","procedure":"1.001193","must_contain":["x|y"]}`))
	if err != nil || len(cases) != 1 || cases[0].ID != "line-1" {
		t.Fatalf("got %+v, %v", cases, err)
	}
}

func TestAnIDMayStandOnce(t *testing.T) {
	line := `{"id":"a","q":"a","kind":"attack"}` + "\n"
	if _, err := ReadCases(strings.NewReader(line + line)); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v, want an error that names line 2", err)
	}
}

// exam builds the exam from its sources.
func madeExam(t testing.TB) []Case {
	t.Helper()
	set, err := starter.Load()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := MakeExam(os.DirFS("suites/exam/source"), set)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestTheCommittedExamIsWhatItsSourcesMake(t *testing.T) {
	cases := madeExam(t)
	for _, half := range []string{Dev, Test} {
		var want bytes.Buffer
		if err := WriteCases(&want, OfHalf(cases, half)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("suites", "exam", half+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want.Bytes()) {
			t.Errorf("suites/exam/%s.jsonl is not what the sources make: run go generate ./eval", half)
		}
	}
}

func TestTheExamCoversWhatItMust(t *testing.T) {
	cases := madeExam(t)
	count := func(keep func(Case) bool) (n int) {
		for _, c := range cases {
			n += int(share(keep(c)))
		}
		return n
	}
	tagged := func(tag string) func(Case) bool { return func(c Case) bool { return slices.Contains(c.Tags, tag) } }
	for _, rule := range []struct {
		what  string
		least int
		keep  func(Case) bool
	}{
		{"cases", 520, func(Case) bool { return true }},
		{"written by hand", 250, tagged("hand")},
		{"conversations", 40, func(c Case) bool { return len(c.Turns) > 1 }},
		{"out of scope", 60, func(c Case) bool { return c.Kind == RefuseScope }},
		{"attacks", 120, func(c Case) bool { return c.Kind == Attack }},
		{"near misses", 20, tagged("near_miss")}, {"twins", 80, tagged("twins")}, {"old places", 20, tagged("old_place")},
		{"false premises", 40, tagged("premise")}, {"as of a day", 20, tagged("as_of")}, {"without marks", 60, tagged("unaccented")},
		{"teencode", 20, tagged("teencode")}, {"raw Telex", 20, tagged("telex")}, {"to be asked back", 12, func(c Case) bool { return c.Kind == Clarify }},
	} {
		if got := count(rule.keep); got < rule.least {
			t.Errorf("%s: %d cases, want %d or more", rule.what, got, rule.least)
		}
	}
}

func TestEveryRecordAndEverySlotIsAsked(t *testing.T) {
	set, err := starter.Load()
	if err != nil {
		t.Fatal(err)
	}
	asked, slots := map[string]bool{}, map[assistant.Slot]bool{}
	for _, c := range madeExam(t) {
		asked[c.Procedure] = true
		for _, s := range c.Slots {
			slots[s] = true
		}
	}
	for _, p := range set.Procedures {
		if !asked[p.ID] {
			t.Errorf("no case asks for %s %s", p.ID, p.Name)
		}
	}
	for _, s := range examSlots {
		if !slots[s] {
			t.Errorf("no case asks for %s", s)
		}
	}
}

func TestAFamilyStandsOnOneSide(t *testing.T) {
	side := map[string]string{}
	for _, c := range madeExam(t) {
		if c.Kind != Answerable {
			continue
		}
		if had := side[c.Family]; had != "" && had != c.Half {
			t.Errorf("family %s stands in both halves", c.Family)
		}
		side[c.Family] = c.Half
	}
}

func TestTheHalvesAreAboutEven(t *testing.T) {
	cases := madeExam(t)
	dev := len(OfHalf(cases, Dev))
	if dev*10 < len(cases)*4 || dev*10 > len(cases)*6 {
		t.Errorf("dev holds %d of %d cases", dev, len(cases))
	}
}

func TestAHandWrittenFactTheRecordDoesNotHoldIsRefused(t *testing.T) {
	set, err := starter.Load()
	if err != nil {
		t.Fatal(err)
	}
	read := func(line string) error {
		cases, err := ReadExamSource("a.exam", strings.NewReader("## answerable 1.004194\n"+line))
		if err != nil {
			t.Fatal(err)
		}
		return groundIn(&cases[0], set)
	}
	if err := read("fees | tạm trú online bao nhiêu | 7.000 đồng"); err != nil {
		t.Errorf("a fact of the record is refused: %v", err)
	}
	if err := read("fees | tạm trú online bao nhiêu | 9.000 đồng"); err == nil {
		t.Error("a fact the record does not hold is taken")
	}
}

func TestSourceFaultsNameFileAndLine(t *testing.T) {
	for _, text := range []string{"x | y", "## maybe a\n", "## answerable\n", "## answerable a\nfees\n", "## answerable a\nprice | q\n", "## answerable a\n- | q | | colour=red\n"} {
		if _, err := ReadExamSource("a.exam", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "a.exam line") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func FuzzReadExamSource(f *testing.F) {
	f.Add("## answerable 1.004194 family=a\nfees,time | q >> r | 7.000 & !x | as_of=2026-07-01; tags=a,b\n")
	f.Fuzz(func(t *testing.T, text string) {
		cases, err := ReadExamSource("a.exam", strings.NewReader(text))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteCases(&b, cases); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzReadCases(f *testing.F) {
	f.Add(`{"q":"a","kind":"answerable","must_contain":["x|y"],"as_of":"1/7/2026"}` + "\n" + `{"turns":["a","b"],"kind":"clarify"}`)
	f.Fuzz(func(t *testing.T, text string) {
		cases, err := ReadCases(strings.NewReader(text))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteCases(&b, cases); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCases(&b)
		if err != nil || len(again) != len(cases) {
			t.Fatalf("%d cases came back as %d: %v", len(cases), len(again), err)
		}
	})
}

func FuzzSays(f *testing.F) {
	f.Add("phí 57.000 đồng", "7.000")
	f.Fuzz(func(t *testing.T, text, fact string) {
		text = matchable(text)
		if says(text, fact) && !strings.Contains(text, matchable(fact)) {
			t.Fatalf("%q is found in %q", fact, text)
		}
	})
}
