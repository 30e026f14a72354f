package viet

import (
	"strconv"
	"strings"
)

// Forms of Ref tokens. Letters in them are folded, so that an unmarked reference is the
// same token:
//
//	§123/2015/nd-cp   an instrument by its whole number, beside §123/2015
//	§63/2024          an instrument named by number and year
//	§dieu:15          an article; §dieu:15:2 its clause; §dieu:15:2:a its point
//	§1.001193         a procedure by its code
const refMark = "§"

// instrumentWords are the folded last syllables of the names of instruments, and their
// short forms, that may stand before a number ("nghị định 63 năm 2024", "nđ 123/2015").
var instrumentWords = map[string]bool{
	"dinh": true, "luat": true, "tu": true, "lenh": true, "quyet": true, "thi": true, "tich": true, "so": true,
	"nd": true, "tt": true, "qd": true, "nq": true, "ttlt": true, "bl": true, "hop": true, "nhat": true,
}

// references appends the Ref tokens found over the base tokens of text.
func (t *Tokenizer) references(text string, base []Token, refs []Token) []Token {
	r := recogniser{t: t, text: text, toks: base}
	for i := 0; i < len(base); {
		n := 0
		switch {
		case base[i].Kind == Number:
			n, refs = r.numbered(i, refs)
		case len(base[i].Fold) >= 4:
			n, refs = r.placed(i, refs)
		}
		i += max(n, 1)
	}
	return refs
}

type recogniser struct {
	t    *Tokenizer
	text string
	toks []Token
}

// between is what stands between token i and the next, without spaces around a sign.
func (r *recogniser) between(i int) string {
	if i < 0 || i+1 >= len(r.toks) {
		return "\n"
	}
	s := r.text[r.toks[i].End:r.toks[i+1].Start]
	if len(s) > 3 {
		return "\n"
	}
	if s == "" || s == " " {
		return s
	}
	switch s = strings.TrimSpace(s); s {
	case "–", "‑", "−", "‐":
		return "-"
	}
	return s
}

func isYear(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && len(s) == 4 && n >= 1930 && n <= 2099
}

// numbered reads what a number at i may begin: an instrument's number, a number with its
// year, a procedure code. n counts the tokens taken.
func (r *recogniser) numbered(i int, refs []Token) (n int, out []Token) {
	tok := r.toks[i]
	raw := r.text[tok.Start:tok.End]
	if isCode(raw) {
		return 1, r.add(refs, i, i, raw)
	}
	if strings.ContainsAny(raw, ".,") || len(raw) > 5 {
		return 1, refs
	}
	num := tok.Text
	switch r.between(i) {
	case "/":
		if isYear(r.toks[i+1].Text) {
			if end, letters := r.letters(i + 1); letters != "" {
				refs = r.add(refs, i, end, num+"/"+r.toks[i+1].Text+"/"+letters)
				return end - i + 1, r.add(refs, i, i+1, num+"/"+r.toks[i+1].Text)
			}
			if r.named(i) {
				return 2, r.add(refs, i, i+1, num+"/"+r.toks[i+1].Text)
			}
			return 1, refs
		}
		if end, letters := r.letters(i); strings.Contains(letters, "-") || r.named(i) && letters != "" {
			return end - i + 1, r.add(refs, i, end, num+"/"+letters)
		}
	case " ", "":
		j := i + 1
		if f := r.toks[j].Fold; f == "nam" && r.between(j) == " " {
			j++
		}
		if isYear(r.toks[j].Text) && r.named(i) {
			return j - i + 1, r.add(refs, i, j, num+"/"+r.toks[j].Text)
		}
	}
	return 1, refs
}

// letters reads "/NĐ-CP", "/QH13", "/TTLT-BTP-BNG" after token i; end is its last token.
func (r *recogniser) letters(i int) (end int, form string) {
	if r.between(i) != "/" || r.toks[i+1].Kind != Word || len(r.toks[i+1].Fold) > 8 {
		return i, ""
	}
	var b strings.Builder
	end = i + 1
	b.WriteString(r.toks[end].Fold)
	for range 8 {
		switch sep := r.between(end); {
		case sep == "" && r.toks[end+1].Kind == Number && len(r.toks[end+1].Text) <= 2:
		case sep == "-" && r.toks[end+1].Kind == Word && len(r.toks[end+1].Fold) <= 8 && r.tight(end):
			b.WriteByte('-')
		default:
			return end, b.String()
		}
		end++
		b.WriteString(r.toks[end].Fold)
	}
	return end, b.String()
}

// tight reports whether the sign after token i leans on it or on the next: a dash with
// spaces on both sides begins something else, unless the letters are capitals.
func (r *recogniser) tight(i int) bool {
	s := r.text[r.toks[i].End:r.toks[i+1].Start]
	return s[0] != ' ' || s[len(s)-1] != ' '
}

// named reports whether the word before the number at i names a kind of instrument.
func (r *recogniser) named(i int) bool {
	return i > 0 && strings.TrimSpace(r.between(i-1)) == "" && instrumentWords[r.toks[i-1].Fold] ||
		i > 0 && r.between(i-1) == ":" && r.toks[i-1].Fold == "so"
}

// isCode reports whether raw is a procedure code: one digit, a point, six digits.
func isCode(raw string) bool { return len(raw) == 8 && raw[1] == '.' && strings.Count(raw, ".") == 1 }

func (r *recogniser) add(refs []Token, from, to int, form string) []Token {
	form = r.t.intern(refMark + form)
	return append(refs, Token{Text: form, Fold: form, Start: r.toks[from].Start, End: r.toks[to].End, Kind: Ref})
}

// intern keeps one copy of a form.
func (t *Tokenizer) intern(s string) string {
	if got, ok := t.ids[s]; ok {
		return got
	}
	if t.ids == nil || t.full(len(t.ids)) {
		t.ids = make(map[string]string)
	}
	t.ids[s] = s
	return s
}
