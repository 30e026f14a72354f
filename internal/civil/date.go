// Package civil counts whole days in Vietnam (Asia/Ho_Chi_Minh); no clock time.
package civil

import (
	"fmt"
	"time"
)

// Zone is Vietnam's time: UTC+7 all year, without daylight saving.
var Zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// Date is one calendar day. The zero Date means "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// New returns the day named. It normalises nothing: use Valid to check input.
func New(year int, month time.Month, day int) Date { return Date{year, month, day} }

// Parse reads an ISO date such as "2024-07-01". The empty string is the zero Date.
func Parse(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("civil: %q is not a date like 2024-07-01", s)
	}
	return of(t), nil
}

// ParseVN reads a date as Vietnamese documents write it: "01/07/2024", "1-7-2024".
func ParseVN(s string) (Date, error) {
	var d, m, y int
	var a, b byte
	n, err := fmt.Sscanf(s, "%d%c%d%c%d", &d, &a, &m, &b, &y)
	if err != nil || n != 5 || a != b || (a != '/' && a != '-' && a != '.') {
		return Date{}, fmt.Errorf("civil: %q is not a date like 01/07/2024", s)
	}
	v := Date{y, time.Month(m), d}
	if !v.Valid() {
		return Date{}, fmt.Errorf("civil: there is no day %q", s)
	}
	return v, nil
}

// On returns the day it is in Vietnam at the instant t.
func On(t time.Time) Date { return of(t.In(Zone)) }

// Valid reports whether the day exists, from year 1000 to 9999. The zero Date is not valid.
func (d Date) Valid() bool {
	return d.Year >= 1000 && d.Year <= 9999 && of(d.time()) == d
}

// IsZero reports whether the day is not known.
func (d Date) IsZero() bool { return d == Date{} }

// String is ISO, "2024-07-01"; empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Year, int(d.Month), d.Day
	if y < 0 || y > 9999 || m < 0 || m > 99 || day < 0 || day > 99 {
		return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	return string([]byte{digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(m / 10), digit(m), '-', digit(day / 10), digit(day)})
}

// VN is the day as people in Vietnam write it, "01/07/2024"; empty for the zero Date.
func (d Date) VN() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, int(d.Month), d.Year)
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// Compare is -1, 0 or +1 as d is earlier than, equal to or later than e.
func (d Date) Compare(e Date) int {
	a, b := d.key(), e.key()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// AddDays moves n calendar days, back when n is negative.
func (d Date) AddDays(n int) Date { return fromNumber(d.number() + n) }

// DaysUntil counts calendar days from d to e; negative when e is earlier.
func (d Date) DaysUntil(e Date) int {
	return e.number() - d.number()
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	_, n := floorDiv(d.number()+3, 7) // day 0 was a Wednesday
	return time.Weekday(n)
}

// Start is the first instant of the day in Vietnam.
func (d Date) Start() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Zone)
}

// MarshalText writes ISO; an unknown day is the empty string.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err == nil {
		*d = v
	}
	return err
}

func (d Date) key() int { return d.Year*10000 + int(d.Month)*100 + d.Day }

func (d Date) time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

func of(t time.Time) Date {
	y, m, day := t.Date()
	return Date{y, m, day}
}
