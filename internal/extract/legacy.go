package extract

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// tcvn3Letters are the letters of TCVN 5712:1993 (the ".Vn…" fonts) from 0xA1 to 0xFE, in
// order; "?" is a place that holds a loose tone mark or nothing.
const tcvn3Letters = "ĂÂÊÔƠƯĐăâêôơưđẰ?????àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"

// tcvn3 maps what a byte of TCVN3 shows as in windows-1252 to the letter meant.
var tcvn3 = func() map[rune]rune {
	m := map[rune]rune{'\u03bc': 'à'} // some programs turn the micro sign 0xB5 into Greek mu
	at := rune(0xa1)
	for _, letter := range tcvn3Letters {
		if letter != '?' {
			m[at] = letter
		}
		at++
	}
	return m
}()

// vniMarks are what VNI-Windows writes after a plain vowel, as combining marks.
var vniMarks = map[rune]string{
	'ù': "\u0301", 'ø': "\u0300", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
	'â': "\u0302", 'á': "\u0302\u0301", 'à': "\u0302\u0300", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
	'ê': "\u0306", 'é': "\u0306\u0301", 'è': "\u0306\u0300", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
}

// vniLetters are VNI's whole letters; ơ and ư may carry a mark from vniMarks.
var vniLetters = map[rune]rune{
	'ô': 'ơ', 'ö': 'ư', 'ñ': 'đ', 'í': 'í', 'ì': 'ì', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'î': 'ỵ',
	'Ô': 'Ơ', 'Ö': 'Ư', 'Ñ': 'Đ', 'Í': 'Í', 'Ì': 'Ì', 'Æ': 'Ỉ', 'Ó': 'Ĩ', 'Ò': 'Ị', 'Î': 'Ỵ',
}

// fromLegacyRunes converts text whose letters are old-encoding bytes shown as
// windows-1252. The result is NFC; letters outside the tables stay.
func fromLegacyRunes(text string, enc encodingName) string {
	switch enc {
	case encTCVN3:
		return norm.NFC.String(strings.Map(func(r rune) rune {
			if letter, ok := tcvn3[r]; ok {
				return letter
			}
			return r
		}, text))
	case encVNI:
		return fromVNI(text)
	}
	return text
}

func fromVNI(text string) string {
	var b strings.Builder
	var base rune // the vowel a mark may follow
	for _, r := range text {
		lower := []rune(strings.ToLower(string(r)))[0]
		if mark, ok := vniMarks[lower]; ok && base != 0 {
			b.WriteString(mark)
			base = 0
			continue
		}
		letter, ok := vniLetters[r]
		if !ok {
			letter = r
		}
		b.WriteRune(letter)
		base = 0
		if strings.ContainsRune("aeouyAEOUYơưƠƯ", letter) {
			base = letter
		}
	}
	return norm.NFC.String(b.String())
}

// fontEncoding tells the old encoding from a font's name, and whether the font shows
// small letters as capitals (".VnTimeH"). Unicode fonts give "".
func fontEncoding(font string) (enc encodingName, capitals bool) {
	if i := strings.IndexByte(font, '+'); i == 6 { // subset tag, "ABCDEF+.VnTime"
		font = font[i+1:]
	}
	low := strings.ToLower(font)
	switch {
	case strings.HasPrefix(low, ".vn"):
		return encTCVN3, strings.HasSuffix(strings.SplitN(font, ",", 2)[0], "H")
	case strings.HasPrefix(low, "vni"):
		return encVNI, false
	}
	return "", false
}
