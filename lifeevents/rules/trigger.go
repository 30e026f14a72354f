package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// anchors calls yield for each day a trigger names, before after and on are applied.
type anchors func(v *lifeevents.View, from, to int, yield func(*lifeevents.Anchor))

// buildTrigger compiles the key trigger.
func buildTrigger(t trigger, r *reads) (lifeevents.Trigger, error) {
	each, says, err := parseAt(t.At.text, r)
	if err != nil {
		return lifeevents.Trigger{}, &lineError{t.At.line, fmt.Sprintf("trigger.at %q: %v", t.At.text, err)}
	}
	var after []civil.Span
	for _, w := range t.After {
		s, err := civil.ParseSpan(w.text)
		if err != nil {
			return lifeevents.Trigger{}, &lineError{w.line, fmt.Sprintf("trigger.after %q không phải khoảng thời gian như 14y, 6m, 12m", w.text)}
		}
		after = append(after, s)
	}
	var month time.Month
	var day int
	if t.On.text != "" {
		if month, day, err = parseMonthDay(t.On.text); err != nil {
			return lifeevents.Trigger{}, &lineError{t.On.line, err.Error()}
		}
	}
	return lifeevents.Trigger{
		Words: triggerWords(t), Says: triggerSays(says, after, month, day),
		NeedsFact: r.need, NeedsFactKey: r.needKey, NeedsEvents: r.happened, Facts: slices.Clone(r.facts), Events: slices.Clone(r.events), Each: legalDays(each, says, after, month, day),
	}, nil
}

// legalDays moves each anchor by the spans and to the day of the year.
func legalDays(each anchors, base lifeevents.Text, after []civil.Span, month time.Month, day int) anchors {
	if len(after) == 0 {
		after = []civil.Span{{Unit: civil.Days}}
	}
	says := make([]lifeevents.Text, len(after))
	for i, s := range after {
		says[i] = spanSays(base, []civil.Span{s})
	}
	return func(v *lifeevents.View, from, to int, yield func(*lifeevents.Anchor)) {
		each(v, from, to, func(a *lifeevents.Anchor) {
			for i, s := range after {
				a.Legal, a.Says = a.On.Add(s, civil.DaysOff()), says[i]
				if day > 0 {
					a.Legal = onMonthDay(a.Legal.Year, month, day)
				}
				yield(a)
			}
		})
	}
}

func triggerWords(t trigger) string {
	words := t.At.text
	for i, w := range t.After {
		words += map[bool]string{true: " + ", false: ", "}[i == 0] + w.text
	}
	if t.On.text != "" {
		words += " @" + t.On.text
	}
	return words
}

func triggerSays(base lifeevents.Text, after []civil.Span, month time.Month, day int) lifeevents.Text {
	says := spanSays(base, after)
	if day > 0 {
		says.VI += fmt.Sprintf(" (tính ngày %02d/%02d của năm đó)", day, month)
		says.EN += fmt.Sprintf(" (taken on %s %d of that year)", month, day)
	}
	return says
}

// spanSays words "60 ngày sau sinh con", "đủ 25, 40, 60 tuổi".
func spanSays(base lifeevents.Text, after []civil.Span) lifeevents.Text {
	var vi, en, years []string
	for _, s := range after {
		if s.N == 0 {
			return base
		}
		years = append(years, strconv.Itoa(s.N))
		vi, en = append(vi, s.VN()), append(en, english(s))
	}
	if len(after) == 0 {
		return base
	}
	if base == bornSays && after[0].Unit == civil.Years {
		list := strings.Join(years, ", ")
		return lifeevents.Text{VI: "đủ " + list + " tuổi", EN: "turning " + list}
	}
	before := after[0].N < 0
	return lifeevents.Text{
		VI: strings.Join(vi, ", ") + map[bool]string{true: " trước ", false: " sau "}[before] + base.VI,
		EN: strings.Join(en, ", ") + map[bool]string{true: " before ", false: " after "}[before] + base.EN,
	}
}

var bornSays = lifeevents.Text{VI: "ngày sinh", EN: "the date of birth"}

// parseAt reads the forms of trigger.at listed in README.md.
func parseAt(s string, r *reads) (anchors, lifeevents.Text, error) {
	word, rest, _ := strings.Cut(strings.Join(strings.Fields(s), " "), " ")
	switch word {
	case "born":
		if rest == "" {
			r.facts, r.need = append(r.facts, lifeevents.DateOfBirth), lifeevents.DateOfBirth
			return bornAt, bornSays, nil
		}
	case "event":
		return eventAt(rest, r)
	case "fact":
		return factAt(rest, r)
	case "every":
		return everyYear(rest)
	case "monthly":
		return monthlyAt(rest, r)
	case "day":
		return dayAt(rest)
	case "retirement":
		r.facts, r.need = append(r.facts, lifeevents.DateOfBirth, lifeevents.SexOf), lifeevents.DateOfBirth
		return retirementAt, lifeevents.Text{VI: "đủ tuổi nghỉ hưu", EN: "reaching retirement age"}, nil
	case "kin":
		if rest == "child born" {
			return childBorn, lifeevents.Text{VI: "ngày sinh của con", EN: "the child's date of birth"}, nil
		}
	}
	return nil, lifeevents.Text{}, fmt.Errorf("không hiểu; xem bảng trigger.at trong README.md")
}

func bornAt(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
	if f := v.Fact(lifeevents.DateOfBirth, ""); f != nil && f.Value.On.Valid() {
		yield(&lifeevents.Anchor{On: f.Value.On, Known: civil.On(f.KnownSince()), Fact: f})
	}
}

func eventAt(rest string, r *reads) (anchors, lifeevents.Text, error) {
	var kinds []lifeevents.EventKind
	var says lifeevents.Text
	for i, w := range strings.Split(rest, ",") {
		k := lifeevents.EventKind(strings.TrimSpace(w))
		if !k.Known() {
			return nil, says, fmt.Errorf("không có loại sự kiện %q", k)
		}
		kinds = append(kinds, k)
		if i == 0 {
			says = k.Name()
		} else {
			says = lifeevents.Text{VI: says.VI + " hoặc " + k.Name().VI, EN: says.EN + " or " + k.Name().EN}
		}
	}
	r.events, r.happened = append(r.events, kinds...), kinds
	return func(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
		for i := range v.Events {
			e := &v.Events[i]
			for _, k := range kinds {
				if e.Kind == k {
					yield(&lifeevents.Anchor{On: e.On, Ref: e.Subject, Known: civil.On(e.Reported), Event: e})
				}
			}
		}
	}, says, nil
}

func factAt(rest string, r *reads) (anchors, lifeevents.Text, error) {
	ref, field, ok := strings.Cut(rest, " ")
	if !ok || field != "on" && field != "until" {
		return nil, lifeevents.Text{}, fmt.Errorf("viết như fact document/passport until hoặc fact land on")
	}
	kind, key, name, err := factRef(ref, r)
	if err != nil {
		return nil, name, err
	}
	r.need, r.needKey = kind, key
	says := lifeevents.Text{VI: "ngày hết hạn " + name.VI, EN: "the last day of " + name.EN}
	if field == "on" {
		says = lifeevents.Text{VI: "ngày ghi trong " + name.VI, EN: "the day of " + name.EN}
	}
	return func(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
		for i := range v.Facts {
			f := &v.Facts[i]
			if f.Kind != kind || key != "" && f.Key != key {
				continue
			}
			if d := factDay(f, field); d.Valid() {
				yield(&lifeevents.Anchor{On: d, Ref: f.Key, Known: civil.On(f.KnownSince()), Fact: f})
			}
		}
	}, says, nil
}

func everyYear(rest string) (anchors, lifeevents.Text, error) {
	type monthDay struct {
		month time.Month
		day   int
	}
	var days []monthDay
	var words []string
	for _, w := range strings.Split(rest, ",") {
		m, d, err := parseMonthDay(strings.TrimSpace(w))
		if err != nil {
			return nil, lifeevents.Text{}, err
		}
		days, words = append(days, monthDay{m, d}), append(words, fmt.Sprintf("%02d/%02d", d, m))
	}
	list := strings.Join(words, ", ")
	return func(_ *lifeevents.View, from, to int, yield func(*lifeevents.Anchor)) {
		var a lifeevents.Anchor
		for y := from; y <= to; y++ {
			for _, d := range days {
				a.On = onMonthDay(y, d.month, d.day)
				yield(&a)
			}
		}
	}, lifeevents.Text{VI: "ngày " + list + " hằng năm", EN: list + " every year"}, nil
}

func monthlyAt(ref string, r *reads) (anchors, lifeevents.Text, error) {
	kind, key, name, err := factRef(ref, r)
	if err != nil {
		return nil, name, err
	}
	r.need, r.needKey = kind, key
	return func(v *lifeevents.View, from, to int, yield func(*lifeevents.Anchor)) {
		for i := range v.Facts {
			f := &v.Facts[i]
			if f.Kind != kind || key != "" && f.Key != key || !f.Value.On.Valid() {
				continue
			}
			first := max(1, (from-f.Value.On.Year)*12)
			for n := first; ; n++ {
				day := f.Value.On.AddMonths(n)
				if day.Year > to || !f.Value.Until.IsZero() && f.Value.Until.Before(day) {
					break
				}
				yield(&lifeevents.Anchor{On: day, Ref: f.Key, Known: civil.On(f.KnownSince()), Fact: f})
			}
		}
	}, lifeevents.Text{VI: "hằng tháng khi có " + name.VI, EN: "every month of " + name.EN}, nil
}

func dayAt(rest string) (anchors, lifeevents.Text, error) {
	day, err := civil.Parse(rest)
	if err != nil || day.IsZero() {
		return nil, lifeevents.Text{}, fmt.Errorf("%q không phải ngày như 2027-02-28", rest)
	}
	return func(_ *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
		yield(&lifeevents.Anchor{On: day})
	}, lifeevents.Text{VI: "ngày " + day.VN(), EN: day.String()}, nil
}

// childBorn names the birth of every living child of the person.
func childBorn(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
	for i := range v.Edges {
		e := &v.Edges[i]
		if e.Kind != lifeevents.ParentOf || e.From != v.ID || e.Withdrawn {
			continue
		}
		child := v.Kin[e.To]
		if child == nil || child.Born.IsZero() || !child.Died.IsZero() {
			continue
		}
		known := civil.On(e.ObservedAt)
		f := child.Fact(lifeevents.DateOfBirth, "")
		if f != nil {
			if seen := civil.On(f.KnownSince()); known.Before(seen) {
				known = seen
			}
		}
		yield(&lifeevents.Anchor{On: child.Born, Ref: string(e.To), Known: known, Fact: f})
	}
}

func retirementAt(v *lifeevents.View, _, _ int, yield func(*lifeevents.Anchor)) {
	f := v.Fact(lifeevents.DateOfBirth, "")
	if f == nil || !f.Value.On.Valid() {
		return
	}
	if when, ok := RetirementOf(f.Value.On, v.Sex); ok {
		yield(&lifeevents.Anchor{On: when.On, Known: civil.On(f.KnownSince()), Fact: f, Doubt: when.Doubt})
	}
}
