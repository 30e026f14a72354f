package parse

import (
	"regexp"
	"strings"

	"github.com/motcua/motcua/corpus"
)

var (
	// freeWindow is a span in which nobody pays: "(Miễn phí từ ngày 07/4/2026 đến …)".
	freeWindow  = regexp.MustCompile(`(?i)\(*\s*Miễn?\s*(?:lệ phí|phí)?\s*(?:kể\s+)?từ\s+ngày\s+[\d/]+\s+đến\s+(?:hết\s+)?(?:ngày\s+)?[\d/]+(?:\s*(?:theo|của)[^.();]*)?\)*`)
	freeCases   = regexp.MustCompile(`(?i)^[-+*( ]*(?:Miễn|Không thu) (?:lệ phí|phí|thu phí|thu lệ phí|nộp lệ phí|nộp phí)?`)
	forWhom     = regexp.MustCompile(`(?i)(?:^|\s)(?:cho|đối với):?\s+`)
	spared      = regexp.MustCompile(`(?i)^(.*\S)\s+(?:được miễn|không phải nộp) (?:lệ phí|phí)`)
	feeLineHead = regexp.MustCompile(`(?i)^[-+*\s]*(?:các loại phí|phí, lệ phí|lệ phí|phí|mức phí|mức thu)\s*(?:\(nếu có\)\s*)?(?::|thực hiện theo|được quy định)|^\s*miễn lệ phí từ ngày|^\s*miễn phí từ ngày`)
)

// exemptions takes the free windows and free cases out of a note.
func (r *portalReader) exemptions(note string) (rest string, free []corpus.Fee) {
	rest = freeWindow.ReplaceAllStringFunc(note, func(s string) string {
		if prov := r.provFor(s); prov != nil {
			free = append(free, corpus.Fee{Free: true, Kind: kindOf(s), Prov: prov})
			return ". "
		}
		return s
	})
	var kept []string
	sentences := feeSentences(rest)
	for i := 0; i < len(sentences); i++ {
		s := sentences[i]
		sums, _ := findMoney(s)
		if f, ok := freeSentence(s); ok && len(sums) == 0 {
			if strings.HasSuffix(f.Case, ":") || strings.HasSuffix(f.Case, "sau") {
				f.Case = strings.TrimSpace(f.Case + " " + strings.Join(sentences[i+1:], " "))
				i = len(sentences)
			}
			free = append(free, f)
			continue
		}
		kept = append(kept, s)
	}
	if len(kept) == len(sentences) && len(free) == 0 {
		return note, nil
	}
	return strings.Trim(strings.Join(kept, " "), " ;,"), free
}

// freeSentence reads "Miễn lệ phí cho …", "Không thu phí …" and "… được miễn lệ phí".
func freeSentence(s string) (corpus.Fee, bool) {
	if head := freeCases.FindString(s); head != "" {
		rest := strings.Trim(s[len(head):], " .;)")
		f := corpus.Fee{Free: true, Kind: kindOf(head)}
		if at := forWhom.FindStringIndex(" " + rest); at != nil {
			f.Case = strings.TrimSpace((" " + rest)[at[1]:])
		} else {
			f.Case = rest
		}
		if len([]rune(f.Case)) < 3 {
			f.Case = ""
		}
		return f, true
	}
	if m := spared.FindStringSubmatch(s); m != nil && !strings.HasSuffix(m[1], "diện") && !strings.HasSuffix(m[1], "trường hợp") {
		return corpus.Fee{Free: true, Case: strings.Trim(m[1], " -+*("), Kind: kindOf(s)}, true
	}
	return corpus.Fee{}, false
}

// feeSentences cuts at a full stop before a space or a capital, at line ends, and at a
// semicolon before a word that begins a new rule. Closing marks stay.
func feeSentences(s string) []string {
	var out []string
	start, depth := 0, 0
	cut := func(end int) {
		if part := strings.TrimSpace(s[start:end]); part != "" && part != "." {
			out = append(out, part)
		}
		start = end
	}
	for i := 0; i < len(s); i++ {
		rest := s[i+1:]
		switch c := s[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == '\n':
			cut(i + 1)
		case depth > 0:
		case c == '.' && (rest == "" || rest[0] == ' ' || strings.HasPrefix(rest, "Miễn")):
			cut(i + 1)
		case c == ';' && sentenceStart(strings.TrimLeft(rest, " ")):
			cut(i + 1)
		}
	}
	cut(len(s))
	return out
}

func sentenceStart(s string) bool {
	for _, w := range []string{"Miễn", "miễn lệ phí", "Tổ chức", "Trường hợp", "Phí", "Lệ phí", "Không thu", "phí "} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// feeLines takes the lines of a description that state a fee: "Lệ phí: 100.000 đồng".
func feeLines(about string) string {
	var out []string
	list := false
	for _, line := range strings.Split(about, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case feeLineHead.MatchString(trimmed):
			out = append(out, trimmed)
			list = strings.HasSuffix(trimmed, ":")
		case list && strings.HasPrefix(trimmed, "+"):
			out = append(out, trimmed)
		default:
			list = false
		}
	}
	return strings.Join(out, "\n")
}

func joinSentences(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return strings.TrimRight(a, " ") + "\n" + b
}
