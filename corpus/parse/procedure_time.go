package parse

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus"
)

var timeUnitOf = map[string]corpus.TimeUnit{
	"ngày làm việc": corpus.Workdays, "ngày": corpus.Days, "giờ làm việc": corpus.Workhrs, "giờ": corpus.Hours,
	"tháng": corpus.Months, "phút": corpus.Minutes,
}

var (
	timeCell  = regexp.MustCompile(`^(\d+(?:[.,]\d+)?) ?(.*)$`)
	timeWords = regexp.MustCompile(`(?i)(\d+(?:[.,]\d+)?)\)? ?(?:\([^()]{1,30}\) ?)?(ngày làm việc|ngày|giờ làm việc|giờ|tháng|phút)`)
	// timeCases is a description that is nothing but a list of times with their cases:
	// "28 ngày làm việc (đối với trường hợp cấp mới), 02 ngày làm việc (cấp lại) …".
	timeCases = regexp.MustCompile(`(?i)(\d+) (ngày làm việc|ngày|giờ làm việc|giờ|tháng) \(([^()]*(?:trường hợp|cấp)[^()]*)\)`)
)

// times reads the time limit of each row. The column counts; where it is empty and the
// description holds exactly one time, that one does. Several rows of one channel are told
// apart by their descriptions.
func (r *portalReader) times(rows []way) {
	perChannel := map[corpus.Channel]map[string]bool{}
	for _, w := range rows {
		if perChannel[w.channel] == nil {
			perChannel[w.channel] = map[string]bool{}
		}
		perChannel[w.channel][w.time] = true
	}
	var all []corpus.TimeLimit
	read := map[[3]string][]corpus.TimeLimit{}
	for _, w := range rows {
		several := len(perChannel[w.channel]) > 1
		key := [3]string{w.time, w.about, strconv.FormatBool(several) + w.note}
		if _, done := read[key]; !done {
			read[key] = r.timesOf(w, several)
		}
		for _, t := range read[key] {
			t.Channel = w.channel
			all = append(all, t)
		}
	}
	r.out.Times = acrossChannels(all, channelsOf(rows), timeChannel, setTimeChannel)
	if len(r.out.Times) == 0 {
		r.flag("thoi_han", "Cổng không ghi thời hạn giải quyết", "")
	}
}

func (r *portalReader) timesOf(w way, several bool) []corpus.TimeLimit {
	t := corpus.TimeLimit{Channel: w.channel}
	if several {
		t.Case = caseOfRow(w)
	}
	if w.time == noInformation || w.time == "" {
		return r.timesInWords(w, t)
	}
	m := timeCell.FindStringSubmatch(w.time)
	count, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "."), 64)
	unit, known := timeUnitOf[strings.ToLower(m[2])]
	switch {
	case err != nil || m[2] != "" && !known:
		t.Text = w.time
		r.flag("thoi_han", "Không đọc được thời hạn", w.time)
	case m[2] == "":
		t.Count, t.Text = count, "Cổng chỉ ghi “"+m[1]+"”, không ghi đơn vị thời gian"
		r.flag("thoi_han", "Thời hạn không có đơn vị", w.time)
	default:
		t.Count, t.Unit = count, unit
		r.timeDisagrees(w, t)
	}
	return []corpus.TimeLimit{t}
}

// timesInWords reads a time from the description when the column is empty.
func (r *portalReader) timesInWords(w way, t corpus.TimeLimit) []corpus.TimeLimit {
	found := timeWords.FindAllStringSubmatch(withoutDates(w.about), -1)
	if len(found) == 0 {
		return nil
	}
	if cases := timeCases.FindAllStringSubmatch(w.about, -1); len(cases) > 1 && len(cases) == len(found) {
		var list []corpus.TimeLimit
		for _, c := range cases {
			t.Count, _ = strconv.ParseFloat(c[1], 64)
			t.Unit, t.Case = timeUnitOf[strings.ToLower(c[2])], strings.TrimSpace(c[3])
			list = append(list, t)
		}
		return list
	}
	if total := timeTotal.FindAllStringSubmatch(w.about, -1); len(total) == 1 {
		found = total
	} else if list := timesByClause(w.about, t); len(list) > 1 {
		return list
	}
	if len(found) == 1 && notALimit.MatchString(w.about) {
		t.Text = w.about
		r.flag("thoi_han", "Cột thời gian trống; khoảng thời gian trong mô tả không phải thời hạn giải quyết", clipRunes(w.about, 300))
		return []corpus.TimeLimit{t}
	}
	if len(found) == 1 {
		t.Count, _ = strconv.ParseFloat(strings.ReplaceAll(found[0][1], ",", "."), 64)
		t.Unit = timeUnitOf[strings.ToLower(found[0][2])]
		t.Text = clipRunes(w.about, 400)
		return []corpus.TimeLimit{t}
	}
	t.Text = w.about
	r.flag("thoi_han", "Cột thời gian trống; mô tả nêu nhiều thời hạn, giữ nguyên văn", clipRunes(w.about, 300))
	r.keep("cach_thuc_thuc_hien", r.in.Ways)
	return []corpus.TimeLimit{t}
}

var (
	// timeTotal is the whole of a time whose stages are told behind it.
	timeTotal = regexp.MustCompile(`(?i)thời hạn (?:giải quyết:? )?(?:không quá |tối đa )?(\d+) (ngày làm việc|ngày|giờ làm việc|giờ|tháng)[^.;\n\d]{0,60} ?trong đó`)
	// notALimit is a time that says what happens when it is exceeded: "lưu lại quá 24 giờ".
	notALimit = regexp.MustCompile(`(?i)(?:lưu lại|ở lại|chậm|trễ|muộn|vượt|để)[^.;\n\d]{0,60} quá \d+ (?:ngày|giờ|tháng|phút)`)
	// caseClause is a clause that begins with its case and ends in one time.
	caseClause = regexp.MustCompile(`(?i)^[-+*\s]*((?:đối với|trường hợp|cấp (?:mới|lại|đổi)).*?)(?:\s*:\s*| là | trong thời hạn | )(?:không quá |tối đa )?(\d+) (ngày làm việc|ngày|giờ làm việc|giờ|tháng)`)
)

// timesByClause reads a description in which every clause with a time begins with its
// case: "cấp mới là 07 ngày làm việc …; cấp lại trong thời hạn 02 ngày làm việc …". Nil
// where one clause does not.
func timesByClause(about string, t corpus.TimeLimit) []corpus.TimeLimit {
	var list []corpus.TimeLimit
	for _, clause := range strings.FieldsFunc(withoutDates(about), func(c rune) bool { return c == ';' || c == '\n' }) {
		switch found := timeWords.FindAllStringSubmatch(clause, -1); {
		case len(found) == 0:
			continue
		case len(found) > 1:
			return nil
		}
		m := caseClause.FindStringSubmatch(clause)
		if m == nil {
			return nil
		}
		t.Count, _ = strconv.ParseFloat(m[2], 64)
		t.Unit, t.Case = timeUnitOf[strings.ToLower(m[3])], strings.TrimSpace(m[1])
		list = append(list, t)
	}
	return list
}

// timeDisagrees flags a description that holds one time, and it is another one.
func (r *portalReader) timeDisagrees(w way, t corpus.TimeLimit) {
	found := timeWords.FindAllStringSubmatch(withoutDates(w.about), -1)
	if len(found) != 1 {
		return
	}
	if n, err := strconv.ParseFloat(strings.ReplaceAll(found[0][1], ",", "."), 64); err == nil && n != t.Count {
		r.flag("thoi_han", "Cột thời gian và mô tả không khớp; lấy theo cột", w.time+" / "+found[0][0])
	}
}

var writtenDate = regexp.MustCompile(`(?i)ngày \d{1,2}(?:/\d{1,2}/\d{4}| tháng \d{1,2} năm \d{4})|\d{1,2}/\d{1,2}/\d{4}`)

func withoutDates(s string) string { return writtenDate.ReplaceAllString(s, "") }

var (
	// caseHead is a case at the very start of a description: "(1) Trường hợp …".
	caseHead   = regexp.MustCompile(`(?i)^[-+*\s]*(?:\([\divx]+\)\s*)?(?:đối với|trường hợp).*?(?:: [-+*]|[;.]|$)`)
	plainLimit = regexp.MustCompile(`(?i)^[-+*\s]*thời hạn giải quyết`)
)

// caseOfRow says in the portal's words what tells one row from its siblings: a short
// description as it stands, else the sentence that holds the row's own time.
func caseOfRow(w way) string {
	text := strings.TrimLeft(oneLine(w.about), "-+* ")
	if text == "" {
		text = oneLine(w.note)
	}
	if len([]rune(text)) > 240 {
		head := strings.TrimRight(caseHead.FindString(text), " :;.-+*")
		tail := sentenceWith(w.about, w.time)
		switch {
		case head != "" && (tail == "" || strings.HasPrefix(tail, head) || plainLimit.MatchString(tail)):
			text = head
		case head != "":
			text = head + ": " + strings.TrimLeft(tail, "-+* ")
		case tail != "":
			text = tail
		}
	}
	return strings.TrimRight(strings.TrimLeft(clipRunes(text, 400), "-+* "), " .;:")
}

// sentenceWith finds the sentence that names a time as the cell does, "03 ngày làm việc"
// for "3 Ngày làm việc"; "" where none or several do.
func sentenceWith(about, cell string) string {
	m := timeCell.FindStringSubmatch(cell)
	if m == nil || m[2] == "" {
		return ""
	}
	found := ""
	for _, s := range feeSentences(about) {
		for _, t := range timeWords.FindAllStringSubmatch(s, -1) {
			if strings.TrimLeft(t[1], "0") == strings.TrimLeft(m[1], "0") && strings.EqualFold(t[2], m[2]) {
				if found != "" && found != oneLine(s) {
					return ""
				}
				found = oneLine(s)
			}
		}
	}
	return found
}

func channelsOf(rows []way) []corpus.Channel {
	var list []corpus.Channel
	seen := map[corpus.Channel]bool{}
	for _, w := range rows {
		if !seen[w.channel] {
			seen[w.channel] = true
			list = append(list, w.channel)
		}
	}
	return list
}

func timeChannel(t corpus.TimeLimit) corpus.Channel        { return t.Channel }
func setTimeChannel(t *corpus.TimeLimit, c corpus.Channel) { t.Channel = c }
