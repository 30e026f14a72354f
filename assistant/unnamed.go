package assistant

import (
	"regexp"
	"strings"

	"github.com/motcua/motcua/corpus/place"
)

// reAddress is a house and its street, as people write it.
var reAddress = regexp.MustCompile(`(?i:số nhà|nhà số|ngõ|ngách|hẻm|kiệt|số)\s*\d+[\p{L}\d/]*[,\s]+(?i:(?:đường|phố|ngõ|hẻm|ngách)\s+)?(?:\p{Lu}[\p{L}\d]*[\s,]*){1,4}`)

// unnamed is a question without the names and house addresses in it, as far as writing tells
// them: what a model server is given. Places of the country, instruments and procedures stay.
func unnamed(text string) string {
	text = reAddress.ReplaceAllString(text, "(địa chỉ) ")
	text = reCalled.ReplaceAllString(text, "$1(tên) ")
	text = reNamed.ReplaceAllStringFunc(text, func(run string) string {
		if keepSubjects(run) == run || len(place.FindIn(run)) > 0 || lawWords(run) {
			return run
		}
		return "(tên)"
	})
	return strings.Join(strings.Fields(text), " ")
}

// lawWords reports whether a run of capitalised words names an instrument or an office.
func lawWords(run string) bool {
	_, yes := firstCue(spaced(run), []string{"luat", "nghi dinh", "thong tu", "bo", "uy ban", "cong an", "so", "toa an", "quoc hoi", "chinh phu", "phap lenh", "viet nam", "hien phap"})
	return yes
}
