package lifeevents

import (
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
)

// FormField is one box of a form that data on file can fill. The person checks it, signs,
// and may change it: nothing is sent by itself.
type FormField struct {
	Name   Text       `json:"name"`
	Value  Text       `json:"value"`
	Source Source     `json:"source"`
	SeenOn civil.Date `json:"seen_on"`
	// Declared: only the person's own word stands behind it.
	Declared bool `json:"declared,omitempty"`
}

// prepared lists the data most forms ask for, in the order they ask.
var prepared = []struct {
	kind FactKind
	key  string
	name Text
}{
	{DateOfBirth, "", Text{"Ngày, tháng, năm sinh", "Date of birth"}},
	{SexOf, "", Text{"Giới tính", "Sex"}},
	{Residence, "permanent", Text{"Nơi thường trú", "Permanent residence"}},
	{Residence, "temporary", Text{"Nơi tạm trú", "Temporary residence"}},
	{Residence, "staying", Text{"Nơi ở hiện nay", "Current residence"}},
	{Marital, "", Text{"Tình trạng hôn nhân", "Marital status"}},
	{Document, DocIDCard, Text{"Thẻ căn cước", "Identity card"}},
	{Insurance, InsSocial, Text{"Bảo hiểm xã hội", "Social insurance"}},
	{Business, "", Text{"Hộ kinh doanh", "Household business"}},
}

// FormFields prepares the boxes about one person: level 2 of a proactive service. Doubtful
// data and data out of date are left for the person to fill in.
func FormFields(v *View, on civil.Date) []FormField {
	var out []FormField
	for _, p := range prepared {
		f := v.Fact(p.kind, p.key)
		if f == nil || f.Confidence == corpus.Low || !f.Validity.Holds(on) || !f.Value.Until.IsZero() && f.Value.Until.Before(on) {
			continue
		}
		out = append(out, FormField{p.name, Text{ValueWords(f, "vi"), ValueWords(f, "en")}, f.Source, civil.On(f.ObservedAt), f.Source == Declaration})
	}
	return out
}

// wordNames are words of closed lists that have no name elsewhere.
var wordNames = map[string]Text{
	"male": {"nam", "male"}, "female": {"nữ", "female"}, "single": {"độc thân", "single"}, "married": {"đã kết hôn", "married"},
	"divorced": {"đã ly hôn", "divorced"}, "widowed": {"vợ hoặc chồng đã mất", "widowed"}, "employed": {"đang làm việc", "employed"},
	"self_employed": {"tự làm", "self-employed"}, "unemployed": {"không có việc", "unemployed"}, "house": {"nhà", "house"}, "land": {"đất", "land"},
	"apartment": {"căn hộ", "apartment"}, "preschool": {"mầm non", "preschool"}, "primary": {"tiểu học", "primary school"},
	"lower_secondary": {"trung học cơ sở", "lower secondary school"}, "upper_secondary": {"trung học phổ thông", "upper secondary school"},
	"university": {"đại học", "university"}, "none": {"không", "none"}, "points": {"điểm", "points"},
	"month": {"theo tháng", "monthly"}, "quarter": {"theo quý", "quarterly"}, "year": {"theo năm", "yearly"},
}

// numberWords are what the number of a fact counts.
var numberWords = map[FactKind]Text{
	Insurance: {"tháng đã đóng", "months paid"}, Business: {"đồng doanh thu năm", "dong of yearly turnover"},
	Licence: {"điểm", "points"}, Schooling: {"là lớp đang học", "is the grade"}, Account: {"nhóm giấy tờ", "groups of papers"}, Tax: {"đồng", "dong"},
}

// ValueWords writes what a fact says for people: "nữ", "cấp 01/02/2024, đến 01/02/2034".
func ValueWords(f *Fact, lang string) string {
	var parts []string
	add := func(vi, en, value string) {
		if value != "" {
			parts = append(parts, strings.TrimSpace(Text{vi, en}.In(lang)+" "+value))
		}
	}
	v := &f.Value
	if v.Text != "" {
		t, ok := wordNames[v.Text]
		if !ok {
			if t, ok = thingNames[v.Text]; !ok {
				t = Text{v.Text, v.Text}
			}
		}
		add("", "", t.In(lang))
	}
	if v.Place != "" {
		name := v.Place
		if u, ok := place.Commune(v.Place); ok {
			name = place.Path(u)
		}
		add("", "", name)
	}
	switch {
	case v.On.IsZero():
	case f.Kind == DateOfBirth || f.Kind == DateOfDeath:
		add("", "", v.On.VN())
	default:
		add("từ", "since", v.On.VN())
	}
	if !v.Until.IsZero() {
		add("đến", "until", v.Until.VN())
	}
	if v.Number != 0 {
		n := numberWords[f.Kind]
		parts = append(parts, strings.TrimSpace(strconv.FormatInt(v.Number, 10)+" "+n.In(lang)))
	}
	return strings.Join(parts, ", ")
}
