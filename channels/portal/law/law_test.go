package law

import (
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// said writes compared lines with -gone- and +come+.
func said(lines []comparedLine) string {
	var out []string
	for _, l := range lines {
		var words []string
		for _, w := range l.Words {
			sign := map[assistant.LineKind]string{assistant.InFirst: "-", assistant.InSecond: "+"}[w.Kind]
			words = append(words, sign+w.Text+sign)
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "|")
}

func TestARewordedLineShowsWhichWordsWentAndCame(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []assistant.LineChange
		want  string
	}{
		{"one word", []assistant.LineChange{{Kind: assistant.InFirst, Text: "nộp tại huyện trong 60 ngày"}, {Kind: assistant.InSecond, Text: "nộp tại xã trong 60 ngày"}}, "nộp tại -huyện- +xã+ trong 60 ngày"},
		{"another line", []assistant.LineChange{{Kind: assistant.InFirst, Text: "một hai ba"}, {Kind: assistant.InSecond, Text: "bốn năm sáu"}}, "-một hai ba-|+bốn năm sáu+"},
		{"added", []assistant.LineChange{{Kind: assistant.InBoth, Text: "a"}, {Kind: assistant.InSecond, Text: "b"}}, "a|+b+"},
		{"removed, then kept", []assistant.LineChange{{Kind: assistant.InFirst, Text: "b"}, {Kind: assistant.InBoth, Text: "a"}}, "-b-|a"},
		{"nothing", nil, ""},
	} {
		if got := said(mark(c.lines)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestArticlesHangUnderTheirHeadingsInReadingOrder(t *testing.T) {
	one, two := corpus.Heading{Kind: "Chương", Number: "I"}, corpus.Heading{Kind: "Chương", Number: "II"}
	part := corpus.Heading{Kind: "Mục", Number: "1"}
	tree := treeOf(corpus.Instrument{Number: "1/2020/QH14", Articles: []corpus.Article{
		{Number: "1", Under: []corpus.Heading{one}}, {Number: "2", Under: []corpus.Heading{one, part}},
		{Number: "3", Under: []corpus.Heading{two, part}}, {Number: "4", Under: []corpus.Heading{two}},
	}})
	if len(tree) != 2 || len(tree[0].Articles) != 1 || len(tree[0].Below) != 1 || len(tree[1].Below) != 1 || tree[1].Below[0].Articles[0].At.Article != "3" || tree[1].Articles[0].At.Article != "4" {
		t.Errorf("%+v", tree)
	}
	flat := treeOf(corpus.Instrument{Number: "1/2020/QH14", Articles: []corpus.Article{{Number: "1", Text: strings.Repeat("chữ ", 60)}}})
	if len(flat) != 1 || flat[0].Heading != "" || !strings.HasSuffix(flat[0].Articles[0].Opening, "…") {
		t.Errorf("%+v", flat)
	}
}

func TestAnAddressLeadsToThePlaceAndTheDay(t *testing.T) {
	day := civil.Date{Year: 2026, Month: time.March, Day: 1}
	for want, p := range map[string]corpus.Provision{
		"/van-ban/60_2014_qh13/dieu/15?ngay=2026-03-01#khoan-1":  {Instrument: "60/2014/QH13", Article: "15", Clause: "1", Point: "a"},
		"/van-ban/135_2020_n%C4%91-cp/phu-luc/I?ngay=2026-03-01": {Instrument: "135/2020/NĐ-CP", Annex: "I"},
		"/van-ban/60_2014_qh13?ngay=2026-03-01":                  {Instrument: "60/2014/QH13"},
	} {
		if got := page.LawAddress(p, day); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestTheListIsNarrowedByWordsWithoutMarksAndByStatusOnTheDay(t *testing.T) {
	day := civil.Date{Year: 2026, Month: time.March, Day: 1}
	old := shelved{corpus.Head{Number: "1/2000/QH10", Validity: corpus.Validity{From: day.AddYears(-20), Until: day}}, "1/2000/qh10 luat ho tich"}
	for _, c := range []struct {
		choice choice
		want   bool
	}{
		{choice{On: day, Words: "Hộ tịch"}, true}, {choice{On: day, Words: "ho tich nha"}, false}, {choice{On: day, Status: "in"}, false},
		{choice{On: day.AddDays(-1), Status: "in"}, true}, {choice{On: day, Status: "out"}, true}, {choice{On: day.AddYears(-30), Status: "not_yet"}, true},
	} {
		if got := c.choice.takes(old); got != c.want {
			t.Errorf("%+v: %v", c.choice, got)
		}
	}
}
