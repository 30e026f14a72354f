package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// readDays reads from the closing articles since when the instrument holds, until when
// where it says so, and articles that take effect on a day of their own.
func readDays(in *corpus.Instrument) {
	for i := len(in.Articles) - 1; i >= 0 && in.Validity.From.IsZero(); i-- {
		for _, s := range splitSentences(articleWords(in.Articles[i])) {
			if d, ok := effectDay(s, in.Issued); ok {
				in.Validity.From = d
				in.Validity.Until = lastDay(s)
				break
			}
		}
	}
	for _, a := range in.Articles {
		for _, s := range splitSentences(articleWords(a)) {
			ownDays(in, s)
		}
	}
}

func articleWords(a corpus.Article) string { return a.Heading + "\n" + a.FullText() }

// effectPhrases stand before the day an instrument takes effect.
var effectPhrases = []string{"có hiệu lực thi hành kể từ ", "có hiệu lực kể từ ", "có hiệu lực thi hành từ ", "có hiệu lực từ ", "có hiệu lực thi hành sau ", "có hiệu lực sau ", "có hiệu lực thi hành "}

// effectDay reads "Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2024",
// "… từ ngày ký", "… sau 45 ngày kể từ ngày ký" (days counted from issued).
func effectDay(s string, issued civil.Date) (civil.Date, bool) {
	for _, phrase := range effectPhrases {
		i := strings.Index(s, phrase)
		if i < 0 || !strings.HasSuffix(strings.TrimRight(s[:i], " "), "này") && !strings.HasSuffix(strings.TrimRight(s[:i], " "), "này,") {
			continue
		}
		rest := strings.TrimPrefix(s[i+len(phrase):], "ngày ")
		if d, _ := scanDay(rest); !d.IsZero() {
			return d, true
		}
		rest = strings.TrimPrefix(rest, "sau ")
		if n, w := scanInt(rest, 3); w > 0 && !issued.IsZero() {
			return daysAfter(issued, n, rest[w:])
		}
		if strings.HasPrefix(rest, "ký") || strings.HasPrefix(rest, "ban hành") || strings.HasPrefix(rest, "được thông qua") || strings.HasPrefix(rest, "Quốc hội thông qua") {
			return issued, !issued.IsZero()
		}
	}
	return civil.Date{}, false
}

// daysAfter counts "45 ngày kể từ ngày ký" or "06 tháng kể từ ngày ban hành"; days from
// publication in the gazette are not known.
func daysAfter(issued civil.Date, n int, unit string) (civil.Date, bool) {
	unit = strings.TrimSpace(unit)
	if strings.HasPrefix(unit, "(") { // "45 (bốn mươi lăm) ngày"
		_, unit, _ = strings.Cut(unit, ")")
		unit = strings.TrimSpace(unit)
	}
	if i := strings.IndexAny(unit, ".;"); i >= 0 {
		unit = unit[:i]
	}
	if !strings.Contains(unit, "ký") && !strings.Contains(unit, "ban hành") || strings.Contains(strings.ToLower(unit), "công báo") {
		return civil.Date{}, false
	}
	switch {
	case strings.HasPrefix(unit, "ngày"):
		return issued.AddDays(n), true
	case strings.HasPrefix(unit, "tháng"):
		return issued.AddMonths(n), true
	}
	return civil.Date{}, false
}

// lastDay reads "đến hết ngày 31 tháng 12 năm 2025": the span ends the day after.
func lastDay(s string) civil.Date {
	i := strings.Index(s, "có hiệu lực")
	if i < 0 {
		return civil.Date{}
	}
	if j := strings.Index(s[i:], "; "); j > 0 {
		s = s[:i+j]
	}
	if d, ok := dayAfter(s[i:], "đến hết ngày "); ok {
		return d.AddDays(1)
	}
	return civil.Date{}
}

// ownDays: "Quy định tại Điều 46 của Luật này có hiệu lực thi hành từ ngày …" gives those
// whole articles a first day of their own.
func ownDays(in *corpus.Instrument, s string) {
	i := strings.Index(s, "có hiệu lực")
	if i < 0 || i > 400 || !strings.Contains(s, "Điều ") {
		return
	}
	d, ok := dayAfter(s[i:], "từ ngày ")
	if !ok || d == in.Validity.From {
		return
	}
	for _, m := range References(s[:i], corpus.Provision{Instrument: in.Number}) {
		for _, p := range m.Provisions {
			if p.Clause != "" || p.Article == "" || corpus.NumberKey(p.Instrument) != corpus.NumberKey(in.Number) {
				continue
			}
			for k := range in.Articles {
				if in.Articles[k].Number == p.Article {
					in.Articles[k].Validity.From = d
				}
			}
		}
	}
}
