package portal

import (
	"html/template"
	"strconv"
	"strings"

	"rsc.io/qr"
)

// longestCode is the longest address a printed code carries and a phone still reads.
const longestCode = 800

// drawCode draws an address as a QR code; nothing when it is too long for one.
func drawCode(address string) template.HTML {
	if len(address) > longestCode {
		return ""
	}
	code, err := qr.Encode(address, qr.L)
	if err != nil {
		return ""
	}
	var d strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				d.WriteString("M" + strconv.Itoa(from+4) + " " + strconv.Itoa(y+4) + "h" + strconv.Itoa(x-from) + "v1h-" + strconv.Itoa(x-from) + "z")
			}
		}
	}
	side := strconv.Itoa(code.Size + 8)                                                                                                                                                                                                                  // four modules of white on every side
	return template.HTML(`<svg class="qr" viewBox="0 0 ` + side + ` ` + side + `" role="img" aria-label="Mã QR" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` + side + `v` + side + `H0z"/><path fill="#000" d="` + d.String() + `"/></svg>`) //nolint:gosec // numbers of our own
}
