package place

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestEveryEntryOfCompetenceIsComplete(t *testing.T) {
	code := regexp.MustCompile(`^\d\.\d{6}$`)
	seen := map[string]bool{}
	for _, e := range Competence() {
		if seen[e.ID] || e.ID == "" {
			t.Errorf("id %q is empty or doubled", e.ID)
		}
		seen[e.ID] = true
		for name, s := range map[string]string{"field": e.Field, "task": e.Task, "before": e.Before, "now": e.Now, "basis": e.Basis, "source": e.Source} {
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s: no %s", e.ID, name)
			}
		}
		if _, err := time.Parse(time.DateOnly, e.From); err != nil {
			t.Errorf("%s: %v", e.ID, err)
		}
		if _, err := time.Parse(time.DateOnly, e.Until); e.Until != "" && (err != nil || e.Until <= e.From) {
			t.Errorf("%s: until %q", e.ID, e.Until)
		}
		switch e.Confidence {
		case "high", "medium", "low":
		default:
			t.Errorf("%s: confidence %q", e.ID, e.Confidence)
		}
		if fromMemory := strings.Contains(e.Source+e.Basis, "trí nhớ") || strings.Contains(e.Basis, "chưa xác định"); fromMemory && e.Confidence != "low" {
			t.Errorf("%s rests on memory and is not low", e.ID)
		}
		if e.Confidence == "low" && e.Doubt == "" {
			t.Errorf("%s is low without saying why", e.ID)
		}
		if strings.Contains(e.Basis, "120/2025") && e.Until != "2027-03-01" {
			t.Errorf("%s rests on decree 120/2025 past its end", e.ID)
		}
		for _, c := range e.Procedures {
			if !code.MatchString(c) {
				t.Errorf("%s: code %q", e.ID, c)
			}
		}
		if found := Competent(e.Words[0]); len(found) == 0 {
			t.Errorf("%s is not found by its own words %q", e.ID, e.Words[0])
		}
	}
	if len(seen) < 25 {
		t.Errorf("only %d entries", len(seen))
	}
}

func TestQuestionsFindTheBodyThatIsCompetentNow(t *testing.T) {
	for q, want := range map[string]string{
		"Tôi muốn đăng ký kết hôn với người nước ngoài thì đến quận nào": "ket-hon-nuoc-ngoai",
		"dang ky ket hon voi nguoi nuoc ngoai":                           "ket-hon-nuoc-ngoai",
		"làm sổ đỏ lần đầu nộp ở huyện à":                                "so-do-lan-dau",
		"đăng ký hộ kinh doanh cá thể ở phòng tài chính quận":            "thanh-lap-hkd",
		"đổi căn cước ở công an quận được không":                         "can-cuoc",
		"ghi chú ly hôn":                 "ghi-chu-ly-hon",
		"xin giấy phép xây dựng nhà ở":   "giay-phep-xay-dung",
		"đăng ký nghĩa vụ quân sự ở đâu": "nghia-vu-quan-su",
	} {
		got := Competent(q)
		if len(got) == 0 || got[0].ID != want {
			t.Errorf("%q: %+v, want %s", q, got, want)
		}
	}
	if got := Competent("thời tiết hôm nay"); len(got) != 0 {
		t.Errorf("a question about nothing finds %s", got[0].ID)
	}
}

func TestAnEntryEndsOnTheDayItsDecreeDoes(t *testing.T) {
	e := Competent("kết hôn nước ngoài")[0]
	for day, want := range map[string]bool{"2025-06-30": false, "2025-07-01": true, "2027-02-28": true, "2027-03-01": false} {
		if e.Holds(day) != want {
			t.Errorf("holds on %s: %v", day, !want)
		}
	}
	if got := CompetentFor("2.000806"); len(got) != 1 || got[0].ID != e.ID {
		t.Errorf("by code: %+v", got)
	}
}
