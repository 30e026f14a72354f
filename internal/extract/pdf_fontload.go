package extract

import "github.com/ledongthuc/pdf"

// Widths of a code that a font leaves out: about half an em in one-byte fonts, a full em
// in composite fonts by definition.
const (
	standardWidth  = 500
	compositeWidth = 1000
)

// loadFont reads what decoding needs of a font dictionary.
func (f *pdfFile) loadFont(v pdf.Value) *font {
	out := &font{unicode: map[int]string{}, widths: map[int]float64{}, missing: standardWidth, base: winAnsi}
	out.legacy, out.capitals = fontEncoding(v.Key("BaseFont").Name())
	if tu := v.Key("ToUnicode"); tu.Kind() == pdf.Stream {
		out.unicode = readCharacterMap(f.stream(tu))
	}
	if v.Key("Subtype").Name() == "Type0" {
		loadComposite(out, v)
		return out
	}
	loadSimple(out, v)
	return out
}

func loadComposite(out *font, v pdf.Value) {
	out.twoBytes, out.missing = true, compositeWidth
	descendant := v.Key("DescendantFonts").Index(0)
	if dw := descendant.Key("DW"); dw.Kind() == pdf.Integer || dw.Kind() == pdf.Real {
		out.missing = dw.Float64()
	}
	w := descendant.Key("W")
	for i := 0; i+1 < w.Len(); {
		first, next := int(w.Index(i).Int64()), w.Index(i+1)
		if next.Kind() == pdf.Array {
			for j := 0; j < next.Len() && j <= 0xffff; j++ {
				out.widths[first+j] = next.Index(j).Float64()
			}
			i += 2
			continue
		}
		for code := first; code <= int(next.Int64()) && code >= 0 && code <= 0xffff; code++ {
			out.widths[code] = w.Index(i + 2).Float64()
		}
		i += 3
	}
}

func loadSimple(out *font, v pdf.Value) {
	scale := 1.0
	if v.Key("Subtype").Name() == "Type3" {
		// Widths of a Type3 font are in its own units.
		if m := v.Key("FontMatrix"); m.Len() == 6 {
			scale = m.Index(0).Float64() * 1000
		}
	}
	first := int(v.Key("FirstChar").Int64())
	w := v.Key("Widths")
	for i := 0; i < w.Len() && i < 256; i++ {
		out.widths[first+i] = w.Index(i).Float64() * scale
	}
	if mw := v.Key("FontDescriptor").Key("MissingWidth"); mw.Kind() != pdf.Null && mw.Float64() > 0 {
		out.missing = mw.Float64()
	}
	encoding := v.Key("Encoding")
	name := encoding.Name()
	if encoding.Kind() == pdf.Dict {
		name = encoding.Key("BaseEncoding").Name()
		out.encoded = differences(v, encoding.Key("Differences"))
	}
	if name == "MacRomanEncoding" {
		out.base = macRoman
	}
	if w.Len() == 0 {
		out.widths = standardWidths(v.Key("BaseFont").Name(), out.text)
	}
}

// differences reads the glyph names a font puts in place of its base encoding.
func differences(fontDict, list pdf.Value) map[int]string {
	out := map[int]string{}
	// The library knows the standard glyph names; it answers with the code itself for a
	// name it does not know.
	names := pdf.Font{V: fontDict}
	encoder := names.Encoder()
	code := 0
	for i := 0; i < list.Len(); i++ {
		item := list.Index(i)
		if item.Kind() != pdf.Name {
			code = int(item.Int64())
			continue
		}
		if code >= 0 && code < 256 {
			out[code] = glyphText(item.Name(), code, encoder)
		}
		code++
	}
	return out
}

func glyphText(name string, code int, encoder pdf.TextEncoding) string {
	if text, ok := glyphNameText(name); ok {
		return text
	}
	switch name {
	case ".notdef":
		return ""
	case "space", "nbspace":
		return " "
	}
	text := encoder.Decode(string([]byte{byte(code)}))
	if text == string(rune(code)) && namelessGlyph.MatchString(name) {
		return "\uFFFD"
	}
	return text
}
