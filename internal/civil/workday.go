package civil

import "time"

// Calendar lists public days off, from the official yearly notice. A day moved to work
// (làm bù) stands with false and counts as a working day even on a weekend.
type Calendar map[Date]bool

// Workday reports whether offices work on that day.
func (c Calendar) Workday(d Date) bool {
	if off, listed := c[d]; listed {
		return !off
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// AddWorkdays moves n working days, skipping weekends and days off; n may be negative.
// The day itself is not counted, as in "trong 3 ngày làm việc kể từ ngày nhận".
func (d Date) AddWorkdays(n int, off Calendar) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		if off.Workday(d) {
			n--
		}
	}
	return d
}
