package parse

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
)

var (
	// sheetCount closes each row of the dossier table: "1 bản chính,1 bản sao". Its first
	// digit may be glued to a number in front ("…/20261 bản chính").
	sheetCount = regexp.MustCompile(`(\d+) bản chính(?:,(\d+) bản sao)?`)
	formFile   = regexp.MustCompile(`(?i)\.(?:docx?|pdf|xlsx?|xls|rtf|odt|zip|rar|jpe?g|png)`)
	// lowerFile is a file name in small letters glued to a word: "theo mẫuđơn đề nghị".
	lowerFile  = regexp.MustCompile(`^.*\p{L}((?:văn bản|tờ trình|đơn |bản khai|báo cáo|mau ?so|maudon|biểu mẫu|phiếu ).*)$`)
	presentRow = regexp.MustCompile(`(?i)^[-+*\s\d.)(a-d]*(?:xuất trình|giấy tờ phải xuất trình)`)
	heading    = regexp.MustCompile(`(?i)(?:thành phần|số lượng) hồ sơ[^:]{0,40}:?$`)
)

// dossier reads the table of papers. Each row ends with its counts; what stands between
// the last row and the next table head names the next group.
func (r *portalReader) dossier() {
	raw := r.in.Dossier
	if strings.Trim(raw, "-–. \n") == "" {
		r.flag("thanh_phan_ho_so", "Cổng không nêu thành phần hồ sơ", "")
		return
	}
	parts := strings.Split(raw, dossierHeader)
	if len(parts) == 1 {
		r.flag("thanh_phan_ho_so", "Không nhận ra bảng thành phần hồ sơ, giữ nguyên văn", clipRunes(raw, 300))
		r.keep("thanh_phan_ho_so", raw)
		return
	}
	group := groupName(parts[0])
	for i, part := range parts[1:] {
		rows, rest := splitRows(part)
		for _, row := range rows {
			if p := r.paper(row, group); p.Name != "" {
				r.out.Dossier = append(r.out.Dossier, p)
			}
		}
		rest = strings.TrimSpace(rest)
		if i < len(parts)-2 {
			group = groupName(rest)
			continue
		}
		if left := strings.Trim(rest, "-–. \n"); left != "" {
			r.out.Notes = append(r.out.Notes, corpus.Fact{Case: "Thành phần hồ sơ", Text: left})
			r.flag("thanh_phan_ho_so", "Đoạn cuối bảng hồ sơ không có số lượng, giữ làm ghi chú", clipRunes(left, 300))
		}
	}
	if len(r.out.Dossier) == 0 {
		r.flag("thanh_phan_ho_so", "Cổng không nêu giấy tờ nào", clipRunes(raw, 300))
	}
}

// sheetRow is one row: what is printed, and the counts behind it.
type sheetRow struct {
	text              string
	originals, copies int
	unsure            bool
}

// splitRows cuts one table at its counts; rest is what stands behind the last one.
func splitRows(table string) (rows []sheetRow, rest string) {
	start := 0
	for _, m := range sheetCount.FindAllStringSubmatchIndex(table, -1) {
		if m[0] < start || !closesRow(table, m) {
			continue
		}
		digits := table[m[2]:m[3]]
		text := table[start : m[3]-1]
		row := sheetRow{text: strings.TrimSpace(text), originals: int(digits[len(digits)-1] - '0')}
		if m[4] >= 0 {
			row.copies, _ = strconv.Atoi(table[m[4]:m[5]])
		}
		row.unsure = len(digits) == 2 && digits[0] != '0' && digits[1] == '0'
		rows = append(rows, row)
		start = m[1]
		for start < len(table) && strings.IndexByte(".,;)", table[start]) >= 0 {
			start++
		}
	}
	return rows, table[start:]
}

// closesRow tells a row's count from a count inside a name: "(01 bản chính hoặc 01 bản
// sao)". The column never has a leading zero of its own, is glued to the name in front,
// and no small word follows behind a space.
func closesRow(table string, m []int) bool {
	digits, behind := table[m[2]:m[3]], table[m[1]:]
	before, _ := utf8.DecodeLastRuneInString(table[:m[2]])
	if m[4] < 0 && len(digits) == 2 && digits[0] == '0' && !unicode.IsDigit(before) && (strings.HasPrefix(behind, " ") || strings.HasPrefix(behind, ")")) {
		return false // "01 bản chính …" in words
	}
	if behind == "" || m[4] >= 0 {
		return true
	}
	next, _ := utf8.DecodeRuneInString(behind)
	if next == ' ' {
		after, _ := utf8.DecodeRuneInString(strings.TrimLeft(behind, " "))
		return !unicode.IsLower(after) && after != '(' && before != ' ' && before != '('
	}
	if next == ')' && (before == '(' || before == ' ') {
		return false
	}
	return !(before == ' ' || before == '(') || !strings.ContainsRune(",;.", next)
}

// paper words one row: name, form files, group, whether it is shown rather than left.
func (r *portalReader) paper(row sheetRow, group string) corpus.Paper {
	name, forms := cutForms(row.text)
	p := corpus.Paper{Case: group, Name: oneLine(name), Originals: row.originals, Copies: row.copies}
	p.Name = strings.TrimSpace(strings.TrimLeft(p.Name, "-+*•– "))
	if p.Name == "" && len(forms) > 0 {
		p.Name = strings.TrimSuffix(forms[0], formFile.FindString(forms[0]))
	}
	p.Form = strings.Join(forms, "; ")
	if at := formFile.FindStringIndex(p.Name); at != nil && at[1] == len(p.Name) {
		r.flag("thanh_phan_ho_so", "Tên tệp mẫu dính vào tên giấy tờ, không tách được", clipRunes(row.text, 200))
	}
	for _, f := range forms {
		r.addForm(corpus.Form{Name: f})
	}
	lower := strings.ToLower(group)
	p.Present = strings.Contains(lower, "phải xuất trình") || strings.HasPrefix(strings.TrimLeft(lower, "-*+ "), "xuất trình") || presentRow.MatchString(p.Name)
	p.Optional = strings.Contains(p.Name, "(nếu có)") || strings.Contains(strings.ToLower(p.Name), "nếu có)")
	if row.unsure {
		r.flag("thanh_phan_ho_so", "Số lượng bản chính dính với chữ số phía trước, cần đối chiếu", clipRunes(row.text, 120)+" | "+strconv.Itoa(row.originals))
	}
	return p
}

func (r *portalReader) addForm(f corpus.Form) {
	if _, isNew := r.first("form", f.Name, 0); isNew {
		r.out.Forms = append(r.out.Forms, f)
	}
}

// cutForms takes the names of form files off the end of a row. A file name is glued to
// the words in front; it begins where a capital or digit stands right behind a small
// letter, bracket or full stop, or at a word such as "Mẫu".
func cutForms(text string) (name string, forms []string) {
	rest := text
	for {
		spots := formFile.FindAllStringIndex(rest, -1)
		if len(spots) == 0 || len(spots) > 100 {
			break // a hundred files in one row are no list of forms
		}
		last := spots[len(spots)-1]
		if strings.TrimSpace(rest[last[1]:]) != "" {
			break // a file name in the middle is part of the words
		}
		from := 0
		if len(spots) > 1 {
			from = spots[len(spots)-2][1]
		}
		start := from
		if from == 0 || rest[from] == ' ' {
			at, ok := fileStart(rest[from:last[0]])
			if !ok && from == 0 && strings.Contains(strings.TrimSpace(rest[:last[0]]), " ") {
				return text, nil // where the words end and the file name begins cannot be told
			}
			start = from + at
		}
		forms = append([]string{strings.TrimSpace(rest[start:last[1]])}, forms...)
		rest = rest[:start]
	}
	return rest, forms
}

// fileStart finds where the file name begins in words that end just before its ending: at
// the last place where a new word is glued to the one in front. Places within one run
// without spaces ("MauBankhaichung") belong together.
func fileStart(s string) (int, bool) {
	runes := []rune(s)
	at, offset := []int{}, make([]int, len(runes))
	for i, pos := 0, 0; i < len(runes); i++ {
		offset[i] = pos
		pos += utf8.RuneLen(runes[i])
		if i > 0 && gluedWord(runes, i) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		if m := lowerFile.FindStringSubmatchIndex(s); m != nil {
			return m[2], true
		}
		for i := 1; i < len(runes); i++ { // "… trực tiếp18-Mẫu TK8"
			if unicode.IsDigit(runes[i]) && unicode.IsLower(runes[i-1]) {
				return offset[i], true
			}
		}
		return 0, false
	}
	k := len(at) - 1
	for k > 0 && !strings.ContainsRune(string(runes[at[k-1]:at[k]]), ' ') {
		k--
	}
	return offset[at[k]], true
}

// gluedWord reports whether a new word begins at i right behind another one.
func gluedWord(r []rune, i int) bool {
	prev, c := r[i-1], r[i]
	next := ' '
	if i+1 < len(r) {
		next = r[i+1]
	}
	before := ' '
	if i > 1 {
		before = r[i-2]
	}
	switch {
	case unicode.IsSpace(c) || !(unicode.IsLetter(c) || unicode.IsDigit(c)):
		return false
	case strings.ContainsRune(";:,)”\"", prev):
		return true
	case prev == '.':
		return !unicode.IsDigit(before) || unicode.IsUpper(c) && unicode.IsLower(next)
	case !unicode.IsUpper(c):
		return false
	case unicode.IsLower(prev):
		return true
	case unicode.IsDigit(prev), unicode.IsUpper(prev) && (unicode.IsUpper(before) || before == '-'):
		return unicode.IsLower(next)
	}
	return false
}

// groupName words the heading of a table; "--" is none.
func groupName(s string) string {
	s = strings.Trim(oneLine(s), " -–*+:;.")
	if heading.MatchString(s) && len([]rune(s)) < 40 {
		return ""
	}
	return s
}
