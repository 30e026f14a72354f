package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

const guidance = `BỘ TƯ PHÁP
Số: 99/2026/TT-BTP
Hà Nội, ngày 5 tháng 1 năm 2026
THÔNG TƯ
Hướng dẫn nội bộ về lưu trữ sổ hộ tịch tại kho bảo mật
Điều 1. Lưu trữ sổ hộ tịch tại kho bảo mật
Sổ hộ tịch được lưu trữ tại kho bảo mật hai lớp khóa trong chín năm.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 01 tháng 02 năm 2026.
`

func TestWhatIsForOfficialsOnlyIsReadByNobodyElse(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	file := filepath.Join(t.TempDir(), "huong-dan.txt")
	if err := os.WriteFile(file, []byte(guidance), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := a.Ingest(t.Context(), []string{file}, true, nil)
	if err != nil || in.Total.Added == 0 {
		t.Fatalf("%+v, %v", in.Report, err)
	}
	ask := func(cleared bool) assistant.Answer {
		answer, err := a.Ask(t.Context(), assistant.Question{Text: "Điều 1 Thông tư 99/2026/TT-BTP quy định sổ hộ tịch lưu trữ tại kho bảo mật bao lâu", AskedAt: at, Role: assistant.Official, Cleared: cleared})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	if got := ask(false); strings.Contains(got.Text, "hai lớp khóa") {
		t.Errorf("somebody not signed in is told: %s", got.Text)
	}
	if got := ask(true); !strings.Contains(got.Text, "hai lớp khóa") {
		t.Errorf("an official is not told: %s %s", got.Status, got.Text)
	}
	library := public{a.shelf}
	if _, err := library.Instrument(t.Context(), "99/2026/TT-BTP"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("its page is open: %v", err)
	}
	if _, err := library.Unit(t.Context(), corpus.UnitOf(corpus.Provision{Instrument: "99/2026/TT-BTP", Article: "1"})); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("its article is open: %v", err)
	}
	if _, err := a.law().Comparer.Compare(t.Context(), corpus.Provision{Instrument: "99/2026/TT-BTP", Article: "1"}, civil.On(at), civil.On(at)); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("it can be compared: %v", err)
	}
}
