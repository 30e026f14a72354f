package civil

import (
	"testing"
	"testing/quick"
	"time"
)

func TestASpanIsReadAndWrittenBack(t *testing.T) {
	for in, want := range map[string]Span{"14y": {14, Years}, "-30d": {-30, Days}, "+3d": {3, Days}, "10wd": {10, Workdays}, "2w": {2, Weeks}, "0": {0, Days}, "6m": {6, Months}} {
		got, err := ParseSpan(in)
		if err != nil || got != want {
			t.Errorf("ParseSpan(%q) = %v, %v; want %v", in, got, err, want)
		}
		if again, err := ParseSpan(got.String()); err != nil || again != got {
			t.Errorf("%v written and read is %v, %v", got, again, err)
		}
	}
	for _, bad := range []string{"", "d", "3", "3x", "--3d", "+-3d", "3 d", "999999999d", "1.5y", "ba ngày"} {
		if got, err := ParseSpan(bad); err == nil {
			t.Errorf("ParseSpan(%q) = %v; want an error", bad, got)
		}
	}
}

func TestTheFirstDayOfATermIsNotCountedAndADayOffMovesItsEnd(t *testing.T) {
	for _, c := range []struct{ from, term, want, why string }{
		{"2026-01-15", "60d", "2026-03-16", "60 days after 15/01 is 16/03, a Monday"},
		{"2026-01-13", "60d", "2026-03-16", "14/03 is a Saturday"},
		{"2025-12-18", "60d", "2026-02-23", "16/02/2026 is in Tết, which ends on Friday 20/02; then a weekend"},
		{"2026-01-31", "1m", "2026-03-02", "28/02 is the end of the month and a Saturday"},
		{"2024-02-29", "1y", "2025-02-28", "there is no 29/02/2025"},
		{"2026-08-20", "2d", "2026-08-22", "Saturday 22/08/2026 is worked in exchange for 31/08"},
		{"2026-08-28", "1wd", "2026-09-03", "31/08 to 02/09 are off"},
		{"2026-04-24", "1wd", "2026-04-28", "the Hùng Kings' day fell on Sunday 26/04 and is given back on 27/04"},
		{"2027-04-29", "1wd", "2027-05-04", "30/04 off, 01/05 on Saturday given back on 03/05"},
		{"2032-04-29", "1wd", "2032-05-04", "30/04 a Friday, 01/05 a Saturday given back on 03/05, computed"},
	} {
		span, err := ParseSpan(c.term)
		if err != nil {
			t.Fatal(err)
		}
		if got := date(c.from).Deadline(span, DaysOff()); got != date(c.want) {
			t.Errorf("%s + %s = %v; want %s: %s", c.from, c.term, got, c.want, c.why)
		}
	}
}

func TestADeadlineNearAnUnconfirmedDayOffIsNotSure(t *testing.T) {
	for _, c := range []struct {
		from, term string
		sure       bool
	}{
		{"2026-11-10", "14d", false}, // 24/11/2026
		{"2026-11-10", "15d", true},
		{"2027-01-20", "20d", false}, // in the Tết of 2027
		{"2027-01-20", "15wd", false},
		{"2030-01-02", "30d", false}, // 2030 is not announced
		{"2030-06-03", "30d", true},
		{"2026-03-02", "30d", true},
	} {
		span, _ := ParseSpan(c.term)
		if last, sure := SureDeadline(date(c.from), span); sure != c.sure {
			t.Errorf("%s + %s = %v, sure %v; want %v", c.from, c.term, last, sure, c.sure)
		}
	}
}

func TestADeadlineIsAlwaysAWorkingDayNoMoreThanTenDaysLater(t *testing.T) {
	off := DaysOff()
	check := func(start uint16, n uint8, unit uint8) bool {
		from := date("2013-01-01").AddDays(int(start) % 25000)
		s := Span{int(n), []Unit{Days, Weeks, Months, Years, Workdays}[unit%5]}
		nominal, last := from.Add(s, off), from.Deadline(s, off)
		return off.Workday(last) && !last.Before(nominal) && nominal.DaysUntil(last) <= 10
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestMonthsAndYearsKeepOrder(t *testing.T) {
	check := func(a, b uint16, n uint8) bool {
		d, e := date("1940-01-01").AddDays(int(a)), date("1940-01-01").AddDays(int(b))
		if e.Before(d) {
			d, e = e, d
		}
		return !e.AddMonths(int(n)).Before(d.AddMonths(int(n))) && !e.AddYears(int(n)).Before(d.AddYears(int(n)))
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestAgeTurnsOnTheDayAddYearsGives(t *testing.T) {
	check := func(a uint16, n uint8) bool {
		born := date("1940-01-01").AddDays(int(a))
		day := born.AddYears(int(n))
		return born.Age(day) == int(n) && born.Age(day.AddDays(-1)) == int(n)-1
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
	if born := (Date{2012, time.February, 29}); born.AddYears(14) != date("2026-02-28") || born.AddYears(16) != date("2028-02-29") {
		t.Error("born on 29 February: 14 on 28/02/2026, 16 on 29/02/2028")
	}
}
