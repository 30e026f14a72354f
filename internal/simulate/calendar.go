package simulate

import (
	"fmt"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// day counts days from 1 January 1700, which is 1; 0 is "none". The oracle's own arithmetic, so that a
// fault in the planner's cannot hide itself.
type day int32

var monthDays = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y, m int) int {
	if m == 2 && leap(y) {
		return 29
	}
	return monthDays[m]
}

// leaps counts the leap years before a year of our era.
func leaps(y int) int { return (y-1)/4 - (y-1)/100 + (y-1)/400 }

// on makes a day; a number past the end of its month is its last day.
func on(y, m, d int) day {
	if last := daysIn(y, m); d > last {
		d = last
	}
	n := 365*(y-1700) + leaps(y) - leaps(1700)
	for i := 1; i < m; i++ {
		n += daysIn(y, i)
	}
	return day(n + d)
}

// split is the inverse of on.
func (d day) split() (y, m, dd int) {
	y = 1700 + int(d)/366
	for on(y+1, 1, 1) <= d {
		y++
	}
	left := int(d - on(y, 1, 1))
	for m = 1; left >= daysIn(y, m); m++ {
		left -= daysIn(y, m)
	}
	return y, m, left + 1
}

func (d day) year() int { y, _, _ := d.split(); return y }

// months moves by whole months, to the last day of a shorter one.
func (d day) months(n int) day {
	y, m, dd := d.split()
	m += n - 1
	y, m = y+m/12, m%12
	if m < 0 {
		y, m = y-1, m+12
	}
	return on(y, m+1, dd)
}

// years moves by whole years; 29 February becomes 28 February.
func (d day) years(n int) day { return d.months(12 * n) }

// age is the number of birthdays had by that day.
func (born day) age(at day) int {
	n := at.year() - born.year()
	if born.years(n) > at {
		n--
	}
	return n
}

func (d day) date() civil.Date {
	if d == 0 {
		return civil.Date{}
	}
	y, m, dd := d.split()
	return civil.Date{Year: y, Month: time.Month(m), Day: dd}
}

func dayOf(c civil.Date) day {
	if c.IsZero() {
		return 0
	}
	return on(c.Year, int(c.Month), c.Day)
}

func (d day) String() string {
	y, m, dd := d.split()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, dd)
}
