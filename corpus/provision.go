package corpus

import "strings"

// Provision addresses one place; an empty level means the whole of the one above.
// Instrument is the official number in its usual form, e.g. "60/2014/QH13".
type Provision struct {
	Instrument string `json:"instrument"`
	Article    string `json:"article,omitempty"`
	Clause     string `json:"clause,omitempty"`
	Point      string `json:"point,omitempty"`
	// Annex is set, and Article empty, for a place in a phụ lục: "I", "1", "II.A".
	Annex string `json:"annex,omitempty"`
}

// PageAnnex begins the number of an annex that is a page of a document which is no legal
// instrument: a form, a leaflet.
const PageAnnex = "trang-"

// String is how a Vietnamese reader cites it: "điểm a khoản 1 Điều 15 Luật 60/2014/QH13".
func (p Provision) String() string {
	var parts []string
	add := func(word, value string) {
		if value != "" {
			parts = append(parts, word+" "+value)
		}
	}
	add("điểm", p.Point)
	add("khoản", p.Clause)
	add("Điều", p.Article)
	if page, ok := strings.CutPrefix(p.Annex, PageAnnex); ok {
		return "trang " + page + " của tài liệu " + p.Instrument
	}
	add("Phụ lục", p.Annex)
	parts = append(parts, strings.TrimSpace(TypeOfNumber(p.Instrument).Vietnamese()+" "+p.Instrument))
	return strings.Join(parts, " ")
}

// Key is the canonical form for maps and tables: lower case, levels by "#":
// "60/2014/qh13#15#1#a". Spaces are dropped. An annex is "60/2014/qh13#pl:i".
func (p Provision) Key() string {
	key := NumberKey(p.Instrument)
	if p.Annex != "" {
		return key + "#pl:" + strings.ToLower(p.Annex)
	}
	for _, level := range []string{p.Article, p.Clause, p.Point} {
		if level == "" {
			break
		}
		key += "#" + strings.ToLower(level)
	}
	return key
}

// Covers reports whether q is p itself or a place inside it.
func (p Provision) Covers(q Provision) bool {
	pk, qk := p.Key(), q.Key()
	return qk == pk || strings.HasPrefix(qk, pk+"#")
}

// NumberKey is the form of an official number used to compare: lower case, no spaces.
func NumberKey(number string) string {
	return strings.ToLower(strings.Join(strings.Fields(number), ""))
}
