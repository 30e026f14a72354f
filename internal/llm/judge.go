package llm

import (
	"context"
	"strings"

	"github.com/tmc/langchaingo/llms"

	"github.com/motcua/motcua/assistant/prompt"
	"github.com/motcua/motcua/eval"
)

// Judge calls answers good or bad; it implements eval.Judge.
type Judge struct{ Model llms.Model }

const (
	// verdictTokens bounds a verdict with its reason.
	verdictTokens = 120
	// judgedRunes is how much of an answer a judge sees.
	judgedRunes = 6000
)

// Judge implements eval.Judge. A verdict without its first word is eval.ErrUnreadable.
func (j Judge) Judge(ctx context.Context, question, answer string) (good bool, why string, err error) {
	said, err := j.Model.GenerateContent(ctx, []llms.MessageContent{
		llms.TextParts(llms.ChatMessageTypeSystem, prompt.Judge),
		llms.TextParts(llms.ChatMessageTypeHuman, "CÂU HỎI\n"+tame(question, maxPassage)+"\n\nCÂU TRẢ LỜI\n"+tame(answer, judgedRunes)),
	}, llms.WithMaxTokens(verdictTokens), llms.WithTemperature(0), llms.WithSeed(7))
	if err != nil {
		return false, "", err
	}
	first, why, _ := strings.Cut(strings.TrimSpace(said.Choices[0].Content), "\n")
	switch strings.ToUpper(strings.Trim(first, " .:*\"“”")) {
	case "TỐT":
		return true, strings.TrimSpace(why), nil
	case "XẤU":
		return false, strings.TrimSpace(why), nil
	}
	return false, "", eval.ErrUnreadable
}
