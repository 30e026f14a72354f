package viet

import "strings"

// placed reads an address inside an instrument that begins at token i: "điểm a khoản 2
// Điều 15", "khoản 2 Điều 15", "Điều 15", also without marks and also from the article
// down ("Điều 15 khoản 2"). n counts the tokens taken.
func (r *recogniser) placed(i int, refs []Token) (n int, out []Token) {
	var article, clause, point string
	j := i
	for range 3 {
		if j+1 >= len(r.toks) || strings.Trim(r.between(j), " ,;") != "" {
			break
		}
		word, value := r.toks[j], r.toks[j+1]
		switch {
		case article == "" && isWord(word, "điều", "dieu") && value.Kind == Number:
			article = value.Text + r.suffix(j+1)
		case clause == "" && isWord(word, "khoản", "khoan") && value.Kind == Number:
			clause = value.Text + r.suffix(j+1)
		case point == "" && isWord(word, "điểm", "diem") && value.Kind == Word && len([]rune(value.Text)) == 1:
			point = value.Text
		default:
			word.Kind = Ref
		}
		if word.Kind == Ref {
			break
		}
		j += 2
		if j < len(r.toks) && len(r.suffix(j-1)) > 0 {
			j++
		}
		if j-1 >= len(r.toks) || strings.Trim(r.between(j-1), " ,") != "" {
			break
		}
	}
	if article == "" {
		return 0, refs
	}
	refs = r.add(refs, i, j-1, "dieu:"+article)
	if clause != "" {
		refs = r.add(refs, i, j-1, "dieu:"+article+":"+clause)
		if point != "" {
			refs = r.add(refs, i, j-1, "dieu:"+article+":"+clause+":"+point)
		}
	}
	return j - i, refs
}

// suffix is the letter glued to the number at token i: the "a" of "Điều 15a".
func (r *recogniser) suffix(i int) string {
	if r.between(i) == "" && i+1 < len(r.toks) && r.toks[i+1].Kind == Word && len(r.toks[i+1].Fold) == 1 {
		return r.toks[i+1].Text
	}
	return ""
}

// isWord accepts the word with its marks, or wholly without them.
func isWord(t Token, marked, folded string) bool { return t.Text == marked || t.Text == folded }
