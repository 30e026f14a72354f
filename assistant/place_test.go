package assistant

import (
	"strings"
	"testing"
)

func located(t *testing.T, text, given string) *Turn {
	t.Helper()
	turn := &Turn{Question: Question{Text: text, Place: given}, Text: text, Reading: Reading{AsOf: day("2026-11-21")}}
	if err := (Locate{}).Run(t.Context(), turn); err != nil {
		t.Fatal(err)
	}
	return turn
}

func TestAnOldDistrictIsToldToBeGone(t *testing.T) {
	turn := located(t, "đăng ký tạm trú ở quận Bình Thạnh TPHCM thì nộp ở đâu", "")
	if len(turn.Answer.Corrections) != 1 || !strings.Contains(turn.Answer.Corrections[0].Text, "không còn là đơn vị hành chính") {
		t.Fatalf("corrections: %+v", turn.Answer.Corrections)
	}
	if !standsPlace(turn.Answer.Citations[0]) {
		t.Error("the citation of the place does not stand")
	}
	if strings.Contains(turn.Text, "Bình Thạnh") {
		t.Errorf("the place stays in what is searched: %q", turn.Text)
	}
}

func TestAProvinceOfTodayNeedsNoCorrection(t *testing.T) {
	turn := located(t, "lệ phí đăng ký kết hôn", "Đà Nẵng")
	if len(turn.Answer.Corrections) != 0 || turn.Reading.ProvinceCode == "" {
		t.Errorf("%+v, province %q", turn.Answer.Corrections, turn.Reading.ProvinceCode)
	}
}

func TestAnUnknownPlaceIsSaidSo(t *testing.T) {
	if turn := located(t, "lệ phí đăng ký kết hôn", "Atlantis"); len(turn.Reading.Notes) != 1 {
		t.Errorf("notes: %v", turn.Reading.Notes)
	}
}
