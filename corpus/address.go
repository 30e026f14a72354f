package corpus

import (
	"fmt"
	"strings"
)

// ParseAddress reads a provision as people write it, smallest level first, the official
// number last and without the word for its form: "điểm a khoản 1 Điều 15 60/2014/QH13",
// "Phụ lục I 135/2020/NĐ-CP", "63/2024/NĐ-CP".
func ParseAddress(s string) (Provision, error) {
	words := strings.Fields(s)
	if len(words) == 0 || !strings.Contains(words[len(words)-1], "/") {
		return Provision{}, fmt.Errorf("%q thiếu số hiệu văn bản ở cuối", s)
	}
	p := Provision{Instrument: words[len(words)-1]}
	words = words[:len(words)-1]
	for len(words) > 0 {
		name := strings.ToLower(words[0])
		words = words[1:]
		if name == "phụ" && len(words) > 0 && strings.EqualFold(words[0], "lục") {
			name, words = "phụ lục", words[1:]
		}
		level := map[string]*string{"điểm": &p.Point, "khoản": &p.Clause, "điều": &p.Article, "phụ lục": &p.Annex}[name]
		if level == nil || *level != "" || len(words) == 0 {
			return Provision{}, fmt.Errorf("%q không phải là địa chỉ như \"khoản 1 Điều 15 60/2014/QH13\"", s)
		}
		*level, words = words[0], words[1:]
	}
	if p.Article == "" && (p.Clause != "" || p.Point != "") {
		return Provision{}, fmt.Errorf("%q có khoản hoặc điểm nhưng thiếu Điều", s)
	}
	return p, nil
}
