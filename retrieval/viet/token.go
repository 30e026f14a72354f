package viet

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Kind says what a token is.
type Kind uint8

// Word is a syllable or foreign word; Number a number without its separators of
// thousands; Ref an extra token laid over others: a legal reference or a code, whole.
const (
	Word Kind = iota
	Number
	Ref
)

// Token is one unit of text. Start and End are byte offsets into the text it was cut
// from: text[Start:End] are the writer's own bytes.
type Token struct {
	Text  string // normal form, "§…" for a Ref
	Fold  string // Text without marks
	Start int
	End   int
	Kind  Kind
}

// Tokenizer cuts text. It remembers the words it has met, so that each is brought to its
// normal form once. It is not safe for concurrent use; the zero value is ready.
type Tokenizer struct {
	// Remember is how many words it keeps at most; 0 means 524,288.
	Remember int

	words map[string]forms
	ids   map[string]string
}

type forms struct{ text, fold string }

// maxRemembered bounds the memory of a Tokenizer fed with nonsense.
const maxRemembered = 1 << 19

func (t *Tokenizer) full(n int) bool {
	if t.Remember > 0 {
		return n >= t.Remember
	}
	return n >= maxRemembered
}

// MaxToken is the longest word kept, in bytes; what is longer is cut into pieces.
const MaxToken = 64

// Tokenize cuts text into base tokens followed by the Ref tokens laid over them, each
// group in reading order. It never fails: bytes that are no text separate words.
func Tokenize(text string) []Token {
	t := tokenizers.Get().(*Tokenizer)
	defer tokenizers.Put(t)
	base, refs := t.Cut(text, nil, nil)
	return append(base, refs...)
}

// tokenizers are kept for the words they remember: those of questions come back.
var tokenizers = sync.Pool{New: func() any { return &Tokenizer{Remember: 1 << 14} }}

// Cut appends the base tokens of text to base and its Ref tokens to refs.
func (t *Tokenizer) Cut(text string, base, refs []Token) ([]Token, []Token) {
	first := len(base)
	base = t.words_(text, base)
	return base, t.references(text, base[first:], refs)
}

// words_ cuts the base tokens: runs of letters and runs of digits. A number keeps its
// separators in the text but not in its form.
func (t *Tokenizer) words_(text string, out []Token) []Token {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c >= '0' && c <= '9':
			end := numberEnd(text, i)
			out = append(out, t.number(text, i, end))
			i = end
		case c >= 0x80 || c|0x20 >= 'a' && c|0x20 <= 'z':
			end, ok := wordEnd(text, i)
			if ok {
				if f := t.forms(text[i:end]); f.text != "" {
					out = append(out, Token{Text: f.text, Fold: f.fold, Start: i, End: end})
				}
			}
			i = end
		default:
			i++
		}
	}
	return out
}

// wordEnd returns the end of the run of letters starting at i; ok is false, and end just
// past the rune, where none starts there. A run stops at an ASCII digit.
func wordEnd(text string, i int) (end int, ok bool) {
	start := i
	for i < len(text) {
		c := text[i]
		n := 1
		if c < 0x80 {
			if c|0x20 < 'a' || c|0x20 > 'z' {
				break
			}
		} else {
			var r rune
			r, n = utf8.DecodeRuneInString(text[i:])
			if !wordRune(r, n) {
				break
			}
		}
		if i+n-start > MaxToken {
			break
		}
		i += n
	}
	if i == start {
		_, n := utf8.DecodeRuneInString(text[i:])
		return i + n, false
	}
	return i, true
}

// numberEnd returns the end of the number starting at i: digits with single dots or
// commas between groups ("70.000", "5,5"); at most MaxToken bytes.
func numberEnd(text string, i int) int {
	start := i
	for i < len(text) && i-start < MaxToken {
		c := text[i]
		if c >= '0' && c <= '9' {
			i++
			continue
		}
		if (c == '.' || c == ',') && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9' {
			i++
			continue
		}
		break
	}
	return i
}

// number gives the form of a number: "70.000" and "70,000" are "70000", "5,5" is "5.5",
// "01" is "1". What is none of these ("1.2.3") keeps its points.
func (t *Tokenizer) number(text string, start, end int) Token {
	raw := text[start:end]
	form := raw
	if strings.ContainsAny(raw, ".,") {
		form = numberForm(raw)
	} else if len(raw) > 1 && raw[0] == '0' {
		form = strings.TrimLeft(raw, "0")
		if form == "" {
			form = "0"
		}
	}
	return Token{Text: form, Fold: form, Start: start, End: end, Kind: Number}
}

func numberForm(raw string) string {
	groups := strings.FieldsFunc(raw, func(r rune) bool { return r == '.' || r == ',' })
	thousands := len(groups[0]) <= 3
	for _, g := range groups[1:] {
		thousands = thousands && len(g) == 3
	}
	if thousands {
		return strings.Join(groups, "")
	}
	return strings.Join(groups, ".")
}

func (t *Tokenizer) forms(raw string) forms {
	if f, ok := t.words[raw]; ok {
		return f
	}
	f := forms{text: strings.Map(dropMarksAlone, NormalizeWord(raw))}
	f.fold = Fold(f.text)
	if f.fold == "" {
		f = forms{}
	}
	if t.words == nil || t.full(len(t.words)) {
		t.words = make(map[string]forms)
	}
	t.words[strings.Clone(raw)] = f
	return f
}

// dropMarksAlone drops combining marks that no letter took up.
func dropMarksAlone(r rune) rune {
	if r >= 0x300 && unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}
