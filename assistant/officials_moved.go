package assistant

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
)

// Moved lists the tasks that the districts did and that the level does on the day, in the
// order of the table: corpus.Commune, corpus.Province, or "" for both. A field in any words
// narrows it; "" is all fields.
func Moved(on civil.Date, to corpus.Level, field string) (out []Competent) {
	for _, e := range place.Competence() {
		c, ok := CompetentOn(e, on)
		if !ok || on.Before(twoTiers) || !strings.Contains(e.Before, "huyện") || !c.now(to) || !strings.Contains(spaced(e.Field), strings.TrimSuffix(spaced(field), " ")) {
			continue
		}
		out = append(out, c)
	}
	return out
}

// now reports whether a body of the level does the task now.
func (c Competent) now(level corpus.Level) bool {
	commune := strings.Contains(c.Now, "xã")
	province := strings.Contains(c.Now, "tỉnh") && !strings.Contains(c.Now, "trong tỉnh") || strings.Contains(c.Now, "Sở ")
	switch level {
	case corpus.Commune:
		return commune
	case corpus.Province:
		return province
	}
	return commune || province
}

// Words of a question for the list of tasks that moved, folded: what is listed, from where,
// that it moved, to where.
var (
	listedCues   = []string{"viec nao", "viec gi", "nhung viec", "cac viec", "nhiem vu", "danh muc", "danh sach", "tham quyen nao", "nhung tham quyen", "thu tuc nao", "nhung thu tuc", "cac thu tuc", "nhung gi"}
	districtCues = []string{"huyen", "cap huyen", "ubnd huyen"}
	passedCues   = []string{"chuyen ve", "chuyen cho", "chuyen xuong", "chuyen len", "chuyen sang", "chuyen giao", "giao cho", "giao ve", "duoc chuyen", "ve xa", "ve tinh", "ve cap xa", "ve cap tinh", "nay do", "ve phuong"}
	communeCues  = []string{"xa", "cap xa", "phuong", "ubnd xa"}
	provinceCues = []string{"tinh", "cap tinh", "so"}
)

// asksMoved reports whether the question is for the list, and for which level.
func asksMoved(text string) (to corpus.Level, yes bool) {
	folded := spaced(text)
	for _, cues := range [][]string{listedCues, districtCues, passedCues} {
		if _, found := firstCue(folded, cues); !found {
			return "", false
		}
	}
	_, commune := firstCue(folded, communeCues)
	_, province := firstCue(folded, provinceCues)
	switch {
	case commune && province:
		return "", true
	case province:
		return corpus.Province, true
	}
	return corpus.Commune, true
}

// fieldNamed is the field of the table that a question names; "" for none.
func fieldNamed(text string) string {
	folded := spaced(text)
	for _, e := range place.Competence() {
		if strings.Contains(folded, spaced(e.Field)) {
			return e.Field
		}
	}
	return ""
}

// listMoved answers with the list; false when the table holds nothing of the kind.
func (t *Turn) listMoved(to corpus.Level) bool {
	all := Moved(t.Reading.AsOf, to, fieldNamed(t.Text))
	if len(all) == 0 {
		return false
	}
	field := ""
	for _, c := range all {
		if c.Field != field {
			field = c.Field
			t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: field + ":", Slot: Where, Frame: true})
		}
		mark := t.cite(c.citation())
		t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: "• " + c.Task + ": nay do " + c.Now, Marks: []int{mark}, Slot: Where, Doubt: c.doubted()})
	}
	t.Reading.Slots = []Slot{Where}
	t.Route, t.Hits, t.Laws, t.findLaws = ToRegulation, nil, nil, nil
	return true
}
