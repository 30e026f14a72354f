package assistant

import (
	"regexp"
	"strings"
)

// Mask replaces personal numbers and addresses by what kind they are, before anything is
// stored, logged, searched or shown to a model. Sums of money, official numbers, dates
// and procedure codes stay. kinds lists what was masked, in order, without the values.
func Mask(s string) (masked string, kinds []string) {
	masked = s
	if !strings.ContainsAny(s, "@0123456789") {
		return s, nil // most questions: none of the patterns can match
	}
	for _, p := range personal {
		var b strings.Builder
		from := 0
		for _, at := range p.re.FindAllStringSubmatchIndex(masked, -1) {
			start, end := at[len(at)-2], at[len(at)-1]
			value := masked[start:end]
			if goesOn(masked[end:]) || (p.check != nil && !p.check(digits(value))) {
				continue
			}
			kinds = append(kinds, p.kind)
			b.WriteString(masked[from:start] + "[" + p.kind + "]")
			from = end
		}
		masked = b.String() + masked[from:]
	}
	return masked, kinds
}

// goesOn reports whether what follows a number makes it part of a longer one: more
// digits, or an official number such as 123/2015.
func goesOn(rest string) bool {
	return rest != "" && (rest[0] >= '0' && rest[0] <= '9' || rest[0] == '/' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9')
}

// personal lists what is masked, the most certain first. The last group is the
// value; what stands before it must not be part of a longer number.
var personal = []struct {
	kind  string
	re    *regexp.Regexp
	check func(digits string) bool
}{
	{"thư điện tử", regexp.MustCompile(`([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)`), nil},
	{"số tài khoản", regexp.MustCompile(`(?i)(?:stk|s[ốo] t[àa]i kho[ảa]n|t[àa]i kho[ảa]n(?: ng[âa]n h[àa]ng)?(?: s[ốo])?)[:\s]*(\d[\d .-]{5,22}\d)`), between(6, 19)},
	{"số thẻ", regexp.MustCompile(`(?:^|[^\d./])(\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7})`), luhn},
	{"số định danh", regexp.MustCompile(`(?:^|[^\d./])(0\d{2}[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{3})`), exactly(12)},
	{"số điện thoại", regexp.MustCompile(`(?:^|[^\d./])((?:\+?84|0)[ .-]?[35789]\d[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2})`), between(10, 11)},
	{"số điện thoại", regexp.MustCompile(`(?:^|[^\d./])((?:\+?84|0)[ .-]?[35789](?:[ .-]?\d){8})`), between(10, 11)},
	{"số CMND", regexp.MustCompile(`(?i)(?:cmnd|cmt|ch[ứu]ng minh(?: nh[âa]n d[âa]n| th[ưu])?|h[ộo] chi[ếe]u|passport)(?: s[ốo])?[:\s]*([A-Z]?\d{7,9})`), between(7, 9)},
	{"số giấy tờ", regexp.MustCompile(`(?:^|[^\d./,])(\d{9})`), exactly(9)},
	{"số giấy tờ", regexp.MustCompile(`(?:^|[^\d./,])(\d{12})`), exactly(12)},
	{"biển số xe", regexp.MustCompile(`(?i)(?:^|[^\p{L}\d])([1-9]\d[ -]?[A-Z]{1,2}\d?[ -]\d{3}\.?\d{2}|[1-9]\d[A-Z][1-9]?[ -]?\d{3}\.\d{2})`), nil},
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func exactly(n int) func(string) bool { return func(d string) bool { return len(d) == n } }

func between(least, most int) func(string) bool {
	return func(d string) bool { return len(d) >= least && len(d) <= most }
}

// luhn is the check digit rule of payment cards (ISO/IEC 7812-1).
func luhn(d string) bool {
	if len(d) < 13 || len(d) > 19 {
		return false
	}
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}
