package rules

import (
	"fmt"
	"strings"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// dayOf computes a day for an occurrence; zero where it is not known.
type dayOf func(v *lifeevents.View, o *lifeevents.Occurrence, on civil.Date) civil.Date

var dayWords = map[string]struct {
	day dayOf
	lifeevents.Text
}{
	"born": {func(v *lifeevents.View, _ *lifeevents.Occurrence, _ civil.Date) civil.Date { return v.Born },
		lifeevents.Text{VI: "ngày sinh", EN: "the date of birth"}},
	"died": {func(v *lifeevents.View, _ *lifeevents.Occurrence, _ civil.Date) civil.Date { return v.Died },
		lifeevents.Text{VI: "ngày mất", EN: "the day of death"}},
	"anchor": {func(_ *lifeevents.View, o *lifeevents.Occurrence, _ civil.Date) civil.Date { return o.Anchor },
		lifeevents.Text{VI: "ngày phát sinh", EN: "the triggering day"}},
	"legal": {func(_ *lifeevents.View, o *lifeevents.Occurrence, _ civil.Date) civil.Date { return o.Legal },
		lifeevents.Text{VI: "ngày pháp lý", EN: "the legal day"}},
	"opens": {func(_ *lifeevents.View, o *lifeevents.Occurrence, _ civil.Date) civil.Date { return o.Opens },
		lifeevents.Text{VI: "ngày bắt đầu được làm", EN: "the first day to act"}},
	"deadline": {func(_ *lifeevents.View, o *lifeevents.Occurrence, _ civil.Date) civil.Date { return o.Deadline },
		lifeevents.Text{VI: "hạn cuối", EN: "the deadline"}},
	"due": {func(_ *lifeevents.View, _ *lifeevents.Occurrence, on civil.Date) civil.Date { return on },
		lifeevents.Text{VI: "ngày nhắc", EN: "the day of the notice"}},
}

// parseDay reads "legal", "born + 14y", "2025-07-01 -1m", "deadline-7d".
func parseDay(s string) (dayOf, lifeevents.Text, error) {
	word, rest := s, ""
	if i := strings.IndexAny(s, " +"); i > 0 {
		word, rest = s[:i], s[i:]
	} else if i := strings.Index(s, "-"); i > 4 || i > 0 && !isDigit(s[0]) {
		word, rest = s[:i], s[i:]
	}
	word = strings.TrimSpace(word)
	base, says, err := baseDay(word)
	if err != nil {
		return nil, says, err
	}
	rest = strings.ReplaceAll(rest, " ", "")
	if rest == "" {
		return base, says, nil
	}
	span, err := civil.ParseSpan(rest)
	if err != nil || rest[0] != '+' && rest[0] != '-' {
		return nil, says, fmt.Errorf("không hiểu %q trong %q; viết như legal - 30d", rest, s)
	}
	return func(v *lifeevents.View, o *lifeevents.Occurrence, on civil.Date) civil.Date {
		d := base(v, o, on)
		if d.IsZero() {
			return d
		}
		return d.Add(span, civil.DaysOff())
	}, shifted(span, says), nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func baseDay(word string) (dayOf, lifeevents.Text, error) {
	if w, ok := dayWords[word]; ok {
		return w.day, w.Text, nil
	}
	fixed, err := civil.Parse(word)
	if err != nil || fixed.IsZero() {
		return nil, lifeevents.Text{}, fmt.Errorf("không hiểu mốc ngày %q; dùng born, anchor, legal, opens, deadline, due hoặc ngày như 2025-07-01", word)
	}
	day := func(*lifeevents.View, *lifeevents.Occurrence, civil.Date) civil.Date { return fixed }
	return day, lifeevents.Text{VI: fixed.VN(), EN: fixed.String()}, nil
}

// shifted words a span before or after a day.
func shifted(s civil.Span, day lifeevents.Text) lifeevents.Text {
	switch {
	case s.N == 0:
		return lifeevents.Text{VI: "đúng " + day.VI, EN: "on " + day.EN}
	case s.N < 0:
		return lifeevents.Text{VI: s.VN() + " trước " + day.VI, EN: english(s) + " before " + day.EN}
	}
	return lifeevents.Text{VI: s.VN() + " sau " + day.VI, EN: english(s) + " after " + day.EN}
}

var unitsEN = map[civil.Unit]string{civil.Days: "day", civil.Weeks: "week", civil.Months: "month", civil.Years: "year", civil.Workdays: "working day"}

func english(s civil.Span) string {
	n := max(s.N, -s.N)
	word := unitsEN[s.Unit]
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
