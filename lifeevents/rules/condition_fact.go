package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// factRef reads "document/id_card" or "land".
func factRef(s string, r *reads) (lifeevents.FactKind, string, lifeevents.Text, error) {
	name, key, keyed := strings.Cut(s, "/")
	kind := lifeevents.FactKind(name)
	if !kind.Known() {
		return "", "", lifeevents.Text{}, fmt.Errorf("không có loại dữ kiện %q", name)
	}
	if keyed && (key == "" || !kind.Keyed()) {
		return "", "", lifeevents.Text{}, fmt.Errorf("loại dữ kiện %s không có khóa %q", name, key)
	}
	r.facts = append(r.facts, kind)
	return kind, key, lifeevents.FactWords(kind, key), nil
}

// parseHas reads "document/id_card", "… valid", "… expired".
func parseHas(words []string, r *reads) (predicate, error) {
	state := ""
	if len(words) == 2 && (words[1] == "valid" || words[1] == "expired") {
		state = words[1]
	} else if len(words) != 1 {
		return predicate{}, fmt.Errorf("viết has loại/khóa, thêm valid hoặc expired nếu cần")
	}
	kind, key, says, err := factRef(words[0], r)
	if err != nil {
		return predicate{}, err
	}
	vi, en := map[string]string{"valid": " còn hạn", "expired": " hết hạn"}[state], ""
	if state != "" {
		en = " (" + state + ")"
	}
	return predicate{needs: kind, needsKey: key, says: lifeevents.Text{VI: "có " + says.VI + vi, EN: "has " + says.EN + en}, holds: func(s *lifeevents.Scene) bool {
		for i := range s.View.Facts {
			f := &s.View.Facts[i]
			if f.Kind != kind || key != "" && f.Key != key || !f.Validity.Holds(s.On) {
				continue
			}
			expired := !f.Value.Until.IsZero() && f.Value.Until.Before(s.On)
			if state == "" || expired == (state == "expired") {
				noteFact(s, f)
				return true
			}
		}
		return false
	}}, nil
}

var fieldNames = map[string]lifeevents.Text{
	"on": {VI: "ngày cấp, bắt đầu", EN: "first day"}, "until": {VI: "ngày hết hạn", EN: "last day"}, "number": {VI: "số liệu", EN: "number"},
	"text": {VI: "loại", EN: "kind"}, "place": {VI: "nơi", EN: "place"},
}

// parseField compares one field of a fact: true where any fact of that kind and key does.
// "business(household).number" looks only at facts whose text is that word, so that two
// facts of one person cannot meet a pair of conditions between them.
func parseField(left, op, right string, r *reads) (predicate, error) {
	ref, field, _ := strings.Cut(left, ".")
	ref, only, err := cutText(ref)
	if err != nil {
		return predicate{}, err
	}
	kind, key, says, err := factRef(ref, r)
	if err != nil {
		return predicate{}, err
	}
	if fieldNames[field].VI == "" {
		return predicate{}, fmt.Errorf("trường %q không có; dùng on, until, number, text, place", field)
	}
	test, value, err := fieldTest(field, op, right)
	if err != nil {
		return predicate{}, err
	}
	if only != "" {
		says = lifeevents.FactWords(kind, only)
	}
	what := lifeevents.Text{VI: fieldNames[field].VI + " của " + says.VI, EN: fieldNames[field].EN + " of " + says.EN}
	says = saying(what, op, value)
	if field == "on" || field == "until" {
		says = sayingDays(what, op, value)
	}
	return predicate{needs: kind, needsKey: key, says: says, holds: func(s *lifeevents.Scene) bool {
		for i := range s.View.Facts {
			f := &s.View.Facts[i]
			if f.Kind == kind && (key == "" || f.Key == key) && (only == "" || f.Value.Text == only) && f.Validity.Holds(s.On) && test(s, f) {
				noteFact(s, f)
				return true
			}
		}
		return false
	}}, nil
}

// cutText divides "business(household)" into the reference and the word asked for.
func cutText(ref string) (rest, text string, err error) {
	rest, text, found := strings.Cut(ref, "(")
	if !found {
		return ref, "", nil
	}
	text, closed := strings.CutSuffix(text, ")")
	if !closed || text == "" || strings.ContainsAny(text, "() /") {
		return "", "", fmt.Errorf("viết như business(household).number")
	}
	return rest, text, nil
}

type fieldCheck func(*lifeevents.Scene, *lifeevents.Fact) bool

func fieldTest(field, op, right string) (fieldCheck, lifeevents.Text, error) {
	switch field {
	case "on", "until":
		return dayTest(field, op, right)
	case "number":
		n, err := strconv.ParseInt(strings.ReplaceAll(right, "_", ""), 10, 64)
		if err != nil || op == "in" {
			return nil, lifeevents.Text{}, fmt.Errorf("number chỉ so với một số nguyên, không phải %q", right)
		}
		return func(_ *lifeevents.Scene, f *lifeevents.Fact) bool {
			return compared(cmp.Compare(f.Value.Number, n), op)
		}, same(right), nil
	}
	list, err := wordList(op, right)
	if err != nil {
		return nil, lifeevents.Text{}, err
	}
	return func(_ *lifeevents.Scene, f *lifeevents.Fact) bool {
		value := f.Value.Text
		if field == "place" {
			value = f.Value.Place
		}
		return slices.Contains(list, value) == (op != "!=")
	}, same(strings.Join(list, ", ")), nil
}

func dayTest(field, op, right string) (fieldCheck, lifeevents.Text, error) {
	day, says, err := parseDay(right)
	if err != nil || op == "in" {
		return nil, says, cmp.Or(err, fmt.Errorf("ngày chỉ so bằng = != < <= > >="))
	}
	return func(s *lifeevents.Scene, f *lifeevents.Fact) bool {
		have, want := factDay(f, field), day(s.View, s.Occ, s.On)
		return !have.IsZero() && !want.IsZero() && compared(have.Compare(want), op)
	}, says, nil
}

func factDay(f *lifeevents.Fact, field string) civil.Date {
	if field == "on" {
		return f.Value.On
	}
	return f.Value.Until
}

// wordList reads "male" after = or !=, "[a, b]" after in.
func wordList(op, right string) ([]string, error) {
	if op == "=" || op == "!=" {
		if strings.ContainsAny(right, " [],") {
			return nil, fmt.Errorf("%q phải là một từ; nhiều từ thì dùng in [a, b]", right)
		}
		return []string{right}, nil
	}
	inner, ok := strings.CutPrefix(right, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if op != "in" || !ok || !closed {
		return nil, fmt.Errorf("viết = từ, != từ hoặc in [a, b]")
	}
	var list []string
	for _, w := range strings.Split(inner, ",") {
		if w = strings.TrimSpace(w); w == "" || strings.ContainsAny(w, " []") {
			return nil, fmt.Errorf("danh sách %q có chỗ trống hoặc sai", right)
		}
		list = append(list, w)
	}
	return list, nil
}
