package extract

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const motto = "Cộng hòa xã hội chủ nghĩa Việt Nam. Điều 5. Ủy ban nhân dân xã tiếp nhận, kiểm tra hồ sơ và trả kết quả; trường hợp từ chối phải nêu rõ lý do bằng văn bản, ký, ghi rõ họ tên. Những nội dung ở mẫu đơn được ngưng sử dụng."

// toTCVN3 writes NFC text in the old encoding, by the table read backwards. Toned capitals
// have no place in it and are written small, as the old fonts did.
func toTCVN3(text string) []byte {
	back := map[rune]byte{}
	for shown, letter := range tcvn3 {
		if shown < 0x100 {
			back[letter] = byte(shown)
		}
	}
	var out []byte
	for _, r := range text {
		b, ok := back[r]
		if !ok {
			b, ok = back[[]rune(strings.ToLower(string(r)))[0]]
		}
		if !ok {
			b = byte(r)
		}
		out = append(out, b)
	}
	return out
}

// toVNI writes text as VNI-Windows: plain vowels followed by marks.
func toVNI(text string) []byte {
	marks, letters := map[string]rune{}, map[rune]rune{}
	for r, m := range vniMarks {
		marks[m] = r
	}
	for r, l := range vniLetters {
		letters[l] = r
	}
	var shown strings.Builder
	for _, r := range norm.NFC.String(text) {
		if l, ok := letters[r]; ok {
			shown.WriteRune(l)
			continue
		}
		parts := []rune(norm.NFD.String(string(r)))
		base, mark := parts[0], string(parts[1:])
		if len(parts) > 1 && parts[1] == '\u031b' || len(parts) > 2 && parts[2] == '\u031b' { // ơ, ư and a tone
			base = map[rune]rune{'o': 'ô', 'u': 'ö', 'O': 'Ô', 'U': 'Ö'}[base]
			mark = strings.ReplaceAll(mark, "\u031b", "")
		}
		// A dot below sorts before the circumflex in NFD; VNI names the pair once.
		for _, order := range []string{mark, reversed(mark)} {
			if m, ok := marks[order]; ok {
				shown.WriteRune(base)
				shown.WriteRune(m)
				mark = ""
				base = 0
				break
			}
		}
		if base != 0 {
			shown.WriteRune(base)
			shown.WriteString(mark)
		}
	}
	out, err := charmap.Windows1252.NewEncoder().Bytes([]byte(shown.String()))
	if err != nil {
		panic(err)
	}
	return out
}

func reversed(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

// to1258 writes text as windows-1258: some letters whole, tones as marks behind them.
func to1258(text string) []byte {
	var out []byte
	for _, r := range norm.NFC.String(text) {
		if b, ok := charmap.Windows1258.EncodeRune(r); ok {
			out = append(out, b)
			continue
		}
		plain, tone, _ := splitTone(string(r))
		if strings.ToLower(string(r)) != string(r) {
			plain = strings.ToUpper(plain)
		}
		for _, p := range plain + string(tone) {
			b, ok := charmap.Windows1258.EncodeRune(p)
			if !ok {
				panic(string(p))
			}
			out = append(out, b)
		}
	}
	return out
}

func toUTF16(text string, order binary.ByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		text = "\ufeff" + text
	}
	for _, u := range utf16.Encode([]rune(text)) {
		pair := make([]byte, 2)
		order.PutUint16(pair, u)
		out = append(out, pair...)
	}
	return out
}

func TestEveryEncodingOfOldBecomesTheSameText(t *testing.T) {
	small := strings.ReplaceAll(motto, "Ủ", "ủ")
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"UTF-8":                   {[]byte(motto), motto},
		"UTF-8 with its mark":     {[]byte("\xef\xbb\xbf" + motto), motto},
		"UTF-8 in NFD":            {[]byte(norm.NFD.String(motto)), motto},
		"UTF-16 little":           {toUTF16(motto, binary.LittleEndian, true), motto},
		"UTF-16 big":              {toUTF16(motto, binary.BigEndian, true), motto},
		"UTF-16 without its mark": {toUTF16(motto, binary.LittleEndian, false), motto},
		"windows-1258":            {to1258(motto), motto},
		"TCVN3":                   {toTCVN3(motto), small},
		"VNI":                     {toVNI(motto), motto},
		"TCVN3 saved as if Latin": {[]byte(decodeLatin(toTCVN3(motto))), small},
		"VNI saved as if Latin":   {[]byte(decodeLatin(toVNI(motto))), motto},
	} {
		got, _, err := decodeText(c.data)
		if err != nil || got != c.want {
			t.Errorf("%s: %v\n got %q\nwant %q", name, err, got, c.want)
		}
	}
}

func decodeLatin(data []byte) string {
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func TestAWellKnownLineOfEachOldEncodingIsRead(t *testing.T) {
	if got := decodeLegacy([]byte("C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, \xa7\xe9c l\xcbp - T\xf9 do"), encTCVN3); got != "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do" {
		t.Errorf("TCVN3: %q", got)
	}
	if got := decodeLegacy([]byte("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do"), encVNI); got == "" {
		t.Errorf("VNI: %q", got)
	}
	if got := fromLegacyRunes("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do, öùng, ôû, kyõ", encVNI); got != "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do, ứng, ở, kỹ" {
		t.Errorf("VNI: %q", got)
	}
}

func TestAFewBrokenBytesAreRepairedAndSaid(t *testing.T) {
	data := []byte(strings.Repeat(motto+"\n", 3))
	data[len(motto)+20] = 0xff
	doc := readBytes(t, "a.txt", data, Options{})
	if len(doc.Warnings) != 1 || !strings.Contains(doc.Text(), "\uFFFD") {
		t.Errorf("warnings %q", doc.Warnings)
	}
}

func TestTextInNoKnownEncodingNamesTheLine(t *testing.T) {
	_, _, err := decodeText([]byte("dong mot\ndong hai\n\xc3\x28\xa0\xa1 \xe2\x28 zxq wzzx kkkq \xff\xfe\xfd qqqq bbbb"))
	if CodeOf(err) != BadText || !strings.Contains(err.Error(), "dòng 3") {
		t.Errorf("got %v", err)
	}
}
