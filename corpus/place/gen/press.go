package main

import (
	"regexp"
	"strings"

	"github.com/motcua/motcua/corpus/place"
)

// rejoin repairs a list that was cut at every comma, also at those inside brackets: pieces
// are put together again until each bracket is closed. Dashes and blanks are dropped.
func rejoin(pieces []string) []string {
	var out []string
	open := ""
	for _, p := range pieces {
		p = strings.Join(strings.Fields(place.Normal(p)), " ")
		switch {
		case open != "":
			open += ", " + p
		case p == "" || p == "-":
			continue
		default:
			open = p
		}
		if strings.Count(open, "(") <= strings.Count(open, ")") {
			out, open = append(out, open), ""
		}
	}
	if open != "" {
		out = append(out, open)
	}
	return out
}

// oldName is one old unit as the press list writes it.
type oldName struct {
	kind, name string // folded; kind "" when the list leaves it out
	written    string // the name with its marks, lower case
	districts  string // folded words of the bracket that names a district or province
	part       bool   // a bracket says that only a part moved
}

var (
	bracket = regexp.MustCompile(`\(([^()]*)\)?`)
	kinds   = []string{"thi tran", "phuong", "huyen", "xa", "dac khu"}
)

func readOldName(s string) oldName {
	var o oldName
	for _, m := range bracket.FindAllStringSubmatch(s, -1) {
		words := place.Fold(m[1])
		switch {
		case strings.HasPrefix(words, "phan con lai"), strings.HasPrefix(words, "mot phan"):
			o.part = true
		case strings.HasPrefix(words, "bao gom"):
		default:
			o.districts = strings.TrimPrefix(words, "thuoc ")
		}
	}
	if i := strings.IndexByte(s, '('); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimSpace(s)
	folded := place.Fold(s)
	o.name, o.written = folded, strings.ToLower(s)
	for _, k := range kinds {
		if rest, ok := strings.CutPrefix(folded, k+" "); ok {
			o.kind, o.name = k, rest
			o.written = strings.Join(strings.Fields(o.written)[len(strings.Fields(k)):], " ")
			break
		}
	}
	return o
}

// roman numerals: the press list writes a few numbered wards so.
var roman = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}

// split parts "Phường Bến Nghé" into folded kind and folded name.
func split(full string) (kind, name string) {
	folded := place.Fold(full)
	for _, k := range append([]string{"thanh pho", "thi xa", "quan", "tinh"}, kinds...) {
		if rest, ok := strings.CutPrefix(folded, k+" "); ok {
			return k, rest
		}
	}
	return "", folded
}

// written gives the lower-case name without its kind, with marks.
func written(full string) string {
	kind, _ := split(full)
	return strings.Join(strings.Fields(strings.ToLower(full))[len(strings.Fields(kind)):], " ")
}
