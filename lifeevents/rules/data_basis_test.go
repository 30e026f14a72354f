package rules

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/starter"
)

// elsewhere are the provisions a rule rests on that the starter corpus does not digest;
// each was read in the law itself (as enacted, or codified in January 2026).
var elsewhere = map[string]bool{
	"67/2023/NĐ-CP": true, "Điều 8 08/2022/QH15": true, "Điều 2 85/2015/QH13": true, "Điều 26 43/2019/QH14": true,
	"Điều 2 39/2009/QH12": true, "khoản 1 Điều 12 39/2009/QH12": true, "khoản 2 Điều 17 39/2009/QH12": true,
	"khoản 1 Điều 34 52/2014/QH13": true, "khoản 1 Điều 8 59/2020/QH14": true, "khoản 4 Điều 40 78/2015/QH13": true,
	"Điều 24 52/2010/QH12": true, "điểm d khoản 3 Điều 16 25/2008/QH12": true,
}

func TestEveryBasisIsInTheStarterCorpusOrReadElsewhere(t *testing.T) {
	set, err := starter.Load()
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for address := range elsewhere {
		missing[address] = true
	}
	for _, r := range embedded(t).Rules() {
		for _, p := range r.Basis {
			if digested(set, p) {
				continue
			}
			address := asWritten(p)
			if !elsewhere[address] {
				t.Errorf("%s rests on %s, which nobody here has read", r.ID, address)
			}
			delete(missing, address)
		}
	}
	for address := range missing {
		t.Errorf("%s is listed and no rule rests on it", address)
	}
}

// digested reports whether the starter corpus has words for a provision, of its own or of its article.
func digested(set starter.Set, p corpus.Provision) bool {
	law, ok := set.Instrument(p.Instrument)
	if !ok || p.Article == "" {
		return ok
	}
	for _, a := range law.Articles {
		if a.Number != p.Article {
			continue
		}
		if p.Clause == "" || len(a.Clauses) == 0 {
			return true
		}
		for _, c := range a.Clauses {
			if c.Number == p.Clause {
				return true
			}
		}
	}
	return false
}

// asWritten is the address as rule files write it.
func asWritten(p corpus.Provision) string {
	var words []string
	for _, part := range [][2]string{{"điểm", p.Point}, {"khoản", p.Clause}, {"Điều", p.Article}} {
		if part[1] != "" {
			words = append(words, part[0], part[1])
		}
	}
	return strings.Join(append(words, p.Instrument), " ")
}
