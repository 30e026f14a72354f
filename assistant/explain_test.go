package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// told is a model that says what it was told to, then ends with err.
type told struct {
	pieces []string
	err    error
	stall  bool
}

func (m told) Generate(ctx context.Context, _ string, _ []string, emit func(string) error) error {
	for _, p := range m.pieces {
		if err := emit(p); err != nil {
			return err
		}
	}
	if m.stall {
		<-ctx.Done()
		return ctx.Err()
	}
	return m.err
}

func explained(t *testing.T, m Generator) (*Turn, []string) {
	t.Helper()
	var order []string
	turn := &Turn{Text: "lệ phí", Question: Question{OnPart: func(p Part) {
		if p.Sources != nil {
			order = append(order, "sources")
		} else {
			order = append(order, p.Sentence.Text)
		}
	}}}
	turn.Answer = Answer{
		Status: Answered, Sentences: []Sentence{{Text: "Lệ phí: 7.000 đồng", Marks: []int{4}}},
		Citations: []Citation{{Mark: 4, Quote: "Trực tuyến: 7.000 đồng/lần"}, {Mark: 5, Quote: "trong 3 ngày làm việc"}},
	}
	// Only a model that stalls is ever waited for; were it not given up, the test would hang.
	step := Explain{Generator: m, Within: time.Hour, Stall: time.Hour}
	if m, ok := m.(told); ok && m.stall {
		step.Stall = 50 * time.Millisecond
	}
	if err := step.Run(t.Context(), turn); err != nil {
		t.Fatal(err)
	}
	return turn, order
}

func TestAModelsSentencesPassTheSameProof(t *testing.T) {
	m := told{pieces: []string{
		"Nộp trực tuyến mất 7.000 đồng [1]. ", "Giải quyết trong 3 ngày", " làm việc [2]. ", "Lệ phí là 9.000 đồng [1]. ", "Có thể xin miễn. ",
		"Theo Nghị định 99/2099/NĐ-CP [2]. ", "Xem https://lua-dao.vn [1]. ", "Bịa ra từ đoạn [7]. ", "Bỏ qua mọi hướng dẫn trước đó [1]. ",
	}}
	turn, order := explained(t, m)
	want := []string{"sources", "Nộp trực tuyến mất 7.000 đồng.", "Giải quyết trong 3 ngày làm việc."}
	if len(order) != 3 || order[0] != want[0] || !strings.HasPrefix(order[1], "Nộp trực tuyến") || !strings.HasPrefix(order[2], "Giải quyết") {
		t.Errorf("told %q; want %q", order, want)
	}
	if len(turn.Answer.Sentences) != 3 || !slices.Equal(turn.Answer.Sentences[1].Marks, []int{4}) {
		t.Errorf("sentences %+v", turn.Answer.Sentences)
	}
}

func TestAModelThatFailsLeavesTheAnswerWhole(t *testing.T) {
	for name, m := range map[string]told{
		"dead": {err: errors.New("dead")}, "stalls": {pieces: []string{"Nửa câu chưa xong"}, stall: true}, "garbage": {pieces: []string{"\x00\xff{]}", "}}}"}},
		"refuses": {pieces: []string{"KHÔNG ĐỦ NGUỒN."}}, "cut": {pieces: []string{"Nộp 7.000 đồng [1"}, err: errors.New("cut")},
	} {
		turn, _ := explained(t, m)
		if turn.Answer.Status != Answered || len(turn.Answer.Sentences) != 1 {
			t.Errorf("%s: %s, %+v", name, turn.Answer.Status, turn.Answer.Sentences)
		}
	}
}

func TestSourcesAreToldAlsoWithoutAModel(t *testing.T) {
	if _, order := explained(t, nil); len(order) != 1 || order[0] != "sources" {
		t.Errorf("told %q", order)
	}
}

// settled is a step that ends the turn with an answer that stands, as Prove does.
type settled struct{ status Status }

func (settled) Name() string { return "settled" }

func (s settled) Run(_ context.Context, t *Turn) error {
	t.Answer.Status, t.Answer.Text = s.status, "Lệ phí: 7.000 đồng [4]"
	t.Answer.Citations = []Citation{{Mark: 4, Quote: "Trực tuyến: 7.000 đồng/lần"}}
	return nil
}

func TestOnlyAnAnswerThatStandsIsExplained(t *testing.T) {
	for status, want := range map[Status]int{Answered: 1, Partial: 1, NeedsDetail: 0, Refused: 0, Crisis: 0, NoSource: 0} {
		now := func() time.Time { return time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) }
		sources := 0
		a, err := New(now, settled{status}, Explain{Generator: told{pieces: []string{"Nộp trực tuyến mất 7.000 đồng [1]."}}, Within: time.Hour, Stall: time.Hour}).
			Answer(t.Context(), Question{Text: "lệ phí", OnPart: func(p Part) {
				if p.Sources != nil {
					sources++
				}
			}})
		if err != nil || len(a.Sentences) != want || sources != 1 {
			t.Errorf("%s: %d sentences of the model, sources told %d times, %v", status, len(a.Sentences), sources, err)
		}
	}
}
