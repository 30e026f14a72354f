package assistant

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval/viet"
)

// Days reads two days out of a question that compares them: "so với trước 1/7/2025 thì
// khác gì".
type Days struct{}

// Name of the step in traces.
func (Days) Name() string { return "days" }

// compareCues ask what is different between two days, in folded words.
var compareCues = []string{
	"so voi", "khac gi", "khac nhau", "khac the nao", "khac ra sao", "thay doi gi", "thay doi the nao", "thay doi ra sao", "co thay doi",
	"co gi moi", "doi gi", "co khac", "co doi", "tang hay giam", "so sanh", "truoc va sau", "compare", "what changed", "difference",
}

var reTwoSides = regexp.MustCompile(`\btruoc va sau(?: ngay)? ` + dayPattern)

// Run sets Against, and AsOf to the later day.
func (Days) Run(_ context.Context, t *Turn) error {
	first, second, ok := daysCompared(t.Text, t.Reading.AsOf, civil.On(t.Question.AskedAt), !t.Question.InForceOn.IsZero())
	if !ok {
		return nil
	}
	t.Reading.Against, t.Reading.AsOf, t.Answer.AsOf = first, second, second
	return nil
}

// daysCompared are the two days a question lays side by side, the earlier first. read is
// the day the question was taken to mean, given whether the person set it beside.
func daysCompared(text string, read, today civil.Date, given bool) (first, second civil.Date, ok bool) {
	folded := " " + strings.Join(strings.Fields(viet.Fold(viet.Normalize(text))), " ") + " "
	if !slices.ContainsFunc(compareCues, func(c string) bool { return strings.Contains(folded, " "+c+" ") }) {
		return first, second, false
	}
	if m := reTwoSides.FindStringSubmatch(folded); m != nil {
		day := dayOf(m[1:])
		return day.AddDays(-1), day, day.Valid()
	}
	var days []civil.Date
	for _, m := range reAnyDay.FindAllStringSubmatch(folded, -1) {
		if d := dayOf(m[1:]); d.Valid() && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	now := today
	if given {
		now = read
	}
	switch {
	case len(days) == 2:
		first, second = days[0], days[1]
	case len(days) == 1 && reBefore.MatchString(folded):
		first, second = days[0].AddDays(-1), now
	case len(days) == 1:
		first, second = days[0], now
	case len(days) == 0 && !given && read != today:
		first, second = read, today // "năm ngoái", "trước năm 2025"
	default:
		return first, second, false
	}
	if second.Before(first) {
		first, second = second, first
	}
	return first, second, first != second
}
