package civil

import (
	"fmt"
	"testing"
	"time"
)

func TestDaysAreCountedAsPackageTimeCounts(t *testing.T) {
	at := time.Date(1599, 12, 20, 0, 0, 0, 0, time.UTC)
	first := of(at)
	for n := 0; n < 260000; n++ {
		d := of(at)
		if got := first.AddDays(n); got != d {
			t.Fatalf("%v + %d days = %v; want %v", first, n, got, d)
		}
		if first.DaysUntil(d) != n || d.AddDays(-n) != first || d.Weekday() != at.Weekday() {
			t.Fatalf("%v: %d days on, %v", d, first.DaysUntil(d), d.Weekday())
		}
		if s := fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day); d.String() != s {
			t.Fatalf("%q; want %q", d.String(), s)
		}
		at = at.AddDate(0, 0, 1)
	}
	if got := (Date{2023, time.February, 30}).AddDays(0); got != (Date{2023, time.March, 2}) {
		t.Errorf("30/02/2023 runs on to %v", got)
	}
}
