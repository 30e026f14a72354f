package assistant

import (
	"regexp"
	"slices"
	"strings"
)

// lawTopics are matters between people that the law orders and no office handles: there is
// no procedure to find, however much the words resemble one. Folded words.
var lawTopics = []string{
	"cham dut hop dong lao dong", "don phuong cham dut", "thu viec", "sa thai", "ky luat lao dong", "lam them gio", "nghi phep nam", "nghi hang nam",
	"noi quy lao dong", "thoa uoc lao dong", "dinh cong", "thue lai lao dong", "hop dong lao dong vo hieu", "tien luong lam them", "thoi gio lam viec",
	"boi thuong ngoai hop dong", "bo luat lao dong", "hoi nghi nguoi lao dong", "nguoi lao dong cao tuoi", "bang luong",
}

// procedureTopics stand for an office after all, whatever else is said.
var procedureTopics = []string{"that nghiep", "bao hiem", "thai san", "dang ky", "giay phep", "tro cap", "ho so", "thu tuc", "rut", "huong"}

// labourDisputes are never handled by an office of ours, whatever way or paper is asked for.
var labourDisputes = []string{"tranh chap lao dong", "lao dong tap the"}

// courtMatters are decided by a court: the law on them can be shown, no office handles them.
var courtMatters = regexp.MustCompile(`\b(?:muon|xin|don|thu tuc|don phuong|thuan tinh|ra toa|ho so|giai quyet|lam giay|lam don|nop don) (?:xin |de |duoc )?(?:ly hon|ly di|li hon|li di|giai quyet ly hon)\b`)

// afterCourt are the words of who has been there and now needs an office.
var afterCourt = []string{"da ly hon", "ly hon roi", "ly hon xong", "sau khi ly hon", "sau ly hon", "ghi chu", "doc than", "tinh trang hon nhan", "tach ho", "ket hon"}

// courtMatter reports whether a question asks how to do what a court decides.
func courtMatter(text string) bool {
	folded := spaced(text)
	return courtMatters.MatchString(folded) && !slices.ContainsFunc(afterCourt, func(w string) bool { return strings.Contains(folded, " "+w+" ") })
}

// privateLaw reports whether a question is about such a matter.
func privateLaw(text string) bool {
	folded := spaced(text)
	for _, topic := range labourDisputes {
		if strings.Contains(folded, " "+topic+" ") {
			return true
		}
	}
	for _, topic := range lawTopics {
		if !strings.Contains(folded, " "+topic+" ") {
			continue
		}
		for _, office := range procedureTopics {
			if strings.Contains(folded, " "+office+" ") {
				return false
			}
		}
		return true
	}
	return false
}
