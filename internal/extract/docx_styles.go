package extract

import "encoding/xml"

// docxStyles answers what a paragraph style says about fonts and numbers.
type docxStyles struct {
	byID     map[string]docxStyle
	standard string // the default paragraph style
	fallback string // font of the document defaults
}

type docxStyle struct {
	ID      string `xml:"styleId,attr"`
	Type    string `xml:"type,attr"`
	Default string `xml:"default,attr"`
	BasedOn struct {
		Val string `xml:"val,attr"`
	} `xml:"basedOn"`
	Fonts struct {
		ASCII string `xml:"ascii,attr"`
	} `xml:"rPr>rFonts"`
	Number struct {
		Val string `xml:"val,attr"`
	} `xml:"pPr>numPr>numId"`
	Level struct {
		Val string `xml:"val,attr"`
	} `xml:"pPr>numPr>ilvl"`
}

func readStyles(data []byte) docxStyles {
	var sheet struct {
		Fonts struct {
			ASCII string `xml:"ascii,attr"`
		} `xml:"docDefaults>rPrDefault>rPr>rFonts"`
		Styles []docxStyle `xml:"style"`
	}
	out := docxStyles{byID: map[string]docxStyle{}}
	// A broken style sheet costs fonts and numbers, not the text.
	_ = xml.Unmarshal(data, &sheet)
	out.fallback = sheet.Fonts.ASCII
	for _, s := range sheet.Styles {
		out.byID[s.ID] = s
		if s.Type == "paragraph" && (s.Default == "1" || s.Default == "true") {
			out.standard = s.ID
		}
	}
	return out
}

// up calls visit for the style and those it is based on, until visit returns true.
func (s docxStyles) up(id string, visit func(docxStyle) bool) {
	if id == "" {
		id = s.standard
	}
	for steps := 0; steps < 20; steps++ {
		style, ok := s.byID[id]
		if !ok || visit(style) {
			return
		}
		id = style.BasedOn.Val
	}
}

func (s docxStyles) font(id string) string {
	font := s.fallback
	s.up(id, func(st docxStyle) bool {
		if st.Fonts.ASCII != "" {
			font = st.Fonts.ASCII
			return true
		}
		return false
	})
	return font
}

func (s docxStyles) numbering(id string) (number, level string) {
	s.up(id, func(st docxStyle) bool {
		number, level = st.Number.Val, st.Level.Val
		return number != ""
	})
	return number, level
}
