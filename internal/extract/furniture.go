package extract

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// marginShare is the part of the page height, at top and bottom, where running headers
// and page numbers stand.
const marginShare = 0.13

// furnitureDepth is how many lines at each end of a page may be header or footer.
const furnitureDepth = 3

// dropFurniture removes running headers, footers and page numbers. A line goes when it
// stands at the edge of its page and either the file calls it no content, or the same
// words (numbers aside) stand in the same place on many pages, or it is a page number that
// counts with the pages. Of a repeated table head the first one stays.
func dropFurniture(pages []pdfPageText) {
	places := map[string][]int{} // key → indexes of the pages it stands on
	offsets := map[int]int{}
	for i := range pages {
		page := &pages[i]
		for _, at := range edgeLines(page) {
			l := page.Lines[at.index]
			key := edgeKey(l, at.top)
			if n := len(places[key]); n == 0 || places[key][n-1] != i {
				places[key] = append(places[key], i)
			}
			if n, ok := pageNumber(l.Text); ok {
				offsets[n-page.Number]++
			}
		}
	}
	for i := range pages {
		dropFromPage(&pages[i], i, places, offsets, len(pages))
	}
}

func dropFromPage(p *pdfPageText, index int, places map[string][]int, offsets map[int]int, count int) {
	gone := map[int]bool{}
	for _, at := range edgeLines(p) {
		l := p.Lines[at.index]
		number, isNumber := pageNumber(l.Text)
		on := places[edgeKey(l, at.top)]
		switch {
		case l.Artifact:
		case startsUnit(l.Text):
			continue // two pages may well begin alike with an article each
		case isNumber && (offsets[number-p.Number] >= 2 || count == 1 && number == 1):
		case l.Row && repeats(on, index, count) && on[0] != index:
		case !isNumber && !l.Row && repeats(on, index, count) && hasLetters(l.Text):
		default:
			continue
		}
		gone[at.index] = true
	}
	kept := p.Lines[:0]
	for i, l := range p.Lines {
		if !gone[i] {
			kept = append(kept, l)
		}
	}
	p.Lines = kept
}

// repeats reports whether a line on these pages is a running one: on a third of all pages,
// or on five of the thirteen around this page, as where each chapter has its own header.
func repeats(on []int, index, count int) bool {
	if len(on) >= max(2, (count+2)/3) {
		return true
	}
	around := 0
	for _, i := range on {
		if i >= index-6 && i <= index+6 {
			around++
		}
	}
	return around >= 5
}

type edgeLine struct {
	index int
	top   bool
}

// edgeLines finds the lines in the top and bottom margins, outermost first and at most a
// few at each end. Table rows count only when the whole row stands there.
func edgeLines(p *pdfPageText) []edgeLine {
	var out []edgeLine
	for _, top := range []bool{true, false} {
		limit := p.Height * (1 - marginShare)
		if !top {
			limit = p.Height * marginShare
		}
		var found []edgeLine
		for i, l := range p.Lines {
			if top && l.Y >= limit || !top && l.Y <= limit {
				found = append(found, edgeLine{i, top})
			}
		}
		sortByEdge(found, p, top)
		out = append(out, found[:min(len(found), furnitureDepth)]...)
	}
	return out
}

func sortByEdge(found []edgeLine, p *pdfPageText, top bool) {
	for i := 1; i < len(found); i++ {
		for j := i; j > 0; j-- {
			a, b := p.Lines[found[j-1].index].Y, p.Lines[found[j].index].Y
			if top && b > a || !top && b < a {
				found[j-1], found[j] = found[j], found[j-1]
			}
		}
	}
}

// edgeKey is what two running lines share: the words, with every number made "#", and the
// height they stand at.
func edgeKey(l line, top bool) string {
	var b strings.Builder
	digits := false
	for _, r := range strings.ToLower(l.Text) {
		switch {
		case unicode.IsDigit(r):
			if !digits {
				b.WriteByte('#')
			}
		case unicode.IsSpace(r):
		default:
			b.WriteRune(r)
		}
		digits = unicode.IsDigit(r)
	}
	// The page number stands left or right of the journal's name on odd and even pages.
	return fmt.Sprintf("%s %t %.0f", strings.Trim(b.String(), "#|"), top, l.Y/4)
}

var pageNumberForms = regexp.MustCompile(`(?i)^(?:[-–—]\s*)?(?:trang\s*|page\s*)?(\d{1,4})(?:\s*(?:/|\||of)\s*(?:\d{1,4}|page|trang))?(?:\s*[-–—])?$`)

// pageNumber reads "5", "- 5 -", "Trang 5/10", "5 | Page".
func pageNumber(text string) (int, bool) {
	m := pageNumberForms.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

func hasLetters(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n >= 3
}
