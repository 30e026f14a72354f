package intake

import (
	"fmt"
	"strings"

	"github.com/motcua/motcua/lifeevents"
)

// leastSecret is how many bytes a sender's secret has at least.
const leastSecret = 24

// ParseSenders reads keys written "name:secret:source+source", one a field of text; lines
// that begin with # are remarks. Its errors name the place and never any part of a key.
func ParseSenders(text string) ([]Sender, error) {
	var out []Sender
	seen := map[string]bool{}
	for n, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, field := range strings.Fields(line) {
			s, err := parseSender(field)
			if err == nil && seen[s.Key] {
				err = fmt.Errorf("tên khóa đã dùng ở trên")
			}
			if err != nil {
				return nil, fmt.Errorf("khóa của hệ thống gửi sự kiện, dòng %d, khóa thứ %d: %w", n+1, len(out)+1, err)
			}
			seen[s.Key] = true
			out = append(out, s)
		}
	}
	return out, nil
}

func parseSender(field string) (Sender, error) {
	parts := strings.Split(field, ":")
	if len(parts) != 3 || parts[0] == "" {
		return Sender{}, fmt.Errorf("phải viết là tên:bí-mật:nguồn+nguồn")
	}
	if len(parts[1]) < leastSecret {
		return Sender{}, fmt.Errorf("bí mật ngắn quá %d ký tự; dùng chẳng hạn openssl rand -hex 24", leastSecret)
	}
	s := Sender{Key: parts[0], Secret: []byte(parts[1])}
	for _, name := range strings.Split(parts[2], "+") {
		source := lifeevents.Source(name)
		if !source.Known() || source == lifeevents.Declaration {
			return Sender{}, fmt.Errorf("có một nguồn không nằm trong danh mục nguồn dữ liệu")
		}
		s.Sources = append(s.Sources, source)
	}
	return s, nil
}
