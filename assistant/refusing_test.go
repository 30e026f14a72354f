package assistant

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

func TestNoRecordIsForAPetOrTheDead(t *testing.T) {
	for q, want := range map[string]bool{
		"làm hộ chiếu cho con mèo": true, "đăng ký kết hôn với người đã chết": true, "thường trú ở sao Hỏa": true,
		"khai tử cho người đã mất": false, "mở cửa hàng bán thú cưng đăng ký hộ kinh doanh": false, "khai sinh cho con": false, "mất điện thoại khóa căn cước": false,
		"làm hộ chiếu cho ông nội đã mất": true, "Đổi bằng lái xe cho ba em mới mất hôm qua": true, "làm căn cước cho con đã mất thẻ": false, "xóa thường trú cho chồng đã mất": false, "làm lại hộ chiếu cho con bị mất": false,
		"làm hộ chiếu cho chồng": false, "đăng ký tạm trú cho người thuê": false,
	} {
		if got := impossibleParty(q); got != want {
			t.Errorf("%q: %v", q, got)
		}
	}
}

func TestANameThatCoversSeveralIsAskedBack(t *testing.T) {
	for q, want := range map[string]bool{
		"đi công chứng cần mang gì": true, "em muốn đổi thẻ thì làm sao": true, "mat het giay to trong vi lam lai o dau": true,
		"công chứng bản sao bằng đại học": false, "đổi thẻ căn cước": false, "sang tên xe máy": false, "khai sinh cho con": false,
	} {
		turn := &Turn{Text: q}
		turn.Reading.Slots = slotsOf(q)
		u, err := Choose{}.under(t.Context(), turn)
		if err != nil {
			t.Fatal(err)
		}
		if got := u != nil; got != want {
			t.Errorf("%q: %v, subject %q", q, got, shortOf(q))
		}
	}
}

func TestTheTermOfThePersonIsNotThatOfTheOffice(t *testing.T) {
	for q, want := range map[string]Slot{
		"phải gửi thông báo trong bao nhiêu ngày": DueBy, "nộp hồ sơ cho công ty trong bao lâu": DueBy, "tạm ngừng phải báo trước mấy ngày": DueBy,
		"làm căn cước mất bao lâu": Time, "nộp hồ sơ bao lâu thì có kết quả": Time, "đăng ký tạm trú mấy ngày xong": Time,
	} {
		if got := slotsOf(q); !slices.Contains(got, want) {
			t.Errorf("%q asks %v, want %s", q, got, want)
		}
	}
}

func TestWordsOfTheNameAskForNoSlot(t *testing.T) {
	for q, want := range map[string][]Slot{
		"đăng ký xe trực tuyến cần giấy tờ gì": {Papers}, "đăng ký xe trực tuyến thì làm thế nào": {Steps}, "đăng ký xe trực tuyến": {Online},
		"nhà có người mất báo ở đâu, thủ tục thế nào": {Steps, Where},
	} {
		if got := slotsBeside(q, []string{"đăng ký xe trực tuyến"}, []string{"nhà có người mất báo ở đâu"}); !slices.Equal(got, want) {
			t.Errorf("%q asks %v, want %v", q, got, want)
		}
	}
}

func TestWaysOfAskingWhoseWordsStandApart(t *testing.T) {
	for q, want := range map[string]Slot{
		"hạn khai tạm trú là khi nào": DueBy, "nếu không sang tên xe thì phạt nhiêu tiền": Penalty, "cách đăng ký kết hôn": Steps, "đăng ký tạm trú dành cho ai": Who,
		"đăng ký khai sinh nộp cho ai": Where, "ngồi ở nhà khai sinh được không": Online, "làm căn cước xong nhận về giấy gì": Result,
	} {
		if got := slotsOf(q); !slices.Contains(got, want) {
			t.Errorf("%q asks %v, want %s", q, got, want)
		}
	}
	if got := slotsOf("muốn làm căn cước cho trẻ có cần gì không"); slices.Contains(got, Penalty) {
		t.Errorf("a wish is taken for lateness: %v", got)
	}
}

func TestNobodyIsAnAI(t *testing.T) {
	if impossibleParty("hồ sơ khai sinh nộp cho ai") || impossibleParty("dang ky tam tru danh cho ai") {
		t.Error("who is asked for is taken for a machine")
	}
}

func TestKindsReadTheMarksOfTheirSpeech(t *testing.T) {
	for q, want := range map[string]string{
		"bạn thấy phường nào làm việc tốt nhất": "opinion", "bên Nhật nghỉ thai sản mấy tháng": "foreign", "tôi có nên kiện không": "strategy",
	} {
		if kind, p, _ := kinds.of(q); kind != want || p < maybeKind {
			t.Errorf("%q is %s at %.2f", q, kind, p)
		}
	}
	for _, q := range []string{"đăng ký khai sinh cho con cần giấy tờ gì", "bố mất, xe đứng tên bố thì sang tên thế nào", "mức phạt không đăng ký tạm trú", ""} {
		if kind, p, _ := kinds.of(q); p >= maybeKind {
			t.Errorf("%q is taken for %s at %.2f", q, kind, p)
		}
	}
}

// lawShelf holds one law in force and one that ended.
type lawShelf struct{ corpus.Library }

func (lawShelf) Instrument(_ context.Context, number string) (corpus.Instrument, error) {
	day := civil.New(2025, 12, 15)
	switch number {
	case "60/2014/QH13":
		return corpus.Instrument{Number: number, Title: "Luật Hộ tịch", Validity: corpus.Validity{From: civil.New(2016, 1, 1)}}, nil
	case "144/2021/NĐ-CP":
		return corpus.Instrument{Number: number, Validity: corpus.Validity{From: civil.New(2022, 1, 1), Until: day}}, nil
	}
	return corpus.Instrument{}, corpus.ErrNotFound
}

func (lawShelf) Unit(_ context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	p := corpus.Provision{Instrument: "60/2014/QH13", Article: "15"}
	if id != corpus.UnitOf(p) {
		return nil, corpus.ErrNotFound
	}
	return []corpus.Chunk{{Unit: id, Provision: p, Text: "Trong 60 ngày.", Validity: corpus.Validity{From: civil.New(2016, 1, 1)}}}, nil
}

func (lawShelf) Relations(context.Context, corpus.Provision) (to, from []corpus.Relation, err error) {
	return []corpus.Relation{{
		From: corpus.Provision{Instrument: "282/2025/NĐ-CP"}, To: corpus.Provision{Instrument: "144/2021/NĐ-CP"}, Kind: corpus.Replaces,
	}}, nil, nil
}

func TestOnlyTheTextNamedAnswersForIt(t *testing.T) {
	for q, want := range map[string]struct {
		status Status
		says   string
	}{
		"Điều 999 Luật 60/2014/QH13 quy định gì":        {NoSource, "Điều 999"},
		"nghị định 9999/2030/NĐ-CP quy định gì":         {NoSource, "9999/2030/NĐ-CP"},
		"Nghị định 144/2021/NĐ-CP phạt bao nhiêu":       {NotInForce, "282/2025/NĐ-CP"},
		"Điều 15 Luật 60/2014/QH13 quy định bao nhiêu?": {"", ""},
	} {
		turn := &Turn{Text: q}
		turn.Reading.AsOf = civil.New(2026, 11, 20)
		if _, err := (Choose{Library: lawShelf{}}).cited(context.Background(), turn); err != nil {
			t.Fatal(err)
		}
		if turn.Answer.Status != want.status || !strings.Contains(turn.Answer.Text, want.says) {
			t.Errorf("%q: %s %q", q, turn.Answer.Status, turn.Answer.Text)
		}
		if want.status == "" && len(turn.Laws) != 1 {
			t.Errorf("%q: %d texts", q, len(turn.Laws))
		}
	}
}
