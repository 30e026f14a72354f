package extract

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The sounds of written Vietnamese, without tone. Rimes after "qu" that are not rimes
// elsewhere stand in their own list.
var (
	rimes = wordSet(`a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
		e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
		o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
		ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt
		up ut uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
		y yêm yên yêng yêt yêu`)
	rimesAfterQu = wordSet(`ych ynh yt yn yp yu yên yêt ya`)
	onsets       = []string{
		"ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr",
		"b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
	}
)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// IsSyllable reports whether word, in any case, could be one written Vietnamese syllable:
// an onset, a rime that goes with it, and a tone the rime can carry. It knows no meaning,
// so "phưởng" passes.
func IsSyllable(word string) bool {
	plain, tone, tones := splitTone(word)
	if plain == "" || tones > 1 {
		return false
	}
	for _, onset := range onsets {
		rime, ok := strings.CutPrefix(plain, onset)
		if ok && fits(onset, rime) && toneFits(rime, tone) {
			return true
		}
	}
	return false
}

// fits applies the spelling rules: c, g, ng stand before back vowels; k, gh, ngh before
// e, ê, i, y.
func fits(onset, rime string) bool {
	if onset == "qu" && rimesAfterQu[rime] {
		return true
	}
	if !rimes[rime] {
		return false
	}
	first, _ := firstRune(rime)
	front := strings.ContainsRune("eêiy", first)
	switch onset {
	case "c", "ng":
		return !front
	case "g":
		return !front || first == 'i' // gì, gìn
	case "k", "gh", "ngh":
		return front
	case "qu":
		return !strings.ContainsRune("uưo", first)
	}
	return true
}

// toneFits: a rime that ends in a stop is only ever sắc or nặng, or carries no mark, as
// some names do (Đắk Lắk).
func toneFits(rime string, tone rune) bool {
	stop := strings.HasSuffix(rime, "c") || strings.HasSuffix(rime, "ch") || strings.HasSuffix(rime, "p") || strings.HasSuffix(rime, "t")
	return !stop || tone == 0 || tone == '\u0301' || tone == '\u0323'
}

// splitTone takes the tone mark off a lower-cased word and counts the marks it saw.
func splitTone(word string) (plain string, tone rune, tones int) {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
			tone = r
			tones++
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String()), tone, tones
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

// SyllableShare is the share, 0 to 1, of the words of text that are possible Vietnamese
// syllables. Single letters, numbers and codes such as "QH15" or "UBND" are not counted;
// a word of letters and digits mixed, as bad recognition makes them, counts as wrong.
// Text without a countable word has share 0.
func SyllableShare(text string) float64 {
	good, all := countSyllables(text)
	if all == 0 {
		return 0
	}
	return float64(good) / float64(all)
}

// webAddress matches what is not language at all.
var webAddress = regexp.MustCompile(`(?i)(?:https?://|www\.)\S+|\S+@\S+\.\S+`)

// markedShare is the share of the counted words that carry a Vietnamese mark. Running text
// has about 0.75; a text layer made by a program that knew no Vietnamese has almost none.
func markedShare(text string) float64 {
	marked, all := 0, 0
	for _, w := range strings.FieldsFunc(webAddress.ReplaceAllString(text, " "), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) < 2 || uncounted(w) {
			continue
		}
		all++
		if strings.ContainsFunc(w, func(r rune) bool { return r > 0x7f }) {
			marked++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(marked) / float64(all)
}

func countSyllables(text string) (good, all int) {
	known := map[string]bool{}
	text = webAddress.ReplaceAllString(text, " ")
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && r != unicode.ReplacementChar
	}) {
		ok, seen := known[w]
		if !seen {
			ok = IsSyllable(w)
			known[w] = ok
		}
		if !ok && uncounted(w) {
			continue
		}
		if ok && len([]rune(w)) == 1 && w[0] < 0x80 {
			continue
		}
		all++
		if ok {
			good++
		}
	}
	return good, all
}

// uncounted tells codes, numbers and single letters from words.
func uncounted(w string) bool {
	letters, digits, lower := 0, 0, 0
	for _, r := range w {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
			if unicode.IsLower(r) {
				lower++
			}
		default:
			return false
		}
	}
	switch {
	case letters == 0:
		return true
	case digits == 0 && letters == 1:
		return true
	case lower == 0 && letters <= 5: // UBND, QH15, BLĐTBXH
		return true
	}
	return false
}
