package assistant

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestATopicHoldsNoNameNumberOrCourtesy(t *testing.T) {
	for text, want := range map[string]string{
		"Cho tôi hỏi nuôi cá sấu cần giấy phép gì ạ?":                 "ca nuoi phep sau",
		"tên tôi là Nguyễn Văn Tám, muốn nuôi cá sấu":                 "ca nuoi sau",
		"ông Trần Văn Bảy hỏi nuôi cá sấu":                            "ca nuoi sau",
		"nuôi cá sấu, gọi [số điện thoại] cho Lê Thị Mai, CCCD 04819": "ca cccd goi nuoi sau", "xin ở công viên phải làm sao": "cong vien",
		"[số điện thoại] 123456": "",
	} {
		if got := strings.Join(topicWords(text), " "); got != want {
			t.Errorf("%q: %q; want %q", text, got, want)
		}
	}
}

func rows(monday string, bags ...string) []GapRow {
	var out []GapRow
	for _, b := range bags {
		words := strings.Fields(b)
		slices.Sort(words)
		out = append(out, GapRow{Monday: day(monday), Words: words})
	}
	return out
}

func TestWhatFewPeopleAskedIsCountedButNotShown(t *testing.T) {
	all := append(rows("2026-11-09", "nuoi ca sau", "ca sau nuoi", "bay flycam"), rows("2026-11-16", "nuoi ca sau binhthuan", "an danh hoangvan")...)
	r := GatherGaps(all)
	if len(r.Gaps) != 1 || r.Rare != 2 || r.Gaps[0].Asked != 3 || strings.Join(r.Gaps[0].Words, " ") != "ca nuoi sau" {
		t.Fatalf("%+v", r)
	}
	if w := r.Gaps[0].Weeks; len(w) != 2 || w[0] != (WeekCount{day("2026-11-09"), 2}) || w[1] != (WeekCount{day("2026-11-16"), 1}) {
		t.Errorf("weeks %+v", w)
	}
	if r := GatherGaps(all[:2]); len(r.Gaps) != 0 || r.Rare != 2 {
		t.Errorf("two people show: %+v", r)
	}
}

func TestGapsDoNotDependOnTheOrderOfRows(t *testing.T) {
	all := rows("2026-11-09", "nuoi ca sau", "nuoi ca sau", "nuoi ca sau con", "bay flycam", "bay flycam", "bay flycam cong vien", "ca sau con", "dieu la mat")
	want := GatherGaps(all)
	for range len(all) {
		all = append(all[1:], all[0])
		if got := GatherGaps(all); len(got.Gaps) != len(want.Gaps) || got.Rare != want.Rare || !slices.Equal(got.Gaps[0].Words, want.Gaps[0].Words) {
			t.Fatalf("%+v; want %+v", got, want)
		}
	}
}

func TestAWeekBeginsOnMondayInVietnam(t *testing.T) {
	for at, want := range map[string]string{"2026-11-15": "2026-11-09", "2026-11-16": "2026-11-16", "2026-11-22": "2026-11-16"} {
		if got := MondayOf(day(at).Start()); got != day(want) || got.Weekday() != 1 {
			t.Errorf("%s: %s; want %s", at, got, want)
		}
	}
}

func FuzzTopicWords(f *testing.F) {
	f.Add("tên tôi là Nguyễn Văn Tám [số CMND] Ông")
	f.Fuzz(func(t *testing.T, text string) {
		words := topicWords(text)
		if len(words) > mostTopicWords || !slices.IsSorted(words) {
			t.Errorf("%q gives %q", text, words)
		}
		for _, w := range words {
			if strings.ContainsFunc(w, unicode.IsDigit) || strings.ContainsFunc(w, unicode.IsUpper) {
				t.Errorf("%q keeps %q", text, w)
			}
		}
	})
}
