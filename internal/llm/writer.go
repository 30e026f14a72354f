package llm

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tmc/langchaingo/llms"

	"github.com/motcua/motcua/assistant/prompt"
)

// Writer explains from numbered passages; it implements assistant.Generator.
type Writer struct{ Model llms.Model }

const (
	// maxTokens bounds an explanation.
	maxTokens = 600
	// maxPassage is how many runes of a passage a model sees.
	maxPassage = 1500
	// maxPassages is how many passages it sees.
	maxPassages = 12
)

// ErrUnfinished is returned when the model stopped before its text was whole: at its limit, or
// because its server took the rest away.
var ErrUnfinished = errors.New("llm: mô hình dừng khi chưa viết xong")

// Generate streams the model's text to emit.
func (w Writer) Generate(ctx context.Context, question string, passages []string, emit func(string) error) error {
	messages := []llms.MessageContent{
		llms.TextParts(llms.ChatMessageTypeSystem, prompt.Explain), llms.TextParts(llms.ChatMessageTypeHuman, numbered(question, passages)),
	}
	out, err := w.Model.GenerateContent(ctx, messages, llms.WithMaxTokens(maxTokens), llms.WithTemperature(0), llms.WithSeed(7),
		llms.WithStreamingFunc(func(_ context.Context, piece []byte) error { return emit(string(piece)) }))
	if err == nil && len(out.Choices) > 0 && out.Choices[0].StopReason != "" && out.Choices[0].StopReason != "stop" {
		return ErrUnfinished
	}
	return err
}

// numbered lays out question and passages. Brackets in the texts are turned round, so that
// no text can pass itself off as a number of ours.
func numbered(question string, passages []string) string {
	var b strings.Builder
	for i, p := range passages[:min(len(passages), maxPassages)] {
		fmt.Fprintf(&b, "ĐOẠN [%d]\n%s\n\n", i+1, tame(p, maxPassage))
	}
	fmt.Fprintf(&b, "CÂU HỎI\n%s", tame(question, maxPassage))
	return b.String()
}

func tame(s string, most int) string {
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strings.NewReplacer("[", "(", "]", ")").Replace(s)
}
