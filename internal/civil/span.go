package civil

import (
	"fmt"
	"strconv"
	"strings"
)

// Unit is what a span counts.
type Unit string

// The units, with their short forms.
const (
	Days     Unit = "d"  // ngày
	Weeks    Unit = "w"  // tuần
	Months   Unit = "m"  // tháng
	Years    Unit = "y"  // năm
	Workdays Unit = "wd" // ngày làm việc
)

var unitNames = map[Unit]string{Days: "ngày", Weeks: "tuần", Months: "tháng", Years: "năm", Workdays: "ngày làm việc"}

// Known reports whether u is one of the five units.
func (u Unit) Known() bool { return unitNames[u] != "" }

// Span is a length of time counted in whole units; N may be negative.
type Span struct {
	N    int
	Unit Unit
}

// ParseSpan reads "14y", "-30d", "+3d", "6m", "2w", "10wd". "0" is no time at all.
func ParseSpan(s string) (Span, error) {
	text := strings.TrimSpace(s)
	if text == "0" {
		return Span{0, Days}, nil
	}
	i := len(text)
	for i > 0 && text[i-1] >= 'a' && text[i-1] <= 'z' {
		i--
	}
	n, err := strconv.Atoi(strings.TrimPrefix(text[:i], "+"))
	u := Unit(text[i:])
	if err != nil || !u.Known() || n > 100000 || n < -100000 || strings.HasPrefix(text, "+-") {
		return Span{}, fmt.Errorf("civil: %q is not a span like 14y, 6m, 2w, -30d or 10wd", s)
	}
	return Span{n, u}, nil
}

// String is the form ParseSpan reads.
func (s Span) String() string { return strconv.Itoa(s.N) + string(s.Unit) }

// VN says the length, without its sign, as people do: "30 ngày", "14 năm".
func (s Span) VN() string {
	n := s.N
	if n < 0 {
		n = -n
	}
	return strconv.Itoa(n) + " " + unitNames[s.Unit]
}

// Add moves by the span; off matters to working days only.
func (d Date) Add(s Span, off Calendar) Date {
	switch s.Unit {
	case Weeks:
		return d.AddDays(7 * s.N)
	case Months:
		return d.AddMonths(s.N)
	case Years:
		return d.AddYears(s.N)
	case Workdays:
		return d.AddWorkdays(s.N, off)
	}
	return d.AddDays(s.N)
}

// Deadline is the last day of a term that runs from the day d, as the Civil Code counts
// it (Điều 147 and 148 of Bộ luật 91/2015/QH13): the first day is not counted, and a term
// that would end on a weekend or a day off ends with the next working day. "Trong 60 ngày
// kể từ ngày sinh" is born.Deadline(Span{60, Days}, off).
func (d Date) Deadline(s Span, off Calendar) Date { return d.Add(s, off).NextWorkday(off) }

// NextWorkday is the day itself where offices work, else the first working day after it.
func (d Date) NextWorkday(off Calendar) Date {
	for !off.Workday(d) {
		d = d.AddDays(1)
	}
	return d
}
