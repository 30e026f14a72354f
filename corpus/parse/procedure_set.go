package parse

import (
	"fmt"
	"sort"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// PortalTwins says what is repeated in a set of portal records: codes that stand twice,
// and names that several codes share. Codes stay distinct; only people can say which of
// the twins is meant.
type PortalTwins struct {
	Codes []string            // repeated codes, sorted
	Names map[string][]string // folded name → codes, sorted; only names of two codes or more
}

// CheckPortalSet finds the twins of a set and flags each procedure that shares its name.
func CheckPortalSet(set []corpus.Procedure) PortalTwins {
	byCode, byName := map[string]int{}, map[string]map[string]bool{}
	for _, p := range set {
		byCode[p.Code]++
		key := foldedName(p.Name)
		if byName[key] == nil {
			byName[key] = map[string]bool{}
		}
		byName[key][p.Code] = true
	}
	twins := PortalTwins{Names: map[string][]string{}}
	for code, n := range byCode {
		if n > 1 {
			twins.Codes = append(twins.Codes, code)
		}
	}
	sort.Strings(twins.Codes)
	for name, codes := range byName {
		if len(codes) < 2 {
			continue
		}
		for code := range codes {
			twins.Names[name] = append(twins.Names[name], code)
		}
		sort.Strings(twins.Names[name])
	}
	for i := range set {
		if codes := twins.Names[foldedName(set[i].Name)]; len(codes) > 1 {
			set[i].Flags = append(set[i].Flags, corpus.Flag{
				Field: "ten_thu_tuc", Why: fmt.Sprintf("%d mã thủ tục cùng một tên", len(codes)), Raw: strings.Join(codes, ", "),
			})
		}
	}
	return twins
}

func foldedName(s string) string {
	return strings.Trim(strings.ToLower(oneLine(s)), " .;,")
}
