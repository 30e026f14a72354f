package parse

import (
	"regexp"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// wayLead is the head of one row of the table of ways to submit: channel, time and fee,
// glued. Any of the three may also be a word in a description; together they are a row.
var wayLead = regexp.MustCompile(`^(Trực tuyến|Trực tiếp|Dịch vụ bưu chính)` +
	`(\d+(?:[.,]\d+)? ?(?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng|Phút|Tuần|Năm)|Không có thông tin|\d+|)` +
	`(Miễn phí|Không có thông tin|\d[\d.,]* ?(?:VNĐ|VND|Việt Nam Đồng|USD|EUR))`)

var channelOf = map[string]corpus.Channel{
	"Trực tuyến": corpus.Online, "Trực tiếp": corpus.InPerson, "Dịch vụ bưu chính": corpus.Post,
}

// way is one row: the cells as printed, the note in brackets behind the fee, and the
// description.
type way struct {
	channel   corpus.Channel
	time, fee string
	note      string
	about     string
	torn      bool // the bracket of the note never closes
}

// ways reads the table of ways: channels, time limits and fees.
func (r *portalReader) ways() {
	table, ok := strings.CutPrefix(r.in.Ways, waysHeader)
	if r.in.Ways == "" {
		r.flag("cach_thuc_thuc_hien", "Cổng không có bảng cách thức nộp", "")
		return
	}
	rows, before := splitWays(table)
	if !ok || before != "" || len(rows) == 0 {
		r.flag("cach_thuc_thuc_hien", "Không nhận ra bảng cách thức nộp", clipRunes(r.in.Ways, 300))
		r.keep("cach_thuc_thuc_hien", r.in.Ways)
		if len(rows) == 0 {
			return
		}
	}
	r.unglue(rows)
	r.places(rows)
	r.times(rows)
	r.fees(rows)
}

// splitWays cuts the table into its rows; before is what stands in front of the first.
func splitWays(table string) (rows []way, before string) {
	at := wayLeads(table)
	if len(at) == 0 {
		return nil, strings.TrimSpace(table)
	}
	for i, m := range at {
		end := len(table)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		w := way{channel: channelOf[table[m[2]:m[3]]], time: table[m[4]:m[5]], fee: table[m[6]:m[7]]}
		if allDigits(w.time) && strings.ContainsFunc(w.fee, isDigit) {
			w.time, w.fee = "", w.time+w.fee // one run of digits; unglue parts it
		}
		w.note, w.about, w.torn = cutNote(table[m[7]:end])
		if w.fee == noInformation && !w.torn && !strings.Contains(strings.ToLower(w.note), "phí") {
			w.note, w.about = "", strings.TrimSpace(table[m[7]:end]) // no fee has no note
		}
		if strings.HasPrefix(w.note, "Cách thức thực hiện") && !w.torn {
			w.note, w.about = "", joinSentences(w.note, w.about) // a description in the wrong cell
		}
		rows = append(rows, w)
	}
	return rows, strings.TrimSpace(table[:at[0][0]])
}

// wayLeads finds the heads of the rows, as FindAllStringSubmatchIndex would: it looks only
// where the name of a channel stands.
func wayLeads(s string) [][]int {
	var at [][]int
	for i := 0; i < len(s); i++ {
		if s[i] != 'T' && s[i] != 'D' || !strings.HasPrefix(s[i:], "Trực t") && !strings.HasPrefix(s[i:], "Dịch vụ bưu") {
			continue
		}
		m := wayLead.FindStringSubmatchIndex(s[i:])
		if m == nil {
			continue
		}
		for k := range m {
			m[k] += i
		}
		at = append(at, m)
		i = m[1] - 1
	}
	return at
}

var (
	loneItem   = regexp.MustCompile(`^(?:[a-zđ]|[ivx]{1,4}|\d{1,2})$`)
	itemMark   = regexp.MustCompile(`(?:^|[\s;:.])(?:[a-zđ]|[ivx]{1,4}|\d{1,2})$`)
	gluedClose = regexp.MustCompile(`\)+[^\s().,;]`)
)

// cutNote parts "(note)description". Brackets nest; "a)" and "1)" open no bracket; a
// second bracket right behind the first ("). (Áp dụng …)") still belongs to the note.
func cutNote(s string) (note, about string, torn bool) {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "(") {
		return "", s, false
	}
	end := closingBracket(s)
	if end > 0 && loneItem.MatchString(strings.TrimSpace(s[1:end])) {
		// "(a) …" is the first item of a longer note, or of a description.
		if later := closingBracket("(" + s[end+1:]); later > 0 {
			end += later
		} else {
			return "", s, false
		}
	}
	if end < 0 {
		if spots := gluedClose.FindAllStringIndex(s, -1); len(spots) > 0 {
			end = spots[len(spots)-1][1] - 1
			for s[end] != ')' {
				end--
			}
		} else if strings.HasSuffix(s, ")") {
			end = len(s) - 1
		} else {
			return strings.TrimSpace(s[1:]), "", true
		}
	}
	note, about = s[1:end], s[end+1:]
	if rest := strings.TrimLeft(about, " ."); strings.HasPrefix(rest, "(") && (about != rest || strings.Contains(rest[:min(len(rest), 60)], "mức phí")) {
		if e := closingBracket(rest); e > 0 {
			note += ". " + rest[1:e]
			about = rest[e+1:]
		}
	}
	about = strings.TrimLeft(about, " .;,)")
	return trimOuterBrackets(strings.TrimSpace(note)), strings.TrimSpace(about), false
}

// closingBracket finds the bracket that closes the one s begins with; -1 when none does.
func closingBracket(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth == 1 && i > 2 && i < len(s)-1 && itemMark.MatchString(s[max(1, i-6):i]) && strings.IndexByte(s[i+1:], ')') >= 0 &&
				(s[i+1] == ' ') {
				continue // "; b) …"
			}
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func trimOuterBrackets(s string) string {
	for strings.HasPrefix(s, "(") && closingBracket(s) == len(s)-1 {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	return s
}

// places lists where and how to submit, one for each channel and description.
func (r *portalReader) places(rows []way) {
	seen := map[corpus.Place]bool{}
	for _, w := range rows {
		p := corpus.Place{Channel: w.channel, Text: strings.TrimSpace(w.about), URL: firstURL(w.about)}
		if p.Text == "" {
			p.Text = r.in.Address
		}
		if p.Text == "" || seen[p] {
			if !seen[corpus.Place{Channel: w.channel}] && p.Text == "" {
				seen[corpus.Place{Channel: w.channel}] = true
				p.Text = strings.ToUpper(w.channel.Vietnamese()[:1]) + w.channel.Vietnamese()[1:]
				if w.channel == corpus.Online {
					p.Text = "Cổng Dịch vụ công quốc gia"
				}
				r.out.Where = append(r.out.Where, p)
			}
			continue
		}
		seen[p] = true
		r.out.Where = append(r.out.Where, p)
	}
	if r.in.Address != "" {
		r.out.Notes = append(r.out.Notes, corpus.Fact{Case: "Địa chỉ tiếp nhận hồ sơ", Text: r.in.Address})
	}
}

var urlShape = regexp.MustCompile(`https?://[^\s()"<>,;]+`)

func firstURL(s string) string { return strings.TrimRight(urlShape.FindString(s), ".") }
