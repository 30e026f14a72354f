package extract

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// maxGroups bounds groups inside each other.
const maxGroups = 500

// rtfState is what a group sets and its end takes back.
type rtfState struct {
	skip     bool // a destination that is not body text
	fonts    bool // inside the font table
	font     int
	fallback int // letters that stand after \u for old readers
}

// rtfReader walks control words and text.
type rtfReader struct {
	data   []byte
	pos    int
	state  rtfState
	stack  []rtfState
	fonts  map[int]rtfFont
	defs   int // font being defined
	out    strings.Builder
	legacy strings.Builder // a run of letters in an old font
	units  []uint16        // \u units, which may be half a letter
	cells  bool            // a cell ended on this line
}

type rtfFont struct {
	name       string
	vietnamese bool // the font's bytes are windows-1258
}

// rtfDestinations hold no body text.
var rtfDestinations = wordSet(`colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf
	object themedata datastore generator listtable listoverridetable rsidtbl xmlnstbl fldinst latentstyles footnote bkmkstart bkmkend`)

// readRTF reads body text, table cells apart by " | ".
func readRTF(data []byte) (Document, error) {
	r := rtfReader{data: data, fonts: map[int]rtfFont{}, state: rtfState{fallback: 1}}
	closed := r.read()
	text, enc, err := repairLegacy(tidy(r.out.String()), encUTF8)
	if err != nil {
		return Document{}, err
	}
	if text == "" && !closed {
		return Document{}, fault(Truncated, nil, "Tệp RTF bị cụt: dữ liệu dừng giữa chừng.")
	}
	if text == "" {
		return Document{}, fault(Empty, nil, "Tệp RTF không có chữ nào.")
	}
	doc := onePage(RTF, text)
	if w := enc.warning(); w != "" {
		doc.Warnings = append(doc.Warnings, w)
	}
	if !closed {
		doc.Warnings = append(doc.Warnings, "Tệp RTF bị cụt; chỉ đọc được phần đầu.")
	}
	return doc, nil
}

// read reports whether the outermost group was closed.
func (r *rtfReader) read() bool {
	for r.pos < len(r.data) {
		c := r.data[r.pos]
		r.pos++
		switch c {
		case '{':
			if len(r.stack) >= maxGroups {
				return false
			}
			r.flush()
			r.stack = append(r.stack, r.state)
		case '}':
			r.flush()
			n := len(r.stack)
			if n == 0 {
				return true
			}
			r.state, r.stack = r.stack[n-1], r.stack[:n-1]
			if n == 1 {
				return true
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.letter(c)
		}
	}
	r.flush()
	return false
}

// control reads one control word or symbol.
func (r *rtfReader) control() {
	if r.pos >= len(r.data) {
		return
	}
	c := r.data[r.pos]
	if c < 'a' || c > 'z' {
		r.pos++
		r.symbol(c)
		return
	}
	start := r.pos
	for r.pos < len(r.data) && (r.data[r.pos] >= 'a' && r.data[r.pos] <= 'z' || r.data[r.pos] >= 'A' && r.data[r.pos] <= 'Z') {
		r.pos++
	}
	word := string(r.data[start:r.pos])
	start = r.pos
	if r.pos < len(r.data) && r.data[r.pos] == '-' {
		r.pos++
	}
	for r.pos < len(r.data) && r.data[r.pos] >= '0' && r.data[r.pos] <= '9' {
		r.pos++
	}
	value, err := strconv.Atoi(string(r.data[start:r.pos]))
	if r.pos < len(r.data) && r.data[r.pos] == ' ' {
		r.pos++
	}
	r.word(word, value, err == nil)
}

func (r *rtfReader) symbol(c byte) {
	switch c {
	case '\'':
		if r.pos+2 <= len(r.data) {
			n, err := strconv.ParseUint(string(r.data[r.pos:r.pos+2]), 16, 8)
			r.pos += 2
			if err == nil {
				r.letter(byte(n))
			}
		}
	case '*':
		r.state.skip = true
	case '~':
		r.letter(' ')
	case '_':
		r.letter('-')
	case '\\', '{', '}':
		r.letter(c)
	case '\n', '\r':
		r.write("\n")
	}
}

func (r *rtfReader) word(word string, value int, valued bool) {
	switch {
	case word == "bin" && value > 0:
		r.pos = min(len(r.data), r.pos+value)
	case word == "fonttbl":
		r.state.skip, r.state.fonts = true, true
	case rtfDestinations[word]:
		r.state.skip = true
	case word == "f" && r.state.fonts:
		r.defs = value
		r.fonts[value] = rtfFont{}
	case word == "fcharset" && r.state.fonts:
		f := r.fonts[r.defs]
		f.vietnamese = value == 163
		r.fonts[r.defs] = f
	case word == "f" || word == "plain":
		r.flush()
		r.state.font = value
	case word == "uc" && valued:
		r.state.fallback = min(max(value, 0), 8)
	case word == "u" && valued:
		r.unicode(value)
	case word == "par" || word == "line" || word == "sect" || word == "page":
		r.write("\n")
	case word == "tab":
		r.write(" ")
	case word == "cell" || word == "nestcell":
		r.write(" | ")
		r.cells = true
	case word == "row" || word == "nestrow":
		r.write("\n")
	case rtfLetters[word] != "":
		r.write(rtfLetters[word])
	}
}

var rtfLetters = map[string]string{
	"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"emspace": " ", "enspace": " ",
}

// unicode takes one \u unit and skips the letters that stand for it in old readers.
func (r *rtfReader) unicode(value int) {
	if !r.state.skip {
		if r.legacy.Len() > 0 {
			r.flush()
		}
		r.units = append(r.units, uint16(value))
	}
	for n := 0; n < r.state.fallback && r.pos < len(r.data); n++ {
		switch {
		case r.data[r.pos] == '\\' && r.pos+3 < len(r.data) && r.data[r.pos+1] == '\'':
			r.pos += 4
		case r.data[r.pos] == '\\' || r.data[r.pos] == '{' || r.data[r.pos] == '}':
			return
		default:
			r.pos++
		}
	}
}

// letter takes one byte of text in the current font.
func (r *rtfReader) letter(c byte) {
	if r.state.fonts {
		f := r.fonts[r.defs]
		if c != ';' && len(f.name) < 64 {
			f.name += string(rune(c))
			r.fonts[r.defs] = f
		}
		return
	}
	if r.state.skip {
		return
	}
	r.flushUnits()
	table := charmap.Windows1252
	if r.fonts[r.state.font].vietnamese {
		table = charmap.Windows1258
	}
	r.legacy.WriteRune(table.DecodeByte(c))
}

func (r *rtfReader) flushUnits() {
	if len(r.units) > 0 {
		r.out.WriteString(string(utf16.Decode(r.units)))
		r.units = r.units[:0]
	}
}

// flush ends a run of one font; an old font's letters become Unicode here, because VNI
// writes one letter with two bytes.
func (r *rtfReader) flush() {
	if r.legacy.Len() > 0 {
		text := r.legacy.String()
		r.legacy.Reset()
		if enc, capitals := fontEncoding(strings.TrimSpace(r.fonts[r.state.font].name)); enc != "" {
			text = fromLegacyRunes(text, enc)
			if capitals {
				text = strings.ToUpper(text)
			}
		}
		r.out.WriteString(norm.NFC.String(text))
	}
	r.flushUnits()
}

func (r *rtfReader) write(s string) {
	if r.state.skip {
		return
	}
	r.flush()
	if s == "\n" && r.cells {
		// The last cell mark of a row separates nothing.
		text := strings.TrimSuffix(r.out.String(), " | ")
		r.out.Reset()
		r.out.WriteString(text)
		r.cells = false
	}
	r.out.WriteString(s)
}
