package civil

import "time"

// AddMonths moves n months by the rule of the Civil Code (Điều 147, 148 of Luật
// 91/2015/QH13): the same day number, or the last day of a shorter month.
func (d Date) AddMonths(n int) Date {
	m := d.Year*12 + int(d.Month) - 1 + n
	y, mo := m/12, m%12
	if mo < 0 {
		y, mo = y-1, mo+12
	}
	e := Date{Year: y, Month: time.Month(mo + 1), Day: d.Day}
	if last := lastDay(e); e.Day > last {
		e.Day = last
	}
	return e
}

func lastDay(d Date) int {
	switch d.Month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if d.Year%4 == 0 && (d.Year%100 != 0 || d.Year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// AddYears moves n years; 29 February becomes 28 February in a common year.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// Age is the number of full years lived by a person born on d, on the day given:
// "đủ 14 tuổi" holds from the birthday itself. Born on 29 February: 28 February in a
// common year completes the year, as AddYears does. Negative before birth.
func (d Date) Age(on Date) int {
	n := on.Year - d.Year
	if on.Before(d.AddYears(n)) {
		n--
	}
	return n
}
