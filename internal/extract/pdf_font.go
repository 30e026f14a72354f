package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// font turns the codes of a string shown in a content stream into text and widths.
type font struct {
	twoBytes bool            // codes are two bytes long (Type0)
	unicode  map[int]string  // from /ToUnicode, which wins over everything else
	encoded  map[int]string  // from /Encoding, for one-byte fonts
	widths   map[int]float64 // in thousandths of the font size
	missing  float64         // width of a code that widths lacks
	legacy   encodingName    // the letters are bytes of an old encoding
	capitals bool            // a legacy font that shows small letters as capitals
	base     *[256]rune      // one-byte encoding under encoded
}

// glyphCode is one code of a shown string.
type glyphCode struct {
	code  int
	width float64 // thousandths of the font size
	text  string
	space bool // the one-byte code 32, which word spacing widens
}

// decode splits a shown string into its glyphs.
func (f *font) decode(s string) []glyphCode {
	step := 1
	if f.twoBytes {
		step = 2
	}
	out := make([]glyphCode, 0, len(s)/step)
	for i := 0; i+step <= len(s); i += step {
		code := int(s[i])
		if f.twoBytes {
			code = code<<8 | int(s[i+1])
		}
		width, ok := f.widths[code]
		if !ok {
			width = f.missing
		}
		out = append(out, glyphCode{code: code, width: width, text: f.text(code), space: !f.twoBytes && code == ' '})
	}
	return out
}

// text is the letters of one code; U+FFFD where the file does not say.
func (f *font) text(code int) string {
	if s, ok := f.unicode[code]; ok {
		return s
	}
	if f.twoBytes {
		return "\uFFFD"
	}
	if s, ok := f.encoded[code]; ok {
		return s
	}
	if f.base != nil {
		if r := f.base[code&0xff]; r != 0 {
			return string(r)
		}
	}
	return "\uFFFD"
}

var (
	winAnsi  = byteTable(charmap.Windows1252)
	macRoman = byteTable(charmap.Macintosh)
)

func byteTable(c *charmap.Charmap) *[256]rune {
	var t [256]rune
	for i := range t {
		if r := c.DecodeByte(byte(i)); r != '\uFFFD' && i >= 0x20 {
			t[i] = r
		}
	}
	return &t
}

// readCharacterMap reads a /ToUnicode program: code → text.
func readCharacterMap(data []byte) map[int]string {
	out := map[int]string{}
	lex := contentLexer{data: data}
	var args []operand
	for {
		op, got, ok := lex.next(args)
		args = got
		if !ok {
			return out
		}
		switch op {
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				out[codeOf(args[i].str)] = utf16Text(args[i+1].str)
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				addRange(out, codeOf(args[i].str), codeOf(args[i+1].str), args[i+2])
			}
		}
	}
}

// addRange maps low…high to consecutive letters, or to the entries of an array.
func addRange(out map[int]string, low, high int, target operand) {
	if high > low+0xffff {
		high = low + 0xffff
	}
	if target.kind == arrayOperand {
		for i, t := range target.array {
			if low+i <= high {
				out[low+i] = utf16Text(t.str)
			}
		}
		return
	}
	letters := []rune(utf16Text(target.str))
	if len(letters) == 0 {
		return
	}
	for code := low; code <= high; code++ {
		next := append([]rune(nil), letters...)
		next[len(next)-1] += rune(code - low)
		out[code] = string(next)
	}
}

func codeOf(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 4; i++ {
		n = n<<8 | int(s[i])
	}
	return n
}

func utf16Text(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return strings.ReplaceAll(string(utf16.Decode(units)), "\x00", "")
}

// namelessGlyph matches names that say nothing about the letter: "g12", "c0x41", "G7F".
var namelessGlyph = regexp.MustCompile(`^[a-zA-Z]{1,3}[0-9]+$`)

// glyphNameText reads "uni1EA1" and "u1EA1"; ok is false for a name from a list.
func glyphNameText(name string) (text string, ok bool) {
	name, _, _ = strings.Cut(name, ".")
	digits, found := strings.CutPrefix(name, "uni")
	if !found {
		if digits, found = strings.CutPrefix(name, "u"); !found || len(digits) < 4 {
			return "", false
		}
	}
	if len(digits) < 4 || len(digits) > 6 {
		return "", false
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		return "", false
	}
	return string(rune(n)), true
}
