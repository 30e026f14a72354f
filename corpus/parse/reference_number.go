package parse

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CanonicalNumber is the official number in its usual form: capitals, no spaces, "Đ"
// for every look-alike, two digits at least in front of a year: "7/2020/tt-bnv" is
// "07/2020/TT-BNV", "12/2012/qđ-ttg" is "12/2012/QĐ-TTg". Words before the first digit
// are dropped. It returns "" where s holds no digit.
func CanonicalNumber(s string) string {
	s = norm.NFC.String(s)
	first := strings.IndexFunc(s, isDigit)
	if first < 0 {
		return ""
	}
	var b strings.Builder
	for _, r := range s[first:] {
		switch r {
		case 'Ð', 'ð', 'đ': // Eth stands for Đ in old fonts
			b.WriteRune('Đ')
		case '–', '—', '‑', '−':
			b.WriteByte('-')
		case '∕', '⁄':
			b.WriteByte('/')
		case '.', ',', ';', ':', ')', '(', '"', '”', '“':
		default:
			if !unicode.IsSpace(r) && unicode.IsPrint(r) {
				b.WriteRune(unicode.ToUpper(r))
			}
		}
	}
	n := strings.TrimRight(b.String(), "-/&")
	n = strings.ReplaceAll(n, "TTG", "TTg")
	n = strings.Replace(strings.Replace(n, "/QD-", "/QĐ-", 1), "/ND-", "/NĐ-", 1)
	if len(n) > 1 && n[1] == '/' {
		n = "0" + n
	}
	return n
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// scanNumber reads an official number at the start of s, as printed: "60/2014/QH13",
// "02 /2018/TTLT-BCA", "72/2025/NQLT/UBTVQH15-CP- ĐCTUBTWMTTQVN", "21 - TC/TCT",
// "119-CP". It returns the bytes used, 0 where s starts with none. One space beside a
// slash or hyphen is part of the number.
func scanNumber(s string) int {
	i := 0
	for i < len(s) && isDigit(rune(s[i])) {
		i++
	}
	if i == 0 || i > 5 {
		return 0
	}
	if i < len(s) && s[i] >= 'a' && s[i] <= 'z' && i+1 < len(s) && s[i+1] == '/' { // "12a/2005/…"
		i++
	}
	parts := 0
	for {
		j, ok := numberJoint(s, i)
		if !ok {
			break
		}
		k := j + numberWord(s[j:], s[j-1] != ' ' && s[i] != ' ')
		if k == j {
			break
		}
		i, parts = k, parts+1
	}
	if parts == 0 {
		return 0
	}
	return i
}

// numberJoint steps over "/", "-" or "&" at s[i:], with a space on one side at most.
func numberJoint(s string, i int) (int, bool) {
	spaces := 0
	for i < len(s) && s[i] == ' ' {
		i, spaces = i+1, spaces+1
	}
	w := 0
	for _, mark := range []string{"/", "-", "&", "–", "‑"} {
		if strings.HasPrefix(s[i:], mark) {
			w = len(mark)
		}
	}
	if w == 0 || spaces > 1 {
		return i, false
	}
	i += w
	if i < len(s) && s[i] == ' ' {
		i++
	}
	return i, true
}

// numberWord measures a run of digits and capitals, "TTg" included; or, where the mark
// before it had no space, a run of up to ten small letters ("nđ", "cp").
func numberWord(s string, tight bool) int {
	end, lower, upper := 0, 0, 0
	for i, r := range s {
		switch {
		case isDigit(r) || unicode.IsUpper(r) || r == 'Ð':
			upper++
		case unicode.IsLetter(r):
			lower++
		default:
			r = 0
		}
		if r == 0 {
			break
		}
		end = i + len(string(r))
	}
	if lower > upper && (!tight || upper > 2 || lower > 10) {
		return 0
	}
	return end
}

// resolutionClash lists numbers that a law and a resolution of the same National
// Assembly share, from the years when each had its own series.
var resolutionClash = map[string]bool{"24/2008/qh12": true, "55/2010/qh12": true, "18/2008/qh12": true}

// InstrumentNumber is the number under which an instrument of that form is kept: the
// canonical number, but a resolution whose number a law has too is told apart as
// "24/2008/NQ-QH12".
func InstrumentNumber(form, number string) string {
	n := CanonicalNumber(number)
	if strings.EqualFold(form, "Nghị quyết") && resolutionClash[strings.ToLower(n)] {
		return strings.Replace(n, "/QH", "/NQ-QH", 1)
	}
	return n
}
