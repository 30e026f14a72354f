package civil

import "time"

// number counts days from 1 March of year 0, the day the shifted year below begins on, so
// that the leap day is the last of its year. Days that do not exist run on into the next
// month, as with package time. Plans compare millions of days: no clock time here.
func (d Date) number() int {
	m := int(d.Month) - 1 + 12*d.Year // months from January of year 0
	y, mo := floorDiv(m-2, 12)        // the year begins in March
	return 365*y + floor(y, 4) - floor(y, 100) + floor(y, 400) + (153*mo+2)/5 + d.Day - 1
}

// fromNumber is the day with that number.
func fromNumber(n int) Date {
	era, inEra := floorDiv(n, 146097) // days of 400 years
	y := (inEra - inEra/1460 + inEra/36524 - inEra/146096) / 365
	inYear := inEra - (365*y + y/4 - y/100)
	m := (5*inYear + 2) / 153
	d := Date{Year: era*400 + y, Month: time.Month(m + 3), Day: inYear - (153*m+2)/5 + 1}
	if d.Month > 12 {
		d.Month, d.Year = d.Month-12, d.Year+1
	}
	return d
}

func floor(a, b int) int {
	q, _ := floorDiv(a, b)
	return q
}

// floorDiv rounds down also for negative a; b is positive.
func floorDiv(a, b int) (q, r int) {
	q, r = a/b, a%b
	if r < 0 {
		q, r = q-1, r+b
	}
	return q, r
}
