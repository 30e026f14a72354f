package place

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the key under which names that differ only in case, marks, tone placement,
// encoding form or punctuation meet: "Phường Bến Nghé" → "phuong ben nghe". Idempotent.
func Fold(s string) string {
	var b strings.Builder
	for _, w := range words(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.plain)
	}
	return b.String()
}

// Normal returns s in NFC with the tone mark where our table writes it: "hoà" → "hòa",
// "thuỷ" → "thủy"; "toàn", "quý" and text outside Vietnamese stay. Idempotent.
func Normal(s string) string {
	s = norm.NFC.String(s)
	if !strings.ContainsAny(s, lateTones) {
		return s
	}
	runes := []rune(s)
	for i := 1; i < len(runes); i++ {
		first, last, ok := moveTone(runes[i-1], runes[i])
		if !ok || (i+1 < len(runes) && unicode.IsLetter(runes[i+1])) {
			continue
		}
		if i >= 2 && unicode.ToLower(runes[i-2]) == 'q' {
			continue // in "quý" the u belongs to the consonant
		}
		runes[i-1], runes[i] = first, last
	}
	return string(runes)
}

// lateTones are the second vowels that may carry a tone our spelling puts on the first.
const lateTones = "àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ"

// moveTone shifts a tone from b to a in the open pairs oa, oe and uy.
func moveTone(a, b rune) (rune, rune, bool) {
	low := unicode.ToLower(b)
	at := strings.IndexRune("àáảãạèéẻẽẹỳýỷỹỵ", low)
	if at < 0 {
		return a, b, false
	}
	n := utf8.RuneCountInString("àáảãạèéẻẽẹỳýỷỹỵ"[:at])
	base := []rune("aey")[n/5]
	var tones string
	switch {
	case unicode.ToLower(a) == 'o' && base != 'y':
		tones = "òóỏõọ"
	case unicode.ToLower(a) == 'u' && base == 'y':
		tones = "ùúủũụ"
	default:
		return a, b, false
	}
	first := []rune(tones)[n%5]
	if unicode.IsUpper(a) {
		first = unicode.ToUpper(first)
	}
	if unicode.IsUpper(b) {
		base = unicode.ToUpper(base)
	}
	return first, base, true
}

// word is one run of letters or of digits in a text, with its bytes [start, end).
type word struct {
	start, end int
	marked     string // lower case, NFC, our tone placement
	plain      string // marked without any mark
	title      bool   // begins with a capital, or is a number
	gap        string // what stands before it, back to the word before
}

// bare reports whether the writer put no mark on the word.
func (w word) bare() bool { return w.marked == w.plain }

// words cuts s. Letters and digits part ("q1" is two words); combining marks stay with
// their letter, so that NFD text is cut as NFC is.
func words(s string) []word {
	var out []word
	last := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		class := classOf(r)
		if class == 0 {
			i += size
			continue
		}
		start := i
		for i < len(s) {
			r, size = utf8.DecodeRuneInString(s[i:])
			if c := classOf(r); c != class && (class != 1 || !unicode.Is(unicode.Mn, r)) {
				break
			}
			i += size
		}
		out = append(out, newWord(s, start, i, s[last:start]))
		last = i
	}
	return out
}

// classOf tells letters (1) from digits (2) and the rest (0).
func classOf(r rune) int {
	switch {
	case unicode.IsLetter(r):
		return 1
	case r >= '0' && r <= '9':
		return 2
	}
	return 0
}

func newWord(s string, start, end int, gap string) word {
	raw := s[start:end]
	first, _ := utf8.DecodeRuneInString(raw)
	marked := Normal(strings.ToLower(norm.NFC.String(raw)))
	if classOf(first) == 2 {
		if marked = strings.TrimLeft(marked, "0"); marked == "" {
			marked = "0"
		}
	}
	return word{
		start: start, end: end, gap: gap, marked: marked, plain: stripMarks(marked),
		title: unicode.IsUpper(first) || classOf(first) == 2,
	}
}

// stripMarks takes lower-case text down to its base letters; đ becomes d.
func stripMarks(s string) string {
	plain := make([]byte, 0, len(s))
	for _, r := range s {
		switch base, known := baseLetters[r]; {
		case r < utf8.RuneSelf:
			plain = append(plain, byte(r))
		case known:
			plain = append(plain, base)
		default:
			return stripRare(s)
		}
	}
	return string(plain)
}

// baseLetters serve the Vietnamese alphabet, which is nearly all we ever see.
var baseLetters = func() map[rune]byte {
	m := map[rune]byte{}
	for base, letters := range map[byte]string{
		'a': "àáảãạăằắẳẵặâầấẩẫậ", 'e': "èéẻẽẹêềếểễệ", 'i': "ìíỉĩị", 'o': "òóỏõọôồốổỗộơờớởỡợ",
		'u': "ùúủũụưừứửữự", 'y': "ỳýỷỹỵ", 'd': "đ",
	} {
		for _, r := range letters {
			m[r] = base
		}
	}
	return m
}()

// stripRare does the same for any letters.
func stripRare(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case unicode.Is(unicode.Mn, r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
