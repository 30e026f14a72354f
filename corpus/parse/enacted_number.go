package parse

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var (
	enactedYear        = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(?:\D|$)`)
	enactedTitleNumber = regexp.MustCompile(`(?:19|20)\d\d\s+(\d+\S*/\S+)$`)
	enactedTail        = regexp.MustCompile(`\s+(?:19|20)\d\d(?:\s+\d+\S*/\S+)?$`)
	enactedFileNumber  = regexp.MustCompile(`(\d+)-((?:19|20)\d\d)-(QH\d+)`)
)

// enactedNumber is the number of a law in a collection. The number given must be of the
// year the title names; else the number in the name of the file, or at the end of the
// title, counts by the same rule; else none does. (Met: the customs law of 2014 under a
// number of 2012, the law on harm by alcohol under that of the planning law.)
func enactedNumber(l enactedLine) (number, reason string) {
	title := strings.Join(strings.Fields(norm.NFC.String(l.Name)), " ")
	year := ""
	if all := enactedYear.FindAllStringSubmatch(title, -1); len(all) > 0 {
		year = all[len(all)-1][1]
	}
	given := CanonicalNumber(norm.NFC.String(l.Law))
	if given != "" && (year == "" || strings.Contains(given, "/"+year+"/")) {
		return given, ""
	}
	if m := enactedFileNumber.FindStringSubmatch(l.File); m != nil && m[2] == year {
		return CanonicalNumber(m[1] + "/" + m[2] + "/" + m[3]), ""
	}
	if m := enactedTitleNumber.FindStringSubmatch(title); m != nil && given == "" {
		return m[1], ""
	}
	if given == "" {
		return "", "không có số hiệu văn bản"
	}
	return "", fmt.Sprintf("số hiệu %s không khớp với năm %s trong tên", given, year)
}
