package assistant

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
)

func record(t *telling, id string, said ...string) *toldRecord {
	return t.record(corpus.UnitID(id), "", []corpus.Chunk{{ID: corpus.ChunkID(id), Facet: "said", Text: strings.Join(said, "\n")}})
}

func TestTheSituationToldFindsTheRecordThatTellsIt(t *testing.T) {
	all := newTelling()
	pause := record(all, "a", "quán nghỉ bán vài tháng", "tiệm đóng cửa sửa chữa")
	end := record(all, "b", "đóng cửa tiệm luôn", "dẹp quán không bán nữa")
	for q, want := range map[string]int{
		"quán em nghỉ bán mấy tháng có phải báo không":   0,
		"quan em nghi ban may thang co phai bao khong":   0,
		"chị tính dẹp quán luôn thì làm giấy tờ gì":      1,
		"chi tinh dep quan luon thi lam giay to gi":      1,
		"tiệm đóng cửa để sửa chữa thì khai báo thế nào": 0,
	} {
		l := newLikeness(q, all, []*toldRecord{pause, end}, nil)
		a, b := l.of(pause).alike, l.of(end).alike
		if got := map[bool]int{true: 0, false: 1}[a > b]; got != want {
			t.Errorf("%q: %.3f and %.3f, want record %d", q, a, b, want)
		}
	}
}

func TestMarksTellWordsApartWhereTheyAreWritten(t *testing.T) {
	all := newTelling()
	sell, board := record(all, "a", "bán xe"), record(all, "b", "bàn xe")
	l := newLikeness("tôi bán xe", all, []*toldRecord{sell, board}, nil)
	if a, b := l.of(sell).alike, l.of(board).alike; a <= b {
		t.Errorf("bán %.3f, bàn %.3f", a, b)
	}
}

func TestChatSpellingIsReadAsTheWordsItStandsFor(t *testing.T) {
	for in, want := range map[string]string{
		"dki hkd mất bn": "đăng ký hộ kinh doanh mất bao nhiêu", "dc k z": "được không vậy", "không có gì đổi": "không có gì đổi",
	} {
		if got := spelledOut(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestNothingFoundAnswersNothing(t *testing.T) {
	if p := answers(nil); p != 0 {
		t.Errorf("probability %v of nothing", p)
	}
}

func FuzzLikenessStaysBetweenZeroAndOne(f *testing.F) {
	f.Add("đăng ký khai sinh cho con", "khai sinh cho em bé mới đẻ")
	f.Add("", "\n\n")
	f.Add("a\xff b", "b a\n(")
	f.Fuzz(func(t *testing.T, question, names string) {
		all := newTelling()
		r := record(all, "x", names)
		l := newLikeness(question, all, []*toldRecord{r}, nil)
		s := l.of(r)
		for _, v := range []float64{s.alike, s.covered, s.paired, s.held, s.strange} {
			if !(v >= 0 && v <= 1+1e-9) {
				t.Fatalf("%+v", s)
			}
		}
	})
}
