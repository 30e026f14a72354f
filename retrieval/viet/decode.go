package viet

// Decode reads keys of Telex or VNI left in base tokens: glued letters and digits
// ("d9uong2") and words known does not know ("dduowngf"). A decoded token spans the bytes
// it was read from. A single VNI word of a letter group and one last digit ("a1", "b2")
// is left alone unless another word of the text was decoded too: it is rather a class or
// a number. The tokens given are not changed; when nothing is decoded they are returned.
func Decode(text string, toks []Token, known func(string) bool) []Token {
	sure := 0
	for i := range toks {
		if w, n := typed(text, toks[i:], known); w != "" && (n != 2 || len(toks[i].Text) > 3) {
			sure++
		}
	}
	if sure == 0 {
		return toks
	}
	out := make([]Token, 0, len(toks))
	for i := 0; i < len(toks); {
		w, n := typed(text, toks[i:], known)
		if w == "" {
			out = append(out, toks[i])
			i++
			continue
		}
		out = append(out, Token{Text: w, Fold: Fold(w), Start: toks[i].Start, End: toks[i+n-1].End})
		i += n
	}
	return out
}

// typed decodes the word that toks begin with; n is how many tokens it takes.
func typed(text string, toks []Token, known func(string) bool) (word string, n int) {
	if toks[0].Kind != Word || toks[0].Text != toks[0].Fold {
		return "", 0
	}
	n = 1
	for n < len(toks) && toks[n].Start == toks[n-1].End && toks[n].Text == toks[n].Fold && toks[n].Kind != Ref {
		n++
	}
	raw := text[toks[0].Start:toks[n-1].End]
	if n == 1 && known(toks[0].Text) {
		return "", 0
	}
	if w, ok := Untype(raw); ok && known(w) {
		return w, n
	}
	return "", 0
}
