package assistant

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/retrieval/viet"
)

// maxHidden bounds how many encoded runs of one text are opened.
const maxHidden = 8

// attacked reports whether the text, or what hides in it, tries to turn the assistant
// from its task, and by which rule.
func attacked(text string) (rule string, yes bool) {
	return suspect(text, unveiled(text), attackBook)
}

// refusedFor reports whether a question is an attack or asks for help with what the law
// forbids, and by which rule. Asking what the law says about a crime is welcome; asking
// how to commit one is not.
func refusedFor(text string) (rule string, yes bool) {
	return suspect(text, unveiled(text), attackBook, harmBook)
}

func suspect(text string, forms []cueText, books ...*cueBook) (rule string, yes bool) {
	for _, form := range forms {
		for _, b := range books {
			if r, hit := b.fires(form); hit {
				return r, true
			}
		}
	}
	lower := strings.ToLower(text)
	for _, sign := range frameSigns {
		if strings.Contains(lower, sign) {
			return "frame of a machine's talk", true
		}
	}
	return "", false
}

// frameSigns are the marks by which talk with a model is framed; a citizen writes none.
var frameSigns = []string{
	"</system", "<system>", "[system]", "<|im_", "<|system", "[inst]", "[/inst]", "<<sys", "### system", "### instruction", "###instruction", "system:", "begin_system", "<|endoftext", "{{system", "' or '1'='1", "or 1=1", "\" or \"\"=\"",
	"; drop table", "rm -rf", "${jndi", "/etc/passwd", "../../",
}

// unveiled returns the ways to read a text: as it stands, with keys left as typed made
// letters, with digits for letters put back, with letters set apart joined, and what
// stands in it as Base64, hex or escapes.
func unveiled(text string) []cueText {
	text = named.Replace(text)
	forms := dressed(text)
	for _, s := range opened(text) {
		forms = append(forms, dressed(s)...)
	}
	return forms
}

// named gives masked numbers a word of their own that rules can name.
var named = strings.NewReplacer("[biển số xe]", " xmasked ", "[số điện thoại]", " xmasked ", "[số định danh]", " xmasked ", "[số giấy tờ]", " xmasked ", "[số CMND]", " xmasked ", "[số tài khoản]", " xmasked ")

// dressed returns the readings that need no decoding.
func dressed(text string) []cueText {
	plain := readCues(text)
	forms := []cueText{plain}
	if t, ok := untyped(plain); ok {
		forms = append(forms, t)
	}
	if s := unleet(text); s != text {
		forms = append(forms, readCues(s))
	}
	if s := joined(text); s != text {
		forms = append(forms, readCues(s))
	}
	return forms
}

// untyped reads the keys of Telex or VNI left in a text: "huwowngs daanx". One such word
// alone may be English.
func untyped(t cueText) (cueText, bool) {
	out := cueText{words: make([]cueWord, len(t.words))}
	copy(out.words, t.words)
	sure := 0
	for i, w := range t.words {
		if w.text != w.fold {
			continue
		}
		if s, ok := viet.Untype(w.text); ok {
			out.words[i].text, out.words[i].fold = s, viet.Fold(s)
			sure++
		}
	}
	return out, sure > 1
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// unleet puts letters for the digits and signs inside words: "1gn0r3". Numbers stay.
func unleet(s string) string {
	fields := strings.Split(s, " ")
	for i, f := range fields {
		core := strings.TrimRight(f, "!")
		if strings.ContainsAny(core, "0134578@$!") && strings.ContainsFunc(core, unicode.IsLetter) {
			fields[i] = leet.Replace(core)
		}
	}
	return strings.Join(fields, " ")
}

// opened returns what stands in the text in another code.
func opened(text string) (out []string) {
	if strings.Contains(text, "%") {
		if s, err := url.PathUnescape(text); err == nil && s != text && printable(s) {
			out = append(out, s)
		}
	}
	if strings.Contains(text, "&") {
		if s := html.UnescapeString(text); s != text {
			out = append(out, s)
		}
	}
	runs := 0
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !encoded(r) }) {
		if len(run) < 16 {
			continue
		}
		if runs++; runs > maxHidden {
			break
		}
		if s, ok := decoded(run); ok {
			out = append(out, s)
		}
	}
	return out
}

func encoded(r rune) bool {
	return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("+/_-=", r))
}

func decoded(run string) (string, bool) {
	run = strings.Trim(run, "=")
	if b, err := hex.DecodeString(run); err == nil && utf8.Valid(b) && printable(string(b)) {
		return string(b), true
	}
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		b, err := enc.DecodeString(run)
		if err == nil && utf8.Valid(b) && printable(string(b)) {
			return string(b), true
		}
	}
	return "", false
}

func printable(s string) bool {
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' {
			return false
		}
	}
	return viet.Fold(s) != ""
}

// firstCue returns the first of the phrases that stands in a text made by spaced.
func firstCue(folded string, cues []string) (string, bool) {
	for _, c := range cues {
		if strings.Contains(folded, " "+c+" ") {
			return c, true
		}
	}
	return "", false
}

// spaced folds a text to words with a space around each.
func spaced(s string) string { return " " + strings.Join(foldedWords(s), " ") + " " }
