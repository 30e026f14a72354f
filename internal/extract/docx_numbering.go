package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// docxNumbering makes the automatic numbers that Word shows but does not store.
type docxNumbering struct {
	lists  map[string]string                  // numbering id → abstract list
	levels map[string]map[int]docxNumberLevel // abstract list → level
	counts map[string]*[9]int                 // abstract list → current numbers
}

type docxNumberLevel struct {
	Level int `xml:"ilvl,attr"`
	Start struct {
		Val int `xml:"val,attr"`
	} `xml:"start"`
	Format struct {
		Val string `xml:"val,attr"`
	} `xml:"numFmt"`
	Text struct {
		Val string `xml:"val,attr"`
	} `xml:"lvlText"`
}

func readNumbering(data []byte) docxNumbering {
	var sheet struct {
		Abstract []struct {
			ID     string            `xml:"abstractNumId,attr"`
			Levels []docxNumberLevel `xml:"lvl"`
		} `xml:"abstractNum"`
		Lists []struct {
			ID       string `xml:"numId,attr"`
			Abstract struct {
				Val string `xml:"val,attr"`
			} `xml:"abstractNumId"`
		} `xml:"num"`
	}
	_ = xml.Unmarshal(data, &sheet) // without it the numbers are missing, not the text
	out := docxNumbering{lists: map[string]string{}, levels: map[string]map[int]docxNumberLevel{}, counts: map[string]*[9]int{}}
	for _, a := range sheet.Abstract {
		out.levels[a.ID] = map[int]docxNumberLevel{}
		for _, l := range a.Levels {
			out.levels[a.ID][l.Level] = l
		}
	}
	for _, l := range sheet.Lists {
		out.lists[l.ID] = l.Abstract.Val
	}
	return out
}

// next returns the mark of the next paragraph of a list, "2.", "b)", "•", or "".
func (n docxNumbering) next(number, level string) string {
	if number == "" || number == "0" {
		return ""
	}
	list, ok := n.lists[number]
	at, _ := strconv.Atoi(level)
	form, known := n.levels[list][at]
	if !ok || !known || at < 0 || at > 8 {
		return ""
	}
	if form.Format.Val == "bullet" {
		return bulletOf(form.Text.Val)
	}
	counts := n.counts[list]
	if counts == nil {
		counts = &[9]int{}
		n.counts[list] = counts
	}
	if counts[at] == 0 {
		counts[at] = max(form.Start.Val, 1) - 1
	}
	counts[at]++
	for deeper := at + 1; deeper < len(counts); deeper++ {
		counts[deeper] = 0
	}
	return n.fill(list, form.Text.Val, counts)
}

// fill writes the pattern of a level, such as "%1.%2.".
func (n docxNumbering) fill(list, pattern string, counts *[9]int) string {
	for i := range counts {
		place := "%" + strconv.Itoa(i+1)
		if strings.Contains(pattern, place) {
			pattern = strings.ReplaceAll(pattern, place, ordinal(max(counts[i], 1), n.levels[list][i].Format.Val))
		}
	}
	return strings.TrimSpace(pattern)
}

func bulletOf(text string) string {
	text = bulletLetters.Replace(text)
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return r >= 0xe000 && r <= 0xf8ff }) {
		return "•"
	}
	return text
}

// ordinal writes n in one of Word's number formats; an unknown one is decimal.
func ordinal(n int, format string) string {
	switch format {
	case "lowerLetter":
		return letterOrdinal(n)
	case "upperLetter":
		return strings.ToUpper(letterOrdinal(n))
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

// letterOrdinal counts a, b … z, aa, bb as Word does.
func letterOrdinal(n int) string {
	letter := string(rune('a' + (n-1)%26))
	return strings.Repeat(letter, min((n-1)/26+1, 10))
}

func roman(n int) string {
	if n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.sign)
			n -= r.value
		}
	}
	return b.String()
}
