package civil

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"
)

//go:embed daysoff.tsv
var daysOffTable string

// firstFixed and lastFixed bound the years for which days fixed by law are computed.
const firstFixed, lastFixed = 2013, 2100

// daysOff is the table read once: sure is what offices do for certain; careful adds the
// days that are only expected; listed holds the years of the table.
type daysOff struct {
	sure, careful Calendar
	listed        map[int]bool
}

var loadDaysOff = sync.OnceValue(func() daysOff {
	d, err := readDaysOff(daysOffTable)
	if err != nil {
		panic(err) // the table is compiled in and tested
	}
	return d
})

// DaysOff is the calendar of public offices: announced days, exchanged days and the days
// fixed by law. An expected but unconfirmed day counts as a working day, so that a
// deadline told is never later than the true one; see SureDeadline.
func DaysOff() Calendar { return loadDaysOff().sure }

// SureDeadline is Deadline by DaysOff, and whether days off not yet confirmed leave it
// as it is. In years not announced the weeks where Tết, the Hùng Kings' day and the
// second National Day holiday may fall are not sure.
func SureDeadline(from Date, s Span) (last Date, sure bool) {
	d := loadDaysOff()
	last = from.Deadline(s, d.sure)
	return last, d.certain(from.Add(s, d.sure)) && d.certain(last) && last == from.Deadline(s, d.careful)
}

func (d daysOff) certain(day Date) bool {
	if d.listed[day.Year] {
		return true
	}
	switch n := int(day.Month)*100 + day.Day; {
	case n >= 118 && n <= 228, n >= 401 && n <= 430, n >= 901 && n <= 903:
		return false
	}
	return true
}

func readDaysOff(table string) (daysOff, error) {
	d := daysOff{Calendar{}, Calendar{}, map[int]bool{}}
	for n, line := range strings.Split(table, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) != 5 || col[4] == "" {
			return d, fmt.Errorf("civil: daysoff line %d has %d columns, not 5 with a source", n+1, len(col))
		}
		from, err1 := Parse(col[0])
		to, err2 := Parse(col[1])
		if err1 != nil || err2 != nil || to.Before(from) {
			return d, fmt.Errorf("civil: daysoff line %d: bad days %q to %q", n+1, col[0], col[1])
		}
		for day := from; !to.Before(day); day = day.AddDays(1) {
			d.listed[day.Year] = true
			switch col[2] {
			case "off", "work":
				d.sure[day], d.careful[day] = col[2] == "off", col[2] == "off"
			case "maybe":
				d.careful[day] = true
			default:
				return d, fmt.Errorf("civil: daysoff line %d: unknown kind %q", n+1, col[2])
			}
		}
	}
	d.addFixed()
	return d, nil
}

// addFixed puts in the days fixed by law for the years the table does not list; a day off
// on a weekend is given back on the next working day.
func (d daysOff) addFixed() {
	for y := firstFixed; y <= lastFixed; y++ {
		if d.listed[y] {
			continue
		}
		fixed := []Date{{y, time.January, 1}, {y, time.April, 30}, {y, time.May, 1}, {y, time.September, 2}}
		for _, day := range fixed {
			d.sure[day], d.careful[day] = true, true
		}
		for _, day := range fixed {
			if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
				back := day.NextWorkday(d.sure)
				d.sure[back], d.careful[back] = true, true
			}
		}
	}
}
