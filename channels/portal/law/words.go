package law

import (
	"html/template"
	"net/url"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// funcs are what the templates of the area call.
var funcs = template.FuncMap{
	"vn":       func(d civil.Date) string { return d.VN() },
	"iso":      func(d civil.Date) string { return d.String() },
	"address":  page.LawAddress,
	"state":    stateOf,
	"tone":     toneOf,
	"doing":    doing,
	"done":     done,
	"query":    url.QueryEscape,
	"slug":     corpus.Slug,
	"typename": func(t corpus.InstrumentType) string { return t.Vietnamese() },
	// changing reports whether a relation changed words or ended them, on a day we know.
	"changing": func(r corpus.Relation) bool {
		return !r.Effective.IsZero() && (r.Kind == corpus.Amends || r.Kind == corpus.Replaces || r.Kind == corpus.Repeals)
	},
	"noday":     func() civil.Date { return civil.Date{} },
	"daybefore": func(d civil.Date) civil.Date { return d.AddDays(-1) },
	// placeword writes a place so that corpus.ParseAddress reads it again.
	"placeword": placeWord,
	"field":     field,
	"needed":    needed,
	"choices":   choices,
	"ways": func() []page.FieldChoice {
		return []page.FieldChoice{{Value: "noi-dung", VI: "Nội dung điều khoản", EN: "Words of the texts"}, {Value: "ten", VI: "Tên, số hiệu văn bản", EN: "Names and numbers"}}
	},
}

// field is an optional field: name, kind, label in both languages, hint in both.
func field(name, kind, vi, en string, hints ...string) page.Field {
	f := page.Field{Name: name, Kind: kind, VI: vi, EN: en, Max: longest}
	if len(hints) == 2 {
		f.HintVI, f.HintEN = hints[0], hints[1]
	}
	return f
}

// needed is a field that must be filled in.
func needed(name, kind, vi, en string, hints ...string) page.Field {
	f := field(name, kind, vi, en, hints...)
	f.Required = true
	return f
}

// choices is a field with a list to pick from.
func choices(name, kind, vi, en string, from []page.FieldChoice) page.Field {
	f := field(name, kind, vi, en)
	f.Choices, f.Required = from, true
	return f
}

func placeWord(p corpus.Provision) string {
	place := ""
	switch {
	case p.Annex != "":
		place = "Phụ lục " + p.Annex + " "
	case p.Article != "":
		place = "Điều " + p.Article + " "
	}
	return place + p.Instrument
}

var stateNames = map[corpus.State][2]string{
	corpus.InForce: {"Còn hiệu lực", "In force"}, corpus.Amended: {"Còn hiệu lực, đã sửa đổi", "In force, amended"},
	corpus.EarlierWording: {"Còn hiệu lực, lời văn cũ hơn", "In force, in older words"}, corpus.NotYet: {"Chưa có hiệu lực", "Not yet in force"},
	corpus.Suspended: {"Tạm ngưng hiệu lực", "Suspended"}, corpus.Expired: {"Hết hiệu lực", "Expired"},
	corpus.Repealed: {"Đã bị bãi bỏ", "Repealed"}, corpus.Replaced: {"Đã bị thay thế", "Replaced"},
}

func stateOf(v *page.View, s corpus.Status) string {
	w := stateNames[s.State]
	return v.T(w[0], w[1])
}

// toneOf is the class of the label: words say the same, colour only helps.
func toneOf(s corpus.Status) string {
	switch {
	case s.State == corpus.InForce:
		return "good"
	case s.Applies(), s.State == corpus.NotYet:
		return "warn"
	}
	return "bad"
}

// doing says what the text does to another, done what another does to it.
var relationWords = map[corpus.RelationKind][4]string{
	corpus.Amends:   {"Sửa đổi, bổ sung", "Amends", "Được sửa đổi, bổ sung bởi", "Amended by"},
	corpus.Replaces: {"Thay thế", "Replaces", "Bị thay thế bởi", "Replaced by"},
	corpus.Repeals:  {"Bãi bỏ", "Repeals", "Bị bãi bỏ bởi", "Repealed by"},
	corpus.Suspends: {"Ngưng hiệu lực", "Suspends", "Bị ngưng hiệu lực bởi", "Suspended by"},
	corpus.Guides:   {"Quy định chi tiết, hướng dẫn", "Details and guides", "Được quy định chi tiết bởi", "Guided by"},
	corpus.BasedOn:  {"Căn cứ vào", "Based on", "Là căn cứ của", "Basis of"},
	corpus.Refers:   {"Dẫn chiếu đến", "Refers to", "Được dẫn chiếu bởi", "Referred to by"},
}

func doing(v *page.View, k corpus.RelationKind) string {
	w := relationWords[k]
	return v.T(w[0], w[1])
}

func done(v *page.View, k corpus.RelationKind) string {
	w := relationWords[k]
	return v.T(w[2], w[3])
}
