package parse

import "strings"

// parts are where the body, the closing signature and the annexes begin, as line indexes.
type parts struct{ body, tail, annex int }

// findParts cuts a document into head, body, signature and annexes.
func findParts(lines []string) parts {
	p := parts{body: len(lines), tail: len(lines), annex: len(lines)}
	quotes := quoted(lines)
	last := -1 // line of the last article
	for i, l := range lines {
		if quotes[i] {
			continue
		}
		n, _, ok := articleMark(l)
		if ok && n == "1" && p.body == len(lines) {
			p.body = i
		}
		if ok && p.body < len(lines) {
			if last >= 0 && n == "1" { // a regulation attached
				break
			}
			last = i
		}
		if last >= 0 && p.tail == len(lines) && startsTail(l) {
			p.tail = i
		}
		if last >= 0 && startsAnnex(lines, i) {
			p.annex = i
			break
		}
	}
	if p.body == len(lines) {
		p.body = bodyWithoutArticles(lines)
		for i := p.body; i < len(lines); i++ {
			if p.tail == len(lines) && startsTail(lines[i]) {
				p.tail = i
			}
		}
	}
	p.tail = min(p.tail, p.annex)
	p.body = headingsAbove(lines, p.body)
	return p
}

// headingsAbove moves the start of the body up over "Chương I" and its title.
func headingsAbove(lines []string, body int) int {
	start := body
	for i, written := body-1, 0; i >= 0 && written < 8; i-- {
		if lines[i] == "" {
			continue
		}
		written++
		if _, ok := headingLine(lines[i]); ok {
			start = i
		}
	}
	return start
}

// bodyWithoutArticles: directives and old circulars have none; their body starts behind
// what they are based on.
func bodyWithoutArticles(lines []string) int {
	at := len(lines)
	for i, l := range lines {
		if strings.HasPrefix(l, "I. ") || strings.HasPrefix(l, "1. ") {
			return i
		}
		if strings.HasPrefix(l, "Căn cứ ") || strings.HasPrefix(l, "Theo đề nghị") {
			at = i + 1
		}
	}
	return at
}

// tailWords begin the lines under the last article.
var tailWords = []string{"Nơi nhận", "TM. ", "TM ", "KT. ", "KT.", "TL. ", "TUQ. ", "Q. ", "CHỦ TỊCH", "THỦ TƯỚNG", "BỘ TRƯỞNG", "TỔNG CỤC TRƯỞNG", "THỐNG ĐỐC",
	"CHÁNH ÁN", "VIỆN TRƯỞNG", "TỔNG KIỂM TOÁN", "TỔNG THANH TRA", "|Nơi nhận", "|TM.", "|KT."}

func startsTail(l string) bool {
	for _, w := range tailWords {
		if strings.HasPrefix(l, w) && len(l) < 220 {
			return true
		}
	}
	if strings.HasPrefix(l, "|") && (strings.Contains(l, "|TM.") || strings.Contains(l, "|KT.") || strings.Contains(l, "Nơi nhận")) {
		return true
	}
	return isAdoption(l)
}

// isAdoption: "Luật này được Quốc hội … khóa XV, kỳ họp thứ 6 thông qua ngày …".
func isAdoption(l string) bool {
	for _, form := range []string{"Luật này", "Bộ luật này", "Nghị quyết này", "Pháp lệnh này", "Hiến pháp này"} {
		if rest, ok := strings.CutPrefix(l, form); ok {
			return strings.HasPrefix(rest, " được Quốc hội nước") || strings.HasPrefix(rest, " đã được Quốc hội nước") || strings.HasPrefix(rest, " được Ủy ban Thường vụ Quốc hội")
		}
	}
	return false
}

// startsAnnex reports whether line i heads an annex: "PHỤ LỤC II", or a title in capitals
// with "(Ban hành kèm theo …" under it.
func startsAnnex(lines []string, i int) bool {
	l := lines[i]
	if isAnnexHead(l) {
		return true
	}
	if len(l) < 4 || !isUpper(l) || opensLevel(l) {
		return false
	}
	for j, written := i+1, 0; j < len(lines) && written < 4; j++ {
		if lines[j] == "" {
			continue
		}
		written++
		if rest, ok := strings.CutPrefix(lines[j], "("); ok {
			low := strings.ToLower(rest)
			return strings.HasPrefix(low, "ban hành kèm theo") || strings.HasPrefix(low, "kèm theo")
		}
		if !isUpper(lines[j]) {
			return false
		}
	}
	return false
}

// isAnnexHead: "PHỤ LỤC", "Phụ lục I", "PHỤ LỤC SỐ 01: DANH MỤC …", never a sentence.
func isAnnexHead(l string) bool {
	rest, ok := strings.CutPrefix(l, "PHỤ LỤC")
	if !ok {
		if rest, ok = strings.CutPrefix(l, "Phụ lục"); !ok {
			return false
		}
		number, after, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(rest, " số")), " ")
		return number == "" || annexLike(number) && (after == "" || isUpper(after))
	}
	return !startsWord(rest) && (strings.TrimSpace(rest) == "" || isUpper(rest))
}

func annexLike(s string) bool {
	s = strings.Trim(s, ".:")
	c := &cursor{s: s}
	return s != "" && c.annexNumber() == s
}

// isUpper reports whether all letters are capitals and there is one.
func isUpper(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// quoted marks lines that stand inside a quotation opened at the start of a line, as
// amending laws quote new articles. A quotation that never closes counts as none.
func quoted(lines []string) []bool {
	in := make([]bool, len(lines))
	for i := 0; i < len(lines); i++ {
		mark := ""
		for _, open := range []string{"“", "\"", "‘", "«"} {
			if strings.HasPrefix(lines[i], open) {
				mark = open
			}
		}
		if mark == "" {
			continue
		}
		end := closing(lines, i, mark)
		if end < 0 {
			continue
		}
		for j := i; j <= end; j++ {
			in[j] = true
		}
		i = end
	}
	return in
}

var closers = map[string]string{"“": "”", "\"": "\"", "‘": "’", "«": "»"}

// closing finds the line on which a quotation opened at line i is balanced; -1 if none
// within 3,000 lines.
func closing(lines []string, i int, open string) int {
	depth := 0
	closeMark := closers[open]
	for j := i; j < len(lines) && j < i+3000; j++ {
		if open == closeMark {
			n := strings.Count(lines[j], open)
			if j == i {
				n--
				depth = 1
			}
			if n%2 == 1 {
				return j
			}
			continue
		}
		depth += strings.Count(lines[j], open) - strings.Count(lines[j], closeMark)
		if depth <= 0 {
			return j
		}
	}
	return -1
}
