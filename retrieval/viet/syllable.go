package viet

import "strings"

// initials lists the consonants a syllable may begin with, longer ones first. "gi" and
// "qu" are handled apart: their vowel letter may belong to the rhyme.
var initials = []string{
	"ngh", "ng", "nh", "gh", "ch", "kh", "ph", "th", "tr",
	"b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
}

// rhymes lists every rhyme of the standard language without its tone.
var rhymes = set(`a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
	e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
	o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
	ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
	u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu
	ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu`)

// quRhymes follow "qu".
var quRhymes = set(`a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eng eo et ê ên ênh êch êt
	i ich inh it iu ơ ơi ơn ơt y ych yên yêt ynh yt yp ôc`)

// giRhymes follow "gi" where it is a consonant of its own.
var giRhymes = set(`a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âm ân âng âp ât âu ây e em en eo ep et ê ên êt êu
	o oa oan oi om on ong ot ô ôc ôi ông ơi ơn u ua um un uôc uôn ư ưa ưng ươ ương ươc ườm iêng iêc`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// foldedRhymes and the like answer the same for text without marks.
var foldedRhymes, foldedQu, foldedGi = foldSet(rhymes), foldSet(quRhymes), foldSet(giRhymes)

func foldSet(m map[string]bool) map[string]bool {
	out := map[string]bool{}
	for w := range m {
		out[Fold(w)] = true
	}
	return out
}

// IsSyllable reports whether a normalized word is a syllable of standard Vietnamese:
// initial, rhyme and tone go together ("đường", "quý", "gì"; not "duowng", "các̀").
func IsSyllable(w string) bool {
	base, tone, ok := toneless(w)
	if !ok {
		return false
	}
	rhyme, ok := rhymeOf(base, rhymes, quRhymes, giRhymes)
	if !ok {
		return false
	}
	if stopped(rhyme) && tone != Rising && tone != Heavy {
		return false
	}
	return true
}

// IsBareSyllable reports whether a word without marks may be a syllable whose marks were
// left out: "duong", "quy".
func IsBareSyllable(w string) bool {
	_, ok := rhymeOf(w, foldedRhymes, foldedQu, foldedGi)
	return ok
}

// toneless drops the tone; ok is false when a letter is no Vietnamese one or two tones
// stand in one word.
func toneless(w string) (base string, tone Tone, ok bool) {
	var b strings.Builder
	for _, r := range w {
		v, t := split(r)
		if t != Level {
			if tone != Level {
				return "", 0, false
			}
			tone = t
		}
		b.WriteRune(v)
	}
	return b.String(), tone, b.Len() > 0 && b.Len() <= 12
}

func rhymeOf(base string, all, qu, gi map[string]bool) (string, bool) {
	if rest, ok := strings.CutPrefix(base, "qu"); ok {
		return rest, qu[rest]
	}
	if rest, ok := strings.CutPrefix(base, "gi"); ok && gi[rest] {
		return rest, true
	}
	if all[base] {
		return base, true
	}
	for _, c := range initials {
		if rest, ok := strings.CutPrefix(base, c); ok && all[rest] && spelled(c, rest) {
			return rest, true
		}
	}
	return "", false
}

// spelled applies the rule of k, gh, ngh before e, ê, i, y and of c, g, ng elsewhere.
func spelled(initial, rhyme string) bool {
	front := strings.HasPrefix(rhyme, "e") || strings.HasPrefix(rhyme, "ê") || strings.HasPrefix(rhyme, "i") || strings.HasPrefix(rhyme, "y")
	switch initial {
	case "k", "gh", "ngh":
		return front
	case "c", "ng":
		return !front
	case "g":
		return !front || strings.HasPrefix(rhyme, "i")
	}
	return true
}

// stopped reports whether a rhyme ends in a stop, which only two tones go with.
func stopped(rhyme string) bool {
	return strings.HasSuffix(rhyme, "c") || strings.HasSuffix(rhyme, "ch") || strings.HasSuffix(rhyme, "p") || strings.HasSuffix(rhyme, "t")
}
