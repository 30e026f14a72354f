package rules

import (
	"fmt"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// parseStep reads a rung: "-30d", "0", "anchor +3d", "deadline -7d", "@02-01".
func parseStep(s string) (lifeevents.Step, error) {
	text := strings.TrimSpace(s)
	if md, ok := strings.CutPrefix(text, "@"); ok {
		month, day, err := parseMonthDay(md)
		if err != nil {
			return lifeevents.Step{}, err
		}
		return lifeevents.Step{Words: "@" + md,
			Says: lifeevents.Text{VI: fmt.Sprintf("ngày %02d/%02d của năm đó", day, month), EN: fmt.Sprintf("on %s %d of that year", month, day)},
			Day:  func(o *lifeevents.Occurrence) civil.Date { return onMonthDay(o.Legal.Year, month, day) }}, nil
	}
	base, rest := "legal", text
	for _, word := range []string{"anchor", "deadline", "opens", "legal"} {
		if after, ok := strings.CutPrefix(text, word); ok {
			base, rest = word, strings.ReplaceAll(after, " ", "")
		}
	}
	if rest == "" {
		rest = "0"
	}
	span, err := civil.ParseSpan(rest)
	if err != nil {
		return lifeevents.Step{}, fmt.Errorf("bậc nhắc %q không đọc được; viết như -30d, 0, anchor +3d, deadline -7d hoặc @02-01", s)
	}
	words := fmt.Sprintf("%+d%s", span.N, span.Unit)
	if span.N == 0 {
		words = "0"
	}
	if base != "legal" {
		words = base + " " + words
	}
	day := dayWords[base].day
	return lifeevents.Step{Words: words, Says: shifted(span, dayWords[base].Text), Day: func(o *lifeevents.Occurrence) civil.Date {
		return day(nil, o, civil.Date{}).Add(span, civil.DaysOff())
	}}, nil
}

// reachOf bounds the rungs of a ladder around the legal day, in days.
func reachOf(f *file, ladder []lifeevents.Step) (r lifeevents.Reach) {
	shift := 0 // how far an anchor may lie from its legal day
	for _, w := range f.Trigger.After {
		if s, err := civil.ParseSpan(w.text); err == nil {
			shift = max(shift, atMost(s))
		}
	}
	if f.Trigger.On.text != "" {
		shift += 366
	}
	for _, step := range ladder {
		base, rest, two := strings.Cut(step.Words, " ")
		if !two {
			base, rest = "legal", step.Words
		}
		far := map[string]int{"anchor": shift, "deadline": shift + 400, "opens": 0}[base]
		for _, w := range []word{f.Opens, deadlinePlus(f)} {
			if s, err := civil.ParseSpan(w.text); err == nil && base != "legal" {
				far += atMost(s)
			}
		}
		if strings.HasPrefix(rest, "@") {
			r.Before, r.After = max(r.Before, 366), max(r.After, 366)
			continue
		}
		s, err := civil.ParseSpan(rest)
		if err != nil {
			continue // refused where it was read
		}
		if s.N < 0 {
			r.Before, r.After = max(r.Before, far+atMost(s)), max(r.After, far)
		} else {
			r.Before, r.After = max(r.Before, far), max(r.After, far+atMost(s))
		}
	}
	return r
}

func deadlinePlus(f *file) word {
	if f.Deadline == nil {
		return word{}
	}
	return f.Deadline.Plus
}

// atMost is the most calendar days a span can cover, Tết included.
func atMost(s civil.Span) int {
	days := map[civil.Unit]int{civil.Days: 1, civil.Weeks: 7, civil.Months: 31, civil.Years: 366, civil.Workdays: 2}[s.Unit]
	n := max(s.N, -s.N) * days
	if s.Unit == civil.Workdays {
		n += 30
	}
	return n
}

// parseMonthDay reads "02-01", a day of every year.
func parseMonthDay(s string) (time.Month, int, error) {
	d, err := civil.Parse("2023-" + s) // a common year: 29 February is no day of every year
	if err != nil {
		return 0, 0, fmt.Errorf("%q không phải là tháng-ngày của mọi năm, như 02-01", s)
	}
	return d.Month, d.Day, nil
}

func onMonthDay(year int, m time.Month, day int) civil.Date {
	return civil.Date{Year: year, Month: m, Day: day}
}

// buildDeadline compiles the key deadline. From, Plus, On, Roll are in README.md.
func buildDeadline(f *deadline) (*lifeevents.Deadline, error) {
	from := f.From.text
	if from == "" {
		from = "legal"
	}
	if from != "legal" && from != "anchor" {
		return nil, &lineError{f.From.line, fmt.Sprintf("deadline.from là legal hoặc anchor, không phải %q", from)}
	}
	var span civil.Span
	if f.Plus.text != "" {
		var err error
		if span, err = civil.ParseSpan(f.Plus.text); err != nil {
			return nil, &lineError{f.Plus.line, fmt.Sprintf("deadline.plus %q không phải khoảng thời gian như 60d, 3m, 10wd", f.Plus.text)}
		}
	}
	base, roll := dayWords[from].day, f.Roll == nil || *f.Roll
	d := &lifeevents.Deadline{Words: strings.TrimSpace(from + " +" + span.String() + " " + f.On.text), Says: withinWords(span, from)}
	d.Day = func(o *lifeevents.Occurrence) (civil.Date, bool) {
		start := base(nil, o, civil.Date{})
		if roll {
			return civil.SureDeadline(start, span)
		}
		return start.Add(span, civil.DaysOff()), true
	}
	if f.On.text == "" {
		return d, nil
	}
	month, day, err := parseMonthDay(f.On.text)
	if err != nil {
		return nil, &lineError{f.On.line, err.Error()}
	}
	d.Says = lifeevents.Text{VI: fmt.Sprintf("đến hết ngày %02d/%02d", day, month), EN: fmt.Sprintf("by %s %d", month, day)}
	d.Day = func(o *lifeevents.Occurrence) (civil.Date, bool) {
		start := base(nil, o, civil.Date{}).Add(span, civil.DaysOff())
		last := onMonthDay(start.Year, month, day)
		if last.Before(start) {
			last.Year++
		}
		if roll {
			return civil.SureDeadline(last, civil.Span{Unit: civil.Days})
		}
		return last, true
	}
	return d, nil
}

func withinWords(s civil.Span, from string) lifeevents.Text {
	day := dayWords[from].Text
	switch {
	case s.N == 0:
		return lifeevents.Text{VI: "đến hết " + day.VI, EN: "by " + day.EN}
	case s.N < 0:
		return lifeevents.Text{VI: "chậm nhất " + s.VN() + " trước " + day.VI, EN: "at the latest " + english(s) + " before " + day.EN}
	}
	return lifeevents.Text{VI: "trong " + s.VN() + " kể từ " + day.VI, EN: "within " + english(s) + " from " + day.EN}
}
