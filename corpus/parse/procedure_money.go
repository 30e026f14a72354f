package parse

import (
	"regexp"
	"strconv"
	"strings"
)

// money is one sum found in running words. VND is in đồng; a foreign sum is kept as
// printed in foreign ("145 USD"). at and end are its place, unit included.
type money struct {
	vnd     int64
	foreign string
	unit    string
	at, end int
}

var (
	numberRun   = regexp.MustCompile(`\d[\d.,]*`)
	wellGrouped = regexp.MustCompile(`^\d{1,3}(?:([.,])\d{3})(?:[.,]\d{3})*$`)
	plainNumber = regexp.MustCompile(`^\d+$`)
	// currency comes right behind the number; "15000000/lần Đồng" has the unit first.
	currency   = regexp.MustCompile(`^\s*(?:(đồng|Đồng|ĐỒNG|đông|đ|VNĐ|VND|vnđ|Việt Nam [Đđ]ồng)|(USD|EUR|đô la Mỹ))`)
	inLetters  = regexp.MustCompile(`^\s*\([^()]*(?:mươi|mười|trăm|nghìn|ngàn|triệu|tỷ)[^()]*\)`)
	unitBehind = regexp.MustCompile(`^\s*/\s*((?:\d{1,2} ?)?\p{L}[^;.()\n\t:+]*)`)
	unitEnds   = regexp.MustCompile(`(?i)\s*(?: - |,\s*(?:trường hợp|riêng|đối với|lệ phí|phí|nếu|mức|kể|tối|từ|và|áp dụng|sát hạch|\d|$)|, *\p{L}+ [^,]*\d| theo | đối với | áp dụng| kể từ | từ ngày | phí ?:|\s+miễn|\s+đồng$|\s+đồng\s|\s+lệ phí| nếu | thực hiện | quy định| do ).*$`)
	unitJoint  = regexp.MustCompile(`^\s*-\s*(?:lần|người|chiếc|năm|tháng)`)
	spacedDash = regexp.MustCompile(`\s*-\s*`)
	// A sum behind these words bounds a case or a fee; it is no fee itself.
	boundWords = regexp.MustCompile(`(?i)(?:dưới|trên|từ|đến|tới|quá|tối đa|tối thiểu|hơn|không dưới|vốn|giá trị|trị giá)(?: là| thu)?:? ?$`)
	feeBefore  = regexp.MustCompile(`(?i)(?:phí|lệ phí|mức thu|giảm \d+%) ?:? ?$`)
	formulaHit = regexp.MustCompile(`(?i)\d ?(?:đồng|đ)?(?:/[^ ]+)? ?[x×] ?|[x×] ?\d|% của|\+ ?\(số|bằng \d+ ?%`)
)

// findMoney lists the sums in a text in reading order. broken is set where a number with
// a currency is not well written ("10.000.0000 đồng"): then nothing there is certain.
func findMoney(s string) (list []money, broken bool) {
	for _, at := range numberRun.FindAllStringIndex(s, -1) {
		start, end := at[0], at[1]
		for end > start && (s[end-1] == '.' || s[end-1] == ',') {
			end--
		}
		if start > 0 && (s[start-1] == '/' || isASCIILetter(s[start-1])) {
			continue
		}
		m, ok, bad := readMoney(s, start, end)
		broken = broken || bad
		if ok && (len(list) == 0 || start >= list[len(list)-1].end) {
			list = append(list, m)
		}
	}
	return list, broken
}

func readMoney(s string, start, end int) (m money, ok, broken bool) {
	digits := s[start:end]
	m = money{at: start, end: end}
	rest := s[end:]
	cur := currency.FindStringSubmatch(rest)
	if l := inLetters.FindString(rest); cur == nil && l != "" {
		if cur = currency.FindStringSubmatch(rest[len(l):]); cur != nil {
			m.end += len(l)
			rest = rest[len(l):]
		}
	}
	if cur != nil && cur[1] == "đ" && startsWord(rest[len(cur[0]):]) {
		cur = nil // "đ" began another word
	}
	if cur != nil {
		m.end += len(cur[0])
	}
	if l := inLetters.FindString(s[m.end:]); l != "" && cur != nil {
		m.end += len(l)
	}
	if u := unitBehind.FindStringSubmatch(s[m.end:]); u != nil {
		unit := strings.TrimRight(unitEnds.ReplaceAllString(u[1], ""), " -")
		if more := unitJoint.FindString(u[1][len(unit):]); more != "" {
			unit += more // "GT - lần"
		}
		if unit != "" {
			m.unit = oneLine(spacedDash.ReplaceAllString(unit, "-"))
			m.end += strings.Index(s[m.end:], unit) + len(unit)
		}
	}
	late := currency.FindString(s[m.end:])
	if cur == nil && m.unit != "" && late != "" {
		cur = currency.FindStringSubmatch(s[m.end:])
		m.end += len(late)
	}
	grouped := wellGrouped.MatchString(digits)
	switch {
	case cur != nil && cur[2] != "":
		m.foreign = digits + " " + cur[2]
		return m, true, false
	case !grouped && !plainNumber.MatchString(digits):
		return m, false, cur != nil
	case cur == nil && !(grouped && (m.unit != "" || feeBefore.MatchString(s[:start]))):
		return m, false, false
	case boundWords.MatchString(s[max(0, start-40):start]):
		return m, false, false
	}
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "").Replace(digits), 10, 64)
	if err != nil || n > 1e13 {
		return m, false, true
	}
	m.vnd = n
	return m, n > 0, false
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
