package extract

import (
	"math"
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
// words (numbers aside) stand at that edge of other pages too, or it is a page number that
// counts with the pages.
func dropFurniture(pages []pdfPageText) {
	shapes := map[string]int{}
	offsets := map[int]int{}
	for i := range pages {
		seen := map[string]bool{}
		for _, at := range edgeLines(&pages[i]) {
			key := edgeKey(pages[i].Lines[at.index].Text, at.top)
			if !seen[key] {
				seen[key] = true
				shapes[key]++
			}
			if n, ok := pageNumber(pages[i].Lines[at.index].Text); ok {
				offsets[n-pages[i].Number]++
			}
		}
	}
	for i := range pages {
		dropFromPage(&pages[i], shapes, offsets, len(pages))
	}
}

func dropFromPage(p *pdfPageText, shapes map[string]int, offsets map[int]int, count int) {
	gone := map[int]bool{}
	for _, at := range edgeLines(p) {
		l := p.Lines[at.index]
		number, isNumber := pageNumber(l.Text)
		often := shapes[edgeKey(l.Text, at.top)]
		switch {
		case l.Artifact:
		case isNumber && (offsets[number-p.Number] >= 2 || count == 1 && number == 1):
		case !isNumber && often >= max(2, min(4, count/3)) && hasLetters(l.Text):
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

// edgeKey is what two running headers share: the words, with every number made "#".
func edgeKey(text string, top bool) string {
	var b strings.Builder
	if top {
		b.WriteByte('^')
	}
	digits := false
	for _, r := range strings.ToLower(text) {
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
	// "33" stands left or right of the journal's name on odd and even pages.
	return strings.Trim(b.String(), "^#|") + map[bool]string{true: "^", false: ""}[top]
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

// medianSize is the letter size most of the text has, weighted by length.
func medianSize(pages []pdfPageText) float64 {
	weight := map[int]int{}
	total := 0
	for _, p := range pages {
		for _, l := range p.Lines {
			weight[int(math.Round(l.Size*2))] += len(l.Text)
			total += len(l.Text)
		}
	}
	sum := 0
	for size := 0; size <= 10000; size++ {
		if sum += weight[size]; sum*2 > total {
			return float64(size) / 2
		}
	}
	return 12
}
