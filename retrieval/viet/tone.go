package viet

// placeTone puts the tone mark where the present school rule has it, on a lower-case
// word: "hoà" → "hòa", "thuỷ" → "thủy", "tóan" → "toán", "ngừơi" → "người", "qúy" →
// "quý". It changes the slice in place. Words with no tone or several are left alone.
func placeTone(w []rune) []rune {
	for range 3 { // "thúyên" moves twice
		if !moveTone(w) {
			break
		}
	}
	return w
}

// moveTone moves a misplaced tone by one letter and reports whether it did.
func moveTone(w []rune) bool {
	at := -1
	for i, r := range w {
		if v, ok := vowels[r]; ok && v.tone != Level {
			if at >= 0 {
				return false
			}
			at = i
		}
	}
	if at < 0 {
		return false
	}
	base, tone := split(w[at])
	move := func(from, to int) {
		b, _ := split(w[to])
		w[from], w[to] = base, withTone(b, tone)
	}
	last := len(w) - 1
	switch {
	case at == last && at > 0 && opens(w, at-1):
		move(at, at-1)
	case at < last && belongsRight(w, at, base):
		move(at, at+1)
	default:
		return false
	}
	return true
}

// opens reports whether w ends in oa, oe or uy starting at i, which take the tone on the
// first letter; never after q, where u is part of the consonant.
func opens(w []rune, i int) bool {
	second, _ := split(w[i+1])
	switch w[i] {
	case 'o':
		return second == 'a' || second == 'e'
	case 'u':
		return second == 'y' && (i == 0 || w[i-1] != 'q')
	}
	return false
}

// belongsRight reports whether the tone at i must sit on the next letter: inside iê, yê,
// uô, ươ; on u after q; in oa, oe, uy with a letter after them.
func belongsRight(w []rune, i int, base rune) bool {
	next := w[i+1]
	if !isVowel(next) {
		return false
	}
	closed := i+2 < len(w) && !isVowel(w[i+2])
	switch base {
	case 'i', 'y':
		return next == 'ê'
	case 'ư':
		return next == 'ơ'
	case 'u':
		return next == 'ô' || i > 0 && w[i-1] == 'q' || next == 'y' && i+2 < len(w)
	case 'o':
		return next == 'ă' || (next == 'a' || next == 'e') && closed
	}
	return false
}
