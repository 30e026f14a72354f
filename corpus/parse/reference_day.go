package parse

import (
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// scanDay reads a day at the start of s: "01/07/2024", "1-7-2024", "01.7.2024",
// "01 tháng 7 năm 2024". It returns the zero Date and 0 where there is none.
func scanDay(s string) (civil.Date, int) {
	day, i := scanInt(s, 2)
	if i == 0 {
		return civil.Date{}, 0
	}
	var month, year int
	rest := strings.TrimLeft(s[i:], " ")
	if rest == "" {
		return civil.Date{}, 0
	}
	if mark := rest[0]; mark == '/' || mark == '-' || mark == '.' {
		m, w := scanInt(rest[1:], 2)
		if w == 0 || len(rest) <= 1+w || rest[1+w] != mark {
			return civil.Date{}, 0
		}
		y, yw := scanInt(rest[2+w:], 4)
		if yw != 4 {
			return civil.Date{}, 0
		}
		month, year, rest = m, y, rest[2+w+yw:]
	} else {
		var ok bool
		if month, rest, ok = numberAfter(rest, "tháng", 2); !ok {
			return civil.Date{}, 0
		}
		if year, rest, ok = numberAfter(rest, "năm", 4); !ok {
			return civil.Date{}, 0
		}
	}
	d := civil.New(year, time.Month(month), day)
	if !d.Valid() {
		return civil.Date{}, 0
	}
	return d, len(s) - len(rest)
}

// numberAfter reads " tháng 7" off the front of s.
func numberAfter(s, word string, digits int) (n int, rest string, ok bool) {
	s, ok = strings.CutPrefix(strings.TrimLeft(s, " \n"), word)
	if !ok {
		return 0, s, false
	}
	s = strings.TrimLeft(s, " \n")
	n, w := scanInt(s, digits)
	return n, s[w:], w > 0
}

// scanInt reads up to max digits; a longer run is no number of ours.
func scanInt(s string, max int) (n, width int) {
	for width < len(s) && isDigit(rune(s[width])) {
		if width == max {
			return 0, 0
		}
		n = n*10 + int(s[width]-'0')
		width++
	}
	return n, width
}
