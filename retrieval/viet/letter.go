package viet

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Tone is one of the six tones, in the order of the tables below.
type Tone uint8

// The tones: ngang, huyền, sắc, hỏi, ngã, nặng.
const (
	Level Tone = iota
	Falling
	Rising
	Asking
	Tumbling
	Heavy
)

// vowelRows lists each vowel with its six tones.
var vowelRows = [...]string{
	"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị",
	"oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
}

type vowel struct {
	base rune // the vowel without its tone: "ệ" is ê
	tone Tone
}

var (
	vowels  = map[rune]vowel{}
	toned   = map[rune][6]rune{}
	foldRow [0x1EFA]rune // folded letter of each Vietnamese letter; 0 elsewhere
)

func init() {
	for _, row := range vowelRows {
		rs := []rune(row)
		var six [6]rune
		copy(six[:], rs)
		toned[rs[0]] = six
		for t, r := range rs {
			vowels[r] = vowel{rs[0], Tone(t)}
		}
	}
	for r := rune(0); int(r) < len(foldRow); r++ {
		if r < 0x80 || unicode.IsLetter(r) {
			foldRow[r] = foldSlow(r)
		}
	}
}

// foldSlow drops the marks of one rune; 0 when the rune is itself a mark.
func foldSlow(r rune) rune {
	switch r {
	case 'đ':
		return 'd'
	case 'Đ':
		return 'D'
	}
	if r < 0x80 {
		return r
	}
	var buf [16]byte
	for _, c := range string(norm.NFD.AppendString(buf[:0], string(r))) {
		if unicode.Is(unicode.Mn, c) {
			continue
		}
		return c
	}
	return 0
}

// split returns the vowel without its tone and the tone; any other rune is Level.
func split(r rune) (rune, Tone) {
	if v, ok := vowels[r]; ok {
		return v.base, v.tone
	}
	return r, Level
}

// withTone puts a tone on a toneless vowel; any other rune is returned as it is.
func withTone(base rune, t Tone) rune {
	if six, ok := toned[base]; ok {
		return six[t]
	}
	return base
}

// isVowel reports whether r is a vowel letter with or without marks, lower case.
func isVowel(r rune) bool { _, ok := vowels[r]; return ok }

// Marked reports whether s holds a Vietnamese mark or đ, so that its writer used them.
func Marked(s string) bool {
	for _, r := range s {
		if r >= 0x80 && foldRune(r) != r {
			return true
		}
	}
	return false
}

func foldRune(r rune) rune {
	if int(r) < len(foldRow) && foldRow[r] != 0 {
		return foldRow[r]
	}
	return foldSlow(r)
}
