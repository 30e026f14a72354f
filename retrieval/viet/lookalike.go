package viet

// always maps letters that stand for a Vietnamese one wherever they occur: eth typed for
// đ, the letter OI that broken PDF fonts give for ư, and their like.
var always = map[rune]rune{
	'Ð': 'Đ', 'ð': 'đ', 'Ɖ': 'Đ', 'ɖ': 'đ', 'Ƣ': 'Ư', 'ƣ': 'ư', 'ı': 'i', 'ɑ': 'a', 'ɡ': 'g',
	'’': '\'', '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '−': '-', '∕': '/', '⁄': '/',
}

// besideLatin maps Cyrillic and Greek letters drawn like Latin ones. They are mapped only
// in a word that also holds a Latin letter: a Russian name stays Russian.
var besideLatin = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ѕ': 's', 'ј': 'j', 'һ': 'h',
	'к': 'k', 'м': 'm', 'т': 't', 'в': 'b', 'н': 'h', 'ԁ': 'd', 'ɩ': 'i', 'ո': 'n',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'Х': 'X', 'У': 'Y', 'І': 'I', 'Ѕ': 'S', 'Ј': 'J',
	'α': 'a', 'ο': 'o', 'ν': 'v', 'ρ': 'p', 'υ': 'u', 'ι': 'i', 'κ': 'k', 'τ': 't', 'χ': 'x',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X',
}

// ignorable reports whether r is invisible and means nothing inside a word: zero-width
// spaces and joiners, soft hyphen, byte order mark, direction marks.
func ignorable(r rune) bool {
	switch {
	case r == 0xAD, r == 0xFEFF, r == 0x061C, r == 0x180E:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x2069:
		return true
	case r >= 0xFE00 && r <= 0xFE0F: // variation selectors
		return true
	}
	return false
}
