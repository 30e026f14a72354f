package assistant_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
)

func halted(q string, lang string) assistant.Answer {
	at := time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)
	a := assistant.New(time.Now, assistant.Guard{}, assistant.Halt{Off: func(context.Context) (string, time.Time, bool) {
		return "đang sửa dữ liệu lệ phí", at, true
	}})
	answer, _ := a.Answer(context.Background(), assistant.Question{Text: q, Lang: lang, AskedAt: at})
	return answer
}

func TestASwitchedOffAssistantSaysSoAndWhyAndWhereToGo(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		a := halted("Đăng ký khai sinh ở đâu?", lang)
		if a.Status != assistant.Paused || !strings.Contains(a.Text, "đang sửa dữ liệu lệ phí") || !strings.Contains(a.Text, "18001096") || !strings.Contains(a.Text, "08:30") {
			t.Errorf("%s: %s: %s", lang, a.Status, a.Text)
		}
	}
}

func TestSomebodyInDangerIsHelpedAlsoWhileTheAssistantIsOff(t *testing.T) {
	if a := halted("chồng tôi đang đánh tôi, cứu với", "vi"); a.Status != assistant.Crisis || !strings.Contains(a.Text, "113") {
		t.Errorf("%s: %s", a.Status, a.Text)
	}
}
