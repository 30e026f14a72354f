package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// verbPhrase is what a sentence does to the instruments it names.
type verbPhrase struct {
	kind      corpus.RelationKind
	at, end   int  // bytes of the verb in its sentence
	before    bool // what it acts on stands before it: "Luật … hết hiệu lực"
	partly    bool // words, phrases or forms only: "thay thế cụm từ …"
	effective civil.Date
}

// verbs in the order they are looked for; the first found wins.
var verbs = []struct {
	word   string
	kind   corpus.RelationKind
	before bool
}{
	{"được thay thế bằng", corpus.Replaces, true}, {"được thay thế bởi", corpus.Replaces, true},
	{"hết hiệu lực", corpus.Repeals, true}, {"chấm dứt hiệu lực", corpus.Repeals, true}, {"không còn hiệu lực", corpus.Repeals, true},
	{"ngưng hiệu lực", corpus.Suspends, false},
	{"được bãi bỏ", corpus.Repeals, true}, {"bị bãi bỏ", corpus.Repeals, true},
	{"thay thế cho", corpus.Replaces, false}, {"thay thế", corpus.Replaces, false},
	{"bãi bỏ", corpus.Repeals, false}, {"hủy bỏ", corpus.Repeals, false}, {"huỷ bỏ", corpus.Repeals, false},
	{"sửa đổi, bổ sung", corpus.Amends, false}, {"sửa đổi", corpus.Amends, false}, {"bổ sung", corpus.Amends, false},
}

// hypothetical words turn "thay thế" into something that may happen one day.
var hypothetical = []string{
	"hoặc thay thế", "hoặc được thay thế", "hoặc bị thay thế", "bị thay thế", "được sửa đổi, bổ sung, thay thế", "sửa đổi, bổ sung, thay thế hoặc bãi bỏ",
	"hoặc bãi bỏ", "thay thế hoặc", "cho đến khi", "đến khi có văn bản", "có quyền bãi bỏ", "đề nghị bãi bỏ", "trước khi hết hiệu lực", "chưa hết hiệu lực",
	"thẩm quyền bãi bỏ",
}

// partlyWords: the change touches words or forms, never a whole provision.
var partlyWords = []string{"cụm từ", "từ “", "các từ", "thay thế mẫu", "thay thế Mẫu", "thay thế phụ lục", "thay thế Phụ lục", "một số nội dung", "một phần", "một số quy định", "bãi bỏ nội dung"}

// findVerb finds what a sentence does. Verbs inside names of instruments ("Luật sửa đổi,
// bổ sung một số điều của …") and inside quotations are passed over.
func findVerb(text string) (verbPhrase, bool) {
	low := strings.ToLower(text)
	if len(low) != len(text) {
		low = text
	}
	for _, h := range hypothetical {
		if strings.Contains(low, h) {
			low = strings.ReplaceAll(low, h, strings.Repeat("·", len(h)/len("·"))+strings.Repeat(".", len(h)%len("·")))
		}
	}
	for _, v := range verbs {
		for from := 0; ; {
			i := strings.Index(low[from:], v.word)
			if i < 0 {
				break
			}
			i += from
			from = i + len(v.word)
			if insideQuotes(text, i) || v.kind == corpus.Amends && !leads(low, i) || !v.before && inName(low, i) {
				continue
			}
			p := verbPhrase{kind: v.kind, at: i, end: from, before: v.before}
			for _, w := range partlyWords {
				if j := strings.Index(text, w); j >= 0 && j < i+60 {
					p.partly = true
				}
			}
			return p, true
		}
	}
	return verbPhrase{}, false
}

// leads reports whether an amending verb stands at the start of the sentence, as it does
// in amending articles; elsewhere it describes.
func leads(low string, i int) bool {
	before := strings.TrimSpace(low[:i])
	return before == "" || len(before) < 12 && !strings.Contains(before, "luật")
}

// inName reports whether the verb belongs to the name of an instrument: the word before
// it is a form or a day ("Nghị định sửa đổi", "Thông tư số … bãi bỏ").
func inName(low string, i int) bool {
	before := strings.TrimRight(low[:i], " ")
	for _, f := range []string{"luật", "nghị định", "thông tư", "quyết định", "nghị quyết", "pháp lệnh", "chính phủ", "bộ trưởng", "quốc hội"} {
		if strings.HasSuffix(before, f) {
			return true
		}
	}
	fields := strings.Fields(before)
	if len(fields) == 0 {
		return false
	}
	last := fields[len(fields)-1]
	return strings.Contains(last, "/") && isDigit(rune(last[0]))
}

func insideQuotes(text string, i int) bool {
	return strings.Count(text[:i], "“") > strings.Count(text[:i], "”")
}

// splitSentences cuts at full stops that end a sentence and at line ends; numbers and
// abbreviations keep theirs.
func splitSentences(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		start := 0
		for i := 0; i+2 < len(line); i++ {
			if line[i] == '.' && line[i+1] == ' ' && startsUpper(line[i+2:]) && (i == 0 || !isDigit(rune(line[i-1])) || i > 3) && strings.Count(line[start:i], "“") <= strings.Count(line[start:i], "”") {
				out = append(out, line[start:i+1])
				start = i + 2
			}
		}
		if s := strings.TrimSpace(line[start:]); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// startsWithReference reports whether an item of a list begins by naming what it is about.
func startsWithReference(text string) bool {
	t := strings.TrimLeft(text, "-+•* ")
	ms := References(t, corpus.Provision{Instrument: "x", Article: "x"})
	return len(ms) > 0 && ms[0].Start < 12
}
