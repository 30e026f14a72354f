package parse

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

// noInformation is how the portal fills an empty cell.
const noInformation = "Không có thông tin"

// ministryOf names the publishing ministry by the folder of the crawl.
var ministryOf = map[string]string{
	"bo-cong-an": "Bộ Công an", "bo-tu-phap": "Bộ Tư pháp", "bo-xay-dung": "Bộ Xây dựng",
	"bo-nong-nghiep-mt": "Bộ Nông nghiệp và Môi trường",
}

var decisionShape = regexp.MustCompile(`^\d+[A-Za-z]?\.?/QĐ-\p{Lu}[\p{L}0-9-]*$`)

// cleanPortalText is NFC with plain spaces and line ends, trimmed; spelling is kept.
func cleanPortalText(s string) string {
	s = norm.NFC.String(s)
	if !strings.ContainsFunc(s, oddSpace) {
		return strings.TrimSpace(s)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u00ad' || r == '\ufeff' || r == '\u200b':
			return -1
		case r == '\n' || r == '\t':
			return r
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// oddSpace reports a space or control mark other than a plain space, line end or tab.
func oddSpace(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r >= 0x20 && r < 0x7f:
		return false
	case r < 0x20 || r == 0x7f:
		return true
	case r < 0x300 || r >= 0x1e00 && r < 0x1f00: // letters of Vietnamese, and no-break space
		return r <= 0xa0 || r == '\u00ad'
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
}

// oneLine folds every run of white space into one space.
func oneLine(s string) string {
	if strings.TrimSpace(s) == s && !strings.Contains(s, "  ") && !strings.ContainsAny(s, "\n\t\r\v\f\u0085\u00a0") {
		return s // the most common case, without a copy
	}
	return strings.Join(strings.Fields(s), " ")
}

// oneName drops a name printed twice, on two lines, by the portal.
func oneName(s string) string {
	if a, b, ok := strings.Cut(s, "\n"); ok && strings.TrimSpace(a) == strings.TrimSpace(b) {
		s = a
	}
	return oneLine(s)
}

// splitNames cuts a list of offices or people at its commas. A comma inside brackets, or
// before a small letter ("trật tự, xã hội", "công chức, viên chức"), or before a word no
// office begins with ("Phòng, Chống thiên tai"), belongs to the name.
func splitNames(s string) []string {
	s = oneLine(s)
	var names []string
	seen := map[string]bool{"": true}
	depth, start := 0, 0
	add := func(part string) {
		if part = strings.Trim(part, " ,;."); !seen[part] {
			seen[part] = true
			names = append(names, part)
		}
	}
	for i, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case (r == ',' || r == ';') && depth == 0 && startsName(strings.TrimLeft(s[i+1:], " ")):
			add(s[start:i])
			start = i + 1
		}
	}
	add(s[start:])
	return names
}

// nameTails are words that go on with an office's name after a comma.
var nameTails = []string{"Chống thiên tai", "Chế biến", "Chữa cháy", "TP", "Tp"}

func startsName(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(first) {
		return false
	}
	for _, tail := range nameTails {
		if strings.HasPrefix(s, tail) {
			return false
		}
	}
	return true
}

var levelOfWord = map[string]corpus.Level{
	"cấp bộ": corpus.Central, "cấp tỉnh": corpus.Province, "cấp huyện": corpus.District,
	"cấp xã": corpus.Commune, "cơ quan khác": corpus.Otherlvl,
}

func (r *portalReader) levels() []corpus.Level {
	var levels []corpus.Level
	for _, word := range strings.Split(r.in.Levels, ",") {
		word = oneLine(word)
		level, known := levelOfWord[strings.ToLower(word)]
		if !known && word != "" {
			r.flag("cap_thuc_hien", "Không hiểu cấp thực hiện", word)
			continue
		}
		if word != "" {
			levels = append(levels, level)
		}
	}
	return levels
}

// levelOfBody reads the level from an office's own name, where the name says it.
func levelOfBody(name string) corpus.Level {
	n := strings.ToLower(name)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(n, w) {
				return true
			}
		}
		return false
	}
	starts := func(words ...string) bool {
		for _, w := range words {
			if strings.HasPrefix(n, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("cấp xã", "nhân dân xã", "ubnd xã"):
		return corpus.Commune
	case has("cấp huyện", "nhân dân huyện"):
		return corpus.District
	case starts("sở ") || has("cấp tỉnh", "công an tỉnh", "nhân dân tỉnh"):
		return corpus.Province
	case starts("bộ ") && !starts("bộ phận"), starts("chính phủ", "thủ tướng", "chủ tịch nước"):
		return corpus.Central
	case starts("cục ") && !has("tỉnh", "thành phố"):
		return corpus.Central
	}
	return ""
}
