package assistant

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestSlotsAreHeardInTheOrderAsked(t *testing.T) {
	for q, want := range map[string][]Slot{
		"Đăng ký khai sinh cho con cần giấy tờ gì, bao lâu, lệ phí bao nhiêu?": {Papers, Time, Fees},
		"dang ky tam tru o dau": {Where},
		"làm căn cước mất bao nhiêu tiền và mấy ngày có": {Fees, Time},
		"Thời hạn giải quyết đăng ký kết hôn?":           {Time},
		"không đăng ký tạm trú có bị phạt không":         {Penalty},
		"đăng ký tạm trú online được không":              {Online},
		"Khai sinh trong bao lâu phải làm?":              {DueBy},
		"mẫu tờ khai đăng ký kết hôn":                    {Forms},
		"ai được đi đăng ký khai tử":                     {Who},
		"đăng ký khai sinh":                              nil,
		"đăng ký kết hôn làm thế nào, cần giấy tờ gì":    {Papers},
		"theo luật nào mà phải đổi căn cước":             {LegalBasis},
		"thường trú và tạm trú khác gì nhau":             {Compare},
	} {
		if got := slotsOf(q); !slices.Equal(got, want) {
			t.Errorf("%q asks for %v; want %v", q, got, want)
		}
	}
}

func TestDaysInAQuestionBecomeTheDayMeant(t *testing.T) {
	today := day("2026-11-21")
	for q, want := range map[string]string{
		"trước 1/7/2025 nộp ở huyện hay xã":              "2025-06-30",
		"truoc ngay 01/07/2025 thi sao":                  "2025-06-30",
		"từ 1/1/2026 kết hôn cần giấy độc thân không":    "2026-01-01",
		"lệ phí vào năm 2024":                            "2024-12-31",
		"năm ngoái lệ phí bao nhiêu":                     "2025-12-31",
		"tháng 3/2026 phí căn cước":                      "2026-03-31",
		"tháng 11/2026 phí căn cước":                     "2026-11-21",
		"Nghị định 63 năm 2024 quy định gì":              "",
		"Luật Đất đai năm 2013":                          "",
		"con sinh 12/3/2012 đã phải làm căn cước chưa":   "",
		"con sinh ngày 12/3/2026, vào ngày 1/4/2026 thì": "2026-04-01",
	} {
		if got := datesOf(q, today); got.asOf.String() != want {
			t.Errorf("%q is as of %q; want %q", q, got.asOf, want)
		}
	}
}

func TestAgesFollowTheCalendar(t *testing.T) {
	for q, want := range map[string]int{
		"con sinh 12/3/2012 đã phải làm căn cước chưa": 14, "con tôi sinh ngày 22/11/2012": 13, "con tôi 6 tuổi": 6, "tôi sinh năm 1960": 66,
	} {
		d := datesOf(q, day("2026-11-21"))
		if got, ok := ageOf(q, d.born, day("2026-11-21")); !ok || got != want {
			t.Errorf("%q: age %d, %v; want %d", q, got, ok, want)
		}
	}
}

func TestADayThatDoesNotExistIsSaidSo(t *testing.T) {
	for _, q := range []string{"từ 30/2/2026 thì sao", "ngày 31/4", "tu 32/1/2026"} {
		turn := &Turn{Question: Question{Text: q, AskedAt: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}, Text: q}
		if err := (Read{}).Run(context.Background(), turn); err != nil || turn.Answer.Status != Unclear {
			t.Errorf("%q: %v, %v", q, turn.Answer.Status, err)
		}
	}
}
