package viet

import "strings"

// telexTones and vniTones are the keys that put a tone on a syllable.
var (
	telexTones = map[rune]Tone{'f': Falling, 's': Rising, 'r': Asking, 'x': Tumbling, 'j': Heavy}
	vniTones   = map[rune]Tone{'2': Falling, '1': Rising, '3': Asking, '4': Tumbling, '5': Heavy}
	vniHats    = map[rune]string{'6': "aâeêoô", '7': "oơuư", '8': "aă", '9': "dđ"}
)

// Untype reads a word in which the keys of Telex or VNI were left as typed: "dduowngf" and
// "d9uong2" are "đường". ok is true only when the result is a Vietnamese syllable with a
// mark and the keys themselves are no syllable without marks.
func Untype(raw string) (word string, ok bool) {
	raw = strings.ToLower(raw)
	if len(raw) < 2 || len(raw) > 12 || !lowerASCII(raw) || IsBareSyllable(raw) {
		return "", false
	}
	if strings.ContainsAny(raw, "0123456789") {
		word, ok = fromVNI(raw)
	} else {
		word, ok = fromTelex(raw)
	}
	if ok && !IsSyllable(word) {
		word = complete(word)
	}
	if !ok || !Marked(word) || !IsSyllable(word) {
		return "", false
	}
	return word, true
}

// clusters are vowel groups that exist only with marks, for those who type the tone and
// leave the hook out: "d9uong2".
var clusters = strings.NewReplacer("uo", "ươ", "uò", "ườ", "uó", "ướ", "uỏ", "ưở", "uõ", "ưỡ", "uọ", "ượ",
	"ie", "iê", "iè", "iề", "ié", "iế", "iẻ", "iể", "iẽ", "iễ", "iẹ", "iệ", "ye", "yê", "yè", "yề", "yé", "yế", "yẻ", "yể", "yẽ", "yễ", "yẹ", "yệ")

func complete(word string) string { return clusters.Replace(word) }

func fromTelex(raw string) (string, bool) {
	var out []rune
	tone := Level
	for i, r := range raw {
		if t, is := telexTones[r]; is && i > 0 && hasVowel(out) && !(r == 'r' && last(out) == 't') {
			tone = t
			continue
		}
		switch {
		case r == 'z' && i > 0:
			tone = Level
		case r == 'w':
			if !hook(out) {
				out = append(out, 'ư')
			}
		case strings.ContainsRune("aeo", r) && hat(out, r):
		case r == 'd' && len(out) > 0 && out[0] == 'd':
			out[0] = 'đ'
		default:
			out = append(out, r)
		}
	}
	return applyTone(out, tone)
}

func last(out []rune) rune {
	if len(out) == 0 {
		return 0
	}
	return out[len(out)-1]
}

func hasVowel(out []rune) bool {
	for _, r := range out {
		if isVowel(r) {
			return true
		}
	}
	return false
}

// hat turns the last a, e or o typed before into â, ê or ô; a consonant may stand between
// ("toanf" has none, "dodong" would).
func hat(out []rune, r rune) bool {
	hats := map[rune]rune{'a': 'â', 'e': 'ê', 'o': 'ô'}
	for i := len(out) - 1; i >= 0; i-- {
		if out[i] == r && (i == len(out)-1 || !isVowel(out[len(out)-1])) {
			out[i] = hats[r]
			return true
		}
	}
	return false
}

// hook is what w does: ươ for uo, else ơ, ư or ă of the last such vowel.
func hook(out []rune) bool {
	for i := len(out) - 1; i >= 0; i-- {
		switch {
		case out[i] == 'o' && i > 0 && out[i-1] == 'u' && (i < 2 || out[i-2] != 'q'):
			out[i-1], out[i] = 'ư', 'ơ'
		case out[i] == 'o' && i > 0 && out[i-1] == 'ư':
			out[i] = 'ơ'
		case out[i] == 'a' && i > 0 && out[i-1] == 'u' && (i < 2 || out[i-2] != 'q'):
			out[i-1] = 'ư'
		case out[i] == 'a':
			out[i] = 'ă'
		case out[i] == 'o':
			out[i] = 'ơ'
		case out[i] == 'u':
			out[i] = 'ư'
		default:
			continue
		}
		return true
	}
	return false
}

func fromVNI(raw string) (string, bool) {
	var out []rune
	tone := Level
	for _, r := range raw {
		if r < '0' || r > '9' {
			out = append(out, r)
			continue
		}
		if len(out) == 0 {
			return "", false
		}
		if t, is := vniTones[r]; is {
			if !hasVowel(out) || tone != Level {
				return "", false
			}
			tone = t
			continue
		}
		if !vniMark(out, vniHats[r]) {
			return "", false
		}
	}
	return applyTone(out, tone)
}

// vniMark applies the last pair of plain and marked letter that fits; 7 marks both
// letters of uo.
func vniMark(out []rune, pairs string) bool {
	rs := []rune(pairs)
	for i := len(out) - 1; i >= 0; i-- {
		for j := 0; j+1 < len(rs); j += 2 {
			if out[i] != rs[j] {
				continue
			}
			if rs[j] == 'd' && i > 0 {
				return false
			}
			if rs[j+1] == 'ơ' && i > 0 && out[i-1] == 'u' && (i < 2 || out[i-2] != 'q') {
				out[i-1] = 'ư'
			}
			out[i] = rs[j+1]
			return true
		}
	}
	return false
}

// applyTone puts the tone where the school rule has it: on the marked vowel, else on the
// last of a closed or the first of an open group.
func applyTone(out []rune, tone Tone) (string, bool) {
	if tone == Level {
		return string(out), true
	}
	var at []int
	for i, r := range out {
		if isVowel(r) && !(r == 'u' && i > 0 && out[i-1] == 'q') && !(r == 'i' && i == 1 && out[0] == 'g' && len(out) > 2 && isVowel(out[2])) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return "", false
	}
	pick := at[0]
	closed := at[len(at)-1] < len(out)-1
	if len(at) == 3 || len(at) == 2 && closed {
		pick = at[1]
	}
	for _, i := range at {
		if strings.ContainsRune("ăâêôơư", out[i]) {
			pick = i // of ươ the last
		}
	}
	out[pick] = withTone(out[pick], tone)
	return string(placeTone(out)), true
}
