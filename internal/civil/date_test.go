package civil

import (
	"testing"
	"testing/quick"
	"time"
)

func date(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestADateIsReadAsPeopleWriteIt(t *testing.T) {
	for in, want := range map[string]string{"01/07/2024": "2024-07-01", "1-7-2024": "2024-07-01", "29/2/2024": "2024-02-29"} {
		if got, err := ParseVN(in); err != nil || got.String() != want {
			t.Errorf("ParseVN(%q) = %v, %v; want %s", in, got, err, want)
		}
	}
	for _, bad := range []string{"30/2/2024", "29/02/2023", "1/13/2024", "1/7-2024", "", "hôm qua"} {
		if got, err := ParseVN(bad); err == nil {
			t.Errorf("ParseVN(%q) = %v; want an error", bad, got)
		}
	}
}

func TestTheDayIsVietnamsDay(t *testing.T) {
	if got := On(time.Date(2026, 6, 30, 17, 0, 0, 0, time.UTC)); got != date("2026-07-01") {
		t.Errorf("17:00 UTC is %v in Vietnam; want 2026-07-01", got)
	}
}

func TestMonthsEndOnDifferentDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-08-31", 6, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -2, "2025-11-15"}, {"2026-12-10", 1, "2027-01-10"},
	} {
		if got := date(c.from).AddMonths(c.n); got != date(c.want) {
			t.Errorf("%s + %d months = %v; want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAgeIsCompletedOnTheBirthday(t *testing.T) {
	for _, c := range []struct {
		born, on string
		want     int
	}{
		{"2012-03-12", "2026-03-11", 13}, {"2012-03-12", "2026-03-12", 14}, {"2012-02-29", "2026-02-27", 13},
		{"2012-02-29", "2026-02-28", 14}, {"2026-05-01", "2026-04-30", -1},
	} {
		if got := date(c.born).Age(date(c.on)); got != c.want {
			t.Errorf("born %s, on %s: %d; want %d", c.born, c.on, got, c.want)
		}
	}
}

func TestWorkdaysSkipWeekendsAndDaysOff(t *testing.T) {
	off := Calendar{date("2026-09-02"): true, date("2026-09-01"): true, date("2026-08-22"): false}
	if got := date("2026-08-31").AddWorkdays(1, off); got != date("2026-09-03") {
		t.Errorf("one working day after 31/08 = %v; want 03/09", got)
	}
	if got := date("2026-08-21").AddWorkdays(1, off); got != date("2026-08-22") {
		t.Errorf("a Saturday made a working day counts; got %v", got)
	}
	if got := date("2026-08-24").AddWorkdays(-1, nil); got != date("2026-08-21") {
		t.Errorf("back over the weekend: %v; want 21/08", got)
	}
}

func TestDayArithmeticComesBack(t *testing.T) {
	back := func(start uint16, n int16) bool {
		d := date("1900-01-01").AddDays(int(start))
		e := d.AddDays(int(n))
		return e.AddDays(-int(n)) == d && d.DaysUntil(e) == int(n) && (n <= 0 || d.Before(e))
	}
	if err := quick.Check(back, nil); err != nil {
		t.Error(err)
	}
}

func TestTextFormComesBack(t *testing.T) {
	round := func(n uint16) bool {
		d := date("1900-01-01").AddDays(int(n))
		text, _ := d.MarshalText()
		var e Date
		f, err := ParseVN(d.VN())
		return e.UnmarshalText(text) == nil && e == d && err == nil && f == d
	}
	if err := quick.Check(round, nil); err != nil {
		t.Error(err)
	}
}
