package extract

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Widths of the printable ASCII letters, from the space on, in thousandths of the size,
// for the fonts a PDF may use without describing them.
var (
	serifWidths = [95]int16{
		250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
		500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
		921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
		556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
		333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
		500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
	}
	sansWidths = [95]int16{
		278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
		556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
		1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
		667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
		333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
		556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
	}
)

// standardWidths guesses the widths of a font that states none, from its name and letters.
func standardWidths(name string, letters func(code int) string) map[int]float64 {
	low := strings.ToLower(name)
	out := map[int]float64{}
	for code := 0; code < 256; code++ {
		base, _ := firstRune(norm.NFD.String(letters(code)))
		switch {
		case strings.Contains(low, "courier"):
			out[code] = 600
		case base < ' ' || base > '~':
			continue
		case strings.Contains(low, "helvetica"), strings.Contains(low, "arial"):
			out[code] = float64(sansWidths[base-' '])
		default:
			out[code] = float64(serifWidths[base-' '])
		}
	}
	return out
}
