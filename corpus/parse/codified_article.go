package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

// codifiedArticle makes an article of a record.
func codifiedArticle(r codifiedRecord, p corpus.Provision, n codifiedNote) corpus.Article {
	text, files := takeAttachments(norm.NFC.String(strings.ReplaceAll(r.Text, "\u00a0", " ")))
	a := corpus.Article{Number: p.Article, Note: n.Verbatim, Attachments: files, Validity: wordingSpan(n)}
	a.Text, a.Clauses = SplitArticle(text)
	if title := strings.TrimSpace(norm.NFC.String(r.Title)); title != "" && title != strings.TrimSpace(r.Label) && !strings.HasPrefix(title, "Điều ") {
		a.Heading = title
	}
	for _, s := range []string{r.Subject, r.Chapter} {
		if h, ok := headingOf(norm.NFC.String(s)); ok {
			a.Under = append(a.Under, h)
		}
	}
	a.Source.URL = r.URL
	return a
}

// takeAttachments drops lines that are only the name of a file ("PL1_mau so.docx").
func takeAttachments(text string) (string, []string) {
	var files []string
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if name := strings.TrimSpace(line); isFileName(name) {
			if len(files) == 0 || files[len(files)-1] != name {
				files = append(files, name)
			}
			continue
		}
		kept = append(kept, line)
	}
	if files == nil {
		return text, nil
	}
	return strings.Join(kept, "\n"), files
}

var fileEndings = []string{".doc", ".docx", ".xls", ".xlsx", ".pdf", ".rar", ".zip", ".jpg", ".png", ".ppt", ".pptx"}

func isFileName(line string) bool {
	if len(line) > 250 || strings.LastIndexByte(line, '.') < len(line)-5 {
		return false
	}
	l := strings.ToLower(line)
	for _, e := range fileEndings {
		if strings.HasSuffix(l, e) {
			return true
		}
	}
	return false
}

// headingKinds are the words a heading starts with, longest first.
var headingKinds = []string{"Tiểu mục", "Đề mục", "Chương", "Phần", "Mục"}

// headingOf reads "Chương II ĐĂNG KÝ HỘ TỊCH" and "Phần thứ nhất …".
func headingOf(s string) (corpus.Heading, bool) {
	s = strings.Join(strings.Fields(s), " ")
	for _, kind := range headingKinds {
		rest, ok := cutFoldPrefix(s, kind+" ")
		if !ok {
			continue
		}
		number, title, _ := strings.Cut(rest, " ")
		if strings.EqualFold(number, "thứ") {
			ordinal, after, _ := strings.Cut(title, " ")
			number, title = number+" "+ordinal, after
		}
		number = strings.TrimRight(number, ".:")
		return corpus.Heading{Kind: kind, Number: number, Title: strings.TrimSpace(title)}, number != ""
	}
	return corpus.Heading{}, false
}

// cutFoldPrefix is strings.CutPrefix without regard to case.
func cutFoldPrefix(s, prefix string) (string, bool) {
	rest := s
	for _, p := range prefix {
		r, w := utf8.DecodeRuneInString(rest)
		if w == 0 || unicode.ToLower(r) != unicode.ToLower(p) {
			return s, false
		}
		rest = rest[w:]
	}
	return rest, true
}

// instrumentTitle is a name fit to show: a law's bare subject gets its form in front
// ("Hộ tịch" → "Luật Hộ tịch").
func instrumentTitle(form, title string) string {
	title = strings.Join(strings.Fields(norm.NFC.String(title)), " ")
	switch form {
	case "Luật", "Bộ luật", "Pháp lệnh":
		if _, ok := cutFoldPrefix(title, form); !ok {
			r, w := utf8.DecodeRuneInString(title)
			if lower := string(unicode.ToLower(r)) + title[w:]; strings.HasPrefix(lower, "sửa đổi") || strings.HasPrefix(lower, "về ") {
				title = lower
			}
			return form + " " + title
		}
	}
	return title
}
