package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// encodingName says how bytes became text.
type encodingName string

const (
	encUTF8        encodingName = "UTF-8"
	encUTF8Broken  encodingName = "UTF-8 có byte hỏng"
	encUTF16       encodingName = "UTF-16"
	encWindows1258 encodingName = "windows-1258"
	encTCVN3       encodingName = "TCVN3 (ABC)"
	encVNI         encodingName = "VNI"
)

// warning is a sentence for the reader when the encoding is not one of today's.
func (e encodingName) warning() string {
	switch e {
	case encWindows1258, encTCVN3, encVNI:
		return "Văn bản dùng bảng mã cũ " + string(e) + "; đã chuyển sang Unicode."
	case encUTF8Broken:
		return "Văn bản có byte không phải UTF-8; chỗ hỏng được thay bằng dấu \uFFFD."
	}
	return ""
}

// goodShare is the syllable share above which we believe a guess about an encoding, and
// that a page's letters are Vietnamese. Real text of every kind we hold stays above 0.8,
// text in a wrong encoding below 0.5.
const goodShare = 0.65

// decodeText finds the encoding of data and returns NFC text.
func decodeText(data []byte) (string, encodingName, error) {
	if order := utf16Order(data); order != nil {
		return repairLegacy(norm.NFC.String(decodeUTF16(data, order)), encUTF16)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return repairLegacy(norm.NFC.String(string(data)), encUTF8)
	}
	broken, multi := countUTF8(data)
	if multi > 0 && broken*20 <= multi {
		return norm.NFC.String(strings.ToValidUTF8(string(data), "\uFFFD")), encUTF8Broken, nil
	}
	best, bestShare, bestEnc := "", -1.0, encUTF8
	for _, guess := range []encodingName{encWindows1258, encTCVN3, encVNI} {
		text := decodeLegacy(data, guess)
		if share := SyllableShare(sample(text)); share > bestShare {
			best, bestShare, bestEnc = text, share, guess
		}
	}
	if bestShare < goodShare {
		return "", "", fault(BadText, nil,
			"Từ dòng %d, chữ trong tệp không phải UTF-8 và cũng không khớp TCVN3, VNI hay windows-1258.", firstBadLine(data))
	}
	return best, bestEnc, nil
}

// repairLegacy looks for old-encoding text that was saved as Unicode letter by letter:
// "Céng hoµ x· héi" in a file that is itself valid UTF-8.
func repairLegacy(text string, enc encodingName) (string, encodingName, error) {
	part := sample(text)
	share := SyllableShare(part)
	if share >= goodShare {
		return text, enc, nil
	}
	for _, guess := range []encodingName{encTCVN3, encVNI} {
		if got := SyllableShare(fromLegacyRunes(part, guess)); got >= goodShare && got > share+0.15 {
			return fromLegacyRunes(text, guess), guess, nil
		}
	}
	return text, enc, nil
}

// sample is the first part of a long text, enough to judge its letters.
func sample(text string) string {
	const enough = 64 << 10
	if len(text) <= enough {
		return text
	}
	return strings.ToValidUTF8(text[:enough], "")
}

// decodeLegacy decodes bytes of a one-byte encoding to NFC.
func decodeLegacy(data []byte, enc encodingName) string {
	if enc == encWindows1258 {
		text, err := charmap.Windows1258.NewDecoder().Bytes(data)
		if err != nil {
			return ""
		}
		return norm.NFC.String(string(text))
	}
	// Both old encodings are defined over what these bytes show as in windows-1252.
	latin, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return ""
	}
	return fromLegacyRunes(string(latin), enc)
}

// countUTF8 counts broken bytes and good multi-byte letters.
func countUTF8(data []byte) (broken, multi int) {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			multi++
		}
		i += n
	}
	return broken, multi
}

// firstBadLine is the line, from 1, of the first byte that is not UTF-8.
func firstBadLine(data []byte) int {
	line := 1
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return line
		}
		if r == '\n' {
			line++
		}
		i += n
	}
	return line
}

// utf16Order returns the byte order of UTF-16 text, by its mark or by its zero bytes, or
// nil for anything else.
func utf16Order(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	n := min(len(data), 4096) &^ 1
	if n < 8 {
		return nil
	}
	even, odd := 0, 0
	for i := 0; i < n; i += 2 {
		if data[i] == 0 {
			even++
		}
		if data[i+1] == 0 {
			odd++
		}
	}
	// Vietnamese in UTF-16: spaces and plain letters have a zero byte on one side only.
	switch half := n / 2; {
	case odd*10 >= half*3 && even*50 <= half:
		return binary.LittleEndian
	case even*10 >= half*3 && odd*50 <= half:
		return binary.BigEndian
	}
	return nil
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
}
