package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
)

// changeWords are what a note says was done to an article, strongest first.
var changeWords = []struct {
	word string
	kind corpus.RelationKind
}{
	{"thay thế", corpus.Replaces},
	{"bãi bỏ", corpus.Repeals},
	{"hết hiệu lực", corpus.Repeals},
	{"ngưng hiệu lực", corpus.Suspends},
	{"sửa đổi", corpus.Amends},
	{"bổ sung", corpus.Amends},
}

// changeStart finds where the note turns from the article's own span to its changes;
// -1 where it has none.
func changeStart(s string) int {
	at := -1
	for _, mark := range []string{", có nội dung", "có nội dung", ", được", ", bị", " được bổ sung", " bị bãi bỏ"} {
		if i := strings.Index(s, mark); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	return at
}

// readChanges reads ", có nội dung được sửa đổi bởi Điều 1 Luật số … có hiệu lực … ; Điều 2 …".
// A change that leaves part of the article standing ("có nội dung …") is Amends even where
// the part was repealed; only "bị bãi bỏ" of the article itself is Repeals.
func (n *codifiedNote) readChanges(s string) {
	i := changeStart(s)
	if i < 0 {
		return
	}
	s = strings.TrimRight(s[i:], " .)")
	verb, sources := s, ""
	for _, mark := range []string{" bởi ", " theo quy định tại ", " tại "} {
		if a, b, ok := strings.Cut(s, mark); ok {
			verb, sources = a, b
			break
		}
	}
	kind, whole := changeKind(verb)
	for part := range strings.SplitSeq(sources, ";") {
		by := changeSource(part)
		if len(by) == 0 {
			continue
		}
		c := noteChange{Kind: kind, Whole: whole, By: by, Evidence: strings.Trim(verb+" bởi "+strings.TrimSpace(part), " ,")}
		c.Effective, _ = dayAfter(part, "từ ngày ")
		n.Changes = append(n.Changes, c)
	}
}

func changeKind(verb string) (kind corpus.RelationKind, whole bool) {
	partly := strings.Contains(verb, "có nội dung")
	kind = corpus.Amends
	for _, w := range changeWords {
		if !strings.Contains(verb, w.word) {
			continue
		}
		kind = w.kind
		break
	}
	switch {
	case !partly && kind != corpus.Amends:
		return kind, true
	case !partly && strings.Contains(verb, "được bổ sung") && !strings.Contains(verb, "sửa đổi"):
		return corpus.Amends, true
	case kind == corpus.Suspends:
		return corpus.Suspends, false
	}
	return corpus.Amends, false
}

// changeSource reads "Điều 3, Điều 4 Thông tư số 13/2022/TT-BNNPTNT có hiệu lực …".
func changeSource(s string) []corpus.Provision {
	if i := strings.Index(s, inForce); i >= 0 {
		s = s[:i]
	}
	at, word := findType(s)
	if at < 0 {
		return nil
	}
	var h codifiedNote
	h.Type = word
	h.readNumber(strings.TrimSpace(s[at+len(word):]))
	if h.Number == "" {
		return nil
	}
	number := InstrumentNumber(h.Type, h.Number)
	var by []corpus.Provision
	for _, part := range strings.Split(s[:at], "Điều ")[1:] {
		if w := articleWidth(part); w > 0 {
			by = append(by, corpus.Provision{Instrument: number, Article: part[:w]})
		}
	}
	if len(by) == 0 {
		by = append(by, corpus.Provision{Instrument: number})
	}
	return by
}
