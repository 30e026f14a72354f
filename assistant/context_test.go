package assistant

import (
	"testing"
	"time"
)

func TestAFollowUpIsCompletedFromTheTopic(t *testing.T) {
	for text, follows := range map[string]bool{
		"thế lệ phí thì sao?": true, "còn ở Đà Nẵng?": true, "vợ tôi là người Đài Loan": true, "mất bao lâu": true, "nộp online được không": true,
		"nếu làm mất thì sao": true, "bao nhieu tien": true,
		"đăng ký kết hôn cần giấy tờ gì": false, "làm hộ chiếu ở đâu": false, "tôi muốn đăng ký tạm trú cho con": false,
		"sang tên xe máy cần gì": false, "còn đăng ký kết hôn thì sao?": false,
	} {
		if got := followUp(text); got != follows {
			t.Errorf("%q follows: %v; want %v", text, got, follows)
		}
	}
}

func TestAChangeOfSubjectForgetsTheOldOne(t *testing.T) {
	memory := NewShortMemory(time.Hour, 10)
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	if err := memory.Keep(t.Context(), "c1", State{Topic: "Đăng ký kết hôn"}, now); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"thế lệ phí thì sao?": "Đăng ký kết hôn. thế lệ phí thì sao?", "làm hộ chiếu ở đâu": "làm hộ chiếu ở đâu",
	} {
		turn := &Turn{Question: Question{Conversation: "c1"}, Text: text}
		if err := (Context{memory}).Run(t.Context(), turn); err != nil || turn.Text != want {
			t.Errorf("%q became %q (%v); want %q", text, turn.Text, err, want)
		}
	}
}

func TestAFollowUpWithoutNewsStaysWithTheProcedure(t *testing.T) {
	for text, stays := range map[string]bool{
		"thế lệ phí thì sao?": true, "còn ở Đà Nẵng?": true, "mất bao lâu": true, "nộp online được không": true, "bao nhieu tien": true,
		"vợ tôi là người Đài Loan": false, "nếu làm mất thì sao": false,
	} {
		if got := nothingNew(text); got != stays {
			t.Errorf("%q stays: %v; want %v", text, got, stays)
		}
	}
}

func TestAnOptionIsPickedByItsNumberOrName(t *testing.T) {
	options := []Option{{Label: "Đăng ký kết hôn"}, {Label: "Đăng ký kết hôn có yếu tố nước ngoài"}}
	for text, want := range map[string]int{"2": 1, "số 1": 0, "dang ky ket hon": 0, "chọn 2": 1, "3": -1, "kết hôn": -1} {
		if got := optionNamed(text, options); got != want {
			t.Errorf("%q picks %d; want %d", text, got, want)
		}
	}
}

func TestMemoryForgetsTheSilentAndTheOldest(t *testing.T) {
	m := NewShortMemory(time.Hour, 2)
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	topic := func(c string) string {
		s, err := m.State(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		return s.Topic
	}
	for i, c := range []string{"a", "b", "c"} {
		if err := m.Keep(t.Context(), c, State{Topic: c}, now.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if topic("a") != "" || topic("b") != "b" || topic("c") != "c" {
		t.Errorf("kept %q %q %q; the oldest must go", topic("a"), topic("b"), topic("c"))
	}
	if err := m.Keep(t.Context(), "d", State{Topic: "d"}, now.Add(3*time.Hour)); err != nil || topic("c") != "" {
		t.Errorf("a conversation silent for three hours is still there (%v)", err)
	}
}
