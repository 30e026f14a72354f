package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanLines splits a text, trims every line and drops what belongs to the page: gazette
// headers, page numbers beside them, the stamp of a digital signature. Blank lines stay
// as "".
func cleanLines(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\u00a0", " ", "\u200b", "", "\ufeff", "", "\t", " ").Replace(text)
	raw := strings.Split(text, "\n")
	for i, l := range raw {
		raw[i] = strings.Join(strings.Fields(l), " ")
	}
	var out []string
	for i, l := range raw {
		if isFurniture(raw, i) {
			continue
		}
		out = append(out, strings.TrimLeft(l, "-_ "+"–"))
		if strings.HasPrefix(l, "-") && !strings.HasPrefix(l, "--") { // "- item", not a rule
			out[len(out)-1] = l
		}
	}
	return out
}

var signatureStamps = []string{"Người ký:", "Email:", "Cơ quan:", "Thời gian ký:"}

func isFurniture(lines []string, i int) bool {
	l := lines[i]
	if isGazetteHead(l) || strings.HasPrefix(l, "(Xem tiếp Công báo") || strings.HasPrefix(l, "(Tiếp theo Công báo") {
		return true
	}
	if i < 40 {
		for _, s := range signatureStamps {
			if strings.HasPrefix(l, s) {
				return true
			}
		}
	}
	return isPageNumber(l) && besideGazetteHead(lines, i)
}

func isGazetteHead(l string) bool {
	return strings.HasPrefix(l, "CÔNG BÁO/") || strings.Contains(l, " CÔNG BÁO/Số")
}

func isPageNumber(l string) bool {
	_, w := scanInt(l, 4)
	return w > 0 && w == len(l)
}

// besideGazetteHead looks two written lines up and down.
func besideGazetteHead(lines []string, i int) bool {
	for _, step := range []int{-1, 1} {
		for j, seen := i+step, 0; j >= 0 && j < len(lines) && seen < 2; j += step {
			if lines[j] == "" {
				continue
			}
			seen++
			if isGazetteHead(lines[j]) {
				return true
			}
		}
	}
	return false
}

// joinCells turns table rows ("|CHÍNH PHỦ |CỘNG HÒA … |") into lines, one cell each, left
// column first.
func joinCells(lines []string) []string {
	var out []string
	for i := 0; i < len(lines); i++ {
		if !strings.HasPrefix(lines[i], "|") {
			out = append(out, lines[i])
			continue
		}
		var columns [][]string
		for ; i < len(lines) && strings.HasPrefix(lines[i], "|"); i++ {
			for c, cell := range strings.Split(strings.Trim(lines[i], "|"), "|") {
				if c == len(columns) {
					columns = append(columns, nil)
				}
				if cell = strings.Trim(cell, "- "); cell != "" || len(columns[c]) > 0 {
					columns[c] = append(columns[c], cell)
				}
			}
		}
		i--
		for _, c := range columns {
			out = append(out, c...)
			out = append(out, "")
		}
	}
	return out
}

// joinWrapped joins lines that a page broke off, into paragraphs. A line goes on in the
// next one unless it ends a sentence, stands well short of the text width, or the next
// one opens a level of its own.
func joinWrapped(lines []string) []string {
	width := textWidth(lines)
	var out []string
	open := false // whether the last paragraph may go on
	last := ""
	for _, l := range lines {
		if l == "" {
			open = open && !endsSentence(last) && width > 0 && utf8.RuneCountInString(last)*10 >= width*8
			continue
		}
		if open && !opensLevel(l) && goesOn(last, l, width) {
			out[len(out)-1] += " " + l
		} else {
			out = append(out, l)
		}
		last, open = l, !strings.HasPrefix(l, "|")
	}
	return out
}

func goesOn(last, next string, width int) bool {
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case strings.HasPrefix(next, "|") || strings.HasPrefix(next, "- ") || strings.HasPrefix(next, "+ ") || strings.HasPrefix(next, "“"):
		return false
	case endsSentence(last):
		return false
	case endsOpen(last), unicode.IsLower(first) || strings.HasSuffix(last, ",") || unicode.IsDigit(first):
		return true
	}
	// A page breaks a line where the next word does not fit; a shorter line ended there.
	word, _, _ := strings.Cut(next, " ")
	return width > 0 && (utf8.RuneCountInString(last)+1+utf8.RuneCountInString(word))*100 >= width*92
}

// joinWords never end a paragraph.
var joinWords = []string{"và", "của", "hoặc", "về", "các", "trong", "cho", "với", "theo", "tại", "thuộc", "là", "được", "do", "từ", "đến", "số", "có", "không"}

func endsOpen(l string) bool {
	last := l[strings.LastIndexByte(l, ' ')+1:]
	for _, w := range joinWords {
		if last == w {
			return true
		}
	}
	return false
}

func endsSentence(l string) bool {
	l = strings.TrimRight(l, "”\"’')] ")
	return l == "" || strings.ContainsRune(".;:?!/", rune(l[len(l)-1]))
}

// textWidth is the width, in letters, that nine lines in ten keep to; 0 for a text of few
// lines. Paragraphs of one line each are far apart in width and never reach it.
func textWidth(lines []string) int {
	counts := map[int]int{}
	total := 0
	for _, l := range lines {
		if n := utf8.RuneCountInString(l); n > 30 {
			counts[n]++
			total++
		}
	}
	if total < 8 {
		return 0
	}
	seen := 0
	for n := 31; n < 2000; n++ {
		seen += counts[n]
		if seen*10 >= total*9 {
			if n > 160 { // paragraphs, not lines of a page
				return 0
			}
			return n
		}
	}
	return 0
}

// opensLevel reports whether a line starts an article, a heading, a khoản or a điểm.
func opensLevel(l string) bool {
	if _, _, ok := articleMark(l); ok {
		return true
	}
	if _, ok := headingLine(l); ok {
		return true
	}
	if _, _, ok := clauseMark(l); ok {
		return true
	}
	_, _, ok := pointMark(l)
	return ok
}

// articleMark reads "Điều 12a. Tên" or "ĐIỀU 12: Tên"; a sentence that merely starts with
// "Điều 12 của …" is none.
func articleMark(l string) (number, rest string, ok bool) {
	after, found := strings.CutPrefix(l, "Điều ")
	if !found {
		if after, found = strings.CutPrefix(l, "ĐIỀU "); !found {
			return "", "", false
		}
	}
	w := articleWidth(after)
	if w == 0 || w > 5 {
		return "", "", false
	}
	number, rest = after[:w], strings.TrimLeft(after[w:], " ")
	switch {
	case rest == "":
		return number, "", true
	case rest[0] == '.' || rest[0] == ':':
		return number, strings.TrimSpace(rest[1:]), true
	}
	return "", "", false
}
